"""Whoever writes too much keeps nobody else waiting."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from handlers.telegram import floods
from handlers.telegram.buckets import Allowance
from playground import Refused, UploadedFile
from playground.people import Origin
from tests.support.consenting import consent
from tests.support.edits_and_alerts import alert, edited
from tests.support.running_bot import (
    ANN,
    VERA,
    Json,
    RunningBot,
    astronaut,
    buttons,
    running_bot,
    words_of,
)

EVE, MAX = 103, 104
FLOOD = 100
A_MINUTE = 20
"""The messages that Telegram takes in a group within a minute. Later ones wait."""


def said(bot: RunningBot, part: str, chat: int) -> list[Json]:
    mine = (m for m in bot.playground.world.messages(chat) if m["from"]["is_bot"])
    return [m for m in mine if part in words_of(m)]


async def test_a_stranger_is_refused_once_in_a_group(new_bot: RunningBot) -> None:
    """A hundred commands bring one sentence, and the others in the group are answered."""
    for stranger in (EVE, MAX):
        new_bot.playground.world.add_person(stranger, "Eve", language_code="en", groups=True)
    for _ in range(FLOOD):
        await new_bot.playground.send_text(EVE, new_bot.group, "/help")
    await new_bot.answer("belongs to somebody", new_bot.group)
    await new_bot.say("/preset", chat=new_bot.group)
    menu = await new_bot.answer("Now: Fast", new_bot.group)
    assert "belongs to somebody" in await alert(new_bot, menu, buttons(menu)[0], MAX)
    assert len(said(new_bot, "belongs to somebody", new_bot.group)) == 1


@pytest.mark.usefixtures("short_stop")
async def test_a_flooded_group_keeps_no_other_chat_waiting(new_bot: RunningBot) -> None:
    """While its answers wait for Telegram, a private chat is answered at once."""
    for _ in range(A_MINUTE):
        await new_bot.say("/help", chat=new_bot.group)
        await new_bot.answer("/generate", new_bot.group)
    for _ in range(FLOOD):
        await new_bot.playground.send_text(ANN, new_bot.group, "/help")
    await new_bot.say("/queue")
    await new_bot.answer("Nothing is waiting")
    assert len(said(new_bot, "/generate", new_bot.group)) <= A_MINUTE + 4


async def test_a_flood_keeps_no_button_from_working(new_bot: RunningBot) -> None:
    """What was pressed in a flooded group is heard; what was written beyond measure is not."""
    await new_bot.say("/preset", chat=new_bot.group)
    menu = await new_bot.answer("Now: Fast", new_bot.group)
    for _ in range(FLOOD):
        await new_bot.playground.send_text(ANN, new_bot.group, "/help")
    await new_bot.press(menu, "preset:QUALITY")
    await edited(new_bot, menu, "Now: Better quality")
    await new_bot.until(
        lambda: not new_bot.playground.world.updates.pending(), "the end of the flood"
    )
    assert len(said(new_bot, "/generate", new_bot.group)) < A_MINUTE


FEW, ALBUM = 5, 10
"""What is taken at once in the tests below, and the photos of an album."""


@pytest.fixture
async def strict_bot(
    tmp_path: Path, short_waits: None, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[RunningBot]:
    """A bot that takes little, and forgets it only after hours."""
    for name, burst in {"PERSON": FEW, "GROUP": FEW + 2, "PHOTOS": ALBUM}.items():
        monkeypatch.setattr(floods, name, Allowance(burst, a_second=0.0001))
    async with running_bot(tmp_path) as bot:
        await bot.allow(VERA)
        yield bot


async def flooded(bot: RunningBot, person: int, chat: int, text: str = "/queue") -> None:
    """Send twice as much as is taken, and wait until all of it was looked at."""
    for _ in range(2 * FEW):
        await bot.playground.send_text(person, chat, text)
    await bot.until(lambda: not bot.playground.world.updates.pending(), "the flood's end")
    await bot.say("/help", chat=ANN)
    await bot.answer("/generate", ANN)


async def test_who_writes_too_much_is_told_once_and_then_not_heard(strict_bot: RunningBot) -> None:
    """In their own language; others are answered, and so is the owner, who never is too much."""
    await flooded(strict_bot, VERA, VERA)
    await strict_bot.answer("Слишком много", VERA)
    await strict_bot.until(lambda: len(said(strict_bot, "", VERA)) == FEW + 1, "every answer")
    answers = said(strict_bot, "", VERA)
    assert len([m for m in answers if "Слишком много" in words_of(m)]) == 1
    await flooded(strict_bot, ANN, ANN)
    await strict_bot.until(lambda: len(said(strict_bot, "Nothing is waiting", ANN)) == 2 * FEW)
    assert not said(strict_bot, "a lot at once", ANN)
    assert len(said(strict_bot, "", VERA)) == FEW + 1


async def test_presses_count_and_no_button_is_left_spinning(strict_bot: RunningBot) -> None:
    """The press that is too much is told so at the button; those after it end without a word."""
    await strict_bot.say("/preset", VERA)
    menu = await strict_bot.answer("", VERA)
    for number in range(FEW - 1):
        chosen = ("Качественнее", "Сбалансированно")[number % 2]
        await strict_bot.press(menu, ("preset:QUALITY", "preset:BALANCED")[number % 2], VERA)
        await edited(strict_bot, menu, chosen)
    assert "Слишком много" in await alert(strict_bot, menu, buttons(menu)[0], VERA)
    assert await alert(strict_bot, menu, buttons(menu)[0], VERA) == ""


async def test_an_album_is_no_flood_but_two_are(strict_bot: RunningBot) -> None:
    """Ten photos sent at once are one message; a second album is not fetched."""
    album = Origin(VERA, VERA)
    await strict_bot.playground.people.send_photos(album, [astronaut()] * ALBUM, None)
    await consent(strict_bot.playground, VERA)
    await strict_bot.answer("🧬", VERA)
    assert not said(strict_bot, "Слишком много", VERA)
    strict_bot.playground.faults.add("getFile", Refused("nobody may ask for it"), ALBUM)
    file = UploadedFile("a.jpg", astronaut())
    await strict_bot.playground.people.send_documents(album, [file] * ALBUM, None)
    await strict_bot.answer("Слишком много фото", VERA)
    assert strict_bot.playground.faults.pending("getFile") == ALBUM


async def test_a_group_is_told_once(strict_bot: RunningBot) -> None:
    """Its members together send too much; in private each is heard as before."""
    await strict_bot.open_group()
    for person in (VERA, EVE, MAX):
        if person != VERA:
            strict_bot.playground.world.add_person(person, "Eve", language_code="en", groups=True)
        for _ in range(3):
            await strict_bot.playground.send_text(person, strict_bot.group, "/queue")
    await strict_bot.answer("in this group. Give", strict_bot.group)
    await strict_bot.say("/queue", VERA)
    await strict_bot.answer("", VERA)
    assert len(said(strict_bot, "in this group. Give", strict_bot.group)) == 1


async def test_talk_in_a_group_and_commands_of_other_bots_count_for_nothing(
    strict_bot: RunningBot,
) -> None:
    """They are none of ours."""
    await strict_bot.open_group()
    for text in ("hello", "/roll", "/queue@another_bot"):
        await flooded(strict_bot, VERA, strict_bot.group, text)
    await strict_bot.say("/queue", VERA, strict_bot.group)
    await strict_bot.answer("", strict_bot.group)
    assert not said(strict_bot, "Слишком много", strict_bot.group)
