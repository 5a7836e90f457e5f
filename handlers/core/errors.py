"""What a person reads when something did not work."""

import contextlib
import logging
from typing import TYPE_CHECKING

from telegram import Update
from telegram.constants import CallbackQueryLimit
from telegram.error import BadRequest, Forbidden, NetworkError
from telegram.ext import ApplicationHandlerStop

from db import DataUnwritable, Redelivered
from generation.errors import Refusal
from handlers.core.files import FileOutOfReach
from handlers.core.lengths import shortened
from handlers.core.replies import acknowledge
from handlers.texts.sentences import sentence

if TYPE_CHECKING:
    from handlers.core.context import Context

log = logging.getLogger(__name__)


TOO_LATE = ("query is too old", "message to edit not found")
"""Parts of Telegram's answer where the press, or the message with the button, has gone."""


class TelegramFailed(Refusal):
    """The network or Telegram failed, and went on to fail while it was tried again."""


async def answer_and_stop(update: object, context: "Context") -> None:
    """Answer the person, and let no other handler have the update.

    Raises ApplicationHandlerStop. Without it the library goes on with the next group of handlers,
    and a gate that broke would stand open.
    """
    await on_error(update, context)
    raise ApplicationHandlerStop


async def on_error(update: object, context: "Context") -> None:
    """Answer the person, in the chat or at the button that was pressed."""
    error = context.error
    if not isinstance(error, Exception) or not isinstance(update, Update):
        log.error("Outside of any update: %s", error, exc_info=error)
        return
    if isinstance(error, Forbidden):
        log.info("A chat is closed to the bot: %s", error)
        return
    if isinstance(error, Redelivered):
        return  # the job is there: a crash came before the update was confirmed
    if isinstance(error, BadRequest) and any(words in str(error).lower() for words in TOO_LATE):
        log.info("A button was answered too late: %s", error)
        return  # the button did its work all the same
    if isinstance(error, BadRequest) and "message is not modified" in error.message.lower():
        if update.callback_query:  # somebody pressed twice
            await acknowledge(update.callback_query)
        return
    await _alert_owner(error, context)
    text = sentence(context.say, _refusal(error))
    if update.callback_query:
        with contextlib.suppress(BadRequest):  # answered already, or too late: reply in the chat
            await update.callback_query.answer(
                shortened(text, CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH),
                show_alert=True,
            )
            return
    if update.effective_message:
        await update.effective_message.reply_text(text)


async def _alert_owner(error: Exception, context: "Context") -> None:
    """Let the owner know of what only they can mend."""
    alerts = context.services.owner_alerts
    if isinstance(error, DataUnwritable):
        await alerts.data_unwritable(error)
    if isinstance(error, FileOutOfReach):
        await alerts.files_out_of_reach(error.__cause__ or error)


def _refusal(error: Exception) -> Exception:
    """Give what the person is to read of it: a network that fails is no accident of ours."""
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        log.warning("Telegram failed, at the last try too: %s", error)
        return TelegramFailed()
    return error
