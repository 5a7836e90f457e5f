"""The bot's account at Telegram."""

import asyncio
from collections.abc import Iterator
from urllib.parse import urlsplit

from pydantic import SecretStr
from telegram import Bot, User, WebhookInfo
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from commands.doctor.finding import Finding, bad, good, warning
from generation import proxies
from handlers.telegram.connection import CertificatesUnusable, is_not_found, way_to
from handlers.telegram.key_log import KeyLogUnusable
from handlers.telegram.logs import Redaction
from handlers.texts import Say

PATIENCE_S = 10
"""Seconds that Telegram has for an answer."""


def check(
    say: Say, token: str | None, url: str, webhook_url: str | None = None
) -> Iterator[Finding]:
    """Ask the Bot API at `url` whose token this is. No finding and no error contains the token.

    `webhook_url` is the bot's own, if Telegram is to bring its updates.
    """
    if token is None:
        yield good(say("doctor-no-token"))
        return
    host = str(urlsplit(url).hostname)
    try:
        me, webhook = asyncio.run(_ask(token, url))
    except InvalidToken as error:
        if is_not_found(error):
            yield bad(say("doctor-no-bot-api", host=host), say("doctor-no-bot-api-advice"))
        else:
            yield bad(say("doctor-token-refused"), say("doctor-token-advice"))
    except CertificatesUnusable as refusal:
        yield bad(say("doctor-certificates", **refusal.fields), say("doctor-certificates-advice"))
    except KeyLogUnusable as refusal:
        yield bad(say("doctor-key-log", **refusal.fields), say("doctor-key-log-advice"))
    except TelegramError as error:
        reason = Redaction(SecretStr(token))(str(error))
        words = say("doctor-telegram-unreachable", host=host, reason=reason)
        yield bad(words, say("doctor-telegram-advice"))
    except Exception as error:  # noqa: BLE001 - another server may answer anything
        words = say("doctor-telegram-unreachable", host=host, reason=type(error).__name__)
        yield bad(words, say("doctor-telegram-advice"))
    else:
        yield from _judge(say, me, webhook, webhook_url)


def _judge(say: Say, me: User, webhook: WebhookInfo, own: str | None) -> Iterator[Finding]:
    yield good(say("doctor-token", username=str(me.username)))
    if me.can_read_all_group_messages:
        yield warning(say("doctor-privacy-off"), say("doctor-privacy-advice"))
    else:
        yield good(say("doctor-privacy-on"))
    if not me.can_join_groups:
        yield warning(say("doctor-no-groups"), say("doctor-no-groups-advice"))
    if webhook.url not in ("", own):  # its path may be a secret
        host = str(urlsplit(webhook.url).hostname)
        yield bad(say("doctor-webhook", host=host), say("doctor-webhook-advice"))


async def _ask(token: str, url: str) -> tuple[User, WebhookInfo]:
    """Give the account and its webhook. Asking for updates would cut a running bot off."""
    proxy = proxies.way_to(url)
    patience = HTTPXRequest(
        connect_timeout=PATIENCE_S,
        read_timeout=PATIENCE_S,
        write_timeout=PATIENCE_S,
        **way_to(url, proxy.url if proxy else None),
    )
    async with Bot(token, base_url=f"{url}/bot", request=patience) as bot:
        return bot.bot, await bot.get_webhook_info()
