"""/allow and /block: what can't be read exactly changes nothing."""

import sqlite3
from contextlib import closing

import pytest
from telegram import Chat, Message

from db import NOT_PEOPLE
from handlers.person.owner_commands import AllowWhom, whom
from playground.text import text_of
from tests.support.arrivals import (
    CHANNEL,
    OTHER_BOT,
    arrive,
    as_admin,
    as_channel,
    as_linked_channel,
)
from tests.support.running_bot import ANN, VERA, Json, RunningBot

EVE = {"id": 103, "is_bot": False, "first_name": "Eve"}
HOW = "Write /allow or /block"
NOBODY = "No one person is behind"


def decisions(bot: RunningBot) -> dict[int, bool]:
    """Give what was decided, by person and group."""
    found: dict[int, bool] = {}
    with closing(sqlite3.connect(bot.data / "bot.db")) as database:
        for table in ("users", "chats"):
            rows = database.execute(f"SELECT id, allowed FROM {table}")  # noqa: S608 - our own
            found |= {id_: bool(allowed) for id_, allowed in rows if allowed is not None}
    return found


def written(words: str) -> Message:
    """Make the message that Telegram would make of this text in a group."""
    data = {"message_id": 1, "date": 1, "chat": {"id": -5, "type": Chat.SUPERGROUP}}
    return Message.de_json(data | text_of({"text": words}))


@pytest.mark.parametrize("command", ["/allow", "/block", "/Allow@portrait_desk_bot"])
@pytest.mark.parametrize(
    "words",
    [
        ":102", ": 102", ",102", "\u200b102", "\n102", " 102\u200b", "\u00a0102\u2069", " １０２",
        "=102", " — 102", "\t102 ", " 00102",
    ],
)  # fmt: skip
def test_a_number_is_read_however_it_hangs_on(command: str, words: str) -> None:
    """Glued to the command, or beside signs that nobody sees: it is the person, not the group."""
    found = whom(written(command + words), bot_id=1)
    assert found is not None
    assert found[0] == VERA


@pytest.mark.parametrize("command", ["/allow", "/block"])
@pytest.mark.parametrize(
    "words",
    [
        " 1O2", " 102a", " 102.", " 102!", " 102 103", " 102,103", "\n102\n103", " 102 please",
        " @vera", " Vera", " -5", "-102", "—102", " +102", " 1e2", " 1.02", " ²", " 1\u200b02",
        ":", "!", "…", "\u200b", "—", " .", " \u202e201", " 0x66", " " + "9" * 40, " me", ":Vera",
    ],
)  # fmt: skip
def test_what_is_no_number_names_nobody(command: str, words: str) -> None:
    """A letter in it, junk behind it, two of them, a sign before it, or nothing but signs."""
    with pytest.raises(AllowWhom):
        whom(written(command + words), bot_id=1)


async def test_a_slip_lets_no_group_in(new_bot: RunningBot) -> None:
    """In the group itself: read exactly, refused, or no command of ours at all."""
    for words in (":1O2", ":", "\n102 103"):
        await new_bot.say(f"/allow{words}", chat=new_bot.group)
        await new_bot.answer(HOW, new_bot.group)
    for words in ("102", "_102", "ed"):
        await new_bot.say(f"/allow{words}", chat=new_bot.group)
    assert decisions(new_bot) == {}
    await new_bot.say("/allow:102", chat=new_bot.group)
    await new_bot.answer("✅ 102", new_bot.group)
    await new_bot.say("/block\u200b102", chat=new_bot.group)
    await new_bot.answer("🚫 102", new_bot.group)
    assert decisions(new_bot) == {VERA: False}


async def test_an_id_that_many_share_is_refused(new_bot: RunningBot) -> None:
    """By number, in private and in a group; the bot's own as well."""
    for person in (*NOT_PEOPLE, new_bot.playground.world.bot["id"]):
        for command in (f"/allow {person}", f"/block {person}", f"/allow:{person}"):
            await new_bot.say(command)
            await new_bot.answer(NOBODY)
    assert decisions(new_bot) == {}


async def test_a_reply_to_who_has_no_face_is_refused(new_bot: RunningBot) -> None:
    """An anonymous admin, a channel, what Telegram forwards from the group's own channel."""
    group = new_bot.group
    for speak in (as_admin, as_channel, as_linked_channel):
        message = speak(new_bot, group, "good morning")
        for command in ("/allow", "/block"):
            await new_bot.say(command, chat=group, reply_to=message["message_id"])
            await new_bot.answer(NOBODY, group)
    assert decisions(new_bot) == {}


