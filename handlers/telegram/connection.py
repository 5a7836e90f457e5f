"""The connection to Telegram, or to what stands in for it."""

import asyncio
import contextlib
import errno
import logging
import os
import ssl
from collections.abc import Awaitable, Callable, Container
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any, TypedDict

import httpx
from pydantic import SecretStr
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError
from telegram.ext import AIORateLimiter, Application, ContextTypes, ExtBot

from generation.errors import Refusal
from handlers.core.context import SERVICES, Context, Services
from handlers.core.replies import DEFAULTS
from handlers.telegram import key_log
from handlers.telegram.floods import Floods
from handlers.telegram.patient_request import PatientRequest
from handlers.telegram.telegram_time import TelegramTime
from handlers.telegram.update_processor import FairUpdateProcessor
from handlers.telegram.updates_request import UpdatesRequest
from handlers.texts import Say

log = logging.getLogger(__name__)

RECONNECT_S = 5
"""Seconds between two tries to reach Telegram."""

CONNECTIONS = 64
"""Most connections at once: answers and albums must not wait for each other."""

CERTIFICATES, CERTIFICATES_FOLDER = "SSL_CERT_FILE", "SSL_CERT_DIR"
"""The variables that name the certificates to trust, as for other programs; the first one wins."""

HASHED = "[0-9a-f]" * 8 + ".*"
"""How certificates are called in such a folder, by OpenSSL's `rehash`; it looks for no others."""

App = Application[ExtBot[Any], Context, Any, Any, Any, Any]


class TokenRefused(Refusal):
    """Telegram does not know the token."""


class NoBotApi(Refusal):
    """At TELEGRAM_API_URL is nothing of this token: 404, which Telegram says of no real token."""


class CertificatesUnusable(Refusal):
    """A variable names certificates that can't be read. Fields: name, value, reason."""


class Way(TypedDict):
    """How the Bot API is reached, for PTB's requests."""

    proxy: str | None
    httpx_kwargs: dict[str, Any]


def connect(
    token: SecretStr, url: str, proxy: str | None, telegram_time: TelegramTime
) -> ExtBot[Any]:
    """Make the bot that talks to the Bot API at `url`, through the proxy's URL if there is one.

    Each answer sets the time. Raises CertificatesUnusable.
    """
    way = way_to(url, proxy)
    way["httpx_kwargs"] |= telegram_time.hooks
    return ExtBot(
        token.get_secret_value(),
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=PatientRequest(connection_pool_size=CONNECTIONS, media_write_timeout=60, **way),
        get_updates_request=UpdatesRequest(telegram_time, connection_pool_size=2, **way),
        rate_limiter=AIORateLimiter(max_retries=3),
        defaults=DEFAULTS,
    )


def way_to(url: str, proxy: str | None) -> Way:
    """Have httpx use this proxy or none: it would look for others. Raises CertificatesUnusable."""
    secret = url.startswith("https:")
    verify = trusted_certificates() if secret else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return {"proxy": proxy, "httpx_kwargs": {"verify": verify, "trust_env": False}}


@cache
def trusted_certificates() -> ssl.SSLContext:
    """Read the certificates once: that takes longer than everything else here.

    Raises CertificatesUnusable or KeyLogUnusable.
    """
    key_log.check()
    name = CERTIFICATES if os.environ.get(CERTIFICATES) else CERTIFICATES_FOLDER
    value = os.environ.get(name, "")
    try:
        if value and name == CERTIFICATES_FOLDER:  # OpenSSL itself would trust nobody
            _look_into(Path(value))
        return httpx.create_ssl_context()
    except OSError as error:
        reason = error.strerror or str(error)
        raise CertificatesUnusable(name=name, value=value, reason=reason) from error


def _look_into(folder: Path) -> None:
    """Raise OSError for a folder in which OpenSSL would find no certificates."""
    if not any(fnmatch(name, HASHED) for name in os.listdir(folder)):  # noqa: PTH208 - glob is silent
        raise FileNotFoundError(errno.ENOENT, "no certificates as `openssl rehash` names them")


def application(bot: ExtBot[Any], services: Services, commands: Container[str]) -> App:
    """`commands`: the names of those that the bot knows."""
    builder = Application.builder().bot(bot).context_types(ContextTypes(context=Context))
    processor = FairUpdateProcessor(CONNECTIONS, Floods(services, commands))
    app = builder.concurrent_updates(processor).build()
    app.bot_data[SERVICES] = services
    return app


async def reach(call: Callable[[], Awaitable[object]], say: Say, stop: asyncio.Event) -> bool:
    """Call Telegram until it answers, however long it takes; False when stopped before."""
    while not stop.is_set():
        try:
            await call()
        except InvalidToken as error:
            raise (NoBotApi if is_not_found(error) else TokenRefused) from error
        except (BadRequest, Forbidden):
            raise  # Telegram did answer
        except TelegramError as error:
            log.warning(say("telegram-unreachable", reason=str(error), seconds=str(RECONNECT_S)))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), RECONNECT_S)
        else:
            return True
    return False


def is_not_found(error: InvalidToken) -> bool:
    """Tell 404 from 401: PTB takes both for a wrong token."""
    return "not found" in str(error.__cause__ or error).lower()
