"""What a person reads when something did not work."""

import logging
from typing import TYPE_CHECKING

from telegram import Chat, Update
from telegram.constants import CallbackQueryLimit
from telegram.error import BadRequest, Forbidden, TelegramError
from telegram.ext import ApplicationHandlerStop

from db import DataUnwritable, Redelivered
from generation.errors import Refusal
from handlers.core.lengths import shortened
from handlers.core.replies import TOPIC_GONE, acknowledge
from handlers.texts.sentences import sentence

if TYPE_CHECKING:
    from handlers.core.context import Context

log = logging.getLogger(__name__)

HARMLESS = ("query is too old", "message is not modified", TOPIC_GONE)
"""Parts of what Telegram says when a button was pressed twice or answered late, and when the topic
of a command was deleted: the work is done, or nobody waits for it."""

MESSAGE_GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
"""Parts of what Telegram says when the message with the button was deleted meanwhile."""

NOT_ALLOWED = (
    "not enough rights", "no rights", "write_forbidden", "topic_closed", "restricted",
    "chat not found",
)  # fmt: skip
"""Parts of what Telegram says where the bot may not write."""


class MayNotWrite(Refusal):
    """The bot may not write in the chat, or in the topic. Field: the chat's name."""


class MessageGone(Refusal):
    """The message with the button was deleted meanwhile."""


async def on_error(update: object, context: "Context") -> None:
    """Answer the person, in the chat or at the button that was pressed.

    Raises ApplicationHandlerStop, and nothing else: PTB would hand the update to the next handler,
    and one that could not be refused would pass the gate.
    """
    try:
        await _look_after(update, context)
    except Exception as error:  # noqa: BLE001 - every way of telling can fail
        log.warning("Nobody could be told what went wrong: %s", error)
    raise ApplicationHandlerStop


async def _look_after(update: object, context: "Context") -> None:
    error = context.error
    if not isinstance(error, Exception) or not isinstance(update, Update):
        log.error("Outside of any update: %s", error, exc_info=error)
        return
    if isinstance(error, Redelivered):
        return  # the job is there: a crash came before the update was confirmed
    if _says(error, HARMLESS):
        log.info("Nobody misses this answer: %s", error)
        if update.callback_query:
            await acknowledge(update.callback_query)
        return
    if _says(error, MESSAGE_GONE):
        error = MessageGone()
    if isinstance(error, Forbidden) or _says(error, NOT_ALLOWED):
        log.info("A chat is closed to the bot: %s", error)
        await _tell_elsewhere(update, context)
        return
    text = sentence(context.say, error)
    if not await _alert(update, text) and update.effective_message:
        await update.effective_message.reply_text(text)
    if isinstance(error, DataUnwritable):
        await context.services.owner_alerts.data_unwritable(error.__cause__ or error)


async def _tell_elsewhere(update: Update, context: "Context") -> None:
    """Say at the button, or in the private chat, that the bot may not write in the group."""
    chat = update.effective_chat
    if chat is None or chat.type == Chat.PRIVATE:
        return
    text = sentence(context.say, MayNotWrite(chat=chat.title or ""))
    if not await _alert(update, text):
        await context.bot.send_message(context.user.id, text)


async def _alert(update: Update, text: str) -> bool:
    """Say it at the button that was pressed; False when none was, or it can't be answered."""
    if update.callback_query is None:
        return False
    text = shortened(text, CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH)
    try:
        return await update.callback_query.answer(text, show_alert=True)
    except TelegramError:  # answered already, or too late
        return False


def _says(error: Exception, parts: tuple[str, ...]) -> bool:
    said = error.message.lower() if isinstance(error, BadRequest) else ""
    return any(part in said for part in parts)
