"""Pressed buttons: an old or forged one gets a sentence, never an error."""

from collections.abc import Container

from telegram import CallbackQuery, Message, Update

from generation.errors import Refusal
from handlers.core.context import Context

NUMBER_DIGITS = 18
"""More than any id has; SQLite's integers end soon after."""


class ButtonOld(Refusal):
    """A button of an older version or a vanished message, or one that somebody made up."""


class ButtonNotYours(Refusal):
    """A button of another person's keyboard."""


def pressed(update: Update, context: Context, *, known: int) -> tuple[CallbackQuery, list[str]]:
    """Give the query and the `known` parts of its data after the verb.

    Raises ButtonOld when the data has another shape or hangs on no such message, ButtonNotYours
    when it is somebody else's.
    """
    query = update.callback_query
    if query is None or query.data is None or not _hangs_there(query):
        raise ButtonOld
    _, *parts, person_id = query.data.split(":")
    if len(parts) != known or not person_id.isdecimal():
        raise ButtonOld
    if int(person_id) != context.person.id:
        raise ButtonNotYours
    return query, parts


def _hangs_there(query: CallbackQuery) -> bool:
    """Say whether the message has the button: what a client sends may be made up."""
    if not isinstance(query.message, Message):
        return True  # out of reach, and so is everything that a press could change in it
    keyboard = query.message.reply_markup
    rows = keyboard.inline_keyboard if keyboard else ()
    return any(button.callback_data == query.data for row in rows for button in row)


def message_of(query: CallbackQuery) -> Message:
    """Give the message that the button hangs on. Raises ButtonOld when it is out of reach."""
    if not isinstance(query.message, Message):
        raise ButtonOld
    return query.message


def number(text: str) -> int:
    if not text.isdecimal() or len(text) > NUMBER_DIGITS:
        raise ButtonOld
    return int(text)


def one_of(text: str, known: Container[str]) -> str:
    if text not in known:
        raise ButtonOld
    return text


async def old_button(_: Update, __: Context) -> None:
    """Catch what no other handler knows."""
    raise ButtonOld
