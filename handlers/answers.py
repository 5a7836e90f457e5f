"""What a message with words gets, whether it has a picture or not, and what a button gets.

The words are a command, or in a private chat a plain wish.
"""

import contextlib
from collections.abc import Awaitable
from typing import Any

from telegram import CallbackQuery, Chat, Message, Update
from telegram.ext import filters

from db import NoCharacter
from generation.errors import Refusal
from generation.words.reply import is_change
from generation.words.talk import Talk, kind_of
from handlers.albums import english, generate, queue, repeats, replies
from handlers.commands import COMMANDS
from handlers.core.buttons import message_of, pressed
from handlers.core.command import Command, Where, Who
from handlers.core.context import Answer, Context, message_in
from handlers.core.invocation import invocation_in, plain_text
from handlers.core.replies import acknowledge, say_instead
from handlers.person import consent, forget, help_pages, photo_buttons, registration, start
from handlers.person.pictures import pictures_in


class NotYourWords(Refusal):
    """The owner passed on somebody else's /allow or /block."""


BY_NAME = {command.name: command for command in COMMANDS}

_SMALL_TALK: dict[Talk, Answer] = {
    Talk.WISH: generate.generate,
    Talk.CANCEL: queue.cancel,
    Talk.AGAIN: repeats.again,
    Talk.FORGET: forget.forget,
    Talk.HELP: help_pages.help_,
    Talk.GREETING: start.greet,
    Talk.THANKS: start.thank,
    Talk.QUESTION: start.explain,
    Talk.NOTHING: start.other,
}
"""What answers to plain words, by what they are."""

OWN_WAY = {"register", "cancel", "forget"}
"""Commands that take the picture sent with them in their own way, or that speak against it."""


class Commanded(filters.MessageFilter):
    """Messages whose words begin with a command of ours; the captions of pictures are words."""

    def filter(self, message: Message) -> bool:
        """Say whether it is one. A command for another bot has been stopped by the gate."""
        return _command_in(message) is not None


async def answer_command(update: Update, context: Context) -> None:
    """Do what the words say, and in private what their picture is for.

    The words wait for the picture only if the person was asked for one, or has no face yet.
    """
    message = message_in(update)
    private = message.chat.type == Chat.PRIVATE
    begins = private and await registration.begins(message, context)
    if not begins or _goes_its_own_way(message) or not pictures_in(message):
        await _answer(message, update, context)
    elif not await registration.wants_photo(context):
        await _answer(message, update, context)
        await registration.photo_with_command(update, context)
    else:
        await _answer_after_photo(message, update, context)


async def answer_photo(update: Update, context: Context) -> None:
    """Take a photo without a command; where its caption is a wish, draw that too."""
    if _is_wish(message_in(update), context):
        await answer_command(update, context)
    else:
        await registration.photo(update, context)


async def answer_plain_words(update: Update, context: Context) -> None:
    """Draw what is said without a command, and answer small talk; save what was asked for."""
    message = message_in(update)
    kind = kind_of(plain_text(message))
    if invocation_in(message) or not message.text:
        await start.other(update, context)
    elif context.person.awaits and kind is not Talk.CANCEL:
        correcting = context.person.awaits == "english"
        await (english.correct if correcting else start.other)(update, context)
    elif kind is not Talk.WISH or not await replies.change(update, context):
        spoken = context.drawing.plain_words or kind is Talk.CANCEL
        await (_SMALL_TALK[kind] if spoken else start.other)(update, context)


async def answer_reply(update: Update, context: Context) -> None:
    """In a group, change the album that the person replies to; other talk is none of ours."""
    if is_change(plain_text(message_in(update))):
        await replies.change(update, context)


async def take_face(update: Update, context: Context) -> None:
    """Take the face that the person chose, then do what they said under its photo.

    Only a newcomer's words have waited for it.
    """
    newcomer = not await registration.is_known(context)
    await photo_buttons.take(update, context)
    asked = message_in(update).reply_to_message
    if newcomer and asked and (_command_in(asked) or _is_wish(asked, context)):
        await _answer(asked, Update(update.update_id, message=asked), context)


