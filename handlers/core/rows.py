"""What inline keyboards are made of. A button's data ends with the id of its person."""

from collections.abc import Iterable, Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.core.lengths import length

LABEL_BESIDE = 16
"""Most UTF-16 units of a label with another one beside it: a phone's screen shows no more."""


def button(text: str, *data: object) -> InlineKeyboardButton:
    return InlineKeyboardButton(text, callback_data=":".join(str(part) for part in data))


def marked(label: str, chosen: bool) -> str:  # noqa: FBT001 - it is the value
    return f"✅ {label}" if chosen else label


def pairs(buttons: Sequence[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Put two buttons in a row where neither label would be cut."""
    rows: list[list[InlineKeyboardButton]] = []
    for button in buttons:
        row = rows[-1] if rows else []
        if len(row) == 1 and all(length(one.text) <= LABEL_BESIDE for one in (*row, button)):
            row.append(button)
        else:
            rows.append([button])
    return InlineKeyboardMarkup(rows)


def column(buttons: Iterable[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[button] for button in buttons])
