"""How the bot replies."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

from telegram import Bot, CallbackQuery, InlineKeyboardMarkup, Message, ReplyParameters
from telegram.error import BadRequest, TelegramError
from telegram.ext import Defaults

from db import Chats, Ticket
from handlers.core.rejections import Doubtful, Final, Moved, Passes, meaning_of, topic_is_gone

log = logging.getLogger(__name__)

RECONNECT_S = 5.0
"""Seconds between two tries to reach Telegram."""

UPLOAD_TIMEOUT_S = 60.0
"""Seconds for six photos over a slow connection: after a timeout nobody knows whether they
arrived."""

TRIES = 6
"""How often what Telegram refuses for now is tried again: with waits that double, five minutes."""

DEFAULTS = Defaults(allow_sending_without_reply=True)
"""How the bot sends: when a command was deleted meanwhile, its answer comes without a quote."""

DOUBTFUL_TRIES = 3
"""How often a refusal is sent again whose way nobody knows: its person waits, and so do their next
words."""

T = TypeVar("T")


def replying_to(message_id: int) -> ReplyParameters | None:
    """Reply to the message, by DEFAULTS also when it was deleted meanwhile; 0 is no message."""
    return ReplyParameters(message_id) if message_id else None


async def in_topic(send: Callable[[int | None], Awaitable[T]], thread_id: int | None) -> T:
    """Send into the topic; when it was deleted meanwhile, into the chat."""
    try:
        return await send(thread_id)
    except BadRequest as error:
        if thread_id is None or not topic_is_gone(error):
            raise
    return await send(None)


def growing_waits() -> Iterator[float]:
    """Give the seconds before each further try."""
    for tried in range(TRIES):
        yield RECONNECT_S * 2**tried


async def until_taken(send: Callable[[], Awaitable[T]]) -> T:
    """Send again while Telegram refuses for now. Raises what it says at last."""
    for wait in growing_waits():
        try:
            return await send()
        except TelegramError as error:
            meaning = meaning_of(error)
            if not isinstance(meaning, Passes):
                raise
            await asyncio.sleep(meaning.seconds or wait)
    return await send()


async def until_known(send: Callable[[], Awaitable[T]]) -> T:
    """Send again, a few times, while nobody knows whether it came: twice is better than never.

    Raises what Telegram says at last.
    """
    for _ in range(DOUBTFUL_TRIES):
        try:
            return await send()
        except TelegramError as error:
            if not isinstance(meaning_of(error), Doubtful):
                raise
            await asyncio.sleep(RECONNECT_S)
    return await send()


async def tell(
    bot: Bot,
    chats: Chats,
    ticket: Ticket,
    text: str,
    keyboard: InlineKeyboardMarkup | None,
) -> bool:
    """Tell a person about their job, however long it takes: twice is better than never.

    False when the chat takes no words from the bot.
    """
    chat_id = ticket.chat_id

    async def say(thread_id: int | None) -> None:
        await bot.send_message(
            chat_id,
            text,
            message_thread_id=thread_id,
            reply_parameters=replying_to(ticket.message_id),
            reply_markup=keyboard,
        )

    while True:
        try:
            await until_taken(lambda: in_topic(say, ticket.thread_id))
        except TelegramError as error:
            match meaning_of(error):
                case Moved(new_chat_id):
                    await chats.migrate(chat_id, new_chat_id)
                    chat_id = new_chat_id
                case Doubtful() | Passes():
                    log.warning("Nobody could be told of a job, trying again: %s", error)
                    await asyncio.sleep(RECONNECT_S)
                case _:
                    log.info("Nobody hears of a job, the chat is closed to the bot: %s", error)
                    return False
        else:
            return True


async def acknowledge(
    query: CallbackQuery, text: str | None = None, *, alert: bool = False
) -> None:
    """End the button's loading animation. Telegram allows it for seconds; too late is no harm."""
    try:
        await query.answer(text, show_alert=alert)
    except TelegramError as error:
        log.info("A button could not be answered: %s", error)


async def take_buttons_away(message: Message) -> None:
    """Take the buttons that did their work off a message. If they stay, that is no harm."""
    try:
        await message.edit_reply_markup(None)
    except TelegramError as error:
        log.info("The buttons of a message could not be taken away: %s", error)


async def say_instead(
    message: Message, text: str, keyboard: InlineKeyboardMarkup | None = None
) -> None:
    """Write words in place of those that the message has, with a picture or without."""
    edit = message.edit_caption if message.photo else message.edit_text
    await edit(text, reply_markup=keyboard)


@contextlib.contextmanager
def going_on_without() -> Iterator[None]:
    """Go on when Telegram does not take a picture, whatever is wrong with it."""
    try:
        yield
    except BadRequest as error:
        if not isinstance(meaning_of(error), Final):
            raise
        log.info("The words go without their picture: %s", error)
