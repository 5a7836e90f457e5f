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
from tests.support.referees import Referees
from tests.support.running_bot import ANN, Json, RunningBot, buttons, running_bot, words_of


async def drawing(bot: RunningBot, chat: int = ANN, **place: int) -> Json:
    """Hold a job of Ann's in the middle of being drawn; give the command."""
    bot.generator.hold()
    command = await bot.say("/generate a knight --seed 7", chat=chat, **place)
    await bot.answer("Picture 1", chat)
    return command


@contextlib.asynccontextmanager
async def watched(*expected: str) -> AsyncIterator[Playground]:
    """Open a playground that outlives the bot. `expected`: see `registered`."""
    referees = Referees(expected)
    async with Playground(port=0, on_request=referees) as playground:
        yield playground
    assert not referees.refusals, referees.refusals


@contextlib.asynccontextmanager
async def registered(data: Path, *expected: str) -> AsyncIterator[RunningBot]:
    """Run the bot with Ann's face.

    `expected`: parts of the refusals that Telegram may give because the bot can't know better.
    """
    async with watched(*expected) as playground, running_bot(data, playground=playground) as bot:
        await bot.give_face()
        yield bot


async def test_the_album_takes_the_place_of_its_status(bot: RunningBot) -> None:
    """When the album is there, the progress message is gone."""
    await bot.say("/generate a knight")
    (first, *_) = await bot.album()
    await bot.until(lambda: told(bot, "Sending") + told(bot, "Picture") == [], "no status")
    assert first["caption"].startswith("“a knight”")


async def test_a_pause_that_telegram_asks_for_is_kept(bot: RunningBot) -> None:
    """After a 429 the album comes, once."""
    bot.playground.faults.add("sendMediaGroup", RetryAfter(1))
    await bot.say("/generate a knight")
    await bot.album()
    await settled(bot)
    assert len(bot.albums()) == 6


async def test_a_closed_chat_is_left_alone(tmp_path: Path, bot: RunningBot) -> None:
    """Somebody who blocked the bot hears nothing more, and everybody else's jobs go on."""
    bot.playground.faults.add("sendMediaGroup", Forbidden())
    await bot.say("/generate one")
    await bot.until(lambda: state(tmp_path, 1) == "failed", "the end of job 1")
    await bot.say("/generate two")
    await bot.album()
    assert told(bot, "number") == []


async def test_a_group_that_moved_is_followed(tmp_path: Path) -> None:
    """The album of a group that became a supergroup meanwhile comes there."""
    async with registered(tmp_path, "upgraded to a supergroup", "not found") as bot:
        await drawing(bot, bot.group)
        new = bot.playground.world.migrate(bot.group)
        bot.generator.release()
        await bot.album(chat=new)


@pytest.mark.parametrize("fault", [DropAfter(), DropBefore(), BadGateway()])
async def test_a_doubtful_album_is_asked_about(
    tmp_path: Path, bot: RunningBot, fault: Fault
) -> None:
    """Never sent twice in silence, never lost: one question, and its button sends it again."""
    bot.playground.faults.add("sendMediaGroup", fault)
    await bot.say("/generate a knight --seed 7")
    question = await bot.answer("❓")
    before = len(bot.albums())
    assert before == (6 if fault == DropAfter() else 0)
    await bot.press(question, "again:")
    again = await bot.album()
    assert "seed 7" in words_of(again[0])
    await bot.until(lambda: state(tmp_path, 1) == "delivered", "the end of job 1")
    assert len(bot.albums()) == before + 6


async def test_an_album_that_did_arrive_gets_its_buttons(tmp_path: Path, bot: RunningBot) -> None:
    """The answer to the question may be yes; then nothing is sent again."""
    bot.playground.faults.add("sendMediaGroup", DropAfter())
    await bot.say("/generate a knight")
    question = await bot.answer("❓")
    await bot.press(question, "arrived:")
    assert any(
        data.startswith("album:again:") for data in buttons(await bot.answer("Tap a number"))
    )
    assert (state(tmp_path, 1), len(bot.albums())) == ("delivered", 6)


async def test_two_quick_presses_send_one_album(bot: RunningBot) -> None:
    """An impatient thumb gets the album once."""
    bot.playground.faults.add("sendMediaGroup", DropBefore())
    await bot.say("/generate a knight")
    question = await bot.answer("❓")
    await bot.press(question, "again:")
    await bot.playground.press(ANN, ANN, question["message_id"], "again:1:101", forged=True)
    await bot.album()
    await settled(bot)
    assert len(bot.albums()) == 6


