"""No picture is shown that was not looked at, and none that may be indecent, whatever the way."""

import io
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image, ImageStat

from generation.decency.check import INDECENT_FROM
from generation.decency.eye import Eye
from handlers.albums.contact_sheet import GAP
from playground import DropAfter
from tests.support.edits_and_alerts import alert
from tests.support.indecent import Sometimes, indecent, is_bare
from tests.support.python_process import ROOT
from tests.support.running_bot import ANN, VERA, Json, RunningBot, buttons, running_bot, words_of

EYE = Eye()
"""One for all tests: it takes a third of a second to be read."""


@pytest.fixture(autouse=True)
def one_eye(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all bots of this file look with the same eye: its network is the real one."""
    monkeypatch.setattr("commands.composition.Eye", lambda: EYE)


@pytest.fixture
async def bot(tmp_path: Path, short_waits: None) -> AsyncIterator[RunningBot]:
    """A bot that looks at pictures, and knows Ann's face. Of three it draws the second bare."""
    async with running_bot(tmp_path, check_pictures=True, album_size=3) as running:
        await running.give_face()
        running.generator.picture = Sometimes(2)
        yield running


def file_of(bot: RunningBot, message: Json) -> Image.Image:
    """Give the picture of a message, as a photo or as a file."""
    sent = message["document"] if "document" in message else message["photo"][-1]
    return Image.open(io.BytesIO(bot.playground.world.file(sent["file_id"]))).convert("RGB")


def everything_shown(bot: RunningBot, chat: int) -> list[Image.Image]:
    """Give every picture that is in a chat."""
    messages = bot.playground.world.messages(chat)
    return [file_of(bot, one) for one in messages if "photo" in one or "document" in one]


async def generate(bot: RunningBot, chat: int | None = None, person: int = ANN) -> Json:
    """Have an album drawn; give the message with its buttons."""
    await bot.say("/generate a knight", person, chat)
    return await bot.answer("Tap a number", chat or person)


async def test_the_made_up_picture_is_what_it_stands_for() -> None:
    """By the network that the bot looks with; as it was drawn, and not a flat one."""
    scores = []
    for image in (indecent(), Image.new("RGB", (64, 64), "navy")):
        file = io.BytesIO()
        image.save(file, "PNG")
        scores.append(EYE.look(file.getvalue()).result())
    assert scores[0] > INDECENT_FROM > scores[1]


async def test_in_private_it_comes_blurred_and_is_shown_on_demand(bot: RunningBot) -> None:
    """In its place, and the others as they are; a press shows it behind Telegram's own veil."""
    offer = await generate(bot)
    assert "blurred picture 2" in words_of(offer)
    album = bot.albums()
    assert len(album) == 3
    assert not any(is_bare(file_of(bot, one)) for one in album)
    await bot.press(offer, "album:show:")
    shown = await bot.until(
        lambda: [m for m in bot.playground.world.messages(ANN) if m.get("has_media_spoiler")]
    )
    assert [is_bare(file_of(bot, one)) for one in shown] == [True]


async def test_blurred_pixels_are_gone(bot: RunningBot) -> None:
    """It is blurred in the file, and not by Telegram, which anybody could look behind."""
    await generate(bot)
    blurred = file_of(bot, bot.albums()[1])
    again = blurred.resize((10, 10), Image.Resampling.BOX).resize(blurred.size)
    left, top = ImageStat.Stat(blurred).mean, ImageStat.Stat(again).mean
    assert left == pytest.approx(top, abs=2)
    pairs = zip(blurred.tobytes(), again.tobytes(), strict=True)
    assert sum(abs(a - b) for a, b in pairs) / len(blurred.tobytes()) < 15


async def test_in_a_group_it_is_left_out(bot: RunningBot) -> None:
    """The others come, the sentence names its place, and its person gets it blurred in private."""
    await bot.say("/start")
    await bot.answer("👋")
    await bot.open_group()
    offer = await generate(bot, bot.group)
    assert "left picture 2 out" in words_of(offer)
    assert "1, 3" in words_of(offer)
    assert len(bot.albums(bot.group)) == 2
    assert "a knight" in words_of(bot.albums(bot.group)[0])
    assert not any(is_bare(one) for one in everything_shown(bot, bot.group))
    assert not any(data.startswith("album:show:") for data in buttons(offer))
    await bot.press(offer, "album:alone:")
    private = await bot.answer("blurred picture 2")
    assert not any(is_bare(one) for one in everything_shown(bot, ANN))
    await bot.press(private, "album:show:")
    await bot.until(lambda: any(map(is_bare, everything_shown(bot, ANN))), "the picture")


async def test_a_group_that_may_see_nothing_reads_why(bot: RunningBot) -> None:
    """All pictures are held back: a sentence and the buttons come, and no picture."""
    bot.generator.picture = Sometimes()
    await bot.open_group()
    offer = await generate(bot, bot.group)
    assert "don't show it here" in words_of(offer)
    assert everything_shown(bot, bot.group) == []


async def test_nobody_else_can_have_it_shown(bot: RunningBot) -> None:
    """Neither by their own press, nor by a forged one in a group."""
    await bot.open_group()
    in_group = await generate(bot, bot.group)
    data = next(one for one in buttons(in_group) if one.startswith("album:alone:"))
    assert await alert(bot, in_group, data, VERA)
    assert await alert(bot, in_group, f"album:show:1:{ANN}", forged=True)
    assert not any(map(is_bare, everything_shown(bot, bot.group)))


@pytest.mark.parametrize("verb", ["file", "large"])
async def test_its_file_is_asked_for_once_more(bot: RunningBot, verb: str) -> None:
    """As it was drawn, or enlarged: first a sentence, then the file with a blurred thumbnail."""
    offer = await generate(bot)
    await bot.press(offer, "picture:open:1:2")
    await bot.press(offer, f"picture:{verb}:")
    asked = await bot.answer("left out pictures")
    assert not any(map(is_bare, everything_shown(bot, ANN)))
    await bot.press(asked, "album:bare:")
    await bot.until(lambda: any(map(is_bare, everything_shown(bot, ANN))), "the file")


async def test_the_files_of_an_album_are_those_that_may_be_shown(bot: RunningBot) -> None:
    """In private and in a group."""
    offer = await generate(bot)
    await bot.press(offer, "album:files:")
    await bot.answer("left out pictures")
    await bot.open_group()
    offer = await generate(bot, bot.group)
    await bot.press(offer, "album:files:")
    await bot.answer("don't send pictures to a group", bot.group)
    for chat in (ANN, bot.group):
        shown = everything_shown(bot, chat)
        assert not any(map(is_bare, shown))
        assert len([m for m in bot.playground.world.messages(chat) if "document" in m]) == 2


async def test_the_history_shows_no_more(bot: RunningBot) -> None:
    """Its sheet has the first picture of each album, blurred."""
    bot.generator.picture = Sometimes(1)
    await generate(bot)
    await bot.say("/history")
    sheet = file_of(bot, await bot.answer("Your albums"))
    tile = sheet.crop((GAP, GAP, sheet.width - GAP, sheet.height - GAP))
    assert not is_bare(tile)
    colours = tile.resize((1, 1)).getpixel((0, 0))
    assert isinstance(colours, tuple)
    assert max(colours) - min(colours) > 20  # it is no empty tile


async def test_the_first_picture_is_not_shown_early(bot: RunningBot) -> None:
    """The status message stays words, where the first picture may not be shown."""
    bot.generator.picture = Sometimes(1)
    await generate(bot)
    assert not any(map(is_bare, everything_shown(bot, ANN)))


async def test_sent_again_it_is_held_back_again(bot: RunningBot) -> None:
    """The ids of blurred photos stand in for nothing: what was shown blurred is blurred again."""
    await generate(bot)
    await bot.say("/history")
    await bot.press(await bot.answer("Your albums"), "album:send:1")
    await bot.answer("blurred picture 2")
    assert len(bot.albums()) == 6
    assert not any(is_bare(file_of(bot, one)) for one in bot.albums())


async def test_what_is_sent_after_a_doubt_is_looked_at(bot: RunningBot) -> None:
    """“Did it arrive?” - “No”: the same rules hold."""
    bot.playground.faults.add("sendMediaGroup", DropAfter())
    await bot.say("/generate a knight")
    await bot.press(await bot.answer("arrive"), "again:")
    await bot.answer("blurred picture 2")
    assert len(bot.albums()) == 6
    assert not any(map(is_bare, everything_shown(bot, ANN)))


async def test_what_was_found_survives_a_restart(bot: RunningBot, tmp_path: Path) -> None:
    """It is in the database, by the digest of each file: nobody looks twice."""
    await generate(bot)
    with closing(sqlite3.connect(tmp_path / "bot.db")) as database:
        ((checks,),) = database.execute("SELECT checks FROM jobs").fetchall()
    assert re.findall(r'"number": (\d)', checks) == ["1", "2", "3"]
    assert len(re.findall(r'"digest": "[0-9a-f]{64}"', checks)) == 3


async def test_an_album_of_before_is_looked_at_before_it_is_sent_again(
    bot: RunningBot, tmp_path: Path
) -> None:
    """Of an older version nobody knows what its pictures show, and Telegram has them unveiled."""
    await generate(bot)
    with closing(sqlite3.connect(tmp_path / "bot.db")) as database, database:
        ids = '["' + '", "'.join(m["photo"][-1]["file_id"] for m in bot.albums()) + '"]'
        database.execute("UPDATE jobs SET checks = '[]', file_ids = ?", (ids,))
    await bot.say("/history")
    await bot.press(await bot.answer("Your albums"), "album:send:1")
    await bot.answer("blurred picture 2")
    assert not any(map(is_bare, [file_of(bot, one) for one in bot.albums()]))


async def test_a_decent_album_is_sent_again_by_its_ids(bot: RunningBot, tmp_path: Path) -> None:
    """It was looked at, so its files need not be there any more."""
    bot.generator.picture = lambda _request, seed: Image.new("RGB", (64, 64), (seed % 256, 9, 9))
    await generate(bot)
    for file in (tmp_path / "albums" / "1").iterdir():
        file.unlink()
    await bot.say("/history")
    await bot.press(await bot.answer("Your albums"), "album:send:1")
    await bot.answer("Tap a number")
    assert len(bot.albums()) == 6


async def test_an_eye_that_fails_sends_nothing_and_loses_nothing(
    bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The owner reads why, once, the person what to do; later the same album comes by a button."""
    monkeypatch.setattr(Eye, "_score", _broken)
    bot.generator.picture = lambda _request, seed: Image.new("RGB", (64, 64), (7, seed % 256, 9))
    await bot.say("/generate a knight")
    refused = await bot.answer("just now I can't")
    await bot.answer("CHECK_PICTURES=false")
    assert everything_shown(bot, ANN) == []
    monkeypatch.undo()
    await bot.press(refused, "unsent:here:")
    await bot.answer("Tap a number")
    assert len(bot.albums()) == 3
    alerts = [m for m in bot.playground.world.messages(ANN) if "CHECK_PICTURES" in words_of(m)]
    assert len(alerts) == 1


def _broken(_eye: Eye, _picture: bytes) -> float:
    raise OSError("the network's file is damaged")


async def test_the_owner_hears_of_a_model_that_draws_nothing_decent(bot: RunningBot) -> None:
    """Once, after a dozen pictures in a row; the group's members read nothing of it."""
    bot.generator.picture = Sometimes()
    for _ in range(5):
        await generate(bot)
    alerts = [m for m in bot.playground.world.messages(ANN) if "another model" in words_of(m)]
    assert len(alerts) == 1


async def test_the_owner_may_have_nothing_looked_at(tmp_path: Path, short_waits: None) -> None:
    """CHECK_PICTURES=false: everything is sent as it was drawn."""
    async with running_bot(tmp_path, check_pictures=False, album_size=3) as bot:
        await bot.give_face()
        bot.generator.picture = Sometimes()
        offer = await generate(bot)
        assert "blurred" not in words_of(offer)
        assert all(is_bare(file_of(bot, one)) for one in bot.albums())


SENDING = re.compile(
    r"\.(?:send|reply)_(?:photo|media_group|document|animation|video)\(|\.edit_media\("
)
SENDERS = {
    "handlers/albums/held_pictures.py",  # asked for by its person, in private
    "handlers/albums/history.py",  # tiles of `Decency.tile`
    "handlers/albums/picture_files.py",  # files that `album_buttons` took of `Decency`
    "handlers/albums/styles.py",  # samples, which are looked at when they are drawn
    "handlers/person/crops.py",  # a person's own photos
    "handlers/person/export.py",  # all that is kept of somebody, for themselves
    "handlers/owner/stats.py",  # a chart
}
"""What sends pictures, beside the delivery."""


def test_nothing_else_sends_pictures() -> None:
    """A new way out has to be thought about: it takes its pictures of `Decency`."""
    found = set()
    for file in (ROOT / "handlers").rglob("*.py"):
        if SENDING.search(file.read_text("utf-8")):
            found.add(str(file.relative_to(ROOT)))
    assert {name for name in found if "/delivery/" not in name} == SENDERS


def test_nobody_reads_pictures_past_the_look() -> None:
    """Handlers get a picture's content of `Decency` alone."""
    past = re.compile(r"read_bytes|albums\.read|Image\.open\(file|albums\.picture\(")
    reading = {
        str(file.relative_to(ROOT))
        for file in (ROOT / "handlers").rglob("*.py")
        if past.search(file.read_text("utf-8"))
    }
    exported = "handlers/person/archive.py"  # for whom the pictures are of, in a private chat
    assert reading <= {"handlers/core/decency.py", "handlers/core/files.py", exported}
