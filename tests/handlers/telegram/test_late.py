"""What waited over an hour for a bot that was away is not done any more."""

import json
import time
from collections.abc import Callable
from email.utils import formatdate
from pathlib import Path
from typing import Any

import httpx
import pytest

from handlers.core.late import MARK, TOO_LATE_S, Brought
from handlers.telegram.telegram_time import TelegramTime
from handlers.telegram.updates_request import UpdatesRequest
from playground import Playground
from tests.support.free_port import free_port
from tests.support.running_bot import ANN, VERA, RunningBot, running_bot, words_of

NOW = 1_790_000_000
OLD, NEW = NOW - TOO_LATE_S - 1, NOW - TOO_LATE_S


def written(update_id: int, date: int) -> dict[str, Any]:
    chat = {"id": ANN, "type": "private"}
    return {
        "update_id": update_id,
        "message": {"message_id": update_id, "date": date, "chat": chat, "text": "x"},
    }


def pressed(update_id: int) -> dict[str, Any]:
    person = {"id": ANN, "is_bot": False, "first_name": "Ann"}
    query = {"id": str(update_id), "from": person, "chat_instance": "1", "data": "x"}
    return {"update_id": update_id, "callback_query": query}


class Server:
    """A Bot API server that tells the time, or doesn't."""

    def __init__(self, now: int | None) -> None:
        self.now = now
        self.passed = 0.0
        """Seconds that have passed on this computer."""
        self.updates: list[dict[str, Any]] = []
        transport = httpx.MockTransport(self._answer)
        telegram_time = TelegramTime(lambda: self.passed)
        kwargs = {"transport": transport} | telegram_time.hooks
        self._request = UpdatesRequest(telegram_time, httpx_kwargs=kwargs)

    def _answer(self, _: httpx.Request) -> httpx.Response:
        headers = {} if self.now is None else {"Date": formatdate(self.now, usegmt=True)}
        return httpx.Response(200, headers=headers, json={"ok": True, "result": self.updates})

    async def late(self, *updates: dict[str, Any]) -> list[int]:
        """Give the numbers of the updates that come marked."""
        self.updates = json.loads(json.dumps(updates))
        found = await self._request.post("http://telegram/getUpdates")
        return [update["update_id"] for update in found if update.get(MARK)]


async def test_an_hour_is_counted_by_telegrams_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """This computer's may be a year off."""
    monkeypatch.setattr(time, "time", lambda: NOW + 31_536_000)
    assert await Server(NOW).late(written(1, OLD), written(2, NEW), written(3, NOW)) == [1]


async def test_a_press_is_older_than_what_is_written_after_it() -> None:
    """It has no date. One after the last message may be new: it is heard."""
    server = Server(NOW)
    assert await server.late(pressed(1), written(2, OLD), pressed(3), written(4, NOW)) == [1, 2]
    assert await server.late(pressed(5)) == []


def test_a_press_that_is_brought_after_a_later_message_is_as_old() -> None:
    """A webhook has no order: what was brought in vain comes again later than what is newer."""
    brought = Brought()

    def late(update: dict[str, Any], number: int) -> bool:
        update["update_id"] = number
        brought.mark(update, NOW)
        return MARK in update

    assert not late(pressed(0), 500_001)
    assert late(written(0, OLD), 500_004)
    assert [late(pressed(0), number) for number in (500_003, 500_005)] == [True, False]
    assert late(written(0, OLD), 500_002)
    assert late(pressed(0), 500_003)
    assert not late(written(0, NEW), 500_006)
    assert not late(pressed(0), 77), "Telegram has begun to count anew"
    assert late(written(0, OLD), 79)
    assert late(pressed(0), 78)


async def test_a_server_that_tells_no_time_makes_nothing_older_than_it_is() -> None:
    """The newest message that was ever seen says how late it is at least."""
    server = Server(None)
    assert await server.late(written(1, OLD)) == []
    assert await server.late(written(2, OLD), written(3, NOW)) == [2]
    assert await server.late(written(4, OLD)) == [4]


async def test_the_time_goes_on_without_an_answer() -> None:
    """It is then as late as a clock says that nobody sets; a garbled `Date` changes nothing."""
    passed = 0.0
    telegram_time = TelegramTime(lambda: passed)
    (note,) = telegram_time.hooks["event_hooks"]["response"]
    await note(httpx.Response(200, headers={"Date": formatdate(NOW, usegmt=True)}))
    passed = 4000.9
    assert telegram_time.now() == NOW + 4000
    for garbled in ("", "yesterday", f"Thu, 01 Jan 1970 {10**30}:00:00 GMT"):
        await note(httpx.Response(200, headers={"Date": garbled}))
    telegram_time.at_least(NOW)
    assert telegram_time.now() == NOW + 4000
    telegram_time.at_least(NOW + 5000)
    assert telegram_time.now() == NOW + 5000


class Clock:
    """Telegram's time for what people write; `ago` is how long it lay there."""

    ago = 0

    def __call__(self) -> int:
        return int(time.time()) - self.ago


def answers(bot: RunningBot, chat: int) -> list[str]:
    mine = (m for m in bot.playground.world.messages(chat) if m["from"]["is_bot"])
    return [words_of(message) for message in mine]


def by_webhook() -> dict[str, Any]:
    port = free_port()
    return {"webhook_url": f"http://127.0.0.1:{port}/", "webhook_port": port}


@pytest.mark.parametrize("way", [dict, by_webhook])
async def test_what_is_too_late_is_told_once_a_chat_and_not_done(
    tmp_path: Path, way: Callable[[], dict[str, Any]]
) -> None:
    """Whoever wrote ten messages reads one line; what takes something back is done all the same.

    Whether the bot fetches updates or Telegram brings them.
    """
    clock = Clock()
    async with (
        Playground(port=0, now=clock) as playground,
        running_bot(tmp_path, playground=playground, **way()) as bot,
    ):
        await bot.allow(VERA)
        await bot.give_face()
        clock.ago = TOO_LATE_S + 60
        for _ in range(5):
            await bot.playground.send_text(ANN, ANN, "/generate a knight")
            await bot.playground.send_text(VERA, VERA, "рыцарь")
        await bot.answer("I was away")
        await bot.answer("Меня не было", VERA)
        clock.ago = TOO_LATE_S * 2
        await bot.playground.send_text(ANN, ANN, "/forget")
        await bot.answer("Erase your photos")
        clock.ago = 0
        await bot.say("/queue")
        await bot.answer("Nothing is waiting")
        assert len([words for words in answers(bot, ANN) if "I was away" in words]) == 1
        assert len(answers(bot, VERA)) == 1
