"""/privacy and /export: what is kept, said and handed out."""

import asyncio
import io
import json
import re
import tempfile
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from db import Albums, PersonalData
from db.sealing import new_key
from generation.request import Picture
from handlers.core.context import Kept
from handlers.person.archive import archives
from handlers.texts import Texts
from playground.faults import Held
from tests.support.running_bot import (
    ANN,
    VERA,
    RunningBot,
    buttons,
    grace_hopper,
    running_bot,
    words_of,
)


def files_in(zips: list[bytes]) -> dict[str, bytes]:
    """Give every file of some ZIPs, by its name."""
    opened = [zipfile.ZipFile(io.BytesIO(one)) for one in zips]
    return {name: one.read(name) for one in opened for name in one.namelist()}


def on_disk(bot: RunningBot) -> bytes:
    return b"".join(file.read_bytes() for file in bot.data.rglob("*") if file.is_file())


def documents(bot: RunningBot, chat: int = ANN) -> list[bytes]:
    world = bot.playground.world
    sent = [m["document"] for m in world.messages(chat) if m["from"]["is_bot"] and "document" in m]
    return [world.file(document["file_id"]) for document in sent]


async def test_anybody_may_ask(new_bot: RunningBot) -> None:
    """A stranger and a group hear it too: it is before anybody sends a face."""
    await new_bot.say("/privacy", VERA)
    assert "30 дней" in words_of(await new_bot.answer("🔒", VERA))
    await new_bot.say("/privacy", chat=new_bot.group)
    told = words_of(await new_bot.answer("🔒", new_bot.group))
    assert "30 days" in told
    assert "not encrypted" in told


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_numbers_are_the_settings(language: str) -> None:
    """Each setting changes what is said, and a message of Telegram holds all of it."""
    say = Texts().say(language)

    def told(kept: Kept) -> str:
        chat = "local" if kept.in_local_chat else "telegram"
        sealed = "yes" if kept.sealed else "no"
        return say("privacy", days=kept.days or 0, sealed=sealed, chat=chat)

    kinds = [Kept(d, s, c) for d in (None, 1, 2, 30) for s in (True, False) for c in (True, False)]
    assert len({told(kept) for kept in kinds}) == len(kinds)
    assert all(len(told(kept)) < 4096 for kept in kinds)


async def test_all_of_oneself_and_nobody_else(new_bot: RunningBot) -> None:
    """Photos, words and pictures come as files; another person's are in none of them."""
    await new_bot.allow(VERA)
    await new_bot.photo(grace_hopper(), VERA, caption="/register")
    await new_bot.answer("🧬", VERA)
    await new_bot.say("/generate a hidden cat", VERA)
    await new_bot.album(chat=VERA)
    await new_bot.give_face()
    await new_bot.say("/generate a quixotic dog")
    await new_bot.album()
    await new_bot.say("/export")
    await new_bot.answer("✅")
    (sent,) = documents(new_bot)
    found = files_in([sent])
    about = json.loads(found.pop("about-me.json"))
    assert [album["words"] for album in about["albums"]] == ["a quixotic dog"]
    assert about["person"] == ANN
    assert max(found) == "photos/1.png"
    assert len(found) == 7
    for content in found.values():
        Image.open(io.BytesIO(content)).verify()
    assert b"hidden" not in b"".join(found.values())


async def test_who_has_nothing_is_told_so(new_bot: RunningBot) -> None:
    await new_bot.say("/export")
    await new_bot.answer("nothing about you")


async def test_in_a_group_it_is_private(bot: RunningBot) -> None:
    """A button leads to the private chat: what is kept is nobody else's business."""
    await bot.say("/export", chat=bot.group)
    (link,) = buttons(await bot.answer("between you and me", bot.group))
    assert link.endswith("start=export")


async def test_one_at_a_time(bot: RunningBot) -> None:
    """Who asks again meanwhile waits for what is on its way; afterwards they may."""
    release = asyncio.Event()
    bot.playground.faults.add("sendDocument", Held(release))
    await bot.say("/export")
    await bot.answer("📦")
    await bot.until(lambda: not bot.playground.faults.pending("sendDocument"), "the upload")
    await bot.say("/export")
    await bot.answer("already")
    release.set()
    await bot.until(lambda: documents(bot), "the file")
    await bot.answer("✅")


def test_as_many_files_as_the_limit_makes(tmp_path: Path) -> None:
    """None is larger, nothing is lost, and none has a name on the disk."""
    albums = Albums(tmp_path / "albums")
    for index in range(5):
        noise = Image.effect_noise((64, 64), 90).convert("RGB")
        albums.save_picture(1, Picture(index, index, noise))
    data = PersonalData({"albums": []}, (b"\xff\xd8 a photo",), (1,))
    limit = 25_000
    zips = []
    before = set(Path(tempfile.gettempdir()).iterdir())
    for file in archives(data, albums, limit):
        assert not {path for path in set(Path(tempfile.gettempdir()).iterdir()) - before
                    if path.is_file() and path.read_bytes().startswith(b"PK")}  # fmt: skip
        with file:
            zips.append(file.read())
    assert len(zips) > 1
    assert all(len(one) <= limit for one in zips)
    names = {f"albums/1/{n}.png" for n in range(1, 6)} | {"about-me.json", "photos/1.jpg"}
    assert files_in(zips).keys() == names


async def test_with_a_key_everything_still_works(tmp_path: Path) -> None:
    """Nothing in DATA_DIR is a picture any more; albums, files and the export are as ever."""
    async with running_bot(tmp_path, data_key=new_key()) as bot:
        await bot.say("/privacy")
        assert "are encrypted" in words_of(await bot.answer("🔒"))
        await bot.photo(grace_hopper(), caption="/register")
        await bot.answer("🧬")
        await bot.say("/generate a cat")
        await bot.album()
        await bot.say("/history")
        await bot.answer("🗂")
        await bot.say("/export")
        await bot.answer("✅")
        pictures = {
            name: one for name, one in files_in(documents(bot)).items() if "json" not in name
        }
        assert len(pictures) == 7
        kept = on_disk(bot)
        for content in pictures.values():
            Image.open(io.BytesIO(content)).verify()
            assert content[100:200] not in kept


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd", "/srv/evil.png", "a\\..\\b.jpg", "x" * 200]
)
async def test_no_name_of_a_file_reaches_the_disk(new_bot: RunningBot, name: str) -> None:
    """Whatever a document and its words are called, files in DATA_DIR have only our names."""
    await new_bot.document(grace_hopper(), name)
    await new_bot.answer("🧬")
    await new_bot.say(f"/generate {name}")
    await new_bot.album()
    names = {str(file.relative_to(new_bot.data)) for file in new_bot.data.rglob("*")}
    ours = re.compile(r"lock|bot\.db(-wal|-shm)?|albums(/1(/[1-6]\.png)?)?|fingerprints\.json")
    assert {one for one in names if not ours.fullmatch(one)} == set()
