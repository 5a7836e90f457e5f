"""What the bot has asked for is awaited for half an hour, and until the person asks for more."""

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from db.tables import now
from playground.faults import DOWNLOAD, Held
from tests.support.albums import kept_face, photo, send
from tests.support.edits_and_alerts import edited
from tests.support.running_bot import (
    Json,
    RunningBot,
    astronaut_again,
    astronauts_face,
    buttons,
    words_of,
)

HINT = "what you'd like to see"


def let_time_pass(bot: RunningBot, minutes: float) -> None:
    """Date back what is awaited."""
    since = now() - timedelta(minutes=minutes)
    with closing(sqlite3.connect(bot.data / "bot.db")) as database, database:
        database.execute("UPDATE users SET awaits_since = ?", [since.isoformat(" ")])


async def ask_for_words(bot: RunningBot) -> None:
    await bot.say("/traits")
    await bot.press(await bot.answer("🧬"), "traits:words")
    await bot.answer("✍️")


async def own_words(bot: RunningBot) -> str:
    await bot.say("/character")
    words = words_of(await bot.answer("🙂")).partition("In your own words: ")[2]
    return words.partition("\n")[0]


@pytest.mark.parametrize(
    "command", ["/cancel", "/help", "/queue", "/preset quality", "/traits", "/history", "/cansel"]
)
async def test_any_other_command_ends_the_wait_for_words(bot: RunningBot, command: str) -> None:
    """What is said after it is talk, and no trait."""
    await ask_for_words(bot)
    await bot.say(command)
    await bot.answer()
    await bot.say("ok!")
    await bot.answer(HINT)
    assert await own_words(bot) == ""


@pytest.mark.parametrize("command", ["/cancel", "/help", "/traits", "/start", "/generate a knight"])
async def test_any_other_command_ends_the_wait_for_a_photo(bot: RunningBot, command: str) -> None:
    """A photo after it is not taken unasked."""
    await bot.say("/register")
    await bot.answer("📷")
    await bot.say(command)
    await bot.answer()
    await bot.photo(astronaut_again(0))
    await bot.answer("Add this photo to yours?")
    assert kept_face(bot) == astronauts_face()


async def test_a_command_under_a_film_ends_the_wait_too(bot: RunningBot) -> None:
    """A caption is words."""
    await ask_for_words(bot)
    await send(bot, [{"dice": {"emoji": "🎲", "value": 3}}])
    await bot.answer(HINT)
    await bot.photo(astronaut_again(0), caption="/help")
    await bot.answer("albums")
    await bot.answer("Add this photo")
    await bot.say("ok!")
    await bot.answer(HINT)
    assert await own_words(bot) == ""


@pytest.mark.parametrize(
    "content",
    [{"dice": {"emoji": "🎲", "value": 3}}, {"location": {"latitude": 1, "longitude": 2}}, {}],
)
async def test_what_has_no_words_ends_the_wait_for_them(bot: RunningBot, content: Json) -> None:
    """A die, a place, a photo without a caption: what is said after it is no trait."""
    await ask_for_words(bot)
    await send(bot, [content or photo(bot, astronaut_again(0))])
    await bot.answer("" if content else "Add this photo")
    await bot.say("who is this?")
    await bot.answer(HINT)
    assert await own_words(bot) == ""


@pytest.mark.parametrize("words", ["🙂🙂", "-", "…"])
async def test_words_without_a_letter_are_asked_for_again(bot: RunningBot, words: str) -> None:
    """The answer speaks of looks, and the next words count."""
    await ask_for_words(bot)
    await bot.say(words)
    await bot.answer("what else I should know about your looks")
    await bot.say("freckles")
    await bot.answer("Noted")


async def test_a_command_in_a_group_ends_no_wait_in_private(bot: RunningBot) -> None:
    """The words that come afterwards are kept."""
    await ask_for_words(bot)
    for command in ("/help", "/preset", "/cancel"):
        await bot.say(command, chat=bot.group)
        await bot.answer("", bot.group)
    await bot.say("freckles")
    await bot.answer("Noted")


async def test_cancel_says_what_it_dropped(bot: RunningBot) -> None:
    """/cancel names the question, then again what it names always."""
    await ask_for_words(bot)
    await bot.say("/cancel")
    await bot.answer("I'm not waiting for your words any more")
    await bot.say("/register")
    await bot.answer("📷")
    bot.generator.hold()
    await bot.say("/cancel")
    await bot.answer("I'm not waiting for a photo any more")
    await bot.say("/cancel")
    await bot.answer("no albums in the queue")
    await bot.say("/generate a knight")
    await bot.answer("Picture 1")
    await ask_for_words(bot)
    await bot.say("/cancel")
    answer = await bot.answer("your words any more")
    assert "your album" in words_of(answer)