async def test_the_question_waits_for_the_network(bot: RunningBot) -> None:
    """What broke the album's connection may break the question's as well."""
    await drawing(bot)
    bot.playground.faults.add("sendMediaGroup", DropBefore())
    bot.playground.faults.add("sendMessage", DropBefore())
    bot.generator.release()
    await bot.answer("❓")


async def test_a_status_that_fails_never_harms_the_album(bot: RunningBot) -> None:
    """Edits may break as they like."""
    for fault in (BadGateway(), DropBefore(), Forbidden()):
        bot.playground.faults.add("editMessageText", fault)
    bot.playground.faults.add("deleteMessage", BadGateway())
    await bot.say("/generate a knight")
    await bot.album()


async def test_an_announcement_that_fails_never_harms_the_album(bot: RunningBot) -> None:
    """What was accepted is drawn, though nobody could say so."""
    bot.playground.faults.add("sendMessage", BadGateway())
    await bot.say("/generate a knight")
    await bot.say("/start")  # rings nothing: the job is drawn because it was accepted
    await bot.album()


async def test_a_failure_is_told_though_its_status_is_gone(tmp_path: Path) -> None:
    """Somebody who deleted the status message still hears how the job ended."""
    async with registered(tmp_path, "message to edit not found") as bot:
        await drawing(bot)
        await bot.say("/generate two")
        status = await bot.answer("⏳")
        bot.playground.world.post.delete(ANN, [status["message_id"]])
        bot.generator.error = RuntimeError("out of memory")
        bot.generator.release()
        await bot.answer("tell the owner this number")


async def test_a_deleted_command_still_brings_the_album(bot: RunningBot) -> None:
    """It comes without a quote."""
    command = await drawing(bot)
    bot.playground.world.post.delete(ANN, [command["message_id"]])
    bot.generator.release()
    assert "reply_to_message" not in (await bot.album())[0]


async def test_a_topic_keeps_its_album(bot: RunningBot) -> None:
    """In a forum everything about a job stays in the command's topic."""
    chat = bot.playground.world.make_forum(bot.group)
    topic = bot.playground.world.create_topic(chat, "Portraits", ANN)
    bot.seen[chat] = topic
    await bot.say("/generate a knight", chat=chat, thread=topic)
    album = await bot.album(chat=chat)
    mine = [m for m in bot.playground.world.messages(chat) if m["from"]["is_bot"]]
    assert {m["message_thread_id"] for m in [*album, *mine]} == {topic}


async def test_a_deleted_topic_keeps_no_album_back(tmp_path: Path) -> None:
    """The album of a topic that is gone comes into the group, and the buttons with it."""
    async with registered(tmp_path, "thread not found", "message to") as bot:
        chat = bot.playground.world.make_forum(bot.group)
        topic = bot.playground.world.create_topic(chat, "Portraits", ANN)
        bot.seen[chat] = topic
        await drawing(bot, chat, thread=topic)
        bot.playground.world.delete_topic(chat, topic)
        bot.generator.release()
        await bot.album(chat=chat)
        await bot.answer("Tap a number", chat)


async def test_a_start_moves_those_up_who_wait(tmp_path: Path) -> None:
    """After a restart each message says where its job stands now."""
    async with watched() as playground:
        async with running_bot(tmp_path, playground=playground) as bot:
            await bot.give_face()
            await drawing(bot)
            await bot.say("/generate a king")
            waiting = await bot.answer("⏳")
            assert "1 album" in words_of(waiting)
            bot.generator.hold()
        async with running_bot(tmp_path, playground=playground) as bot:
            bot.generator.hold()
            await bot.until(lambda: told(bot, "Picture 1"), "a start")
            await bot.until(lambda: told(bot, "You are next") + told(bot, "1 album"), "a place")
            bot.generator.release()
            await bot.album()


async def test_lost_files_are_told_with_a_number(tmp_path: Path, bot: RunningBot) -> None:
    """An album whose pictures were taken from the disk is apologised for."""
    bot.playground.faults.add("sendMediaGroup", DropBefore())
    await bot.say("/generate a knight")
    question = await bot.answer("❓")
    (tmp_path / "albums" / "1" / "3.png").unlink()
    await bot.press(question, "again:")
    await bot.answer("tell the owner this number")


