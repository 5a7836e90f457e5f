"""Proxies: the local chat knows none, Telegram is reached through them, a wrong one is named."""

import asyncio
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import pytest

from commands import download
from generation import proxies
from handlers.texts import Texts
from playground import Playground
from tests.commands.test_doctor import after, doctor
from tests.support.bot_process import bot_process
from tests.support.ended_bot import TOKEN, bot, refused
from tests.support.proxies import Proxy
from tests.support.python_process import PythonProcess, fresh

PATIENCE_S = 300
NOBODY = "127.0.0.1:9"
"""The port of `discard`, where nobody listens."""


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget those of this machine."""
    for scheme in (*proxies.SCHEMES, "no"):
        monkeypatch.delenv(f"{scheme}_proxy", raising=False)
        monkeypatch.delenv(f"{scheme}_proxy".upper(), raising=False)


async def first_words(process: PythonProcess) -> str:
    """Read what the bot prints until it serves."""
    words = ""
    assert process.stdout
    async with asyncio.timeout(PATIENCE_S):
        while "Ctrl-C" not in words:
            line = await process.stdout.readline()
            assert line, words
            words += line.decode()
    return words


@pytest.mark.parametrize(
    "environment",
    [
        {"HTTP_PROXY": f"http://{NOBODY}"},
        {"http_proxy": NOBODY},
        {"ALL_PROXY": f"socks5://{NOBODY}"},
        {"all_proxy": "socks://127.0.0.1:1080/", "HTTP_PROXY": "nonsense:port"},
        {"NO_PROXY": "[::1", "HTTPS_PROXY": "http://"},
        {"SSL_CERT_FILE": "/no/such/file", "SSLKEYLOGFILE": "/no/such/folder/keys"},
    ],
)
async def test_the_local_chat_knows_no_proxy(
    tmp_path: Path, environment: Mapping[str, str]
) -> None:
    """Whatever the variables say, it opens, and says nothing of Telegram."""
    local = {"TELEGRAM_BOT_TOKEN": "", "TELEGRAM_API_URL": "", "LOCAL_CHAT_PORT": "0"}
    async with (
        Playground(port=0) as unused,
        bot_process(tmp_path, unused, **local, **environment) as process,
    ):
        words = await first_words(process)
        process.send_signal(signal.SIGTERM)
        output, errors = await process.communicate()
    assert words.startswith("open http://localhost:")
    assert "Telegram" not in words + output.decode() + errors.decode()


async def test_nothing_of_the_local_chat_passes_a_proxy(tmp_path: Path) -> None:
    """One that answers is never asked."""
    async with Playground(port=0) as unused, Proxy("http", unused.url).running() as proxy:
        local = {"TELEGRAM_BOT_TOKEN": "", "TELEGRAM_API_URL": "", "LOCAL_CHAT_PORT": "0"}
        named = {"HTTP_PROXY": proxy.url, "ALL_PROXY": proxy.url}
        async with bot_process(tmp_path, unused, **local, **named) as process:
            await first_words(process)
    assert proxy.visits == 0


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("http", "HTTP_PROXY"),
        ("http", "all_proxy"),
        ("socks5", "ALL_PROXY"),
        ("socks5", "http_proxy"),
    ],
)
async def test_telegram_is_reached_through_a_proxy(
    tmp_path: Path, kind: Literal["http", "socks5"], name: str
) -> None:
    """With a token the usual variables hold, SOCKS included; the terminal and the doctor say so."""
    async with Playground(port=0) as playground, Proxy(kind, playground.url).running() as proxy:
        async with bot_process(tmp_path, playground, **{name: proxy.url}) as process:
            words = await first_words(process)
        visits = proxy.visits
        code, output = await doctor(
            DATA_DIR=str(tmp_path),
            TELEGRAM_BOT_TOKEN=playground.token,
            TELEGRAM_API_URL=playground.url,
            **{name: proxy.url},
        )
    assert f"through the proxy {proxy.url} ({name})" in words
    assert "Running as" in words
    assert 0 < visits < proxy.visits
    assert code == 0
    assert f"through the proxy {proxy.url} ({name})" in output


async def test_no_proxy_holds(tmp_path: Path) -> None:
    """An own Bot API server beside the bot needs no proxy."""
    named = {"HTTP_PROXY": f"http://{NOBODY}", "NO_PROXY": "localhost, 127.0.0.1"}
    async with (
        Playground(port=0) as playground,
        bot_process(tmp_path, playground, **named) as process,
    ):
        assert "proxy" not in await first_words(process)


WRONG = [
    ("HTTP_PROXY", "http://127.0.0.1:99999"),
    ("HTTPS_PROXY", "http://host:port"),
    ("https_proxy", "ftp://host:1"),
    ("ALL_PROXY", "socks://127.0.0.1:1080/"),
    ("all_proxy", "http://"),
    ("HTTPS_PROXY", "http:/host:3128"),
    ("HTTPS_PROXY", "two words:1"),
    ("HTTP_PROXY", " http://host:1"),
    ("NO_PROXY", "[::1"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
async def test_a_proxy_that_is_none_is_named(tmp_path: Path, name: str, value: str) -> None:
    """With a token, the bot says which one and does not start."""
    sentence = refused(await bot(tmp_path, TELEGRAM_BOT_TOKEN=TOKEN, **{name: value}))
    assert sentence.startswith(f"{name}: “{value}”")


@pytest.mark.parametrize(("name", "value"), WRONG[:2] + WRONG[-1:])
async def test_the_hub_needs_a_proxy_that_is_one(tmp_path: Path, name: str, value: str) -> None:
    """A model that is not here would be asked for through it."""
    where = {"MODEL": "sd15", "HF_HOME": str(tmp_path), "LOCAL_CHAT_PORT": "0"}
    assert f"{name}: “{value}”" in refused(await bot(tmp_path, **where, **{name: value}))


@pytest.mark.parametrize("file", ["/no/such/file", __file__, "/"])
async def test_certificates_that_are_none(tmp_path: Path, file: str) -> None:
    """A company's proxy wants its own; a slip in the path is told, by the doctor too."""
    wrong = {"SSL_CERT_FILE": file, "TELEGRAM_BOT_TOKEN": TOKEN, "DATA_DIR": str(tmp_path)}
    sentence = refused(await bot(tmp_path, **wrong))
    assert sentence.startswith(f"SSL_CERT_FILE: the certificates in “{file}”")
    code, output = await doctor(**wrong)
    assert (code, output.count("❌ ")) == (1, 1)
    assert "unset it" in after(output, f"“{file}” (SSL_CERT_FILE)")


