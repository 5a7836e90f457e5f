"""Telegram brings updates: over real HTTP, from the playground and from who pretends to be it."""

import gzip
import json
import logging
import socket
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr, ValidationError

from config import Settings
from handlers.core.accidents import Accidents
from handlers.telegram import webhook
from handlers.telegram.webhook import LARGEST, SECRET_HEADER, WebhookPortTaken, WebhookRefused
from playground import Playground
from playground.webhook import Address
from tests.support.free_port import free_port
from tests.support.raw_http import sent
from tests.support.running_bot import ANN, PATIENCE_S, RunningBot, running_bot, words_of

SECRET = "a-secret-that-nobody-guesses"  # noqa: S105 - made up


def port_of(bot: RunningBot) -> int:
    address = bot.playground.world.webhook.address
    assert address
    return int(address.url.split(":")[2].partition("/")[0])


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[RunningBot]:
    """A bot to which the playground brings updates. None of them may be an accident."""
    accidents = Accidents()
    port = free_port()
    async with running_bot(
        tmp_path,
        webhook_url=f"http://127.0.0.1:{port}/telegram",
        webhook_port=port,
        webhook_secret=SecretStr(SECRET),
    ) as bot:
        await bot.until(lambda: bot.playground.world.webhook.address, "a webhook")
        logging.getLogger().addHandler(accidents)  # not before: the start sets the log up anew
        yield bot
    logging.getLogger().removeHandler(accidents)
    assert not accidents.last


def forged(update_id: int, text: str) -> dict[str, object]:
    ann = {"id": ANN, "is_bot": False, "first_name": "Ann", "language_code": "en"}
    chat = {"id": ANN, "type": "private", "first_name": "Ann"}
    command = {"type": "bot_command", "offset": 0, "length": len(text)}
    message = {
        "message_id": update_id,
        "date": int(time.time()),
        "chat": chat,
        "from": ann,
        "text": text,
    }
    return {"update_id": update_id, "message": message | {"entities": [command]}}


async def brought(bot: RunningBot, body: bytes, secret: str | None = SECRET) -> int:
    """Bring something to the bot; give what it answers."""
    address = bot.playground.world.webhook.address
    assert address
    headers = {SECRET_HEADER: secret} if secret is not None else {}
    async with (
        aiohttp.ClientSession() as session,
        session.post(address.url, data=body, headers=headers) as answer,
    ):
        return answer.status


def said(bot: RunningBot) -> list[str]:
    mine = (m for m in bot.playground.world.messages(ANN) if m["from"]["is_bot"])
    return [words_of(message) for message in mine]


async def test_an_album_comes_by_a_webhook(bot: RunningBot) -> None:
    """As it does by polling; Telegram was told the secret and which updates are wanted."""
    address = bot.playground.world.webhook.address
    assert address
    assert address.secret == SECRET
    await bot.give_face()
    await bot.say("/generate a knight")
    await bot.album()
    assert not bot.playground.world.updates.pending()


@pytest.mark.parametrize("secret", [None, "", SECRET[:-1], f"{SECRET}x", SECRET.upper(), "тайна"])
async def test_without_the_secret_nothing_is_done(bot: RunningBot, secret: str | None) -> None:
    """Not even with one that is nearly right; what comes after it is answered."""
    quoted = secret.encode().decode("latin-1") if secret else secret
    assert await brought(bot, json.dumps(forged(1, "/queue")).encode(), quoted) == 403
    await bot.say("/preset")
    await bot.answer()
    assert not [words for words in said(bot) if "Nothing is waiting" in words]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"no JSON", 400),
        (b"[]", 400),
        (b'{"message": {}}', 400),
        (b"[" * 100_000, 400),
        (b'{"update_id": -1}', 400),
        (b'{"update_id": 5, "message": {"chat": 7}}', 200),
        (b'"' + b"x" * LARGEST + b'"', 413),
    ],
)
async def test_what_is_no_update_breaks_nothing(bot: RunningBot, body: bytes, status: int) -> None:
    """It is refused; an update that can't be read is taken, or Telegram would bring it for ever."""
    assert await brought(bot, body) == status
    await bot.say("/queue")
    await bot.answer("Nothing is waiting")


async def test_an_update_that_comes_twice_is_answered_once(bot: RunningBot) -> None:
    """Telegram brings it again when it has not heard the answer; so does who recorded it."""
    await bot.say("/preset")
    await bot.answer("Fast")
    body = json.dumps(forged(77, "/queue")).encode()
    assert [await brought(bot, body) for _ in range(3)] == [200, 200, 200]
    await bot.answer("Nothing is waiting")
    await bot.say("/preset")
    await bot.answer("Fast")
    assert len([words for words in said(bot) if "Nothing is waiting" in words]) == 1


