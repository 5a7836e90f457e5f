"""How the bot replies."""

import asyncio
import logging
from dataclasses import replace

from telegram import Bot, InlineKeyboardMarkup, ReplyParameters
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError

from db import Chats, Ticket

log = logging.getLogger(__name__)

RECONNECT_S = 5.0


def replying_to(message_id: int) -> ReplyParameters:
    """Reply, or say it without a quote when the message was deleted meanwhile."""
    return ReplyParameters(message_id, allow_sending_without_reply=True)


async def tell(
    bot: Bot, chats: Chats, ticket: Ticket, text: str, keyboard: InlineKeyboardMarkup | None
) -> None:
    """Say how a job ended, however long the network is away: said twice is better than unsaid."""
    while True:
        try:
            await bot.send_message(
                ticket.chat_id,
                text,
                message_thread_id=ticket.thread_id,
                reply_parameters=replying_to(ticket.message_id),
                reply_markup=keyboard,
            )
        except Forbidden:
            log.info("The chat is closed to the bot: nobody hears how a job ended")
        except ChatMigrated as error:
            await chats.migrate(ticket.chat_id, error.new_chat_id)
            ticket = replace(ticket, chat_id=error.new_chat_id)
            continue
        except BadRequest:
            raise
        except NetworkError as error:
            log.warning("Nobody could be told how a job ended, trying again: %s", error)
            await asyncio.sleep(RECONNECT_S)
            continue
        return
