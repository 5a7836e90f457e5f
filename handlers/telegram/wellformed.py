"""Whether what an update says is of the types that the Bot API names: PTB takes it as it comes.

Only what the bot reads is looked at: a part that Telegram changes, and nobody here asks for, must
cost no message.
"""

import inspect
from functools import cache
from types import NoneType
from typing import get_args

from telegram import (
    Animation,
    CallbackQuery,
    Chat,
    ChatMember,
    ChatMemberUpdated,
    Document,
    InaccessibleMessage,
    Message,
    MessageEntity,
    PhotoSize,
    TelegramObject,
    Update,
    User,
    Video,
)

READ = (
    Update, Message, InaccessibleMessage, CallbackQuery, ChatMemberUpdated, ChatMember, User, Chat,
    MessageEntity, PhotoSize, Document, Animation, Video,
)  # fmt: skip
"""What the bot reads. Other kinds are neither looked at nor into."""

PLAIN = frozenset((str, int, bool, float, NoneType))


def is_well_formed(thing: TelegramObject) -> bool:
    """Say whether each text, number and flag is one, in this object and in all within it."""
    waiting: list[object] = [thing]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list | tuple):
            waiting += one
        elif isinstance(one, READ):
            kind: type = type(one)
            plain = _plain(kind)
            if not all(_is_one(getattr(one, name, None), types) for name, types in plain.items()):
                return False
            waiting += (getattr(one, name, None) for name in _others(kind))
    return True


def _is_one(value: object, types: tuple[type, ...]) -> bool:
    """Say whether the value is of one of the types; in Python a flag is a number, too."""
    return isinstance(value, types) and (bool in types or not isinstance(value, bool))


@cache
def _plain(kind: type) -> dict[str, tuple[type, ...]]:
    """Give the types that each plain field may have, by PTB's annotations of its constructor."""
    found = {}
    for name, parameter in _fields(kind).items():
        types = frozenset(get_args(parameter.annotation) or (parameter.annotation,))
        if types <= PLAIN:
            found[name] = (*types, NoneType, *([int] if float in types else []))
    return found


@cache
def _others(kind: type) -> tuple[str, ...]:
    return tuple(_fields(kind).keys() - _plain(kind).keys())


def _fields(kind: type) -> dict[str, inspect.Parameter]:
    fields = dict(inspect.signature(kind).parameters)
    return {name: one for name, one in fields.items() if name != "api_kwargs"}
