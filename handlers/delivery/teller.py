"""Tells people about their jobs, however long the network or the disk fails."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import ParamSpec, TypeVar

from telegram import Bot, InlineKeyboardMarkup

from db import Chats, DataUnwritable, JobRecord
from handlers.core.phrases import album_name
from handlers.core.replies import RECONNECT_S, tell
from handlers.delivery.owner_alerts import OwnerAlerts
from handlers.texts import Say, Texts

P = ParamSpec("P")
R = TypeVar("R")


class Teller:
    def __init__(self, bot: Bot, chats: Chats, texts: Texts, alerts: OwnerAlerts) -> None:
        self._bot = bot
        self._chats = chats
        self._texts = texts
        self._alerts = alerts

    def say(self, job: JobRecord) -> Say:
        """Give the texts in the language of the job's person."""
        return self._texts.say(job.ticket.language)

    async def tell(
        self, job: JobRecord, text: str, keyboard: InlineKeyboardMarkup | None = None
    ) -> bool:
        """Reply to the job's command; where its group takes no words, tell the person alone.

        False when they can't be told there either.
        """
        if await self.tell_here(job, text, keyboard):
            return True
        about = self.say(job)("about-album", words=album_name(job))
        return await self.tell_privately(job, f"{about}\n{text}", keyboard)

    async def tell_here(
        self, job: JobRecord, text: str, keyboard: InlineKeyboardMarkup | None = None
    ) -> bool:
        """Reply to the job's command; False when its chat takes no words."""
        return await tell(self._bot, self._chats, job.ticket, text, keyboard)

    async def tell_privately(
        self, job: JobRecord, text: str, keyboard: InlineKeyboardMarkup | None = None
    ) -> bool:
        """Tell the person of a group's job in their private chat, if it is open to the bot."""
        if job.ticket.chat_id > 0:
            return False
        return await tell(self._bot, self._chats, job.ticket.alone(), text, keyboard)

    async def written(
        self, write: Callable[P, Awaitable[R]], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Write to the database, however long the disk refuses: what was sent must be recorded."""
        while True:
            try:
                return await write(*args, **kwargs)
            except DataUnwritable as error:
                await self._alerts.data_unwritable(error)
                await asyncio.sleep(RECONNECT_S)
