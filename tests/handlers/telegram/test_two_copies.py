"""Two copies of the bot with one token: Telegram lets only one of them fetch updates."""

from pathlib import Path

import aiohttp
import pytest

from tests.support.running_bot import running_bot

MOST_TRIES = 20


async def test_a_second_copy_is_named_and_outlived(
    tmp_path: Path, short_waits: None, capfd: pytest.CaptureFixture[str]
) -> None:
    """The log says what to do; when the other one has stopped, this one goes on by itself."""
    log = ""
    async with running_bot(tmp_path) as bot, aiohttp.ClientSession() as other:
        base = f"{bot.playground.url}/bot{bot.playground.token}"
        for _ in range(MOST_TRIES):  # it may come between two polls of the bot
            await bot.say("/help")
            await bot.answer("/generate")
            if "Another copy of this bot" in log:
                break
            await other.get(f"{base}/getUpdates", params={"timeout": "0"})
            log += capfd.readouterr().err
    log += capfd.readouterr().err
    assert "Another copy of this bot" in log
    assert bot.playground.token not in log