async def test_a_reply_that_names_nobody_is_refused(new_bot: RunningBot) -> None:
    """To a bot, to what tells of the chat, or to a message of another chat."""
    world, group = new_bot.playground.world, new_bot.group
    ann, vera = world.chats.person(ANN), world.chats.person(VERA)
    replied = [
        arrive(new_bot, group, OTHER_BOT, "hello"),
        arrive(new_bot, group, ann, new_chat_members=[vera]),
        arrive(new_bot, group, vera, new_chat_title="Club"),
    ]
    for message in replied:
        await new_bot.say("/allow", chat=group, reply_to=message["message_id"])
        await new_bot.answer(HOW, group)
    elsewhere = {
        "origin": {"type": "hidden_user", "sender_user_name": "Eve", "date": 1},
        "chat": CHANNEL,
        "message_id": 3,
    }
    for content in (
        {"external_reply": elsewhere},
        {"reply_to_story": {"chat": CHANNEL, "id": 1}},
    ):
        arrive(new_bot, group, ann, "/allow", **content)
        await new_bot.answer(HOW, group)
    assert decisions(new_bot) == {}


@pytest.mark.parametrize(
    "content",
    [
        {"forward_origin": {"type": "hidden_user", "sender_user_name": "Eve", "date": 1}},
        {"forward_origin": {"type": "user", "sender_user": EVE, "date": 1}},
        {"via_bot": OTHER_BOT},
    ],
)
async def test_words_of_somebody_else_let_nobody_in(new_bot: RunningBot, content: Json) -> None:
    """The owner passes on what another has written: in a group, and in private."""
    ann = new_bot.playground.world.chats.person(ANN)
    for chat, command in ((new_bot.group, "/allow"), (ANN, "/allow 103"), (ANN, "/block 102")):
        arrive(new_bot, chat, ann, command, **content)
        await new_bot.answer("Somebody else wrote that", chat)
    assert decisions(new_bot) == {}


async def test_a_forwarded_message_stands_for_who_wrote_it(new_bot: RunningBot) -> None:
    """In private the owner can only reply to what they passed on; a hidden author is nobody."""
    ann = new_bot.playground.world.chats.person(ANN)
    for origin, answer in (
        ({"type": "user", "sender_user": EVE, "date": 1}, "✅ Eve"),
        ({"type": "hidden_user", "sender_user_name": "Eve", "date": 1}, HOW),
        ({"type": "channel", "chat": CHANNEL, "message_id": 5, "date": 1}, HOW),
        ({"type": "user", "sender_user": OTHER_BOT, "date": 1}, HOW),
    ):
        passed_on = arrive(new_bot, ANN, ann, "let me in", forward_origin=origin)
        await new_bot.answer()
        await new_bot.say("/allow", reply_to=passed_on["message_id"])
        await new_bot.answer(answer)
    assert decisions(new_bot) == {EVE["id"]: True}


async def test_the_owner_is_told_that_they_always_may(new_bot: RunningBot) -> None:
    """By number, or in reply to themselves; either command."""
    hello = await new_bot.say("hello", chat=new_bot.group)
    for command in ("/allow", "/block"):
        await new_bot.say(f"{command} {ANN}")
        await new_bot.answer("always open to you")
        await new_bot.say(command, chat=new_bot.group, reply_to=hello["message_id"])
        await new_bot.answer("always open to you", new_bot.group)


async def test_a_reply_and_a_number_must_agree(new_bot: RunningBot) -> None:
    """Two people in one command are one too many; a number under a bot's message is enough."""
    group = new_bot.group
    hello = await new_bot.say("/preset", VERA, group)
    for words in ("103", "please", "@eve", ":103"):
        await new_bot.say(f"/allow {words}", chat=group, reply_to=hello["message_id"])
        await new_bot.answer(HOW, group)
    assert decisions(new_bot) == {}
    await new_bot.say(f"/allow {VERA}", chat=group, reply_to=hello["message_id"])
    await new_bot.answer("✅ 102", group)
    post = as_linked_channel(new_bot, group, "good morning")
    await new_bot.say("/block 103", chat=group, reply_to=post["message_id"])
    await new_bot.answer("🚫 103", group)
    assert decisions(new_bot) == {VERA: True, 103: False}
