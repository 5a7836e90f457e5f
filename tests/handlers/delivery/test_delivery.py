"""From the worker's events to the chat: whatever Telegram and the network do meanwhile."""

import contextlib
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from playground import (
    BadGateway,
    DropAfter,
    DropBefore,
    Forbidden,
    Playground,
    RetryAfter,
)
from playground.faults import Fault
from tests.desk import ANN, Desk, Json, buttons, desk, words_of
from tests.referees import Referees


def albums(d: Desk, chat: int = ANN) -> list[Json]:
    return [m for m in d.playground.world.messages(chat) if m.get("media_group_id")]


async def drawing(d: Desk, chat: int = ANN, **place: int) -> Json:
    """Hold a job of Ann's in the middle of being drawn; give the command."""
    d.generator.hold()
    command = await d.say("/generate a knight --seed 7", chat=chat, **place)
    await d.answer("Picture 1", chat)
    return command


SAID_ALREADY = "message is not modified"
"""After a restart nobody knows what a waiting job's message says."""


@contextlib.asynccontextmanager
async def watched(*expected: str) -> AsyncIterator[Playground]:
    """Open a Telegram that outlives the bot."""
    referees = Referees(expected)
    async with Playground(port=0, on_request=referees) as playground:
        yield playground
    assert not referees.refusals, referees.refusals


@contextlib.asynccontextmanager
async def registered(data: Path, *expected: str) -> AsyncIterator[Desk]:
    """`expected`: parts of what Telegram may answer when the bot can't know better."""
    async with watched(*expected) as playground, desk(data, playground=playground) as d:
        await d.register()
        yield d


async def test_the_album_takes_the_place_of_its_status(tmp_path: Path) -> None:
    """When the album is there, the progress message is gone."""
    async with registered(tmp_path) as d:
        await d.say("/generate a knight")
        (first, *_) = await d.album()
        await d.until(lambda: told(d, "Sending") + told(d, "Picture") == [], "no status")
        assert first["caption"].startswith("“a knight”")


async def test_a_pause_that_telegram_asks_for_is_kept(tmp_path: Path) -> None:
    """After a 429 the album comes, once."""
    async with registered(tmp_path) as d:
        d.playground.faults.add("sendMediaGroup", RetryAfter(1))
        await d.say("/generate a knight")
        await d.album()
        await settled(d)
        assert len(albums(d)) == 6


async def test_a_closed_chat_is_left_alone(tmp_path: Path) -> None:
    """Somebody who blocked the bot hears nothing more, and everybody else's jobs go on."""
    async with registered(tmp_path) as d:
        d.playground.faults.add("sendMediaGroup", Forbidden())
        await d.say("/generate one")
        await d.until(lambda: state(tmp_path, 1) == "failed", "the end of job 1")
        await d.say("/generate two")
        await d.album()
        assert told(d, "number") == []


async def test_a_group_that_moved_is_followed(tmp_path: Path) -> None:
    """The album of a group that became a supergroup meanwhile comes there."""
    async with registered(tmp_path, "upgraded to a supergroup", "not found") as d:
        await drawing(d, d.group)
        new = d.playground.world.migrate(d.group)
        d.generator.release()
        await d.album(chat=new)


@pytest.mark.parametrize("fault", [DropAfter(), DropBefore(), BadGateway()])
async def test_a_doubtful_album_is_asked_about(tmp_path: Path, fault: Fault) -> None:
    """Never sent twice in silence, never lost: one question, and its button sends it again."""
    async with registered(tmp_path) as d:
        d.playground.faults.add("sendMediaGroup", fault)
        await d.say("/generate a knight --seed 7")
        question = await d.answer("❓")
        before = len(albums(d))
        assert before == (6 if fault == DropAfter() else 0)
        await d.press(question, "again:")
        again = await d.album()
        assert "seed 7" in words_of(again[0])
        await d.until(lambda: state(tmp_path, 1) == "delivered", "the end of job 1")
        assert len(albums(d)) == before + 6


async def test_an_album_that_did_arrive_gets_its_buttons(tmp_path: Path) -> None:
    """The answer to the question may be yes; then nothing is sent again."""
    async with registered(tmp_path) as d:
        d.playground.faults.add("sendMediaGroup", DropAfter())
        await d.say("/generate a knight")
        question = await d.answer("❓")
        await d.press(question, "arrived:")
        assert any(
            data.startswith("album:again:") for data in buttons(await d.answer("What next?"))
        )
        assert (state(tmp_path, 1), len(albums(d))) == ("delivered", 6)


