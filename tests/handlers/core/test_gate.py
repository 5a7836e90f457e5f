"""The gate: who was shut out gets through to be forgotten, and by no other way."""

import contextlib
from collections.abc import Iterator, Sequence

import pytest
from sqlalchemy import Engine, event

from playground import Forbidden
from tests.support.running_bot import VERA, RunningBot, buttons, words_of

SHUT_OUT = "закрыл вам доступ"


@pytest.fixture
async def shut_out(new_bot: RunningBot) -> RunningBot:
    """A bot that has Vera's face, and that she may not use any more."""
    await new_bot.give_face(VERA)
    await new_bot.say(f"/block {VERA}")
    await new_bot.answer("🚫")
    return new_bot


@pytest.mark.parametrize(
    "written",
    [
        "/forget",
        "/Forget",
        "/FORGET",
        "/forget@portrait_desk_bot",
        "/forget@Portrait_Desk_Bot me",
        "/forget me, please",
        "/forget:",
        "/forget\nme",
        "/start forget",
        "/start Forget",
        "/start@portrait_desk_bot forget",
        "/start forget please",
        "/Start:forget",
    ],
)
async def test_who_was_shut_out_is_forgotten_however_they_write_it(
    shut_out: RunningBot, written: str
) -> None:
    """And the button under the question works for them too."""
    await shut_out.say(written, VERA)
    await shut_out.press(await shut_out.answer("🗑", VERA), "forget:yes", VERA)
    await shut_out.until(
        lambda: any(
            "Всё о вас стёрто" in words_of(m) for m in shut_out.playground.world.messages(VERA)
        )
    )
    await shut_out.say("/character", VERA)
    await shut_out.answer(SHUT_OUT, VERA)


async def test_nothing_else_gets_through(shut_out: RunningBot) -> None:
    """Neither words that only look like it, nor what is meant for another bot."""
    for written in (
        "/forgetme", "/start register", "/start forgets", "/start", "forget", "/generate /forget",
        "/character forget",
    ):  # fmt: skip
        await shut_out.say(written, VERA)
        await shut_out.answer(SHUT_OUT, VERA)
    await shut_out.say("/forget@other_bot", VERA)
    await shut_out.say("/help", VERA)
    await shut_out.answer(SHUT_OUT, VERA)
    said = [words_of(m) for m in shut_out.playground.world.messages(VERA)]
    assert not any("🗑" in words for words in said)


async def test_in_a_group_they_are_led_to_the_private_chat_once_in_a_while(
    shut_out: RunningBot,
) -> None:
    """Right after a refusal too; but they can't use up what Telegram lets the bot say there."""
    group = shut_out.group
    await shut_out.say("/help", VERA, group)
    await shut_out.answer(SHUT_OUT, group)
    await shut_out.say("/Forget@portrait_desk_bot", VERA, group)
    link = await shut_out.answer("личном чате", group)
    assert buttons(link) == ["https://t.me/portrait_desk_bot?start=forget"]
    for written in ("/forget", "/start claim-x", "/forget", "/start forget"):
        await shut_out.say(written, VERA, group)
    await shut_out.say("/preset", chat=group)
    await shut_out.answer("Now: ", group)
    mine = [m for m in shut_out.playground.world.messages(group) if m["from"]["is_bot"]]
    assert len(mine) == 3


@pytest.mark.parametrize("command", ["/preset quality", "/start", "/help"])
async def test_who_can_not_be_refused_does_not_get_in(shut_out: RunningBot, command: str) -> None:
    """The refusal fails, and the command goes no further."""
    shut_out.playground.faults.add("sendMessage", Forbidden())
    await shut_out.say(command, VERA)
    await shut_out.until(lambda: not shut_out.playground.faults.pending("sendMessage"))
    await shut_out.say("/queue", VERA)
    await shut_out.answer(SHUT_OUT, VERA)
    mine = [m for m in shut_out.playground.world.messages(VERA) if m["from"]["is_bot"]]
    assert len(mine) == 1


@contextlib.contextmanager
def unreadable(person: int) -> Iterator[None]:
    """Break whatever reads the person's row."""

    def fail(_: object, __: object, statement: str, values: Sequence[object], *___: object) -> None:
        if "FROM users" in statement and person in values:
            raise RuntimeError

    event.listen(Engine, "before_cursor_execute", fail)
    try:
        yield
    finally:
        event.remove(Engine, "before_cursor_execute", fail)


async def test_an_update_that_breaks_the_gate_does_not_pass_it(shut_out: RunningBot) -> None:
    """Whatever goes wrong before the decision, the decision is no."""
    with unreadable(VERA):
        await shut_out.say("/preset quality", VERA)
        await shut_out.answer("номер", VERA)
    await shut_out.say("/help", VERA)
    await shut_out.answer(SHUT_OUT, VERA)
    mine = [m for m in shut_out.playground.world.messages(VERA) if m["from"]["is_bot"]]
    assert len(mine) == 2
