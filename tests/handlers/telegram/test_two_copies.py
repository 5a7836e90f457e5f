"""Two copies of the bot with one token: Telegram lets only one of them fetch updates."""

import aiohttp
import pytest

from tests.support.running_bot import RunningBot


async def test_a_second_copy_is_named_and_outlived(
    new_bot: RunningBot, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says what to do; when the other one has stopped, this one goes on by itself."""
    await new_bot.say("/queue")
    await new_bot.answer("Nothing is waiting")
    base = f"{new_bot.playground.url}/bot{new_bot.playground.token}"
    async with aiohttp.ClientSession() as other:
        await other.get(f"{base}/getUpdates", params={"timeout": "0"})
    await new_bot.until(lambda: "Another copy of this bot" in caplog.text, "the sentence")
    await new_bot.say("/help")
    await new_bot.answer("/generate")
    assert new_bot.playground.token not in caplog.text