async def consent_given(update: Update, context: Context) -> None:
    """Go on with the photos that waited for the person's word, and with what was said of them."""
    query, _ = pressed(update, context, count=1)
    waiting = await context.people.consents.give(context.person.id)
    await _by_itself(_thank(query, context), update, context)
    for aside in waiting:
        message = await consent.take_up(aside, context)
        again = Update(update.update_id, message=message)
        await _by_itself(_take_up(again, aside, context), again, context)


async def _thank(query: CallbackQuery, context: Context) -> None:
    await say_instead(message_of(query), context.say("consented"))
    await acknowledge(query)  # last: what goes wrong is told at the button


async def _by_itself(work: Awaitable[None], update: Update, context: Context) -> None:
    """Do what may fail as any update may: its person is told, and what comes after it is done."""
    try:
        await work
    except Exception as error:  # noqa: BLE001 - as the application does it
        await context.application.process_error(update, error)


async def _take_up(update: Update, aside: dict[str, Any], context: Context) -> None:
    """Answer a message that waited; of one that waited too long only the photo is still good."""
    message = message_in(update)
    asks = aside["whole"] and plain_text(message) and not _goes_its_own_way(message)
    late = asks and consent.is_late(aside)
    await _go_on(update, context, whole=aside["whole"] and not late)
    if late:
        await message.reply_text(context.say("late-consent"))


async def _go_on(update: Update, context: Context, *, whole: bool) -> None:
    """Answer a message that waited; unless it is the `whole`, its words were answered before."""
    command = _command_in(message_in(update))
    if command and (whole or command.name == "register"):
        await answer_command(update, context)
    elif whole:
        await answer_photo(update, context)
    else:
        await registration.photo_with_command(update, context)


def to_button(answer: Answer) -> Answer:
    """Give the button's handler. Who presses has something else in mind than what was awaited."""

    async def on_press(update: Update, context: Context) -> None:
        await _end_wait(update.effective_chat, context)
        await answer(update, context)

    return on_press


async def _answer_after_photo(message: Message, update: Update, context: Context) -> None:
    try:
        ready = await registration.photo_with_command(update, context)
    except Refusal:
        with contextlib.suppress(NoCharacter):  # what is wrong with the photo says more
            await _answer(message, update, context)
        raise
    if ready:
        await _answer(message, update, context)


async def _answer(message: Message, update: Update, context: Context) -> None:
    """Answer as the command does, where and for whom it works. It ends what was awaited."""
    command = _command_in(message) or BY_NAME["generate"]
    await _end_wait(message.chat, context)
    if command.where is Where.PRIVATE and message.chat.type != Chat.PRIVATE:
        await start.to_private(update, context)
        return
    passed_on = message.forward_origin or message.via_bot
    if command.who is Who.OWNER and context.person.owner and passed_on:
        raise NotYourWords
    await command.answer_by(update, context)


async def _end_wait(chat: Chat | None, context: Context) -> None:
    """Wait no longer. A group's talk ends nothing: what is awaited was asked in private."""
    if context.person.awaits and chat and chat.type == Chat.PRIVATE:
        await context.people.users.end_wait(context.person.id)


def _goes_its_own_way(message: Message) -> bool:
    command = _command_in(message)
    return command is not None and command.name in OWN_WAY


def _is_wish(message: Message, context: Context) -> bool:
    """Say whether the caption of a picture says what to draw."""
    return (
        context.drawing.plain_words
        and context.person.awaits not in ("words", "english")
        and invocation_in(message) is None
        and bool(message.caption)
        and kind_of(plain_text(message)) is Talk.WISH
    )


def _command_in(message: Message) -> Command | None:
    invocation = invocation_in(message)
    return BY_NAME.get(invocation.name) if invocation else None
