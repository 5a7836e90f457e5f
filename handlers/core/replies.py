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

from db import Chats, Ticket

log = logging.getLogger(__name__)

RECONNECT_S = 5.0
"""Seconds between two tries to reach Telegram."""

UPLOAD_TIMEOUT_S = 60.0
"""For six photos on a slow line: a timeout after their arrival would leave us in doubt."""

TOPIC_GONE = "thread not found"
"""What Telegram says of a message to a topic that was deleted."""

T = TypeVar("T")


def replying_to(message_id: int) -> ReplyParameters:
    """Reply, or say it without a quote when the message was deleted meanwhile."""
    return ReplyParameters(message_id, allow_sending_without_reply=True)


async def in_topic(send: Callable[[int | None], Awaitable[T]], thread_id: int | None) -> T:
    """Send into the topic, or beside it when it was deleted meanwhile."""
    try:
        return await send(thread_id)
    except BadRequest as error:
        if thread_id is None or TOPIC_GONE not in error.message.lower():
            raise
    return await send(None)


async def tell(
    bot: Bot, chats: Chats, ticket: Ticket, text: str, keyboard: InlineKeyboardMarkup | None
) -> None:
    """Say how a job ended, however long the network is away: said twice is better than unsaid."""

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
    """Let the button rest. Telegram takes that for seconds only: too late, it costs nothing."""
    try:
        await query.answer(text, show_alert=alert)
    except TelegramError as error:
        log.info("A button could not be answered: %s", error)


def seconds_of(error: RetryAfter) -> float:
    """Say how long Telegram asks to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else wait
