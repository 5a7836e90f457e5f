"""Too much at once: who sends it reads one sentence, and is then not heard for a while.

Before anything is done about an update: before it waits for its chat, before a photo is fetched.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Container, Hashable, Iterator
from dataclasses import dataclass

from telegram import Chat, Message, Update
from telegram.error import TelegramError

from generation.errors import Refusal
from handlers.core.context import Services
from handlers.core.late import MARK
from handlers.core.meant import is_meant_for
from handlers.core.media_groups import parts_of
from handlers.core.replies import acknowledge
from handlers.telegram.buckets import Allowance, Buckets, Verdict

log = logging.getLogger(__name__)

PERSON = Allowance(burst=40, a_second=1)
"""A person's messages and presses, in all chats. Nobody types so; who presses button after button
in a hurry comes to two a second."""

GROUP = Allowance(burst=80, a_second=2)
"""Everybody's in a group: one person alone can't silence it."""

PHOTOS = Allowance(burst=30, a_second=0.2)
"""Photos that a person has the bot fetch and read: three full albums at once, then twelve photos a
minute. Reading one takes a second."""

OWNER_KNOWN_S = 10
"""Seconds for which it is remembered who the owner is: a flood must not be a flood of questions to
the database."""


@dataclass(frozen=True, slots=True)
class _Poured:
    buckets: Buckets
    key: Hashable
    amount: int
    text_id: str


class Floods:
    """Counts what people send, in buckets. The owner is never silenced."""

    def __init__(
        self,
        services: Services,
        commands: Container[str],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._services = services
        self._commands = commands
        self._clock = clock
        self._persons = Buckets(PERSON, clock)
        self._groups = Buckets(GROUP, clock)
        self._photos = Buckets(PHOTOS, clock)
        self._owner: asyncio.Future[int | None] | None = None
        self._owner_asked = 0.0

    async def admits(self, update: Update) -> bool:
        """Say whether to hear the update; tell who sends too much, once.

        What waited for a bot that was away comes all at once, and costs next to nothing.
        """
        if update.my_chat_member or update.api_kwargs.get(MARK):
            return True
        for poured in self._poured(update):
            verdict = poured.buckets.pour(poured.key, poured.amount)
            if verdict is Verdict.TAKEN:
                continue
            if await self._is_owners(update):
                poured.buckets.empty(poured.key)
                continue
            if verdict is Verdict.OVER:
                await self._warn(update, poured)
            elif update.callback_query:
                await acknowledge(update.callback_query)
            return False
        return True

    def _poured(self, update: Update) -> Iterator[_Poured]:
        """Say what to pour where. An album is one message, but each of its photos is fetched."""
        user, chat, message = update.effective_user, update.effective_chat, update.message
        if user is None or chat is None:
            return
        if message and not is_meant_for(message.get_bot(), message, self._commands):
            return
        speaker = message.sender_chat.id if message and message.sender_chat else user.id
        yield _Poured(self._persons, speaker, 1, "flood")
        if chat.type != Chat.PRIVATE:
            yield _Poured(self._groups, chat.id, 1, "flood-group")
        elif message and (photos := _photos(message)):
            yield _Poured(self._photos, speaker, photos, "flood-photos")

    async def _is_owners(self, update: Update) -> bool:
        user, now = update.effective_user, self._clock()
        if self._owner is None or now - self._owner_asked > OWNER_KNOWN_S:
            self._owner = asyncio.ensure_future(self._services.people.users.owner())
            self._owner_asked = now
        try:
            owner = await asyncio.shield(self._owner)
        except Refusal:  # the data is out of reach
            self._owner = None
            return False
        return user is not None and user.id == owner

    async def _warn(self, update: Update, poured: _Poured) -> None:
        user, message = update.effective_user, update.message
        if user is None:
            return
        log.warning("%s sends too much (%s): not heard for a while", poured.key, poured.text_id)
        texts = self._services.texts
        seconds = poured.buckets.seconds_left(poured.key)
        text = texts.say(texts.language(user.language_code))(poured.text_id, seconds=seconds)
        if update.callback_query:
            await acknowledge(update.callback_query, text, alert=True)
        elif message and await self._may_be_told(message.chat, user.id):
            try:
                await message.reply_text(text)
            except TelegramError as error:
                log.info("Nobody could be told of a flood: %s", error)

    async def _may_be_told(self, chat: Chat, person_id: int) -> bool:
        """Strangers must not make the bot talk in a group that is none of its own."""
        people = self._services.people
        if chat.type == Chat.PRIVATE:
            return True
        try:
            person = await people.users.get(person_id)
            return bool(person.allowed or await people.chats.allowed(chat.id))
        except Refusal:
            return False


def _photos(message: Message) -> int:
    """Count what is to be fetched: a /register may reply to a photo."""
    replied = message.reply_to_message
    return sum(map(_has_file, parts_of(message))) + bool(replied and _has_file(replied))


def _has_file(message: Message) -> bool:
    return bool(message.photo or message.document or message.animation or message.video)
