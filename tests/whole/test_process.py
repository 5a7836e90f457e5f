"""The bot as a process: it starts fast, ends clean, keeps its token to itself."""

import asyncio
import contextlib
import os
import re
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web

from playground import BadGateway, DropBefore, Playground, RetryAfter
from playground.faults import Fault
from tests.support.consenting import consent
from tests.support.python_process import PythonProcess, Start, fork, fresh
from tests.support.running_bot import ANN, Json, astronaut, words_of

STOP_S = 10
"""What Docker and systemd wait for before they kill."""
PATIENCE_S = 300
"""Only a broken promise waits so long, however slow the machine."""


class Bot:
    """bot.py, and all that it has said so far."""

    def __init__(self, process: PythonProcess) -> None:
        self.process = process
        self.output = ""

    async def says(self, part: str) -> None:
        """Wait until the words are in the output."""
        stream = self.process.stdout
        assert stream
        async with asyncio.timeout(PATIENCE_S):
            while part not in self.output:
                line = await stream.readline()
                assert line, f"ended without {part!r}: {self.output}"
                self.output += line.decode()

    async def end(self, number: signal.Signals, within: float = STOP_S) -> int:
        """Send the signal; give the exit code. TimeoutError when it takes longer."""
        if self.process.returncode is None:
            self.process.send_signal(number)
        output, _ = await asyncio.wait_for(self.process.communicate(), within)
        self.output += output.decode()
        assert self.process.returncode is not None
        return self.process.returncode


SLOW = {"NUM_INFERENCE_STEPS": "60", "IMAGE_SIZE": "192"}
"""So that an album can be stopped in its middle."""
QUICK = SLOW | {"IMAGE_SIZE": "64"}
"""So that the same album comes soon."""
IMPATIENT = ("-m", "tests.support.short_waits")


@contextlib.asynccontextmanager
async def running(
    data: Path,
    url: str,
    token: str,
    program: tuple[str, ...] = ("bot.py",),
    start: Start = fork,
    /,
    **environment: str,
) -> AsyncIterator[Bot]:
    """Run bot.py, or another program; what is still running at the end is killed."""
    settings = {
        "TELEGRAM_BOT_TOKEN": token,
        "TELEGRAM_API_URL": url,
        "OWNER_ID": str(ANN),
        "DATA_DIR": str(data),
        "MODEL": "pocket",
        "LC_ALL": "C.UTF-8",
    }
    process = await start(*program, env=os.environ | settings | environment)
    try:
        yield Bot(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


def said(playground: Playground, part: str) -> list[Json]:
    mine = (m for m in playground.world.messages(ANN) if m["from"]["is_bot"])
    return [m for m in mine if part in words_of(m)]


def albums(playground: Playground) -> list[Json]:
    return [m for m in playground.world.messages(ANN) if m.get("media_group_id")]


async def test_a_stop_in_the_middle_of_a_job(tmp_path: Path) -> None:
    """Stopped at its beginning, stopped while drawing, killed: the album still comes."""
    async with Playground(port=0) as playground:

        async def wait_for(part: str) -> None:
            await playground.wait_for(lambda: said(playground, part), PATIENCE_S)

        async def wait_for_progress() -> None:
            before = [words_of(message) for message in said(playground, "%")]
            await playground.wait_for(
                lambda: [m for m in said(playground, "%") if words_of(m) not in before], PATIENCE_S
            )

        async with running(tmp_path, playground.url, playground.token, **SLOW) as bot:
            await playground.send_text(ANN, ANN, "/start")
            await wait_for("👋")
            await playground.send_photo(ANN, ANN, astronaut(), "/register")
            await consent(playground, ANN)
            await wait_for("🧬")
            await playground.send_text(ANN, ANN, "/generate a knight --seed 7")
            await wait_for("🎨")
            assert await bot.end(signal.SIGINT) == 0
        async with running(tmp_path, playground.url, playground.token, **SLOW) as bot:
            await wait_for_progress()
            assert await bot.end(signal.SIGTERM) == 0
        async with running(tmp_path, playground.url, playground.token, **SLOW) as bot:
            await wait_for_progress()
            await bot.end(signal.SIGKILL)
        assert not albums(playground)
        async with running(tmp_path, playground.url, playground.token, **QUICK) as bot:
            await playground.wait_for(lambda: len(albums(playground)) == 6, PATIENCE_S)
            assert await bot.end(signal.SIGTERM) == 0
            assert playground.token not in bot.output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_an_idle_bot_ends_clean(tmp_path: Path, number: signal.Signals) -> None:
    """Exit code 0, and a word about it."""
    async with (
        Playground(port=0) as playground,
        running(tmp_path, playground.url, playground.token, ("bot.py",), fresh) as bot,
    ):
        await bot.says("Running as")
        assert await bot.end(number) == 0
    assert "Stopped." in bot.output
    assert "Traceback" not in bot.output


async def test_telegram_out_of_reach(tmp_path: Path) -> None:
    """The owner is told, the bot keeps trying, and SIGTERM ends it with 0."""
    async with Playground(port=0) as playground:
        url, token = playground.url, playground.token
    async with running(tmp_path, url, token) as bot:
        await bot.says("can't be reached")
        assert await bot.end(signal.SIGTERM) == 0
    assert "Traceback" not in bot.output
    assert token not in bot.output


@pytest.mark.parametrize("method", ["getMe", "setMyCommands", "deleteWebhook"])
@pytest.mark.parametrize("fault", [BadGateway(), DropBefore(), RetryAfter(1)])
async def test_a_bad_start_is_tried_again(tmp_path: Path, method: str, fault: Fault) -> None:
    """Whatever the first call of each kind meets, the bot gets up."""
    async with Playground(port=0) as playground:
        playground.faults.add(method, fault)
        async with running(tmp_path, playground.url, playground.token, IMPATIENT) as bot:
            await bot.says("Running as")
            assert await bot.end(signal.SIGTERM) == 0
    assert "Traceback" not in bot.output
    assert playground.token not in bot.output


@pytest.mark.parametrize(
    "answer",
    ["", "<html>nginx</html>", '{"ok": true, "result": {}}', '{"ok": true, "result": []}', "[]"],
)
async def test_garbage_never_brings_the_token_out(tmp_path: Path, answer: str) -> None:
    """Whatever answers in Telegram's place, the secret is in no line and no traceback."""
    asked = asyncio.Event()
    token = "123456789:AAE-a_secret_that_nobody_may_read"  # noqa: S105 - made up

    async def garbage(request: web.Request) -> web.Response:
        asked.set()
        return web.Response(text=answer, content_type="application/json")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", garbage)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with running(tmp_path, url, token) as bot:
        await asyncio.wait_for(asked.wait(), PATIENCE_S)
        await bot.end(signal.SIGTERM)
    await runner.cleanup()
    assert not re.search("secret_that_nobody", bot.output)
    assert bot.output
