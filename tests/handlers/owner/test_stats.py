"""/stats: numbers that are true, a chart that can be read, and nobody's words."""

import io
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image

from db import Database, Statistics
from db.tables import JobRow, now
from handlers.core.phrases import size_text
from handlers.owner.chart import BOTTOM, LEFT, RIGHT, SIZE, TOP, draw
from handlers.owner.stats import PARTS
from handlers.texts import Texts
from tests.support.postgres import shared
from tests.support.records import put_database, records_of
from tests.support.running_bot import ANN, VERA, RunningBot, buttons, running_bot, words_of
from tests.support.scripted_generator import ScriptedGenerator

DRAWN = [(0, "FAST", 1.0), (0, "FAST", 2.0), (0, "FAST", 9.0), (1, "QUALITY", 4.0),
         (1, "QUALITY", 6.0), (13, "FAST", 2.0), (14, "FAST", 500.0)]  # fmt: skip
"""How many days ago an album was drawn, in which mode, and its seconds."""


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgres":
        return shared().url()
    return f"sqlite:///{put_database(tmp_path)}"


async def test_the_numbers_are_those_of_the_rows(url: str, tmp_path: Path) -> None:
    """By day and mode; the median, not the mean; what is older is left out."""
    database = Database(url)
    records = records_of(database, tmp_path)
    await records.register(1)
    for ago, mode, seconds in DRAWN:
        job_id = await records.enqueue(1)
        with database.session() as session, session.begin():
            row = session.get_one(JobRow, job_id)
            row.created, row.mode_name, row.seconds = now() - timedelta(days=ago), mode, seconds
            row.state, row.pictures = "delivered", [{"likeness": seconds / 10}, {"likeness": None}]
    failed = await records.enqueue(1)
    assert records.queue.claim()
    records.queue.fail(failed, ValueError("a knight"))
    await records.enqueue(1)
    usage = await Statistics(database).usage(14)
    assert (usage.people, usage.active, usage.waiting, usage.running) == (1, 1, 1, 0)
    assert usage.seconds == {"FAST": 2.0, "QUALITY": 5.0}
    assert usage.failures == {"ValueError": 1}
    assert usage.likeness == pytest.approx(0.3)
    assert [dict(day) for day in usage.albums[-2:]] == [{"QUALITY": 2}, {"FAST": 3}]
    assert dict(usage.albums[0]) == {"FAST": 1}
    assert len(usage.albums) == 14
    assert sum(sum(day.values()) for day in usage.albums) == 6
    database.close()


async def test_the_owner_gets_a_chart_and_the_numbers(tmp_path: Path) -> None:
    """In their language; a failed album is counted by its kind, and no word of it is there."""
    generator = ScriptedGenerator()
    async with running_bot(tmp_path, generator=generator) as bot:
        await bot.give_face()
        await bot.say("/stats")
        empty = words_of(await bot.answer("📊"))
        assert "no album" in empty
        assert re.search(r"💾 The data take [1-9][\d.]* [kM]B, [1-9][\d.,]* [MG]B are free", empty)
        await bot.say("/generate a knight")
        await bot.album()
        generator.error = ValueError("a queen")
        await bot.say("/generate a queen")
        await bot.answer("went wrong on my side")
        await bot.say("/stats 30")
        shown = await bot.answer("📊 The last 30 days: 1 album")
        assert shown["photo"]
        for part in ("🟦 Fast: 1", "👥 1 person has", "💥 Failed: 1 (ValueError 1)", "💾", "⚠️"):
            assert part in words_of(shown)
        assert "queen" not in words_of(shown)
        assert not buttons(shown)


@pytest.mark.parametrize(
    ("size", "english", "russian"),
    [
        (0, "0 bytes", "0 байт"),
        (999, "999 bytes", "999 байт"),
        (1000, "1 kB", "1 кБ"),
        (28_440_000, "28.4 MB", "28,4 МБ"),
        (999_940_000, "999.9 MB", "999,9 МБ"),
        (999_960_000, "1 GB", "1 ГБ"),
        (5_500_000_000, "5.5 GB", "5,5 ГБ"),
    ],
)
def test_a_size_is_told_in_the_unit_that_fits(size: int, english: str, russian: str) -> None:
    """What is small is not nothing; and of no unit there are a thousand."""
    texts = Texts()
    assert size_text(texts.say("en"), size) == english
    assert size_text(texts.say("ru"), size) == russian


async def test_only_the_owner_sees_it(bot: RunningBot) -> None:
    """Whoever else asks is told so."""
    await bot.allow(VERA)
    await bot.say("/stats", VERA)
    assert "photo" not in await bot.answer("хозяин", VERA)
    assert ANN != VERA


@pytest.mark.parametrize("days", [14, 30])
@pytest.mark.parametrize("albums", [1, 7, 999])
def test_a_bar_is_as_high_as_its_albums(days: int, albums: int) -> None:
    """Each mode has its colour, one above the other, and everything fits."""
    fast, quality = (next(p for p in PARTS if p.mode == name) for name in ("FAST", "QUALITY"))
    empty: list[dict[str, int]] = [{} for _ in range(days - 1)]
    data = draw(date(2026, 11, 1), [*empty, {"FAST": albums, "QUALITY": albums}], PARTS)
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.size == SIZE
        pixels = picture.convert("RGB").tobytes()
    offsets = [3 * (y * SIZE[0] + _middle(days)) for y in range(TOP, BOTTOM)]
    colours = ["#" + pixels[at : at + 3].hex() for at in offsets]
    high = {part.mode: colours.count(part.colour) for part in (fast, quality)}
    assert abs(high["FAST"] - high["QUALITY"]) <= 3
    assert high["FAST"] > (BOTTOM - TOP) / 6
    assert colours.index(quality.colour) < colours.index(fast.colour)


def _middle(days: int) -> int:
    wide = (RIGHT - LEFT) / days
    return round(RIGHT - wide / 2)
