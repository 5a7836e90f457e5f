"""How many updates the bot works on at once: no chat makes the others wait."""

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

from handlers.core.media_groups import MediaGroups
from handlers.telegram.floods import Floods
from handlers.telegram.logs import UPDATE
from handlers.telegram.replays import Replays

log = logging.getLogger(__name__)

PRIVATE_AT_ONCE, GROUP_AT_ONCE = 8, 4
"""Updates of one private chat, and of one group, that are worked on at once."""

PERSON_LIMIT, GROUP_LIMIT = 8, 24
"""Commands that may wait or be worked on in a group: one person's, and everybody's. Telegram takes
20 answers a minute there, so whoever waits behind more has long written again."""


class FairUpdateProcessor(BaseUpdateProcessor):
    """Limits the updates that are worked on at once: in all, of groups together, of each chat.

    An update counts until Telegram has taken its answer; one that waits for its chat does not.
    When a group is flooded with commands, those beyond the limits are passed over. Buttons,
    /cancel and private messages never are: they only wait. An album is one message, and takes up
    nothing while its parts are gathered.
    """

    def __init__(self, at_once: int, floods: Floods) -> None:
        """A quarter of the updates `at_once` may be of groups, the others are of private chats."""
        super().__init__(sys.maxsize)  # PTB's own limit knows no chats
        self._groups = asyncio.Semaphore(at_once // 4)
        self._private = asyncio.Semaphore(at_once - at_once // 4)
        self._media_groups = MediaGroups()
        self._floods = floods
        self._replays = Replays()
        self._chats: dict[int, asyncio.Semaphore] = {}
        self._under_way: Counter[Hashable] = Counter()
        self._flooded: set[int] = set()
        self._moves: dict[int, asyncio.Event] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        UPDATE.set(update.update_id if isinstance(update, Update) else None)
        try:
            if chat := _moved_to(update):
                await self._move(chat, coroutine)
                return
            if isinstance(update, Update) and not await self._is_heard(update):
                return
            if request := _request(update):
                await self._process(request, coroutine)
            else:
                await coroutine
        finally:
            if inspect.iscoroutine(coroutine):
                coroutine.close()  # it never began if it was passed over, or stopped as it waited

    async def _is_heard(self, update: Update) -> bool:
        """Say no to what came before, to the parts of an album but one, and to a flood."""
        return (
            self._replays.is_new(update)
            and await self._media_groups.speaks(update)
            and await self._floods.admits(update)
        )

    async def _move(self, chat: int, work: Awaitable[Any]) -> None:
        """Let what is written in the group's new chat wait until the group has moved there."""
        moved = self._moves[chat] = asyncio.Event()
        try:
            await work
        finally:
            if self._moves.get(chat) is moved:  # a second move may have come meanwhile
                del self._moves[chat]
            moved.set()

    async def _process(self, request: "_Request", work: Awaitable[Any]) -> None:
        if self._is_too_much(request):
            self._note_flood(request)
            return
        counted = Counter[Hashable]([request.chat, (request.chat, request.person)])
        self._under_way += counted
        try:
            if move := self._moves.get(request.chat):
                await move.wait()
            async with self._of_chat(request), self._private if request.private else self._groups:
                await work
        finally:
            self._under_way -= counted
            if not self._under_way[request.chat]:
                del self._chats[request.chat]
                self._flooded.discard(request.chat)

    def _is_too_much(self, request: "_Request") -> bool:
        return not request.must_be_heard and (
            self._under_way[request.chat] >= GROUP_LIMIT
            or self._under_way[request.chat, request.person] >= PERSON_LIMIT
        )

    def _note_flood(self, request: "_Request") -> None:
        if request.chat not in self._flooded:
            log.warning("In group %s commands of %s are passed over", request.chat, request.person)
        self._flooded.add(request.chat)

    def _of_chat(self, request: "_Request") -> asyncio.Semaphore:
        at_once = PRIVATE_AT_ONCE if request.private else GROUP_AT_ONCE
        return self._chats.setdefault(request.chat, asyncio.Semaphore(at_once))

    async def initialize(self) -> None:
        """Nothing has to be made."""

    async def shutdown(self) -> None:
        """Nothing has to be freed."""


@dataclass(frozen=True, slots=True)
class _Request:
    """Something that a person wants of the bot."""

    chat: int
    person: int
    private: bool
    must_be_heard: bool


def _moved_to(update: object) -> int | None:
    """Give the id of the supergroup which an update says that its group has become."""
    message = update.message if isinstance(update, Update) else None
    return message.migrate_to_chat_id if message else None


def _request(update: object) -> _Request | None:
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
    return _Request(chat.id, user.id, private, heard or text.lower().startswith("/cancel"))
