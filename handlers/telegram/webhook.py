"""Updates that Telegram brings: a small server that a reverse proxy passes them on to."""

import asyncio
import contextlib
import hmac
from collections import OrderedDict
from collections.abc import AsyncIterator

from aiohttp import web
from pydantic import SecretStr
from telegram import Update
from telegram.error import BadRequest

from generation.errors import Refusal
from handlers.core.late import Brought, newest_date
from handlers.core.port import listening
from handlers.telegram.connection import App
from handlers.telegram.telegram_time import TelegramTime
from handlers.telegram.updates_request import read_one

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - its name

LARGEST = 2**20
"""Bytes of the longest update that is read. Telegram's have a few KiB."""

PATIENCE_S = 10.0
"""Seconds for an update to come in whole."""

REMEMBERED = 10_000
"""Updates whose ids are remembered: one that comes again is not answered again. After a restart
the database knows those that ordered an album."""


class WebhookRefused(Refusal):
    """Telegram does not take the webhook's address. Fields: url, reason."""


class WebhookPortTaken(Refusal):
    """Nothing can listen at the webhook's address. Fields: host, port, reason."""


class Webhook:
    """Takes what Telegram brings, if it has the secret, and hands it to the application."""

    def __init__(self, app: App, secret: SecretStr, telegram_time: TelegramTime) -> None:
        self._app = app
        self._secret = secret
        self._time = telegram_time
        self._brought = Brought()
        self._known: OrderedDict[int, None] = OrderedDict()

    @contextlib.asynccontextmanager
    async def serve(self, host: str, port: int) -> AsyncIterator[None]:
        """Listen until the block ends. Raises WebhookPortTaken."""
        server = web.Application(client_max_size=LARGEST)
        server.router.add_post("/{path:.*}", self._take)

        def taken(reason: str) -> WebhookPortTaken:
            return WebhookPortTaken(host=host, port=str(port), reason=reason)

        async with listening(server, host, port, taken):
            yield

    async def register(self, url: str, kinds: list[str]) -> None:
        """Have Telegram bring updates of these kinds. Raises WebhookRefused."""
        secret = self._secret.get_secret_value()
        try:
            await self._app.bot.set_webhook(url, secret_token=secret, allowed_updates=kinds)
        except BadRequest as error:
            raise WebhookRefused(url=url, reason=error.message) from error

    async def _take(self, request: web.Request) -> web.Response:
        """Answer 200 once an update is in line: Telegram brings it again until then."""
        given = request.headers.get(SECRET_HEADER, "").encode(errors="replace")
        if not hmac.compare_digest(given, self._secret.get_secret_value().encode()):
            raise web.HTTPForbidden
        update = read_one(await _body_of(request))
        if update is None:
            raise web.HTTPBadRequest
        if self._is_new(update["update_id"]):
            self._time.at_least(newest_date([update]))
            self._brought.mark(update, self._time.now())
            await self._app.update_queue.put(Update.de_json(update, self._app.bot))
        return web.Response()

    def _is_new(self, update_id: int) -> bool:
        if update_id in self._known:
            return False
        self._known[update_id] = None
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return True


async def _body_of(request: web.Request) -> bytes:
    """Read it in time, or refuse it; Telegram brings again what was refused."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except (OSError, web.RequestPayloadError):  # broken off, or not what it was said to be
        raise web.HTTPBadRequest from None
