"""/help: what can be written, on one screen; the rest on demand."""

from pathlib import Path

import pytest

from handlers.texts import Texts
from tests.support.edits_and_alerts import edited
from tests.support.running_bot import ANN, VERA, RunningBot, running_bot, words_of

LANGUAGES = sorted(Texts().languages)


@pytest.mark.parametrize(
    ("person", "parts"),
    [
        (ANN, ["without", "--style", "--size", "/story", "reply", "Russian", "/generate alone"]),
        (VERA, ["без", "--style", "--size", "/story", "ответьте", "По-русски", "/generate без"]),
    ],
)
async def test_one_screen_says_what_can_be_written(
    tmp_path: Path, person: int, parts: list[str]
) -> None:
    """What is not wanted, options, styles, sizes, stories, replies, languages, ideas."""
    async with running_bot(tmp_path, owner_id=person) as bot:
        await bot.say("/help", person)
        said = words_of(await bot.answer("🎨", person))
        assert [part for part in parts if part not in said] == []


async def test_the_rest_is_shown_in_its_place(new_bot: RunningBot) -> None:
    """Buttons turn the pages within one message, and back."""
    await new_bot.say("/help")
    first = await new_bot.answer("🎨 Write what you want to be")
    for page, part in (("help-words", "--seed 7"), ("help-commands", "/forget"), ("help", "🎨")):
        await new_bot.press(first, f"help:{page}:")
        await edited(new_bot, first, part)
    shown = new_bot.playground.world.message(first["chat"]["id"], first["message_id"])
    assert words_of(shown or {}) == words_of(first)


async def test_where_plain_words_are_not_drawn_the_help_names_the_command(tmp_path: Path) -> None:
    """In a group, and where the owner has switched them off."""
    async with running_bot(tmp_path, plain_words=False) as bot:
        await bot.say("/help")
        await bot.answer("/generate a knight in a forest")
    async with running_bot(tmp_path) as bot:
        await bot.open_group()
        await bot.say("/help", chat=bot.group)
        await bot.answer("/generate a knight in a forest", bot.group)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["help", "help-words", "help-commands"])
def test_a_page_is_no_higher_than_a_phone(language: str, page: str) -> None:
    """A phone of 430 by 932 pixels shows 26 lines of about 38 letters above the field."""
    text = Texts().say(language)(page, count=6, plain="yes")
    assert sum(1 + len(line) // 38 for line in text.splitlines()) <= 26
