"""The webhook: updates are brought to the bot's own address, in order, until it takes them."""

import asyncio
import contextlib
from dataclasses import dataclass

import aiohttp

from playground.presence import Presence
from playground.request import Json
from playground.updates import Updates

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name
RETRY_S = 0.2
"""Seconds until an update that was not taken is brought again."""


@dataclass(frozen=True, slots=True)
class Address:
    url: str
    secret: str | None


class Webhook:
    """Telegram wants https from outside; at this desk it is plain HTTP."""

    def __init__(self, updates: Updates, presence: Presence) -> None:
        self._updates = updates
        self._presence = presence
        self.address: Address | None = None
        self._bringing: asyncio.Task[None] | None = None

    def set(self, address: Address | None) -> None:
        """Bring updates there from now on; None: nowhere, the bot fetches them."""
        self.close()
        self.address = address
        if address:
            self._bringing = asyncio.create_task(self._bring(address))

    def close(self) -> None:
        if self._bringing:
            self._bringing.cancel()
            self._bringing = None

    async def _bring(self, address: Address) -> None:
        headers = {SECRET_HEADER: address.secret} if address.secret else {}
        async with aiohttp.ClientSession(headers=headers) as session:
            while True:
                with self._presence.here():  # it told its address, or took the last update
                    updates = await self._updates.next()
                for update in updates:
                    await _deliver(session, address.url, update)
                    self._updates.confirm(update["update_id"] + 1)


async def _deliver(session: aiohttp.ClientSession, url: str, update: Json) -> None:
    """Bring an update again and again until the bot takes it."""
    while True:
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            async with session.post(url, json=update) as answer:
                if answer.ok:
                    return
        await asyncio.sleep(RETRY_S)
