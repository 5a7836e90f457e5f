"""Whoever writes too much keeps nobody else waiting."""

from pathlib import Path

from tests.desk import ANN, Desk, Json, buttons, desk, words_of
from tests.handlers.watching import alert, edited

EVE = 103
FLOOD = 100
A_MINUTE = 20
"""As many messages as Telegram takes in a group; the next ones sleep until it does."""


def said(d: Desk, part: str, chat: int) -> list[Json]:
    mine = (m for m in d.playground.world.messages(chat) if m["from"]["is_bot"])
    return [m for m in mine if part in words_of(m)]


async def test_a_stranger_is_refused_once_in_a_group(tmp_path: Path) -> None:
    """A hundred commands bring one sentence, and the others in the group are answered."""
    async with desk(tmp_path) as d:
        d.playground.world.add_person(EVE, "Eve", language_code="en", groups=True)
        for _ in range(FLOOD):
            await d.playground.send_text(EVE, d.group, "/help")
        await d.answer("belongs to somebody", d.group)
        await d.say("/preset", chat=d.group)
        menu = await d.answer("Now: FAST", d.group)
        assert "belongs to somebody" in await alert(d, menu, buttons(menu)[0], EVE)
        assert len(said(d, "belongs to somebody", d.group)) == 1


async def test_a_flooded_group_keeps_no_other_chat_waiting(tmp_path: Path) -> None:
    """While its answers wait for Telegram, a private chat is answered at once."""
    async with desk(tmp_path) as d:
        for _ in range(A_MINUTE):
            await d.say("/help", chat=d.group)
            await d.answer("/generate", d.group)
        for _ in range(FLOOD):
            await d.playground.send_text(ANN, d.group, "/help")
        await d.say("/queue")
        await d.answer("Nothing is waiting")
        assert len(said(d, "/generate", d.group)) <= A_MINUTE + 4


async def test_a_flood_keeps_no_button_from_working(tmp_path: Path) -> None:
    """What was pressed in a flooded group is heard; what was written beyond measure is not."""
    async with desk(tmp_path) as d:
        await d.say("/preset", chat=d.group)
        menu = await d.answer("Now: FAST", d.group)
        for _ in range(FLOOD):
            await d.playground.send_text(ANN, d.group, "/help")
        await d.press(menu, "preset:QUALITY")
        await edited(d, menu, "Now: QUALITY")
        await d.until(lambda: not d.playground.world.updates.pending(), "the end of the flood")
        assert len(said(d, "/generate", d.group)) < A_MINUTE
