"""Messages that waited too long, for a bot that was away: they are not done any more.

How old an update is, only Telegram's dates say: this computer's clock may be wrong. A press has no
date. It is older than the message that comes after it.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from telegram import Chat, Update
from telegram.ext import ApplicationHandlerStop

from generation.words.talk import kind_of
from handlers.core.context import Context
from handlers.core.invocation import invocation_in, plain_text
from handlers.core.replies import acknowledge

TOO_LATE_S = 3600
"""Seconds after which an order counts as forgotten by who gave it."""

MARK = "came_too_late"
"""The key that marks an update, beside Telegram's own."""

NEAR = 10_000
"""Updates whose numbers are closer than this were counted in one row: after a week without any,
Telegram begins anew somewhere by chance."""

HONOURED = {"forget", "cancel", "block"}
"""Commands and buttons that take something back: whoever sent them still counts on it."""

TOLD_S = 3600
MOST_TOLD = 10_000
"""For so many seconds, and so many people, it is remembered that they were told."""


def mark_late(updates: Sequence[dict[str, Any]], now: int) -> None:
    """Mark what came too late, by Telegram's time `now` in seconds, in updates in their order."""
    late = False
    for update in reversed(updates):
        date = _date(update)
        late = late if date is None else date < now - TOO_LATE_S
        if late:
            update[MARK] = True


def newest_date(updates: Sequence[dict[str, Any]]) -> int:
    """Give the date of the newest message, 0 without one."""
    return max((_date(update) or 0 for update in updates), default=0)


class Brought:
    """Marks updates that are brought one at a time, and not always in their order."""

    def __init__(self) -> None:
        self._late = 0
        """The number of the last message that came too late."""

    def mark(self, update: dict[str, Any], now: int) -> None:
        """Mark it if it came too late, by Telegram's time `now` in seconds."""
        number = update["update_id"]
        older = 0 < self._late - number < NEAR
        if _date(update) is None:
            if older:
                update[MARK] = True
            return
        mark_late([update], now)
        if update.get(MARK) and not older:
            self._late = number


class Late:
    """Tells each person, once in each chat, that what they sent was not done."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._told: OrderedDict[tuple[int, int], float] = OrderedDict()

    async def check(self, update: Update, context: Context) -> None:
        """Raises ApplicationHandlerStop for what came too late."""
        if not update.api_kwargs.get(MARK) or _verb(update) in HONOURED:
            return
        chat, message = update.effective_chat, update.message
        if chat and self._is_due(chat.id, context.user.id):
            if update.callback_query:
                await context.bot.send_message(chat.id, context.say("late"))  # no alert comes now
            elif message and (chat.type == Chat.PRIVATE or invocation_in(message)):
                await message.reply_text(context.say("late"))
        if update.callback_query:
            await acknowledge(update.callback_query)
        raise ApplicationHandlerStop

    def _is_due(self, *key: int) -> bool:
        chat_id, person_id = key
        now = self._clock()
        told = self._told.get((chat_id, person_id))
        if told is not None and now - told < TOLD_S:
            return False
        self._told[chat_id, person_id] = now
        self._told.move_to_end((chat_id, person_id))
        if len(self._told) > MOST_TOLD:
            self._told.popitem(last=False)
        return True


def _date(update: dict[str, Any]) -> int | None:
    message = update.get("message")
    return message["date"] if message else None


def _verb(update: Update) -> str:
    """Give the command's name, what plain words are, or the beginning of a button's data."""
    if query := update.callback_query:
        return (query.data or "").partition(":")[0]
    if update.message is None:
        return ""
    invocation = invocation_in(update.message)
    return invocation.name if invocation else kind_of(plain_text(update.message)).name.lower()
