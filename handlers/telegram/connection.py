"""The connection to Telegram, or to what stands in for it."""

import asyncio
import contextlib
import logging
import ssl
from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any

import httpx
from pydantic import SecretStr
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError
from telegram.ext import AIORateLimiter, Application, ContextTypes, ExtBot
from telegram.request import HTTPXRequest

from generation.errors import Refusal
from handlers.core.context import SERVICES, Context, Services
from handlers.core.replies import DEFAULTS
from handlers.telegram.update_processor import FairUpdateProcessor
from handlers.telegram.updates_request import UpdatesRequest
from handlers.texts import Say

log = logging.getLogger(__name__)

RECONNECT_S = 5
"""Seconds between two tries to reach Telegram."""

CONNECTIONS = 64
"""Most connections at once: answers and albums must not wait for each other."""

App = Application[ExtBot[Any], Context, Any, Any, Any, Any]


class TokenRefused(Refusal):
    """Telegram does not know the token."""


def connect(token: SecretStr, url: str) -> ExtBot[Any]:
    trusted = {"verify": _trusted_certificates()}
    return ExtBot(
        token.get_secret_value(),
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=HTTPXRequest(
            connection_pool_size=CONNECTIONS, media_write_timeout=60, httpx_kwargs=trusted
        ),
        get_updates_request=UpdatesRequest(connection_pool_size=2, httpx_kwargs=trusted),
        rate_limiter=AIORateLimiter(max_retries=3),
        defaults=DEFAULTS,
    )


@cache
def _trusted_certificates() -> ssl.SSLContext:
    """Read the certificates once: that takes longer than everything else here."""
    return httpx.create_ssl_context()


def application(bot: ExtBot[Any], services: Services) -> App:
    builder = Application.builder().bot(bot).context_types(ContextTypes(context=Context))
    app = builder.concurrent_updates(FairUpdateProcessor(CONNECTIONS)).build()
    app.bot_data[SERVICES] = services
    return app


async def reach(call: Callable[[], Awaitable[object]], say: Say, stop: asyncio.Event) -> bool:
    """Call Telegram until it answers, however long it takes; False when stopped before."""
    while not stop.is_set():
        try:
            await call()
        except InvalidToken as error:
            raise TokenRefused from error
        except (BadRequest, Forbidden):
            raise  # Telegram did answer
        except TelegramError as error:
            log.warning(say("telegram-unreachable", reason=str(error), seconds=str(RECONNECT_S)))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), RECONNECT_S)
        else:
            return True
    return False
