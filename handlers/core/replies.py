"""How the bot replies."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import TypeVar

from telegram import Bot, CallbackQuery, InlineKeyboardMarkup, ReplyParameters
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.ext import Defaults

from db import Chats, Ticket

log = logging.getLogger(__name__)

RECONNECT_S = 5.0
"""Seconds between two tries to reach Telegram."""

UPLOAD_TIMEOUT_S = 60.0
"""Seconds for six photos over a slow connection: after a timeout nobody knows whether they
arrived."""

TOPIC_GONE = "thread not found"
"""Part of Telegram's answer to a message for a deleted topic."""

DEFAULTS = Defaults(allow_sending_without_reply=True)
"""How the bot sends: when a command was deleted meanwhile, its answer comes without a quote."""

T = TypeVar("T")


def replying_to(message_id: int) -> ReplyParameters:
    """Reply to the message, by DEFAULTS also when it was deleted meanwhile."""
    return ReplyParameters(message_id)


async def in_topic(send: Callable[[int | None], Awaitable[T]], thread_id: int | None) -> T:
    """Send into the topic; when it was deleted meanwhile, into the chat."""
    try:
        return await send(thread_id)
    except BadRequest as error:
        if thread_id is None or TOPIC_GONE not in error.message.lower():
            raise
    return await send(None)


async def tell(
    bot: Bot, chats: Chats, ticket: Ticket, text: str, keyboard: InlineKeyboardMarkup | None
) -> None:
    """Tell a person about their job, however long it takes: twice is better than never."""

    async def say(thread_id: int | None) -> None:
        await bot.send_message(
            ticket.chat_id,
            text,
            message_thread_id=thread_id,
            reply_parameters=replying_to(ticket.message_id),
            reply_markup=keyboard,
        )

    while True:
        try:
            await in_topic(say, ticket.thread_id)
        except (Forbidden, BadRequest) as error:
            log.info("Nobody hears how a job ended, the chat is closed to the bot: %s", error)
        except ChatMigrated as error:
            await chats.migrate(ticket.chat_id, error.new_chat_id)
            ticket = replace(ticket, chat_id=error.new_chat_id)
            continue
        except RetryAfter as error:
            await asyncio.sleep(seconds_of(error))
            continue
        except NetworkError as error:
            log.warning("Nobody could be told how a job ended, trying again: %s", error)
            await asyncio.sleep(RECONNECT_S)
            continue
        return


async def acknowledge(
    query: CallbackQuery, text: str | None = None, *, alert: bool = False
) -> None:
    """End the button's loading animation. Telegram allows it for seconds; too late is no harm."""
    try:
        await query.answer(text, show_alert=alert)
    except TelegramError as error:
        log.info("A button could not be answered: %s", error)


def seconds_of(error: RetryAfter) -> float:
    """Give the seconds that Telegram asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else wait
