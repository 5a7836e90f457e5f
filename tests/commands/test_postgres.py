"""The bot on a server: all that it does on a file, and a server that goes and comes back."""

import asyncio
import os
import signal
from asyncio.subprocess import PIPE
from collections.abc import Iterator
from pathlib import Path

import pytest

from commands.doctor import storage
from commands.doctor.finding import Verdict, good
from db import Database, only_bot
from handlers.texts import Texts
from tests.support.ended_bot import bot, refused
from tests.support.postgres import Postgres, postgres, shared
from tests.support.python_process import ROOT, fork
from tests.support.running_bot import running_bot
from tests.support.scripted_generator import ScriptedGenerator

say = Texts().say("en")


@pytest.fixture
def url() -> Iterator[str]:
    """The URL of an empty database, up to date."""
    url = shared().url()
    yield url
    shared().drop(url)


@pytest.fixture
def own() -> Iterator[Postgres]:
    """A server of this test alone, which it may stop."""
    with postgres() as server:
        yield server


async def test_an_album_on_a_server(tmp_path: Path) -> None:
    """From an empty database on: registered, drawn by the bot's own worker, listed, forgotten."""
    url = shared().empty_url()
    async with running_bot(tmp_path, database_url=url, first_start=True) as bot:
        await bot.say("/start")
        await bot.answer("👋")
        await bot.register()
        await bot.say("/generate a knight")
        await bot.album()
        await bot.answer("Tap a number")
        await bot.say("/history")
        await bot.answer("a knight")
        await bot.say("/forget")
        await bot.press(await bot.answer("🗑"), "forget:yes:")
        await bot.until(lambda: not (tmp_path / "albums" / "1").exists())
    shared().drop(url)


async def test_a_server_that_is_gone_for_a_while(tmp_path: Path, own: Postgres) -> None:
    """People read it, the owner is told, and the album that was being drawn arrives afterwards."""
    generator = ScriptedGenerator()
    async with running_bot(tmp_path, generator=generator, database_url=own.url()) as bot:
        await bot.give_face()
        generator.hold(picture=2)
        await bot.say("/generate a knight")
        await bot.until(lambda: generator.steps_taken > 20)
        own.stop()
        await bot.say("/generate a king")
        await bot.answer("can't reach my database just now")
        await bot.answer("Albums wait, and nothing is lost")
        own.start()
        generator.release()
        await bot.album()
        await bot.say("/generate a queen")
        await bot.album()


async def test_a_bot_that_is_up_before_its_server(tmp_path: Path, own: Postgres) -> None:
    """As after a power cut: it says what it waits for, and starts once the server is there."""
    url = own.url()
    own.stop()
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "MODEL": "pocket"}
    settings = {"DATABASE_URL": url, "LOCAL_CHAT_PORT": "0"}
    process = await fork(str(ROOT / "bot.py"), cwd=tmp_path, env=env | settings, stderr=PIPE)
    assert process.stdout
    assert b"does not answer yet" in await process.stdout.readline()
    own.start()
    assert b"http://localhost" in await process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    _, errors = await process.communicate()
    assert process.returncode == 0, errors.decode()


async def test_who_waits_for_a_server_can_be_stopped(tmp_path: Path) -> None:
    """The sentence is the last word."""
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "MODEL": "pocket"}
    nowhere = {"DATABASE_URL": "postgresql://me:hunter2@/bot?host=/nosuch"}
    process = await fork(str(ROOT / "bot.py"), cwd=tmp_path, env=env | nowhere, stderr=PIPE)
    assert process.stdout
    line = await process.stdout.readline()
    assert b"does not answer yet" in line
    assert b"hunter2" not in line
    process.send_signal(signal.SIGTERM)
    _, errors = await process.communicate()
    assert (process.returncode, b"does not answer" in errors) == (2, True)


async def test_a_second_bot_is_told_of_the_first(tmp_path: Path, url: str) -> None:
    """Another DATA_DIR, but the same database: it ends with a sentence."""
    async with only_bot(url, asyncio.Event()):
        sentence = refused(await bot(tmp_path, DATABASE_URL=url, LOCAL_CHAT_PORT="0"))
    assert "Another bot works with the database" in sentence


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://me:hunter2@db.example.org/bot?sslmode=prefer", "sslmode=prefer"),
        ("postgresql://me:hunter2@nosuch.invalid/bot", "can't be found"),
        ("postgresql+nosuch://me:hunter2@host/bot", "no address"),
    ],
)
async def test_a_server_that_can_not_be_used(tmp_path: Path, url: str, words: str) -> None:
    """The start ends with a sentence, and the doctor says the same."""
    sentence = refused(await bot(tmp_path, DATABASE_URL=url, LOCAL_CHAT_PORT="0"))
    assert words in sentence
    assert "hunter2" not in sentence
    *_, finding = storage.check(say, tmp_path, url)
    assert finding.verdict is Verdict.BAD
    assert finding.words == sentence
    assert "DATABASE_URL" in finding.advice


def test_the_doctor_looks_at_a_server(tmp_path: Path, url: str) -> None:
    """A database that is up to date is good, and so is one that the first start fills."""
    *_, finding, encryption = storage.check(say, tmp_path, url)
    assert finding == good(say("doctor-database"))
    assert encryption.verdict is not Verdict.BAD
    new = shared().empty_url()
    *_, finding = storage.check(say, tmp_path, new)
    assert finding == good(say("doctor-database-new"))
    shared().drop(new)
    database = Database(url)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE drawn_pictures")
    database.close()
    *_, finding = storage.check(say, tmp_path, url)
    assert finding.verdict is Verdict.BAD
    assert "lacks a part" in finding.words
