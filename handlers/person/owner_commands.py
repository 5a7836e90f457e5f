"""What only the owner does: become the owner, /allow and /block."""

import unicodedata

from telegram import Chat, Message, Update

from db import NOT_PEOPLE, Decision, NotAPerson
from generation.errors import Refusal
from handlers.core.buttons import NUMBER_DIGITS
from handlers.core.context import Context, message_in
from handlers.core.invocation import Invocation, invocation_in
from handlers.core.speakers import is_said, speaks_as_chat
from handlers.person.decisions import decide

TURNS = {"RLO", "LRO"}
"""Unicode's signs that turn what follows around: a number is not the one that is seen."""


class AllowWhom(Refusal):
    """The command names nobody, or nobody that can be read exactly."""


async def become_owner(message: Message, context: Context, code: str) -> None:
    """Make the first person with the one-time link the owner."""
    accepted = context.services.access.accepts(code)
    if accepted and await context.people.users.make_owner(context.person.id):
        await message.reply_text(context.say("owner-made"))
    else:
        await message.reply_text(context.say("owner-link-void"))


async def allow(update: Update, context: Context) -> None:
    """Let a person in, or a whole group."""
    await _decide(message_in(update), context, allowed=True)


async def block(update: Update, context: Context) -> None:
    await _decide(message_in(update), context, allowed=False)


async def _decide(message: Message, context: Context, *, allowed: bool) -> None:
    person = whom(message, context.bot.id)
    outcome = "allowed" if allowed else "blocked"
    if person:
        person_id, name = person
        stopped = await decide(person_id, Decision.ALLOW if allowed else Decision.BLOCK, context)
        text = context.say(f"person-{outcome}", name=name)
        if stopped:
            text += " " + context.say("block-cancelled", count=stopped)
        await message.reply_text(text)
    elif message.chat.type != Chat.PRIVATE:
        await context.people.chats.allow(message.chat.id, allowed)
        await message.reply_text(context.say(f"group-{outcome}"))
    else:
        raise AllowWhom


def whom(message: Message, bot_id: int) -> tuple[int, str] | None:
    """Find the person who is replied to or numbered; None: the whole group.

    Raises AllowWhom for what can't be read exactly, and NotAPerson.
    """
    invocation = invocation_in(message)
    replied = message.reply_to_message
    if replied and replied.forum_topic_created:
        replied = None  # no reply of a person's: in a topic every message replies to its first
    if invocation and invocation.rest.strip():
        number = _number(invocation)
        if number in NOT_PEOPLE or number == bot_id:
            raise NotAPerson
        if replied and _is_by_another_person(replied, number):
            raise AllowWhom
        return number, str(number)
    if message.external_reply or message.reply_to_story:
        raise AllowWhom  # Telegram doesn't say who wrote in another chat
    return _author(replied) if replied else None


def _author(message: Message) -> tuple[int, str]:
    """Give who wrote it. Raises NotAPerson for a group or a channel.

    Raises AllowWhom for a bot, and for what tells of the chat, such as who has joined it.
    """
    author = message.from_user
    if message.chat.type == Chat.PRIVATE and message.forward_origin:
        # The owner passed it on to here: whoever wrote it is meant, if Telegram says who.
        author = getattr(message.forward_origin, "sender_user", None)
        if author is None:
            raise AllowWhom
    elif author is None or speaks_as_chat(message):
        raise NotAPerson
    if author.is_bot or not is_said(message):
        raise AllowWhom
    return author.id, author.first_name


def _is_by_another_person(message: Message, person_id: int) -> bool:
    author = message.from_user
    return author is not None and not (
        author.is_bot or author.id == person_id or speaks_as_chat(message)
    )


def _number(invocation: Invocation) -> int:
    """Read the words as one number, and nothing beside it. Raises AllowWhom."""
    turned = any(unicodedata.bidirectional(sign) in TURNS for sign in invocation.rest)
    words = invocation.words
    if turned or not words.isdecimal() or len(words) > NUMBER_DIGITS:
        raise AllowWhom
    return int(words)
