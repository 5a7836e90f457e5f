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

PRIVATE_AT_ONCE, GROUP_AT_ONCE = 8, 4
"""Of one chat: the others have places too, whatever is done in this one."""
A_PERSON, A_GROUP = 8, 24
"""Commands under way in one group, those of one person and all: Telegram takes 20 answers a minute
there, so whoever waits behind more has long written again."""


class UpdatesUnderWay(BaseUpdateProcessor):
    """Gives out the places: a quarter of them to groups, and to each chat a few.

    An answer that Telegram does not take yet sleeps in its place; what waits for a place holds
    none. Of a flood of commands in a group the rest is passed over. Buttons, /cancel, and what is
    said in private never are: they only wait.
    """

    def __init__(self, places: int) -> None:
        super().__init__(sys.maxsize)  # its places are given out here
        self._groups = asyncio.Semaphore(places // 4)
        self._private = asyncio.Semaphore(places - places // 4)
        self._turns: dict[int, asyncio.Semaphore] = {}
        self._under_way: Counter[Hashable] = Counter()
        self._flooded: set[int] = set()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        try:
            if asked := _asked(update):
                await self._in_turn(asked, coroutine)
            else:
                await coroutine
        finally:
            if inspect.iscoroutine(coroutine):
                coroutine.close()  # what was passed over, or stopped in the line, never began

    async def _in_turn(self, asked: "_Asked", work: Awaitable[Any]) -> None:
        chat, person = asked.chat, (asked.chat, asked.person)
        full = self._under_way[chat] >= A_GROUP or self._under_way[person] >= A_PERSON
        if full and not asked.must_be_heard:
            if chat not in self._flooded:
                log.warning("In group %s commands of %s are passed over", chat, asked.person)
            self._flooded.add(chat)
            return
        counted = Counter[Hashable]([chat, person])
        self._under_way += counted
        at_once, places = GROUP_AT_ONCE, self._groups
        if asked.private:
            at_once, places = PRIVATE_AT_ONCE, self._private
        try:
            async with self._turns.setdefault(chat, asyncio.Semaphore(at_once)), places:
                await work
        finally:
            self._under_way -= counted
            if not self._under_way[chat]:
                del self._turns[chat]
                self._flooded.discard(chat)

    async def initialize(self) -> None:
        """Nothing has to be made."""

    async def shutdown(self) -> None:
        """Nothing has to be freed."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Something that somebody wants of the bot."""

    chat: int
    person: int
    private: bool
    must_be_heard: bool


def _asked(update: object) -> _Asked | None:
    """Give None for a group's talk, which costs nothing."""
    if not isinstance(update, Update):
        return None
    chat, user, message = update.effective_chat, update.effective_user, update.message
    if chat is None or user is None:
        return None
    private = chat.type == Chat.PRIVATE
    text = (message.text or message.caption or "") if message else ""
    heard = private or update.callback_query is not None
    if not heard and not text.startswith("/"):
        return None
    return _Asked(chat.id, user.id, private, heard or text.lower().startswith("/cancel"))
