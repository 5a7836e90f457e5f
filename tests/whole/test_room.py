"""The bot and its machines, whose every step a test does: what people and the owner get to see."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from commands.run import NobodyDraws, run
from config import Settings
from db import Database
from db.machines import room
from db.tables import now
from generation.events import Cancelled, Drawn, Generated, Progress, PromptsWritten, Started
from handlers.delivery import status_board
from handlers.texts import Texts
from playground import Playground
from tests.support.edits_and_alerts import edited
from tests.support.machines import HandDriven, put_machine
from tests.support.running_bot import ANN, VERA, Json, RunningBot, running_bot, words_of

HOUR = timedelta(hours=1)
NOBODY = "No computer that draws is there right now"


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status_board, "PAUSE_PRIVATE_S", 0.05)
    monkeypatch.setattr(room, "HEARTBEAT_S", 0.2)


def url_of(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


@pytest.fixture
async def bot(tmp_path: Path, database: Database) -> AsyncIterator[RunningBot]:
    """A bot without workers of its own, and Ann, whose face it knows."""
    async with running_bot(tmp_path, database_url=url_of(database), workers=0) as bot:
        await bot.give_face()
        yield bot


def rows(database: Database, question: str) -> list[tuple[Any, ...]]:
    with database.reading() as session:
        return [tuple(row) for row in session.execute(text(question))]


async def begun(bot: RunningBot, mac: HandDriven) -> int:
    """Wait until the machine has a job."""
    job_id = await bot.until(mac.begin, "a job for a machine")
    assert job_id
    return job_id


async def test_an_album_by_a_machine(bot: RunningBot, database: Database) -> None:
    """Its progress is told as it comes, its first picture is shown early, and it arrives once."""
    mac = HandDriven(database)
    await bot.say("/generate a knight")
    job_id = await begun(bot, mac)
    mac.tell(Started(job_id))
    mac.tell(PromptsWritten(job_id, ()))
    status = await bot.answer("Getting ready")
    shown = status["message_id"]
    mac.tell(Progress(job_id, 2, 1, 6, 0.4, 30.0))
    await edited(bot, status, "Picture 3 of 6")
    mac.draw(job_id, 1)
    mac.tell(Drawn(job_id))
    mac.tell(Progress(job_id, 3, 1, 6, 0.6, 20.0))
    await bot.until(lambda: "photo" in (bot.playground.world.message(ANN, shown) or {}))
    mac.draw(job_id, 2, 3, 4, 5, 6)
    mac.end(job_id)
    mac.tell(Generated(job_id, "FAST", 2.0))
    assert len(await bot.album()) == 6
    await bot.answer("Tap a number")
    assert rows(database, "SELECT 1 FROM drawn_pictures") == []
    assert len(bot.albums()) == 6


async def test_news_of_others_jobs_are_not_believed(bot: RunningBot, database: Database) -> None:
    """Whoever has stolen a machine's password tells nothing about what another one draws."""
    mac, thief = HandDriven(database), HandDriven(database, "thief")
    await bot.say("/generate a knight")
    job_id = await begun(bot, mac)
    await bot.answer("Getting ready")
    thief.tell(Progress(job_id, 5, 1, 6, 0.9, 1.0))
    thief.tell(Generated(job_id, "FAST", 2.0))
    thief.ring("no news at all")
    mac.tell(Progress(job_id, 2, 1, 6, 0.4, 30.0))
    await bot.answer("40%")
    assert rows(database, "SELECT state FROM jobs") == [("running",)]


async def test_news_that_were_lost_lose_nothing(bot: RunningBot, database: Database) -> None:
    """A machine that can't be heard draws an album all the same: it is in the database."""
    mac = HandDriven(database)
    await bot.say("/generate a knight")
    job_id = await begun(bot, mac)
    await bot.answer("Getting ready")
    mac.draw(job_id, 1, 2, 3, 4, 5, 6)
    mac.end(job_id)
    await bot.album()


async def test_a_cancel_reaches_the_machine(bot: RunningBot, database: Database) -> None:
    """The engine is asked to abort, and what was drawn until then is offered."""
    mac = HandDriven(database)
    await bot.say("/generate a knight")
    job_id = await begun(bot, mac)
    mac.draw(job_id, 1, 2)
    status = await bot.answer("Getting ready")
    await bot.press(status, "cancel:")
    await bot.until(
        lambda: rows(database, "SELECT 1 FROM procrastinate_jobs WHERE abort_requested")
    )
    mac.end(job_id, "cancelled")
    mac.tell(Cancelled(job_id))
    offer = await edited(bot, status, "2 pictures were done already")
    await bot.press(offer, "made:")
    await bot.album(2)


async def test_a_failure_is_told_with_its_own_words(bot: RunningBot, database: Database) -> None:
    """As if the bot's own worker had failed; also what only a newer machine could name."""
    mac = HandDriven(database)
    for failure, words in (
        ({"id": "no-words", "fields": {}}, "I need words to draw from"),
        ({"id": "a-text-of-tomorrow", "fields": {"text_id": "x"}}, "Something went wrong"),
    ):
        await bot.say("/generate a knight")
        mac.end(await begun(bot, mac), "failed", failure)
        await bot.answer(words)


async def test_a_machine_that_stops_puts_its_job_back(bot: RunningBot, database: Database) -> None:
    """The person reads that they wait again, and another machine draws it."""
    mac = HandDriven(database)
    await bot.say("/generate a knight")
    job_id = await begun(bot, mac)
    status = await bot.answer("Getting ready")
    put_machine(database, "mac", state="gone")
    mac.put_back(job_id)
    await edited(bot, status, NOBODY)
    await edited(bot, status, "You are next")
    other = HandDriven(database, "attic")
    assert await begun(bot, other) == job_id
    await edited(bot, status, "Getting ready")