def request(*headers: str, body: bytes = b"", first: str = "POST / HTTP/1.1") -> bytes:
    lines = [first, "Host: x", f"{SECRET_HEADER}: {SECRET}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


UPDATE = b'{"update_id": 4}'
BOMB = gzip.compress(b" " * (2 * LARGEST))


@pytest.mark.parametrize(
    ("raw", "status"),
    [
        (request("Content-Length: 16", body=UPDATE), 200),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 TLS", 400),
        (b"what?\r\n\r\n", 400),
        (request(first="POST / HTTP/9.9"), 400),
        (request(first="POST /" + "x" * 100_000 + " HTTP/1.1"), 400),
        (request("X: " + "x" * 100_000), 400),
        (request(*("X: x",) * 1000), 400),
        (request("no header"), 400),
        (request("X: a\x00b"), 400),
        (request("Content-Length: x"), 400),
        (request("Content-Length: -1"), 400),
        (request("Content-Length: 16", "Content-Length: 15", body=UPDATE), 400),
        (request("Content-Length: 16", "Transfer-Encoding: chunked", body=UPDATE), 400),
        (request("Content-Length: 5", body=UPDATE), 400),
        (request(f"Content-Length: {LARGEST + 1}", body=b" " * (LARGEST + 1)), 413),
        (request("Transfer-Encoding: chunked", body=b"no chunk\r\n"), 400),
        (request("Transfer-Encoding: chunked", body=b"4\r\n{}  \r\nzz\r\n"), 400),
        (request("Content-Encoding: gzip", "Content-Length: 16", body=UPDATE), 400),
        (request("Content-Encoding: gzip", f"Content-Length: {len(BOMB)}", body=BOMB), 413),
        (request("Content-Encoding: br", "Content-Length: 16", body=UPDATE), 400),
        (request("Content-Type: text/plain; charset=none", "Content-Length: 16", body=UPDATE), 200),
        (request("Expect: miracles", "Content-Length: 16", body=UPDATE), 417),
        (request(f"{SECRET_HEADER}: other", "Content-Length: 16", body=UPDATE), 200),
        (request(first="GET / HTTP/1.1"), 405),
        (request(first="CONNECT x:1 HTTP/1.1"), 404),
        (request("Upgrade: websocket", "Connection: Upgrade", first="GET / HTTP/1.1"), 405),
    ],
)
async def test_whatever_comes_to_the_port_is_answered(
    bot: RunningBot, raw: bytes, status: int
) -> None:
    """With a plain refusal. It is no accident, and whoever comes next is served."""
    assert await sent(port_of(bot), raw) == status
    await bot.say("/queue")
    await bot.answer("Nothing is waiting")


CHUNKED = "Transfer-Encoding: chunked"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"POST / HT",
        request("Content-Length: 16"),
        request("Content-Length: 16", body=UPDATE[:5]),
        request("Content-Length: 16", body=UPDATE),
        request(CHUNKED, body=b"4\r\n{}  \r\n"),
        request(f"Content-Length: {LARGEST}", body=b" " * (LARGEST // 2)),
        f"POST / HTTP/1.1\r\nHost: x\r\n{CHUNKED}\r\n\r\n1\r\n".encode(),
    ],
)
async def test_who_breaks_off_is_no_accident(bot: RunningBot, raw: bytes) -> None:
    """A proxy that is started anew, or Telegram that does not wait any longer."""
    assert await sent(port_of(bot), raw, ends=True) == 0
    await bot.say("/queue")
    await bot.answer("Nothing is waiting")


async def test_a_body_that_comes_too_slowly_is_refused(
    bot: RunningBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a way that has Telegram bring it again; what comes whole the next time is taken."""
    await bot.say("/preset")
    await bot.answer("Fast")
    monkeypatch.setattr(webhook, "PATIENCE_S", 0.05)
    body = json.dumps(forged(88, "/queue")).encode()
    whole = request(f"Content-Length: {len(body)}", body=body)
    assert await sent(port_of(bot), whole[:-1]) == 408
    monkeypatch.setattr(webhook, "PATIENCE_S", PATIENCE_S)
    assert await sent(port_of(bot), whole) == 200
    await bot.answer("Nothing is waiting")


async def test_only_posts_are_heard(bot: RunningBot) -> None:
    """A look by a browser tells nothing."""
    address = bot.playground.world.webhook.address
    assert address
    async with aiohttp.ClientSession() as session, session.get(address.url) as answer:
        assert answer.status == 405


async def test_the_way_back_to_polling_removes_the_webhook(tmp_path: Path) -> None:
    """And without WEBHOOK_SECRET each start makes one that nobody knows."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    secrets = set()
    async with Playground(port=0) as telegram:
        for _ in range(2):
            async with running_bot(
                tmp_path, playground=telegram, webhook_url=url, webhook_port=port
            ) as bot:
                address = await bot.until(lambda: telegram.world.webhook.address, "a webhook")
                secrets.add(address and address.secret)
            telegram.world.webhook.set(None)
        assert {len(secret or "") >= 43 for secret in secrets} == {True}
        assert len(secrets) == 2
        telegram.world.webhook.set(Address(url, "old"))
        async with running_bot(tmp_path, playground=telegram) as bot:
            await bot.say("/queue")
            await bot.answer("Nothing is waiting")
            assert telegram.world.webhook.address is None


async def test_an_address_that_telegram_refuses_is_told(tmp_path: Path) -> None:
    """The bot ends with a sentence: without updates it would only seem to run."""
    url = "https://bot.example.org/"
    with pytest.raises(WebhookRefused, match="reaches this computer only"):
        async with running_bot(tmp_path, webhook_url=url, webhook_port=free_port()) as bot:
            await bot.until(lambda: False)


async def test_a_taken_port_is_told(tmp_path: Path) -> None:
    """With the settings that name another one."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(WebhookPortTaken):
            async with running_bot(
                tmp_path, webhook_url=f"http://127.0.0.1:{port}/", webhook_port=port
            ) as bot:
                await bot.until(lambda: False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"webhook_url": "http://bot.example.org/"},
        {"webhook_url": "bot.example.org"},
        {"webhook_url": "https://bot.example.org/?secret=1"},
        {"webhook_url": "https://bot.example.org:0/"},
        {"webhook_secret": "short"},
        {"webhook_secret": "spaces are not taken"},
    ],
)
def test_settings_that_telegram_would_refuse(wrong: dict[str, str]) -> None:
    """They are refused before the start; a secret stays one."""
    with pytest.raises(ValidationError):
        Settings(**wrong)  # type: ignore[arg-type]
