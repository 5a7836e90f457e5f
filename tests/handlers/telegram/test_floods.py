"""Whoever writes too much keeps nobody else waiting."""

import pytest

from tests.support.edits_and_alerts import alert, edited
from tests.support.running_bot import ANN, Json, RunningBot, buttons, words_of

EVE = 103
FLOOD = 100
A_MINUTE = 20
"""The messages that Telegram takes in a group within a minute. Later ones wait."""


def said(bot: RunningBot, part: str, chat: int) -> list[Json]:
    mine = (m for m in bot.playground.world.messages(chat) if m["from"]["is_bot"])
    return [m for m in mine if part in words_of(m)]


async def test_a_stranger_is_refused_once_in_a_group(new_bot: RunningBot) -> None:
    """A hundred commands bring one sentence, and the others in the group are answered."""
    new_bot.playground.world.add_person(EVE, "Eve", language_code="en", groups=True)
    for _ in range(FLOOD):
        await new_bot.playground.send_text(EVE, new_bot.group, "/help")
    await new_bot.answer("belongs to somebody", new_bot.group)
    await new_bot.say("/preset", chat=new_bot.group)
    menu = await new_bot.answer("Now: Fast", new_bot.group)
    assert "belongs to somebody" in await alert(new_bot, menu, buttons(menu)[0], EVE)
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
