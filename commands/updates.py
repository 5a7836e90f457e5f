"""How updates come to the bot: it fetches them, or Telegram brings them."""

import contextlib
import logging
import secrets
from functools import partial
from typing import TYPE_CHECKING

from pydantic import SecretStr
from telegram import Update
from telegram.error import Conflict, TelegramError

from config import Settings
from handlers.telegram.connection import App, reach
from handlers.telegram.telegram_time import TelegramTime
from handlers.telegram.webhook import Webhook
from handlers.texts import Say

if TYPE_CHECKING:
    import asyncio

log = logging.getLogger(__name__)

KINDS = [Update.MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]


class Updates:
    """Begins and ends with the bot."""

    def __init__(
        self,
        app: App,
        settings: Settings,
        say: Say,
        stop: "asyncio.Event",
        telegram_time: TelegramTime,
    ) -> None:
        self._app = app
        self._telegram_time = telegram_time
        self._settings = settings
        self._say, self._stop = say, stop
        self._served = contextlib.AsyncExitStack()

    async def begin(self) -> bool:
        """Let updates come in; False when stopped before. Raises Refusal."""
        url = self._settings.webhook_url
        if url is None or self._settings.local_chat:
            return await self._fetch()
        secret = self._settings.webhook_secret or SecretStr(secrets.token_urlsafe(32))
        webhook = Webhook(self._app, secret, self._telegram_time)
        host, port = self._settings.webhook_host, self._settings.webhook_port
        await self._served.enter_async_context(webhook.serve(host, port))
        return await reach(lambda: webhook.register(url, KINDS), self._say, self._stop)

    async def end(self) -> None:
        """Let no more come. Telegram keeps them, and a webhook stays where it is."""
        if self._app.updater and self._app.updater.running:
            await self._app.updater.stop()
        await self._served.aclose()

    async def _fetch(self) -> bool:
        """Poll; a webhook of an earlier run is removed first."""
        polling = self._app.updater
        if polling is None:
            raise RuntimeError("an application without an updater")
        return await reach(
            lambda: polling.start_polling(
                allowed_updates=KINDS, error_callback=partial(_polling_failed, self._say)
            ),
            self._say,
            self._stop,
        )


def _polling_failed(say: Say, error: TelegramError) -> None:
    """Say why there is no news. Tries go on: of two copies, the other one may be about to stop."""
    if isinstance(error, Conflict):
        log.warning(say("two-copies"))
    else:
        log.warning("No news from Telegram, trying again: %s", error)
