"""The settings of how the bot is reached and watched: a part of `config.Settings`."""

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings

SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")
"""What Telegram takes as a webhook's secret, from a length on that nobody guesses."""

LOCAL = ("127.0.0.1", "localhost")
"""Where a Bot API server of one's own may bring updates without encryption."""

Port = Annotated[int, Field(ge=1, le=65535)]


def _https(url: str) -> str:
    """Take an address that Telegram would call. Raises PydanticCustomError."""
    try:
        address = urlsplit(url.strip())
        schemes = {"https", "http"} if address.hostname in LOCAL else {"https"}
        known = address.scheme in schemes and address.hostname and address.port != 0
    except ValueError:  # no port
        known = None
    if not known or re.search(r"[\s?#${}]", url.strip()):
        raise PydanticCustomError("setting-hint-webhook", "no address")
    return url.strip()


def _unguessable(secret: SecretStr) -> SecretStr:
    if not SECRET.fullmatch(secret.get_secret_value()):
        raise PydanticCustomError("setting-hint-secret", "no secret")
    return secret


class ServingSettings(BaseSettings):
    """How the bot is reached and watched."""

    local_chat_port: int = Field(default=8080, ge=0, le=65535)
    webhook_url: Annotated[str, AfterValidator(_https)] | None = None
    """Where Telegram brings updates, behind a reverse proxy; without it the bot fetches them."""
    webhook_host: str = "127.0.0.1"
    """Where the bot listens for what the proxy passes on."""
    webhook_port: Port = 8443
    webhook_secret: Annotated[SecretStr, AfterValidator(_unguessable)] | None = None
    """By which Telegram proves that it is Telegram; without it each start makes a new one."""

    metrics_port: Port | None = None
    """Serve /healthz and /metrics there, to this computer only."""
    log_format: Annotated[
        Literal["plain", "json"], BeforeValidator(lambda form: str(form).lower())
    ] = "plain"
    """`json`: each line of the log is an object, for programs that gather logs."""
