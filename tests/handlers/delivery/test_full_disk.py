"""A disk that refuses: its owner hears of it, jobs wait, and none is lost."""

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Pool, event

from commands.run import run
from config import Settings
from db import DataUnwritable
from handlers.texts import Texts
from playground import Playground
from playground.faults import Held
from playground.request import ApiRequest
from tests.support.referees import Referees
from tests.support.running_bot import ANN, RunningBot, running_bot, words_of
from tests.support.scripted_generator import ScriptedGenerator


class Disk:
    """What the database's files lie on."""

    def __init__(self) -> None:
        self.refuses = False

    def __call__(self, connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"PRAGMA query_only = {self.refuses}")


@pytest.fixture
def disk() -> Iterator[Disk]:
    """While `refuses` is set, SQLite says what it says of a disk that may only be read."""
    disk = Disk()
    event.listen(Pool, "checkout", disk)
    try:
        yield disk
    finally:
        event.remove(Pool, "checkout", disk)


async def test_what_was_accepted_waits_for_the_disk(bot: RunningBot, disk: Disk) -> None:
    """An album that can't be written down is drawn again when it can; the owner is told once."""
    bot.generator.hold()
    await bot.say("/generate a knight")
    await bot.answer("Picture 1")
    disk.refuses = True
    bot.generator.release()
    trouble = await bot.answer("⚠️")
    assert "readonly" in trouble["text"]
    await bot.say("/generate a king")
    await bot.answer("took nothing down")
    disk.refuses = False
    await bot.album()
    told = [m for m in bot.playground.world.messages(ANN) if "⚠️" in words_of(m)]
    assert len(told) == 1


async def test_an_album_that_was_sent_is_remembered(tmp_path: Path, disk: Disk) -> None:
    """The disk refuses just when the album is there: no second one, and its buttons come."""

    def heard(request: ApiRequest) -> None:
        referees(request)
        if request.method == "sendMediaGroup":
            disk.refuses = True

    referees = Referees()
    async with (
        Playground(port=0, on_request=heard) as playground,
        running_bot(tmp_path, playground=playground) as bot,
    ):
        await bot.give_face()
        await bot.say("/generate a knight")
        await bot.album()
        await bot.answer("⚠️")
        disk.refuses = False
        await bot.answer("What next?")
        assert len(bot.albums()) == 6
        await bot.say("/history")
        await bot.answer("a knight")
    assert not referees.refusals, referees.refusals


async def test_a_start_that_breaks_off_says_why(tmp_path: Path, disk: Disk) -> None:
    """Its own error is told, not that something was still running when it ended."""
    async with Playground(port=0) as playground:
        settings = Settings(
            telegram_bot_token=SecretStr(playground.token),
            telegram_api_url=playground.url,
            owner_id=ANN,
            data_dir=tmp_path,
            model="pocket",
        )
        held = asyncio.Event()
        playground.faults.add("setMyCommands", Held(held))
        start = run(settings, Texts().say("en"), asyncio.Event(), [ScriptedGenerator()])
        running = asyncio.create_task(start)
        await playground.wait_for(lambda: not playground.faults.pending("setMyCommands"), 60)
        disk.refuses = True
        held.set()
        with pytest.raises(DataUnwritable):
            await running
