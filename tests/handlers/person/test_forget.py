"""/forget: everything about a person goes."""

import asyncio
import logging
import sqlite3
from contextlib import closing

import pytest

from playground.faults import DOWNLOAD, Held
from tests.support.edits_and_alerts import edited
from tests.support.running_bot import (
    ANN,
    VERA,
    RunningBot,
    astronaut_again,
    buttons,
    grace_hopper,
)

WORDS = "quixotic xylophonist"


def faces(bot: RunningBot, person: int) -> list[bytes]:
    with closing(sqlite3.connect(bot.data / "bot.db")) as database:
        return [row[0] for row in database.execute(
            "SELECT image FROM faces WHERE person_id = ?", [person])]  # fmt: skip


def embeddings_of(bot: RunningBot, person: int) -> list[bytes]:
    with closing(sqlite3.connect(bot.data / "bot.db")) as database:
        return [row[0] for row in database.execute(
            "SELECT embedding FROM faces WHERE person_id = ?", [person])]  # fmt: skip


def on_disk(bot: RunningBot) -> bytes:
    return b"".join(file.read_bytes() for file in bot.data.rglob("*") if file.is_file())


def said_by_the_bot(bot: RunningBot, word: str) -> list[str]:
    """Give the bot's messages of text with a word that are there now."""
    texts = [
        str(m.get("text", "")) for m in bot.playground.world.messages(ANN) if m["from"]["is_bot"]
    ]
    return [text for text in texts if word in text]


async def test_nothing_of_the_person_is_left(new_bot: RunningBot) -> None:
    """No face, no words, no picture and no row; what is another person's stays."""
    await new_bot.allow(VERA)
    await new_bot.photo(grace_hopper(), VERA, caption="/register")
    await new_bot.answer("🧬", VERA)
    await new_bot.say("/generate a cat", VERA)
    await new_bot.album(chat=VERA)
    await new_bot.press(await new_bot.register(), "traits:words:")
    await new_bot.answer("✍️")
    await new_bot.say(WORDS)
    await new_bot.answer("Noted")
    await new_bot.say(f"/generate {WORDS}")
    await new_bot.album()
    await new_bot.photo(astronaut_again(0), caption="/register")
    await new_bot.answer("Added")
    await new_bot.photo(grace_hopper())
    await new_bot.answer("somebody else")
    mine, hers = faces(new_bot, ANN), faces(new_bot, VERA)
    assert len(mine) == 3  # the album's, the new one, and one that is asked about
    embeddings = embeddings_of(new_bot, ANN)
    known = embeddings_of(new_bot, VERA)
    own = [embedding for embedding in embeddings if embedding not in known]
    assert len(own) == 2  # Vera has the third photo too
    assert all(embedding in on_disk(new_bot) for embedding in own)
    assert WORDS.encode() in on_disk(new_bot)
    await new_bot.say("/forget")
    await new_bot.press(await new_bot.answer("🗑"), "forget:yes:")
    await new_bot.until(
        lambda: any("is erased" in str(m) for m in new_bot.playground.world.messages(ANN))
    )
    left = on_disk(new_bot)
    assert WORDS.encode() not in left
    assert not [embedding for embedding in own if embedding in left]
    for face in mine:
        pieces = [face[at : at + 64] for at in range(0, len(face), 256)]
        shared = b"".join(hers)
        assert not [piece for piece in pieces if piece in left and piece not in shared]
    assert faces(new_bot, VERA) == hers
    albums = [folder for folder in (new_bot.data / "albums").iterdir() if any(folder.iterdir())]
    assert len(albums) == 1
    await new_bot.say("/character")
    await new_bot.answer("don't know your face")
    await new_bot.say("/character", VERA)
    await new_bot.answer("🙂", VERA)


MARKS = ("xylophonist", "zeppelinist", "quincunxian", "jabberwockish", "brobdingnagian")
"""In a trait's words, a correction, a running job, a waiting one, and the text of a failure."""


