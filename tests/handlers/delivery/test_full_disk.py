"""A disk that refuses: its owner hears of it, jobs wait, and none is lost."""

import asyncio
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import Pool, event

from commands.run import run
from config import Settings
from db import DataUnusable
from handlers.texts import Texts
from playground import Playground
from playground.faults import Held
from playground.request import ApiRequest
from tests.support.records import put_database
from tests.support.referees import Referees
from tests.support.running_bot import ANN, Json, RunningBot, running_bot, words_of
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
        await bot.answer("Tap a number")
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
        with pytest.raises(DataUnusable) as refused:
            await running
        assert "readonly" in str(refused.value.fields["reason"])


def a_file(path: Path) -> None:
    path.write_text("a file, where a folder should be")


def a_folder_that_takes_nothing(path: Path) -> None:
    path.symlink_to("/sys")  # not even from root


def a_link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def a_broken_link(path: Path) -> None:
    path.symlink_to(path.with_name("not there"))


@pytest.mark.parametrize(
    "replace", [a_file, a_folder_that_takes_nothing, a_link_to_itself, a_broken_link]
)
async def test_albums_wait_for_their_folder(
    bot: RunningBot, replace: Callable[[Path], None]
) -> None:
    """Pictures can't be kept: nothing is drawn, the owner is told why, and the job waits."""
    albums = bot.data / "albums"
    replace(albums)
    await bot.say("/generate a knight")
    await bot.answer("⚠️ I can't write my data")
    await bot.say("/queue")
    await bot.answer("a knight")
    assert not bot.generator.requests
    albums.unlink()
    await bot.album()
    await bot.say("/history")
    await bot.answer("a knight")


async def test_a_folder_that_closes_in_the_middle(bot: RunningBot) -> None:
    """The next picture can't be kept: the job goes back, and is drawn when it can."""
    bot.generator.hold()
    await bot.say("/generate a knight")
    await bot.answer("Picture 1")
    (bot.data / "albums").rename(bot.data / "away")
    a_file(bot.data / "albums")
    bot.generator.release()
    await bot.answer("⚠️ I can't write my data")
    (bot.data / "albums").unlink()
    (bot.data / "away").rename(bot.data / "albums")
    await bot.album()


def remove(data: Path) -> None:
    shutil.rmtree(data)


def remove_the_database(data: Path) -> None:
    for file in data.glob("bot.db*"):
        file.unlink()


def replace_the_database(data: Path) -> None:
    remove_the_database(data)
    put_database(data)


def overwrite_the_database(data: Path) -> None:
    fill_the_database(data, b"U")


def zero_the_database(data: Path) -> None:
    fill_the_database(data, b"\0")


def fill_the_database(data: Path, byte: bytes) -> None:
    length = (data / "bot.db").stat().st_size
    with (data / "bot.db").open("r+b") as file:
        file.write(byte * length)


def empty_the_database(data: Path) -> None:
    os.truncate(data / "bot.db", 0)


@pytest.mark.parametrize(
    ("harm", "told", "said"),
    [
        (remove, "is gone", "gone from my disk"),
        (remove_the_database, "is gone", "gone from my disk"),
        (replace_the_database, "is gone", "gone from my disk"),
        (overwrite_the_database, "is damaged", "is damaged"),
        (zero_the_database, "is damaged", "is damaged"),
        (empty_the_database, "is damaged", "is damaged"),
    ],
)
async def test_harm_to_the_data_is_named(
    bot: RunningBot,
    caplog: pytest.LogCaptureFixture,
    harm: Callable[[Path], None],
    told: str,
    said: str,
) -> None:
    """The owner reads once what happened, people that nothing was taken down; no traceback."""
    await bot.say("/queue")
    await bot.answer("Nothing")
    harm(bot.data)
    for command in ("/generate a knight", "/preset fast", "/register", "/cancel"):
        await bot.say(command)
        await bot.answer(said)

    def alerts() -> list[Json]:
        return [m for m in bot.playground.world.messages(ANN) if "⚠️" in words_of(m)]

    assert len(await bot.until(alerts, "an alert")) == 1
    assert told in words_of(alerts()[0])
    assert not [record for record in caplog.records if record.exc_info]
    assert not bot.generator.requests


async def test_a_gate_that_breaks_stays_shut(bot: RunningBot) -> None:
    """Who can't be looked up gets one sentence, and no handler has their command."""
    bot.playground.world.add_person(103, "Eve", language_code="en")
    await bot.say("/queue")
    await bot.answer("Nothing")
    remove_the_database(bot.data)
    for command in ("/start", "/help", "/generate a cat"):
        await bot.say(command, 103)
        await bot.answer("gone from my disk", 103)
    mine = [m for m in bot.playground.world.messages(103) if m["from"]["is_bot"]]
    assert {words_of(m) for m in mine} == {words_of(mine[0])}