async def test_in_a_group_cancel_tells_nothing_private(bot: RunningBot) -> None:
    """What was asked in private is no business of the group."""
    await ask_for_words(bot)
    await bot.say("/cancel", chat=bot.group)
    answer = await bot.answer("", bot.group)
    assert "waiting for" not in words_of(answer)


@pytest.mark.parametrize("minutes", [31, 60 * 24, -60])
async def test_half_an_hour_ends_the_wait(bot: RunningBot, minutes: int) -> None:
    """Also where the clock ran ahead when the question was asked."""
    await ask_for_words(bot)
    let_time_pass(bot, minutes)
    await bot.say("ok!")
    await bot.answer(HINT)
    assert await own_words(bot) == ""
    await bot.say("/register")
    await bot.answer("📷")
    let_time_pass(bot, minutes)
    await bot.photo(astronaut_again(0))
    await bot.answer("Add this photo to yours?")


async def test_within_half_an_hour_the_answer_counts(bot: RunningBot) -> None:
    """Who takes their time is heard."""
    await ask_for_words(bot)
    let_time_pass(bot, 29)
    await bot.say("freckles")
    await bot.answer("Noted")
    await bot.say("/register")
    await bot.answer("📷")
    let_time_pass(bot, 29)
    await bot.photo(astronaut_again(0))
    await bot.answer("Added")
    assert await own_words(bot) == "freckles"


@pytest.mark.parametrize("button", ["traits:done", "traits:open:eyes"])
async def test_another_button_ends_the_wait(bot: RunningBot, button: str) -> None:
    """Who presses something else has done with the words."""
    await bot.say("/traits")
    editor = await bot.answer("🧬")
    await bot.press(editor, "traits:words")
    await bot.answer("✍️")
    await bot.press(editor, button)
    await edited(bot, editor, "Eyes" if "eyes" in button else "Saved")
    await bot.say("ok!")
    await bot.answer(HINT)
    assert await own_words(bot) == ""


async def test_further_photos_are_welcome_for_half_an_hour(bot: RunningBot) -> None:
    """Who was asked for one may go on, whatever is said meanwhile; later they are asked."""
    await bot.say("/register")
    await bot.answer("📷")
    await bot.photo(astronaut_again(0))
    await bot.answer("Another photo")
    for words in "thanks!", "/help", "/cancel", "/traits":
        await bot.say(words)
        await bot.answer("🧬" if words == "/traits" else "")
    await bot.press(await bot.answer("🧬"), "traits:done")
    await bot.photo(astronaut_again(1))
    await bot.answer("A good photo, 3 of 5")
    let_time_pass(bot, 31)
    await bot.photo(astronaut_again(2))
    await bot.answer("Add this photo to yours?")


async def test_a_photo_sent_before_ends_no_wait_for_words(bot: RunningBot) -> None:
    """It is read while the person is asked for words: to send more photos is only an invitation."""
    downloaded = asyncio.Event()
    await bot.say("/traits")
    editor = await bot.answer("🧬")
    bot.playground.faults.add(DOWNLOAD, Held(downloaded))
    await bot.photo(astronaut_again(0), caption="/register")
    await bot.until(lambda: not bot.playground.faults.pending(DOWNLOAD), "the download")
    await bot.press(editor, "traits:words")
    await bot.answer("✍️")
    downloaded.set()
    await bot.answer("Added")
    await bot.say("freckles")
    await bot.answer("freckles")
    assert await own_words(bot) == "freckles"


async def test_own_words_can_be_taken_back(bot: RunningBot) -> None:
    """The editor offers it where there are some."""
    await bot.say("/traits")
    editor = await bot.answer("🧬")
    assert not any("clear:words" in data for data in buttons(editor))
    await bot.press(editor, "traits:words")
    await bot.answer("✍️")
    await bot.say("freckles")
    editor = await bot.answer("freckles")
    await bot.press(editor, "traits:clear:words")
    await bot.until(
        lambda: (
            "freckles"
            not in words_of(
                bot.playground.world.message(editor["chat"]["id"], editor["message_id"]) or {}
            )
        )
    )
    assert await own_words(bot) == ""
    await bot.say("/generate a knight")
    await bot.album()
    assert bot.generator.requests[0].character.traits.words == ""


async def test_a_face_is_not_awaited_after_the_cancel(bot: RunningBot) -> None:
    """Albums count as one photo, and are asked about once."""
    await bot.say("/register")
    await bot.answer("📷")
    await bot.say("/cancel")
    await bot.answer("not waiting for a photo")
    await send(bot, [photo(bot, astronaut_again(0))] * 3)
    await bot.answer("Add it to yours?")
    assert kept_face(bot) == astronauts_face()
