"""Pictures that would harm a bot which opens them itself."""

import asyncio
import random

import pytest

from decoding import allowance, child_process
from generation.faces.finder import FaceFinder
from playground import pictures as previews
from playground.people import Origin
from playground.request import UploadedFile
from tests.generation.faces.test_hostile_pictures import MOST_MORE, Watch, memory
from tests.support.hostile_pictures import COSTLY
from tests.support.photographs import astronaut, encode
from tests.support.running_bot import ANN, VERA, RunningBot, words_of

FORMATS = ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF", "BMP", "TIFF", "MPO"]
COSTLY_SMALL = [
    "JPEG of 10,000 scans",
    "JPEG of 60,000 scans",
    "TIFF of 90,000 strips",
    "PNG of 50 coloured megapixels",
    "PNG of one column",
    "PNG of one row",
    "WebP of 11.9 megapixels",
]


SLOW = "PNG of 50 transparent megapixels"


@pytest.fixture(autouse=True)
def read_once() -> None:
    """Keep nothing of what was read: memory is counted here."""


def pictures(count: int, costly: int) -> list[bytes]:
    """Make some that cost much, and broken ones of every format; none of them has a good face."""
    chance = random.Random(200)  # noqa: S311 - the same files at each run
    whole = [encode(astronaut().resize((64, 48)), name) for name in FORMATS]
    files = [COSTLY[name]() for name in COSTLY_SMALL[:costly]]
    while len(files) < count:
        broken = bytearray(chance.choice(whole))
        for _ in range(chance.randrange(1, 9)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        files.append(bytes(broken[: chance.randrange(20, len(broken) * 3 // 4)]))
    return files


@pytest.mark.parametrize(("count", "costly"), [(20, 3), (200, len(COSTLY_SMALL))])
async def test_hostile_pictures_are_answered_with_a_sentence(
    new_bot: RunningBot, count: int, costly: int
) -> None:
    """And the bot takes no more memory than before."""
    await new_bot.say("/register")
    asked = (await new_bot.answer("📷"))["message_id"]
    files = pictures(count, costly)
    await asyncio.to_thread(FaceFinder().warm)
    before = memory()

    def answers() -> list[str]:
        messages = new_bot.playground.world.messages(ANN)
        return [words_of(m) for m in messages if m["from"]["is_bot"] and m["message_id"] > asked]

    with Watch() as watch:
        for number, data in enumerate(files, 1):
            await new_bot.document(data)
            if number <= costly:  # two large ones at once may take twice as much
                await new_bot.until(lambda: len(answers()) >= number, f"answer {number}")  # noqa: B023 - waited for
        await new_bot.until(lambda: len(answers()) >= count, f"{count} answers")
    assert not [words for words in answers() if "Something went wrong" in words]
    assert watch.peak - before < MOST_MORE
    assert memory() - before < 50_000_000 + child_process.KEPT


async def test_slow_pictures_of_one_hold_up_nobody_elses_registration(
    new_bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Вера gets her face while Ann's files are still read."""
    monkeypatch.setattr(allowance, "TIME_S", 0.8)
    monkeypatch.setattr(previews, "THUMBNAIL_S", 0.2)
    await new_bot.allow(VERA)
    slow = COSTLY[SLOW]()
    for _ in range(4):
        await new_bot.document(slow)
    await new_bot.register(VERA)
    given_up = [
        m for m in new_bot.playground.world.messages(ANN) if "gave this picture up" in words_of(m)
    ]
    assert len(given_up) < 4


async def test_ten_slow_files_of_one_message_take_the_time_of_one(
    new_bot: RunningBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One answer, after a few were begun; so are the local chat's thumbnails of them."""
    monkeypatch.setattr(allowance, "MESSAGE_S", 1.0)
    monkeypatch.setattr(previews, "THUMBNAIL_S", 0.5)
    slow = UploadedFile("photo.png", COSTLY[SLOW]())
    await new_bot.consents()
    await new_bot.playground.people.send_documents(Origin(ANN, ANN), [slow] * 10, "/register")
    await new_bot.answer("gave this picture up")
    assert 0 < capsys.readouterr().err.count("A picture was given up") <= 6