async def test_one_picture_is_an_album_too(tmp_path: Path) -> None:
    """Telegram's media groups begin at two pictures; ALBUM_SIZE begins at one."""
    async with running_bot(tmp_path, album_size=1) as bot:
        await bot.give_face()
        await bot.say("/generate a knight")
        await bot.answer("“a knight”")


async def test_a_restart_loses_nothing(tmp_path: Path) -> None:
    """What was waiting and what was being drawn comes after the next start."""
    async with watched() as playground:
        async with running_bot(tmp_path, playground=playground) as bot:
            await bot.give_face()
            await drawing(bot)
            await bot.say("/generate two")
            await bot.answer("⏳")
            seen = dict(bot.seen)
        async with running_bot(tmp_path, playground=playground) as bot:
            bot.seen = seen
            await bot.until(lambda: captions(bot) == {"“a knight”", "“two”"}, "both albums")


async def test_a_crash_loses_nothing(tmp_path: Path) -> None:
    """A job that was cut off is drawn once more; one that crashed twice is given up and told."""
    async with watched() as playground:
        async with running_bot(tmp_path, playground=playground) as bot:
            await bot.give_face()
            await bot.say("/generate one")
            await bot.album()
            await settled(bot)
        put(tmp_path, 1, "running")
        async with running_bot(tmp_path, playground=playground) as bot:
            await bot.until(lambda: len(bot.albums()) == 12, "the album once more")
            await settled(bot)
        put(tmp_path, 1, "running")
        async with running_bot(tmp_path, playground=playground) as bot:
            broken = await bot.answer("broke off")
            await bot.press(broken, "album:retry:")
            await bot.answer("Tap a number")
            assert len(bot.albums()) == 18


async def test_a_crash_while_sending_is_asked_about_once(tmp_path: Path) -> None:
    """The album may be there: the next start asks, the one after that does not ask again."""
    async with watched() as playground:
        async with running_bot(tmp_path, playground=playground) as bot:
            await bot.give_face()
            await bot.say("/generate one")
            await bot.album()
            await settled(bot)
        put(tmp_path, 1, "delivering")
        async with running_bot(tmp_path, playground=playground) as bot:
            await bot.until(lambda: state(tmp_path, 1) == "in doubt", "the question")
        async with running_bot(tmp_path, playground=playground) as bot:
            await bot.say("/start")
            await bot.answer("👋")
            (question,) = told(bot, "❓")
            await bot.press(question, "again:")
            await bot.album()


async def test_a_closed_chat_does_not_stop_the_start(tmp_path: Path) -> None:
    """The bot starts though the one to be asked has blocked it."""
    async with watched() as playground:
        async with running_bot(tmp_path, playground=playground) as bot:
            await bot.give_face()
            await bot.say("/generate one")
            await bot.album()
            await settled(bot)
        put(tmp_path, 1, "delivering")
        playground.faults.add("sendMessage", Forbidden())
        async with running_bot(tmp_path, playground=playground) as bot:
            await bot.until(lambda: playground.faults.pending("sendMessage") == 0, "the question")
            await bot.say("/start")
            await bot.answer("👋")


async def test_a_supergroup_is_followed_when_it_must_be_told(tmp_path: Path) -> None:
    """A question that meets a moved group goes to where the group went."""
    async with watched("upgraded to a supergroup") as playground:
        async with running_bot(tmp_path, playground=playground) as bot:
            await bot.give_face()
            await bot.say("/generate one", chat=bot.group)
            await bot.album(chat=bot.group)
            await settled(bot)
        put(tmp_path, 1, "delivering")
        old = bot.group
        new = playground.world.migrate(old)
        async with running_bot(tmp_path, playground=playground) as bot:
            await bot.answer("❓", new)


def told(bot: RunningBot, part: str) -> list[Json]:
    return [
        m for m in bot.playground.world.messages(ANN) if m["from"]["is_bot"] and part in words_of(m)
    ]


def captions(bot: RunningBot) -> set[str]:
    return {words_of(m).split("\n")[0] for m in bot.albums() if words_of(m)}


async def settled(bot: RunningBot) -> None:
    """Wait until no job is on its way."""
    await bot.until(lambda: state(bot.data, 1) == "delivered", "the end of job 1")


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
