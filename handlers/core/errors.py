"""What a person reads when something did not work."""

import logging
from functools import partial
from typing import TYPE_CHECKING

from telegram import Chat, Update
from telegram.constants import CallbackQueryLimit
from telegram.error import BadRequest, TelegramError
from telegram.ext import ApplicationHandlerStop

from db import DataUnwritable, Redelivered
from generation.errors import Refusal
from handlers.core.files import FileOutOfReach
from handlers.core.lengths import shortened
from handlers.core.rejections import (
    Closed,
    Doubtful,
    Missing,
    Moved,
    Passes,
    Right,
    TooLarge,
    meaning_of,
    topic_is_gone,
)  # fmt: skip
from handlers.core.replies import acknowledge, until_known
from handlers.texts.sentences import sentence, telling

if TYPE_CHECKING:
    from handlers.core.context import Context

log = logging.getLogger(__name__)

DONE = ("query is too old", "message is not modified")
"""Parts of what Telegram says of a button that was pressed twice or answered late: it did its
work all the same."""

GONE = ("message to edit not found", "message can't be edited", "message_id_invalid")
"""Parts of what Telegram says when the message with the button was deleted meanwhile."""


class TelegramFailed(Refusal):
    """The network or Telegram failed, and went on to fail while it was tried again."""


class GroupMoved(Refusal):
    """The group has another id since this moment; its next message comes from there."""


class MessageGone(Refusal):
    """The message with the button was deleted meanwhile."""


async def on_error(update: object, context: "Context") -> None:
    """Answer the person, in the chat or at the button that was pressed.

    Raises ApplicationHandlerStop, and nothing else. PTB would hand the update to the next group of
    handlers: a stranger who could not be refused would pass the gate.
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
    if isinstance(error, BadRequest) and (_says(error, DONE) or topic_is_gone(error)):
        log.info("Nobody waits for this answer: %s", error)
        if update.callback_query:
            await acknowledge(update.callback_query)
        return
    if isinstance(error, BadRequest) and _says(error, GONE):
        await _alert(update, sentence(context.say, MessageGone()))
        return
    try:
        await _tell(update, context, error)
    except TelegramError as refused:
        match meaning_of(refused):
            case Moved(chat_id):
                log.info("A group has moved: %s", refused)
                await context.bot.send_message(chat_id, sentence(context.say, GroupMoved()))
            case Closed():
                log.info("A chat is closed to the bot: %s", refused)
            case Missing(right):
                log.info("A chat does not let the bot write: %s", refused)
                await _tell_elsewhere(update, context, right)
            case _:
                raise


async def _tell(update: Update, context: "Context", error: Exception) -> None:
    """Tell the person, and the owner of what only they can mend.

    Raises TelegramError where nothing can be said: `error` itself, if it means that.
    """
    if isinstance(meaning_of(error), Closed | Missing | Moved):
        raise error
    alerts, cause = context.services.owner_alerts, error.__cause__ or error
    try:
        with telling(context.say, _refusal(error)) as it:
            it.done = await _alert(update, it.text) or await _reply(update, it.text)
    finally:
        if isinstance(error, DataUnwritable):
            await alerts.data_unwritable(error)
        if isinstance(error, FileOutOfReach):
            await alerts.files_out_of_reach(cause)


async def _tell_elsewhere(update: Update, context: "Context", right: Right) -> None:
    """Say at the button, or in the private chat, what the group does not let the bot do."""
    chat = update.effective_chat
    if chat is None or chat.type == Chat.PRIVATE:
        return
    say = context.say
    text = say("may-not-write", chat=chat.title or "", reason=say(f"right-{right}"))
    if not await _alert(update, text):
        await context.bot.send_message(context.user.id, text)


async def _reply(update: Update, text: str) -> bool:
    """Say it in the chat; False when nothing shows which that is."""
    if update.effective_message is None:
        return False
    await until_known(partial(update.effective_message.reply_text, text))
    return True


async def _alert(update: Update, text: str) -> bool:
    """Say it at the button that was pressed; False when none was, or it can't be answered."""
    if update.callback_query is None:
        return False
    text = shortened(text, CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH)
    try:
        return await update.callback_query.answer(text, show_alert=True)
    except TelegramError:  # answered already, or too late
        return False


def _refusal(error: Exception) -> Exception:
    """Give what the person is to read of it: a network that fails is no accident of ours."""
    passes = isinstance(meaning_of(error), Passes | Doubtful | TooLarge)
    if isinstance(error, TelegramError) and passes:
        log.warning("Telegram failed, at the last try too: %s", error)
        return TelegramFailed()
    return error


def _says(error: BadRequest, parts: tuple[str, ...]) -> bool:
    return any(part in error.message.lower() for part in parts)