async def test_folders_of_certificates_that_are_none(tmp_path: Path) -> None:
    """OpenSSL would trust nobody, and the bot would try for ever."""
    for folder in ("/no/such/folder", __file__, str(tmp_path)):
        wrong = {"SSL_CERT_DIR": folder, "TELEGRAM_BOT_TOKEN": TOKEN, "DATA_DIR": str(tmp_path)}
        sentence = refused(await bot(tmp_path, **wrong))
        assert sentence.startswith(f"SSL_CERT_DIR: the certificates in “{folder}”")


@pytest.mark.parametrize("file", ["/no/such/folder/keys", "/", "/sys/keys"])
async def test_a_key_log_that_can_not_be_written(tmp_path: Path, file: str) -> None:
    """Libraries open it while they are imported: it is told all the same, by the doctor too."""
    wrong = {"SSLKEYLOGFILE": file, "TELEGRAM_BOT_TOKEN": TOKEN, "DATA_DIR": str(tmp_path)}
    sentence = refused(await bot(tmp_path, fresh, **wrong))
    assert sentence.startswith(f"SSLKEYLOGFILE: the file “{file}”")
    code, output = await doctor(**wrong)
    assert (code, output.count("❌ ")) == (1, 1)
    assert "unset it" in after(output, f"“{file}” (SSLKEYLOGFILE)")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("http://me:hun/ter2@host:1", "http://…@host:1"),
        ("me:hun//ter2@host:1", "…@host:1"),
        ("socks5h://me:hun@ter2/@host", "socks5h://…@host"),
        ("http:/me:hunter2@host", "…@host"),
        ("http://host:port", "http://host:port"),
    ],
)
def test_no_password_is_shown(value: str, shown: str) -> None:
    """Whatever signs are in it."""
    assert proxies.Proxy("HTTPS_PROXY", value).shown == shown


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_download_needs_a_proxy_that_is_one(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """`bot.py download` asks the hub at once."""
    monkeypatch.setenv(name, value)
    with pytest.raises(proxies.ProxyUnusable) as refused:
        download.run("sd15", "hyper-4", Texts().say("en"), accepted=False)
    assert refused.value.fields == {"name": name, "value": value}


async def test_the_doctor_names_it_too(tmp_path: Path) -> None:
    """As a fault with a token, as a doubt without: the local chat needs none."""
    wrong = {"DATA_DIR": str(tmp_path), "ALL_PROXY": "socks4://me:hunter2@host:1"}
    code, output = await doctor(**wrong)
    assert (code, output.count("❌ ")) == (0, 0)
    assert "unset ALL_PROXY" in after(output, "ALL_PROXY is “socks4://…@host:1”")
    code, output = await doctor(**wrong, TELEGRAM_BOT_TOKEN=TOKEN)
    assert (code, output.count("❌ ")) == (1, 1)
    assert "hunter2" not in output


@pytest.mark.parametrize(
    ("environment", "address", "proxy"),
    [
        ({"HTTPS_PROXY": "http://a:1"}, "https://api.telegram.org", "http://a:1"),
        ({"HTTPS_PROXY": "a:1"}, "https://api.telegram.org", "http://a:1"),
        ({"HTTP_PROXY": "http://a:1"}, "https://api.telegram.org", None),
        ({"ALL_PROXY": "socks5h://a:1", "https_proxy": ""}, "https://host", "socks5h://a:1"),
        ({"https_proxy": "http://b:2", "HTTPS_PROXY": "http://a:1"}, "https://host", "http://b:2"),
        ({"ALL_PROXY": "http://a:1", "NO_PROXY": ".host.example"}, "https://my.host.example", None),
        ({"ALL_PROXY": "http://a:1", "NO_PROXY": "*"}, "https://host", None),
        ({"ALL_PROXY": "http://a:1", "NO_PROXY": "host:8081"}, "https://host:8081", None),
    ],
)
def test_the_usual_rules_choose_the_proxy(
    monkeypatch: pytest.MonkeyPatch, environment: Mapping[str, str], address: str, proxy: str | None
) -> None:
    """As curl and Python read the variables."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert proxies.unusable() == []
    way = proxies.way_to(address)
    assert (way.url if way else None) == proxy
