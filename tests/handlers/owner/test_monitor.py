"""/healthz and /metrics: true, for this computer only, and silent about people."""

import asyncio
import re
import socket
import threading
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from generation.request import GenerationRequest
from generation.words.prompt import Prompt
from handlers.owner.monitor import MetricsPortTaken
from tests.support.edits_and_alerts import edited
from tests.support.free_port import free_port
from tests.support.raw_http import sent
from tests.support.running_bot import ANN, RunningBot, running_bot
from tests.support.scripted_generator import ScriptedGenerator


async def got(port: int, path: str, **headers: str) -> tuple[int, str]:
    url = f"http://127.0.0.1:{port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url, headers=headers) as answer:
        return answer.status, await answer.text()


async def started(bot: RunningBot) -> None:
    """Wait until it takes updates."""
    await bot.until(lambda: bot.playground.world.presence.online, "a poll")


def value(page: str, name: str, **labels: str) -> float:
    for family in text_string_to_metric_families(page):
        for sample in family.samples:
            if sample.name == name and sample.labels == labels:
                return sample.value
    return 0.0


async def test_what_happened_is_counted(tmp_path: Path) -> None:
    """By mode and outcome, as Prometheus's own parser reads it; no word and no id is in it."""
    port, generator = free_port(), ScriptedGenerator()
    async with running_bot(tmp_path, generator=generator, metrics_port=port) as bot:
        await started(bot)
        assert await got(port, "/healthz") == (200, "ok\n")
        await bot.give_face()
        await bot.say("/generate a xylophone")
        await bot.album()
        generator.error = ValueError("a xylophone")
        await bot.say("/generate a xylophone")
        await bot.answer("Something unexpected")
        generator.hold()
        await bot.say("/generate a knight")
        await bot.answer("Picture 1")
        await bot.say("/generate a queen")
        queen = await bot.answer("“a queen”")
        _, page = await got(port, "/metrics")
        albums = {"mode": "FAST"}
        assert value(page, "portrait_albums_total", outcome="generated", **albums) == 1
        assert value(page, "portrait_albums_total", outcome="failed", **albums) == 1
        assert value(page, "portrait_pictures_total", **albums) == 6
        assert value(page, "portrait_album_seconds_count", **albums) == 1
        assert value(page, "portrait_errors_total") == 1
        assert value(page, "portrait_updates_total") == 4
        assert (value(page, "portrait_waiting"), value(page, "portrait_running")) == (1, 1)
        await bot.press(queen, "cancel:")
        await edited(bot, queen, "Cancelled")
        _, after = await got(port, "/metrics")
        assert value(after, "portrait_albums_total", outcome="cancelled", **albums) == 1
    assert "xylophone" not in page
    assert not re.search(rf"\b{ANN}\b", page)


async def test_a_web_page_in_the_owners_browser_reads_nothing(tmp_path: Path) -> None:
    """Its own name for this address is refused (DNS rebinding), and nothing else is served."""
    port = free_port()
    async with running_bot(tmp_path, metrics_port=port) as bot:
        await started(bot)
        for path in ("/healthz", "/metrics"):
            assert (await got(port, path))[0] == 200
            assert (await got(port, path, Host=f"localhost:{port}"))[0] == 200
            for name in (
                "evil.example",
                f"evil.example:{port}",
                "127.0.0.1",
                f"127.0.0.1:{port}.x",
            ):
                assert (await got(port, path, Host=name))[0] == 403
        assert (await got(port, "/"))[0] == 404
        with pytest.raises(OSError, match=r"refused"), socket.socket() as elsewhere:
            elsewhere.connect(("127.0.0.2", port))


async def test_what_is_no_request_is_no_accident(tmp_path: Path) -> None:
    """Whoever knocks at ports in their order, or goes away in the middle."""
    port = free_port()
    async with running_bot(tmp_path, metrics_port=port) as bot:
        await started(bot)
        for raw in (b"what?\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\nx\r\n\r\n"):
            assert await sent(port, raw) == 400
        chunked = b"GET /healthz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        assert await sent(port, chunked, b"no chunk\r\n") == 400
        assert await sent(port, chunked, b"1\r\n") == 403
        _, page = await got(port, "/metrics")
    assert value(page, "portrait_errors_total") == 0


async def test_a_database_that_is_gone_is_told(tmp_path: Path) -> None:
    """Both pages answer 503, without a detail; when it is back they are well again."""
    port = free_port()
    async with running_bot(tmp_path, metrics_port=port) as bot:
        await started(bot)
        await bot.say("/queue")  # the owner is told, where they can be
        await bot.answer("Nothing is waiting")
        file, away = tmp_path / "bot.db", tmp_path / "away"
        file.rename(away)
        assert await got(port, "/healthz") == (503, "the database does not answer\n")
        assert (await got(port, "/metrics"))[0] == 503
        away.rename(file)
        assert await got(port, "/healthz") == (200, "ok\n")


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
async def test_a_worker_that_has_ended_is_told(tmp_path: Path) -> None:
    """Albums would wait for ever, though everything else answers."""
    port, generator = free_port(), _EndsItsThread()
    async with running_bot(tmp_path, generator=generator, metrics_port=port) as bot:
        await bot.give_face()
        await bot.say("/generate a knight")
        thread = await bot.until(lambda: generator.thread, "its last step")
        assert thread
        await asyncio.to_thread(thread.join)
        assert await got(port, "/healthz") == (503, "a worker is not running\n")


async def test_a_taken_port_is_told(tmp_path: Path) -> None:
    """With the setting that names another one."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(MetricsPortTaken):
            async with running_bot(tmp_path, metrics_port=taken.getsockname()[1]) as bot:
                await bot.until(lambda: False)


class _EndsItsThread(ScriptedGenerator):
    """Ends the worker's thread: nothing of ours catches a SystemExit."""

    def __init__(self) -> None:
        super().__init__()
        self.thread: threading.Thread | None = None

    def prompts(self, request: GenerationRequest) -> tuple[Prompt, ...]:
        self.thread = threading.current_thread()
        raise SystemExit
