"""Albums that people send: Telegram delivers each part as a message of its own."""

import asyncio
from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field

from telegram import Message, Update
from telegram.constants import MediaGroupLimit

from handlers.core.invocation import invocation_in

QUIET_S = 1.0
"""Seconds without another part after which an album counts as whole. Telegram posts all parts at
once; they may come in several answers to getUpdates."""

_PARTS: ContextVar[tuple[Message, ...]] = ContextVar("parts", default=())
"""The parts of the album that this task answers."""


@dataclass(slots=True)
class _Gathering:
    parts: dict[int, Update] = field(default_factory=dict)
    """The part of each message id."""
    whole: asyncio.Event = field(default_factory=asyncio.Event)
    timer: asyncio.TimerHandle | None = None

    def add(self, message_id: int, part: Update) -> None:
        self.parts[message_id] = part
        if self.timer:
            self.timer.cancel()
        if len(self.parts) == MediaGroupLimit.MAX_MEDIA_LENGTH:
            self.whole.set()
        else:
            self.timer = asyncio.get_running_loop().call_later(QUIET_S, self.whole.set)

    @property
    def messages(self) -> tuple[Message, ...]:
        """The parts, the lowest message id first, in whatever order they came."""
        parts = (self.parts[message_id].message for message_id in sorted(self.parts))
        return tuple(message for message in parts if message)

    @property
    def speaker(self) -> Message:
        """The part that speaks for all: one with a command, or with words, or the first."""
        messages = self.messages
        commands = (message for message in messages if invocation_in(message))
        words = (message for message in messages if message.caption)
        return next(commands, None) or next(words, None) or messages[0]


class MediaGroups:
    """Makes one message of an album: one of its updates is answered, and knows all the parts."""

    def __init__(self) -> None:
        self._gatherings: dict[tuple[int, str], _Gathering] = {}

    async def speaks(self, update: Update) -> bool:
        """Say whether to answer the update: no, if another part of its album is answered.

        Waits until the album is whole. Afterwards `parts_of` gives its parts in this task.
        """
        message = update.message
        if message is None or message.media_group_id is None:
            return True
        album = (message.chat.id, message.media_group_id)
        gathering = self._gatherings.setdefault(album, _Gathering())
        gathering.add(message.message_id, update)
        await gathering.whole.wait()
        if self._gatherings.get(album) is gathering:
            del self._gatherings[album]
        _PARTS.set(gathering.messages)
        return gathering.parts[gathering.speaker.message_id] is update


def parts_of(message: Message) -> tuple[Message, ...]:
    """Give all parts of the message's album, the lowest id first; or the message alone."""
    parts = _PARTS.get()
    return parts if message in parts else (message,)


def put_together(parts: Sequence[Message]) -> None:
    """Let `parts_of` give these parts in this task: they are one message."""
    _PARTS.set(tuple(parts))