async def test_no_mark_is_left_with_jobs_under_way(
    bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    """No file in DATA_DIR and no line of the log has a word of theirs, while a job still ran."""
    caplog.set_level(logging.INFO)
    await bot.allow(VERA)
    await bot.photo(grace_hopper(), VERA)
    await bot.answer("🧬", VERA)
    await bot.say(f"/generate a {MARKS[4]} knight")
    await bot.album()
    with closing(sqlite3.connect(bot.data / "bot.db")) as database, database:
        database.execute(
            "UPDATE jobs SET failure = ?, english = ?", [f'{{"text": "{MARKS[4]}"}}', MARKS[4]]
        )
        database.execute(
            "INSERT INTO corrections (person_id, words, english) VALUES (?, ?, ?)",
            [ANN, MARKS[1], MARKS[1]],
        )
        note = f'{{"note": "{MARKS[0]}"}}'
        database.execute(
            "UPDATE characters SET name = ?, traits = ? WHERE person_id = ?", [MARKS[0], note, ANN]
        )
    bot.generator.hold()
    await bot.say(f"/generate a {MARKS[2]} cat")
    await bot.answer("Picture 1")
    await bot.say(f"/generate a {MARKS[3]} dog")
    await bot.answer("⏳")
    await bot.say("/generate a fish", VERA)
    await bot.answer("⏳", VERA)
    (face,) = faces(bot, ANN)
    written = on_disk(bot)
    assert all(mark.encode() in written for mark in MARKS)
    await bot.say("/forget")
    question = await bot.answer("🗑")
    await bot.press(question, "forget:yes:")
    await edited(bot, question, "is erased")
    bot.generator.release()
    await bot.album(chat=VERA)  # the running one has ended
    left = on_disk(bot)
    assert not [mark for mark in MARKS if mark.encode() in left]
    assert not [at for at in range(0, len(face) - 64, 256) if face[at : at + 64] in left]
    assert len(list((bot.data / "albums").iterdir())) == 1  # Vera's
    ours = [r.getMessage() + (r.exc_text or "") for r in caplog.records if ours_is(r.name)]
    assert not [mark for mark in MARKS if mark in "\n".join(ours)]


def ours_is(logger: str) -> bool:
    """Say whether the bot writes this log: the fake Telegram, in the same process, knows all."""
    return not logger.startswith(
        ("playground", "aiohttp", "telegram", "httpcore", "httpx", "asyncio")
    )


async def test_a_running_job_ends_with_its_person(bot: RunningBot) -> None:
    """The album being drawn is stopped, what waits is dropped, and the next person's is drawn."""
    await bot.allow(VERA)
    await bot.give_face(VERA)
    bot.generator.hold()
    await bot.say("/generate a cat")
    status = await bot.answer("Picture 1")
    await bot.say("/generate a fish")
    await bot.answer("⏳")
    await bot.say("/generate a dog", VERA)
    await bot.answer("⏳", VERA)
    await bot.say("/forget")
    await bot.press(await bot.answer("🗑"), "forget:yes:")
    await bot.until(lambda: bot.playground.world.message(ANN, status["message_id"]) is None)
    taken = bot.generator.steps_taken
    bot.generator.release()
    await bot.album(chat=VERA)
    steps = bot.generator.requests[1].mode.steps
    assert bot.generator.steps_taken <= taken + 1 + 6 * steps
    assert not bot.albums()
    assert [request.words for request in bot.generator.requests] == ["a cat", "a dog"]


async def test_a_slow_telegram_keeps_nothing_back(bot: RunningBot) -> None:
    """Rows and pictures are gone before the first message is taken away."""
    faults, late = bot.playground.faults, asyncio.Event()
    await bot.say(f"/generate a {MARKS[4]} knight")
    await bot.album()
    await bot.until(lambda: not said_by_the_bot(bot, MARKS[4]), "its status to be taken away")
    bot.generator.hold()
    await bot.say(f"/generate a {MARKS[2]} cat")
    await bot.answer("Picture 1")
    await bot.say(f"/generate a {MARKS[3]} dog")
    await bot.answer("⏳")
    faults.add("deleteMessage", Held(late), 2)
    await bot.say("/forget")
    question = await bot.answer("🗑")
    await bot.press(question, "forget:yes:")
    await bot.until(lambda: faults.pending("deleteMessage") < 2, "a message that is taken away")
    left = on_disk(bot)
    assert not [mark for mark in MARKS if mark.encode() in left]
    assert not list((bot.data / "albums").glob("*/*"))
    late.set()
    bot.generator.release()
    await edited(bot, question, "is erased")


async def test_a_photo_that_is_still_being_read_goes_too(new_bot: RunningBot) -> None:
    """It was sent before, and its face is not kept; the next one is."""
    downloaded = asyncio.Event()
    new_bot.playground.faults.add(DOWNLOAD, Held(downloaded))
    await new_bot.photo(grace_hopper())
    await new_bot.until(lambda: not new_bot.playground.faults.pending(DOWNLOAD), "the download")
    await new_bot.say("/forget")
    question = await new_bot.answer("🗑")
    await new_bot.press(question, "forget:yes:")
    await edited(new_bot, question, "erased")
    downloaded.set()
    await new_bot.photo(astronaut_again(0))
    await new_bot.answer("This is the face I will draw")
    assert len(faces(new_bot, ANN)) == 1
    assert not any("somebody else" in str(m) for m in new_bot.playground.world.messages(ANN))


async def test_asking_erases_nothing(bot: RunningBot) -> None:
    """Only the confirmation does; and everybody is asked before."""
    await bot.say("/forget")
    question = await bot.answer("🗑")
    await bot.press(question, "forget:no:")
    assert not buttons(await edited(bot, question, "Nothing was erased"))
    await bot.say("/character")
    await bot.answer("🙂")
