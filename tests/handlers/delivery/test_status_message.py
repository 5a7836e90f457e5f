"""The status message by itself, against the playground."""

import asyncio

from telegram import Bot
from telegram.request import HTTPXRequest

from handlers.delivery.status_message import Pace, StatusMessage
from playground import Held, Playground
from tests.support.running_bot import ANN, PATIENCE_S


async def test_the_last_words_stay_the_last() -> None:
    """Progress that is still on its way when a job ends does not wipe out how it ended."""
    late = asyncio.Event()
    done: list[str] = []
    async with Playground(port=0, on_request=lambda r: done.append(r.method)) as playground:
        await playground.send_text(ANN, ANN, "/start")
        patient = HTTPXRequest(connection_pool_size=4, read_timeout=PATIENCE_S)
        async with Bot(playground.token, f"{playground.url}/bot", request=patient) as bot:
            message = await bot.send_message(ANN, "⏳")
            playground.faults.add("editMessageText", Held(late))
            line = StatusMessage(bot, ANN, Pace(0), "“a knight”")
            await line.attach(message.message_id)
            line.show("30 %")
            await playground.wait_for(
                lambda: not playground.faults.pending("editMessageText"), PATIENCE_S
            )
            ending = asyncio.create_task(line.close("Cancelled"))
            for _ in range(3):
                await bot.get_me()  # time enough for last words that do not wait
            late.set()
            assert await ending
            await playground.wait_for(lambda: done.count("editMessageText") > 1, PATIENCE_S)
            shown = playground.world.message(ANN, message.message_id)
    assert shown
    assert shown["text"] == "“a knight”\nCancelled"


async def test_what_a_status_says_already_is_not_said_again() -> None:
    """Telegram refuses an edit that changes nothing, whichever way the words came back."""
    done: list[str] = []
    async with Playground(port=0, on_request=lambda r: done.append(r.method)) as playground:
        await playground.send_text(ANN, ANN, "/start")
        async with Bot(playground.token, f"{playground.url}/bot") as bot:
            message = await bot.send_message(ANN, "“a knight”\n⏳")
            line = StatusMessage(bot, ANN, Pace(0), "“a knight”")
            await line.attach(message.message_id, "⏳")
            line.show("30 %")
            line.show("⏳")
            assert await line.close("⏳")
    assert "editMessageText" not in done
