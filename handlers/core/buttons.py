"""Pressed buttons: who presses an old or forged one reads a sentence."""

from collections.abc import Container

from telegram import CallbackQuery, Message, Update

from generation.errors import Refusal
from handlers.core.access import OwnerOnly
from handlers.core.context import Context

NUMBER_DIGITS = 18
"""Most digits of a number in a button: ids are shorter, and SQLite's integers hold them."""


class ButtonOld(Refusal):
    """The button is of an older version or a deleted message, or forged."""


class ButtonDone(Refusal):
    """What the button offers has been done already, or can't be done any more."""


class ButtonNotYours(Refusal):
    """The button belongs to another person."""


def pressed(update: Update, context: Context, *, count: int) -> tuple[CallbackQuery, list[str]]:
    """Give the query, and the `count` parts of its data between the verb and the person.

    Raises ButtonOld when the data has another shape or its message has no such button,
    ButtonNotYours when it is another person's.
    """
    query = update.callback_query
    if query is None or not query.data or not _is_in_its_message(query):
        raise ButtonOld
    _, *parts, person_id = query.data.split(":")
    if len(parts) != count or not person_id.isdecimal():
        raise ButtonOld
    if int(person_id) != context.person.id:
        raise ButtonNotYours
    return query, parts


def check_owner(context: Context) -> None:
    """Raise OwnerOnly. A forged press may bring any data; and an owner may be one no more."""
    if not context.person.owner:
        raise OwnerOnly


def _is_in_its_message(query: CallbackQuery) -> bool:
    """Say whether the message has this button: a client may send any data."""
    if not isinstance(query.message, Message):
        return True  # the message is out of reach: a press can change nothing in it
    keyboard = query.message.reply_markup
    rows = keyboard.inline_keyboard if keyboard else ()
    return any(button.callback_data == query.data for row in rows for button in row)


def message_of(query: CallbackQuery) -> Message:
    """Give the message with the button. Raises ButtonOld when it is out of reach."""
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
    """Answer to a button that no other handler knows."""
    raise ButtonOld
