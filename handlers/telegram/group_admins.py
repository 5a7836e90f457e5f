"""Who administers a group."""

import asyncio
import time

from telegram import Bot
from telegram.error import TelegramError

KNOWN_S = 60
"""Seconds for which the admins of a group count as known. Telegram grants a group few calls a
minute, and a stranger who mashes a button must not use them up; a new admin has to wait."""


class GroupAdmins:
    """The admins of groups. Telegram is asked for them at most once in KNOWN_S."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._known: dict[int, tuple[float, frozenset[int]]] = {}
        self._asking = asyncio.Lock()

    async def has(self, chat_id: int, person_id: int) -> bool:
        """Say whether the person is an admin; False also when Telegram does not answer."""
        async with self._asking:  # thirty presses at once need one question
            asked, admins = self._known.get(chat_id, (0.0, frozenset()))
            if not asked or time.monotonic() - asked > KNOWN_S:
                admins = await self._of(chat_id)
                self._known[chat_id] = time.monotonic(), admins
        return person_id in admins

    async def _of(self, chat_id: int) -> frozenset[int]:
        try:
            members = await self._bot.get_chat_administrators(chat_id)
        except TelegramError:
            return frozenset()
        return frozenset(member.user.id for member in members)