async def test_two_quick_presses_send_one_album(tmp_path: Path) -> None:
    """An impatient thumb gets the album once."""
    async with registered(tmp_path) as d:
        d.playground.faults.add("sendMediaGroup", DropBefore())
        await d.say("/generate a knight")
        question = await d.answer("❓")
        await d.press(question, "again:")
        await d.playground.press(ANN, ANN, question["message_id"], "again:1:101", forged=True)
        await d.album()
        await settled(d)
        assert len(albums(d)) == 6


async def test_the_question_waits_for_the_network(tmp_path: Path) -> None:
    """What broke the album's connection may break the question's as well."""
    async with registered(tmp_path) as d:
        await drawing(d)
        d.playground.faults.add("sendMediaGroup", DropBefore())
        d.playground.faults.add("sendMessage", DropBefore())
        d.generator.release()
        await d.answer("❓")


async def test_a_status_that_fails_never_harms_the_album(tmp_path: Path) -> None:
    """Edits may break as they like."""
    async with registered(tmp_path) as d:
        for fault in (BadGateway(), DropBefore(), Forbidden()):
            d.playground.faults.add("editMessageText", fault)
        d.playground.faults.add("deleteMessage", BadGateway())
        await d.say("/generate a knight")
        await d.album()


async def test_an_announcement_that_fails_never_harms_the_album(tmp_path: Path) -> None:
    """What was accepted is drawn, though nobody could say so."""
    async with registered(tmp_path) as d:
        d.playground.faults.add("sendMessage", BadGateway())
        await d.say("/generate a knight")
        await d.say("/start")  # rings nothing: the job is drawn because it was accepted
        await d.album()


async def test_a_failure_is_told_though_its_status_is_gone(tmp_path: Path) -> None:
    """Somebody who deleted the status message still hears how the job ended."""
    async with registered(tmp_path, "message to edit not found") as d:
        await drawing(d)
        await d.say("/generate two")
        status = await d.answer("⏳")
        d.playground.world.post.delete(ANN, [status["message_id"]])
        d.generator.error = RuntimeError("out of memory")
        d.generator.release()
        await d.answer("number")


async def test_a_deleted_command_still_brings_the_album(tmp_path: Path) -> None:
    """It comes without a quote."""
    async with registered(tmp_path) as d:
        command = await drawing(d)
        d.playground.world.post.delete(ANN, [command["message_id"]])
        d.generator.release()
        assert "reply_to_message" not in (await d.album())[0]


async def test_a_topic_keeps_its_album(tmp_path: Path) -> None:
    """In a forum everything about a job stays in the command's topic."""
    async with registered(tmp_path) as d:
        chat = d.playground.world.make_forum(d.group)
        topic = d.playground.world.create_topic(chat, "Portraits", ANN)
        d.seen[chat] = topic
        await d.say("/generate a knight", chat=chat, thread=topic)
        album = await d.album(chat=chat)
        mine = [m for m in d.playground.world.messages(chat) if m["from"]["is_bot"]]
        assert {m["message_thread_id"] for m in [*album, *mine]} == {topic}


async def test_a_deleted_topic_keeps_no_album_back(tmp_path: Path) -> None:
    """The album of a topic that is gone comes into the group, and the buttons with it."""
    async with registered(tmp_path, "thread not found", "to delete not found") as d:
        chat = d.playground.world.make_forum(d.group)
        topic = d.playground.world.create_topic(chat, "Portraits", ANN)
        d.seen[chat] = topic
        await drawing(d, chat, thread=topic)
        d.playground.world.delete_topic(chat, topic)
        d.generator.release()
        await d.album(chat=chat)
        await d.answer("What next?", chat)


async def test_a_start_moves_those_up_who_wait(tmp_path: Path) -> None:
    """After a restart each message says where its job stands now."""
    async with watched(SAID_ALREADY) as playground:
        async with desk(tmp_path, playground=playground) as d:
            await d.register()
            await drawing(d)
            await d.say("/generate a king")
            waiting = await d.answer("⏳")
            assert "1 album" in words_of(waiting)
            d.generator.hold()
        async with desk(tmp_path, playground=playground) as d:
            d.generator.hold()
            await d.until(lambda: told(d, "Picture 1"), "a start")
            await d.until(lambda: told(d, "You are next") + told(d, "1 album"), "a place")
            d.generator.release()
            await d.album()


async def test_lost_files_are_told_with_a_number(tmp_path: Path) -> None:
    """An album whose pictures were taken from the disk is apologised for."""
    async with registered(tmp_path) as d:
        d.playground.faults.add("sendMediaGroup", DropBefore())
        await d.say("/generate a knight")
        question = await d.answer("❓")
        (tmp_path / "albums" / "1" / "3.png").unlink()
        await d.press(question, "again:")
        await d.answer("number")