async def test_nobody_draws(bot: RunningBot, database: Database) -> None:
    """Who waits reads it in their language, and in /queue, until one comes."""
    await bot.allow(VERA)
    await bot.give_face(VERA)
    await bot.say("/generate a knight")
    status = await bot.answer(NOBODY)
    await bot.say("/generate a queen", VERA)
    await bot.answer("Сейчас ни один из рисующих компьютеров", VERA)
    await bot.say("/queue")
    await bot.answer(NOBODY)
    mac = HandDriven(database)
    await bot.until(lambda: NOBODY not in words_of(shown(bot, status)))
    put_machine(database, "mac", paused=True)
    await edited(bot, status, NOBODY)
    put_machine(database, "mac")
    job_id = await begun(bot, mac)
    await edited(bot, status, "Getting ready")
    assert rows(database, "SELECT id, person_id FROM jobs ORDER BY turn, id")[0] == (job_id, ANN)


async def test_the_owner_hears_once_of_a_machine_in_trouble(
    bot: RunningBot, database: Database
) -> None:
    """With its name and its reason, whatever it says next; never of one that is away."""
    await bot.say("/start")
    await bot.answer()
    trouble = {"id": "machine-other-checkpoint", "fields": {"model": "pocket"}}
    nonsense = {"id": "a-text-of-tomorrow", "fields": {"reason": [1, 2]}}
    put_machine(database, "away", state="trouble", trouble=trouble, seen=now() - HOUR)
    put_machine(database, "mac", state="trouble", trouble=trouble)
    await bot.answer("mac, which draws for me, can draw nothing now. The files of pocket here")
    put_machine(database, "mac", state="trouble", trouble=nonsense)
    put_machine(database, "odd", state="trouble", trouble=nonsense)
    await bot.answer("odd, which draws for me, can draw nothing now.")
    everything = [words_of(m) for m in bot.playground.world.messages(ANN)]
    assert sum("which draws for me" in words for words in everything) == 2


async def test_what_is_forgotten_never_comes(bot: RunningBot, database: Database) -> None:
    """/forget in the middle of an album: its machine is asked to stop, and nothing is left."""
    mac = HandDriven(database)
    await bot.say("/generate a knight")
    job_id = await begun(bot, mac)
    mac.draw(job_id, 1)
    mac.tell(Drawn(job_id))
    await bot.until((bot.data / "albums" / str(job_id) / "1.png").exists)
    await bot.say("/forget")
    question = await bot.answer("🗑")
    await bot.press(question, "forget:yes:")
    await edited(bot, question, "Everything about you is erased")
    assert rows(database, "SELECT id FROM jobs") == []
    assert rows(database, "SELECT abort_requested FROM procrastinate_jobs") == [(True,)]
    assert rows(database, "SELECT 1 FROM drawn_pictures") == []
    mac.tell(Drawn(job_id))
    mac.end(job_id)
    await bot.say("/queue")
    await bot.answer()
    assert not (bot.data / "albums" / str(job_id)).exists()
    assert not bot.albums()


async def test_an_album_that_was_drawn_while_the_bot_was_away(
    tmp_path: Path, database: Database
) -> None:
    """It comes after the next start, once; so does the word of one that failed, with its reason."""
    start = partial(running_bot, tmp_path, database_url=url_of(database), workers=0)
    mac = HandDriven(database)
    async with Playground(port=0) as playground:
        async with start(playground=playground) as bot:
            await bot.give_face()
            await bot.say("/generate a knight")
            drawn = await begun(bot, mac)
            await bot.answer("Getting ready")
        mac.draw(drawn, 1, 2, 3, 4, 5, 6)
        mac.end(drawn)
        async with start(playground=playground) as bot:
            await bot.album()
            await bot.answer("Tap a number")
            await bot.say("/generate a queen")
            failed = await begun(bot, mac)
        mac.end(failed, "failed", {"id": "no-words", "fields": {}})
        async with start(playground=playground) as bot:
            await bot.answer("I need words to draw from")
            assert len(bot.albums()) == 6


async def test_what_the_bot_draws_with_is_written_down(bot: RunningBot, database: Database) -> None:
    """With the checksum of its own files, before any machine asks."""
    found = await bot.until(
        lambda: rows(database, "SELECT value FROM choices WHERE name = 'wanted'")
    )
    ((wanted,),) = found
    assert json.loads(wanted)["model"] == "pocket"
    assert len(json.loads(wanted)["fingerprint"]) == 64


async def test_without_a_server_somebody_must_draw(tmp_path: Path) -> None:
    """WORKERS=0 with the database in a file is refused with what to do."""
    settings = Settings(data_dir=tmp_path, workers=0)
    with pytest.raises(NobodyDraws):
        await run(settings, Texts().say("en"), asyncio.Event())


def shown(bot: RunningBot, message: Json) -> Json:
    """Give a message as it is now."""
    return bot.playground.world.message(message["chat"]["id"], message["message_id"]) or {}


async def test_who_waits_for_what_nobody_has_is_told(bot: RunningBot, database: Database) -> None:
    """The machine that is there has no LoRAs: the status and /queue say so, and others go on."""
    HandDriven(database)
    await bot.say("/generate a knight")
    status = await bot.answer("You are next")
    with database.session() as session, session.begin():
        session.execute(text("UPDATE jobs SET needs = 'loras'"))
    await bot.say("/queue")
    await bot.answer("None of the computers that draw now has what this album needs")
    await bot.say("/generate a queen", VERA)
    await edited(bot, status, "None of the computers that draw now")
