"""The token is nowhere but in the owner's settings, whatever goes wrong."""

import signal
from pathlib import Path

from aiohttp import web

from playground import BadGateway, DropAfter, DropBefore, Playground, Refused, RetryAfter
from playground.faults import DOWNLOAD
from tests.support.python_process import ROOT
from tests.support.running_bot import ANN, astronaut, words_of
from tests.whole.test_process import IMPATIENT, PATIENCE_S, Bot, running

TOKEN = "123456789:AAE-a_secret_that_nobody_may_read_1"  # noqa: S105 - made up
SECRET = b"a_secret_that_nobody"


def read_everywhere(*folders: Path) -> dict[Path, bytes]:
    files = (file for folder in folders for file in folder.rglob("*") if file.is_file())
    return {file: file.read_bytes() for file in files}


async def test_what_goes_wrong_brings_the_token_out_nowhere(tmp_path: Path) -> None:
    """Not into the log, the database or a file: errors that repeat it, broken downloads."""
    data = tmp_path / "data"
    data.mkdir()
    async with Playground(port=0, token=TOKEN) as playground:
        faults = playground.faults
        for method in ("getMe", "setMyCommands", "getUpdates"):
            for fault in (DropBefore(), BadGateway(), Refused(f"of bot{TOKEN}")):
                if method == "getUpdates" or not isinstance(fault, Refused):  # others end it
                    faults.add(method, fault)
        async with running(data, playground.url, TOKEN, IMPATIENT) as bot:

            async def answered(text: str) -> None:
                await playground.send_text(ANN, ANN, text)
                await heard(playground, text)

            await answered("/queue")
            for harm in (DropBefore(), DropAfter(), RetryAfter(1), Refused(f"/bot{TOKEN}/x")):
                faults.add("sendMessage", harm)
                faults.add("getFile", harm)
                faults.add(DOWNLOAD, harm)
                await playground.send_photo(ANN, ANN, astronaut(), "/register")
                await answered("/queue")
            faults.clear()
            await answered("/queue")
            assert await bot.end(signal.SIGTERM) == 0
        told = str(playground.world.messages(ANN))
    assert_hidden(bot, told, read_everywhere(data))


async def test_a_proxy_that_repeats_it_brings_it_out_nowhere(tmp_path: Path) -> None:
    """A page of HTML with the whole address, at each request; in the folder of the code neither."""

    async def repeat(request: web.Request) -> web.Response:
        return web.Response(status=502, text=f"<h1>{request.url}</h1>", content_type="text/html")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", repeat)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    async with running(tmp_path, url, TOKEN, IMPATIENT) as bot:
        await bot.says("Telegram can't be reached (")
        assert await bot.end(signal.SIGTERM) == 0
    await runner.cleanup()
    assert_hidden(bot, "", read_everywhere(tmp_path))
    assert not list(ROOT.glob("*.log"))


async def heard(playground: Playground, text: str) -> None:
    """Wait until the bot has said something after the last message with these words."""

    def found() -> bool:
        messages = playground.world.messages(ANN)
        asked = max(m["message_id"] for m in messages if words_of(m) == text)
        return any(m["from"]["is_bot"] and m["message_id"] > asked for m in messages)

    await playground.wait_for(found, PATIENCE_S)


def assert_hidden(bot: Bot, told: str, files: dict[Path, bytes]) -> None:
    assert bot.output  # somebody looked at something
    assert SECRET.decode() not in bot.output
    assert SECRET.decode() not in told
    assert files
    assert not [file for file, content in files.items() if SECRET in content]
