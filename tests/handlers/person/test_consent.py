"""Before the first photo its sender says whose it is; then all goes on where it was."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from playground import Playground, Refused
from tests.support import albums
from tests.support.bot_api import picture
from tests.support.running_bot import (
    ANN,
    Json,
    RunningBot,
    astronaut,
    astronaut_again,
    running_bot,
    words_of,
)  # fmt: skip

QUESTION = "One question before I look at it"


@pytest.fixture
async def shy(new_bot: RunningBot) -> RunningBot:
    """A bot to which nobody has said anything yet."""
    new_bot.consenting = False
    return new_bot


def rows(data: Path, what: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(data / "bot.db")) as database:
        return database.execute(what).fetchall()


def asked(bot: RunningBot) -> list[Json]:
    return [m for m in bot.playground.world.messages(ANN) if QUESTION in words_of(m)]


async def test_a_photo_waits_for_a_word_and_is_taken_then(shy: RunningBot) -> None:
    """Until then nothing of it is read or stored; when it was said is."""
    await shy.photo(astronaut())
    question = await shy.answer(QUESTION)
    assert rows(shy.data, "SELECT COUNT(*) FROM faces") == [(0,)]
    await shy.press(question, "consent:")
    await shy.answer("🧬")
    assert rows(shy.data, "SELECT COUNT(*) FROM faces") == [(1,)]
    assert rows(shy.data, "SELECT consented IS NOT NULL, aside FROM users") == [(1, "[]")]


async def test_it_is_asked_once(shy: RunningBot) -> None:
    """Photos that come meanwhile wait with the first one, and later ones are taken at once."""
    await shy.photo(astronaut())
    question = await shy.answer(QUESTION)
    await shy.photo(astronaut_again(1))
    await shy.until(lambda: str(rows(shy.data, "SELECT aside FROM users")).count("speaker") == 2)
    await shy.press(question, "consent:")
    await shy.until(lambda: rows(shy.data, "SELECT COUNT(*) FROM character_faces") == [(2,)])
    await shy.photo(astronaut_again(2))
    await shy.until(lambda: rows(shy.data, "SELECT COUNT(*) FROM character_faces") == [(3,)])
    thanks = [m for m in shy.playground.world.messages(ANN) if "won't ask" in words_of(m)]
    assert (len(thanks), asked(shy)) == (1, [])


@pytest.mark.parametrize("caption", ["/generate a knight", "a knight"])
async def test_a_photo_with_words_is_drawn_afterwards(shy: RunningBot, caption: str) -> None:
    """With one press between: the words have waited, too."""
    await shy.photo(astronaut(), caption=caption)
    await shy.press(await shy.answer(QUESTION), "consent:")
    await shy.album()
    assert [request.words for request in shy.generator.requests] == ["a knight"]


@pytest.mark.parametrize("caption", ["/generate a knight", "a knight"])
async def test_what_was_asked_for_long_ago_is_not_drawn(shy: RunningBot, caption: str) -> None:
    """The photo is taken all the same, and a line says why nothing comes."""
    await shy.photo(astronaut(), caption=caption)
    question = await shy.answer(QUESTION)
    (stored,) = rows(shy.data, "SELECT aside FROM users")
    (message,) = json.loads(str(stored[0]))
    message["at"] -= 3700
    with closing(sqlite3.connect(shy.data / "bot.db")) as database, database:
        database.execute("UPDATE users SET aside = ?", [json.dumps([message])])
    await shy.press(question, "consent:")
    await shy.answer("over an hour ago, so I did not draw it")
    assert rows(shy.data, "SELECT COUNT(*) FROM faces") == [(1,)]
    await shy.say("/queue")
    await shy.answer("Nothing is waiting")
    assert not shy.generator.requests


@pytest.mark.parametrize("method", ["getFile", "editMessageText", "sendMessage"])
async def test_a_photo_that_can_not_be_answered_keeps_no_other_from_it(
    shy: RunningBot, method: str
) -> None:
    """Each is looked at, whatever Telegram says to the one before, and to the question."""
    shown = picture() if method == "sendMessage" else astronaut()  # without a face: a refusal
    await shy.photo(shown, caption="/register")
    question = await shy.answer(QUESTION)
    await shy.photo(astronaut_again(1))
    await shy.until(lambda: str(rows(shy.data, "SELECT aside FROM users")).count("speaker") == 2)
    shy.playground.faults.add(method, Refused("wrong file_id"), 1)
    await shy.press(question, "consent:")
    both = (1 + (method == "editMessageText"),)
    await shy.until(lambda: rows(shy.data, "SELECT COUNT(*) FROM character_faces") == [both])


async def test_an_album_of_photos_waits_as_a_whole(shy: RunningBot) -> None:
    """All of its photos are taken, as if they came now."""
    photos = [albums.photo(shy, astronaut_again(number)) for number in range(3)]
    await albums.send(shy, photos)
    await shy.press(await shy.answer(QUESTION), "consent:")
    await shy.until(lambda: rows(shy.data, "SELECT COUNT(*) FROM character_faces") == [(3,)])


async def test_who_has_a_face_already_is_asked_at_the_next_photo(bot: RunningBot) -> None:
    """Of an older version nobody has said it. Words are drawn meanwhile, once."""
    bot.consenting = False
    with closing(sqlite3.connect(bot.data / "bot.db")) as database, database:
        database.execute("UPDATE users SET consented = NULL")
    await bot.photo(astronaut_again(1), caption="/generate a knight")
    question = await bot.answer(QUESTION)
    await bot.album()
    await bot.press(question, "consent:")
    await bot.until(lambda: rows(bot.data, "SELECT COUNT(*) FROM job_faces") == [(1,)])
    assert len(bot.generator.requests) == 1


async def test_forget_forgets_it(shy: RunningBot) -> None:
    """Who begins anew is asked anew; what waited is gone."""
    await shy.photo(astronaut())
    await shy.answer(QUESTION)
    await shy.say("/forget")
    await shy.press(await shy.answer("Erase your photos"), "forget:yes")
    await shy.until(lambda: rows(shy.data, "SELECT aside FROM users") in ([], [("[]",)]))
    await shy.photo(astronaut())
    await shy.answer(QUESTION)


async def test_it_survives_a_restart(tmp_path: Path, short_waits: None) -> None:
    """The question stands in the chat, and the photo in the database."""
    async with Playground(port=0) as playground:
        async with running_bot(tmp_path, playground=playground) as bot:
            bot.consenting = False
            await bot.photo(astronaut())
            question = await bot.answer(QUESTION)
        async with running_bot(tmp_path, playground=playground) as again:
            await again.press(question, "consent:")
            await again.answer("🧬")
