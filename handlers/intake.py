"""How many updates are worked on at once: no chat keeps the others waiting."""

import asyncio
import inspect
import logging
import sys
from collections import Counter
from collections.abc import Awaitable, Hashable
from dataclasses import dataclass
from typing import Any

from telegram import Chat, Update
from telegram.ext import BaseUpdateProcessor

log = logging.getLogger(__name__)

GROUP_AT_ONCE = 4
A_PERSON, A_GROUP = 8, 24
"""Commands under way in one group, those of one person and all: Telegram takes 20 answers a minute
there, so whoever waits behind more has long written again."""


class Intake(BaseUpdateProcessor):
    """Private chats have half of the places, groups the other half, and each group a few of them.

    An answer that Telegram does not take yet sleeps in its place. What waits for a place holds
    none. Of a flood of commands the rest is passed over; buttons, /cancel and what Telegram itself
    says never are: they only wait.
    """

    def __init__(self, places: int) -> None:
        super().__init__(sys.maxsize)  # its places are given out here
        self._private = asyncio.Semaphore(places - places // 2)
        self._groups = asyncio.Semaphore(places // 2)
        self._turns: dict[int, asyncio.Semaphore] = {}
        self._under_way: Counter[Hashable] = Counter()
        self._flooded: set[int] = set()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        try:
            if asked := _asked(update):
                await self._in_turn(asked, coroutine)
            else:
                async with self._private:
                    await coroutine
        finally:
            if inspect.iscoroutine(coroutine):
                coroutine.close()  # what was passed over, or stopped in the line, never began

    async def _in_turn(self, asked: "_Asked", work: Awaitable[Any]) -> None:
        group, person = asked.group, (asked.group, asked.person)
        full = self._under_way[group] >= A_GROUP or self._under_way[person] >= A_PERSON
        if full and not asked.must_be_heard:
            if group not in self._flooded:
                log.warning("In group %s commands of %s are passed over", group, asked.person)
            self._flooded.add(group)
            return
        counted = Counter[Hashable]([group, person])
        self._under_way += counted
        try:
            turns = self._turns.setdefault(group, asyncio.Semaphore(GROUP_AT_ONCE))
            async with turns, self._groups:
                await work
        finally:
            self._under_way -= counted
            if not self._under_way[group]:
                del self._turns[group]
                self._flooded.discard(group)

    async def initialize(self) -> None:
        """Nothing has to be made."""

    async def shutdown(self) -> None:
        """Nothing has to be freed."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Something that somebody wants in a group."""

    group: int
    person: int
    must_be_heard: bool


def _asked(update: object) -> _Asked | None:
    """Give None for a private chat, and for talk, which costs nothing."""
    if not isinstance(update, Update):
        return None
    chat, user, message = update.effective_chat, update.effective_user, update.message
    if chat is None or user is None or chat.type == Chat.PRIVATE:
        return None
    text = (message.text or message.caption or "") if message else ""
    if not update.callback_query and not text.startswith("/"):
        return None
    heard = update.callback_query is not None or text.lower().startswith("/cancel")
    return _Asked(chat.id, user.id, heard)