async def test_one_picture_is_an_album_too(tmp_path: Path) -> None:
    """Telegram's media groups begin at two pictures; ALBUM_SIZE begins at one."""
    async with desk(tmp_path, album_size=1) as d:
        await d.register()
        await d.say("/generate a knight")
        await d.answer("“a knight”")


async def test_a_restart_loses_nothing(tmp_path: Path) -> None:
    """What was waiting and what was being drawn comes after the next start."""
    async with watched(SAID_ALREADY) as playground:
        async with desk(tmp_path, playground=playground) as d:
            await d.register()
            await drawing(d)
            await d.say("/generate two")
            await d.answer("⏳")
            seen = dict(d.seen)
        async with desk(tmp_path, playground=playground) as d:
            d.seen = seen
            await d.until(lambda: captions(d) == {"“a knight”", "“two”"}, "both albums")


async def test_a_crash_loses_nothing(tmp_path: Path) -> None:
    """A job that was cut off is drawn once more; one that crashed twice is given up and told."""
    async with watched() as playground:
        async with desk(tmp_path, playground=playground) as d:
            await d.register()
            await d.say("/generate one")
            await d.album()
            await settled(d)
        put(tmp_path, 1, "running")
        async with desk(tmp_path, playground=playground) as d:
            await d.until(lambda: len(albums(d)) == 12, "the album once more")
            await settled(d)
        put(tmp_path, 1, "running")
        async with desk(tmp_path, playground=playground) as d:
            await d.answer("broke off")
        assert len(playground.world.messages(ANN)) > 12


async def test_a_crash_while_sending_is_asked_about_once(tmp_path: Path) -> None:
    """The album may be there: the next start asks, the one after that does not ask again."""
    async with watched() as playground:
        async with desk(tmp_path, playground=playground) as d:
            await d.register()
            await d.say("/generate one")
            await d.album()
            await settled(d)
        put(tmp_path, 1, "delivering")
        async with desk(tmp_path, playground=playground) as d:
            await d.until(lambda: state(tmp_path, 1) == "in doubt", "the question")
        async with desk(tmp_path, playground=playground) as d:
            await d.say("/start")
            await d.answer("👋")
            (question,) = told(d, "❓")
            await d.press(question, "again:")
            await d.album()


async def test_a_closed_chat_does_not_stop_the_start(tmp_path: Path) -> None:
    """The bot starts though the one to be asked has blocked it."""
    async with watched() as playground:
        async with desk(tmp_path, playground=playground) as d:
            await d.register()
            await d.say("/generate one")
            await d.album()
            await settled(d)
        put(tmp_path, 1, "delivering")
        playground.faults.add("sendMessage", Forbidden())
        async with desk(tmp_path, playground=playground) as d:
            await d.until(lambda: playground.faults.pending("sendMessage") == 0, "the question")
            await d.say("/start")
            await d.answer("👋")


async def test_a_supergroup_is_followed_when_it_must_be_told(tmp_path: Path) -> None:
    """A question that meets a moved group goes to where the group went."""
    async with watched("upgraded to a supergroup") as playground:
        async with desk(tmp_path, playground=playground) as d:
            await d.register()
            await d.say("/generate one", chat=d.group)
            await d.album(chat=d.group)
            await settled(d)
        put(tmp_path, 1, "delivering")
        old = d.group
        new = playground.world.migrate(old)
        async with desk(tmp_path, playground=playground) as d:
            await d.answer("❓", new)


def told(d: Desk, part: str) -> list[Json]:
    return [
        m for m in d.playground.world.messages(ANN) if m["from"]["is_bot"] and part in words_of(m)
    ]


def captions(d: Desk) -> set[str]:
    return {words_of(m).split("\n")[0] for m in albums(d) if words_of(m)}


async def settled(d: Desk) -> None:
    """Wait until no job is on its way."""
    await d.until(lambda: state(d.data, 1) == "delivered", "the end of job 1")


def state(data: Path, job_id: int) -> str:
    with contextlib.closing(sqlite3.connect(data / "bot.db")) as database:
        row = database.execute("SELECT state FROM jobs WHERE id = ?", [job_id]).fetchone()
    return str(row[0]) if row else ""


def put(data: Path, job_id: int, state: str) -> None:
    """Leave a job as a crash would have left it."""
    with contextlib.closing(sqlite3.connect(data / "bot.db")) as database, database:
        database.execute(
            "UPDATE jobs SET state = ?, status_message_id = NULL WHERE id = ?", [state, job_id]
        )
