"""Telegram fails for a moment: what may be repeated is tried again, and nothing is done twice."""

from pathlib import Path

import httpx
import pytest
from telegram import Bot
from telegram.error import NetworkError

from handlers.core.rejections import Passes, meaning_of
from handlers.telegram.patient_request import DONE_BEFORE, WAITS_S, PatientRequest
from playground import BadGateway, DropAfter, DropBefore, NamedByPath, Playground, RetryAfter
from playground.faults import DOWNLOAD, Fault
from tests.support.proxies import Proxy
from tests.support.referees import Referees
from tests.support.running_bot import (
    ANN,
    VERA,
    RunningBot,
    astronaut,
    buttons,
    running_bot,
    words_of,
)

ONCE = [DropBefore(), DropAfter(), BadGateway(), RetryAfter(1)]
MOMENTS = 3
"""Times in a row that a moment's failure comes in these tests: fewer than the bot's tries."""
NOTHING_WAITS = "Nothing is waiting"
FOR_LONG = 100
"""Times in a row that are more than the bot's tries."""


def said(bot: RunningBot, part: str, chat: int = ANN) -> list[str]:
    mine = (m for m in bot.playground.world.messages(chat) if m["from"]["is_bot"])
    return [words_of(message) for message in mine if part in words_of(message)]


def answered(judge: Referees, method: str) -> bool:
    """Say whether a request of this method met no fault any more."""
    return any(r.method == method and not r.injected for r in judge.requests)


@pytest.mark.parametrize("method", ["getFile", DOWNLOAD])
@pytest.mark.parametrize("fault", ONCE)
async def test_a_photo_is_fetched_again(new_bot: RunningBot, method: str, fault: Fault) -> None:
    """Dropped, 502 or too many: the person doesn't notice, and there is no accident."""
    new_bot.playground.faults.add(method, fault, 1 if fault == RetryAfter(1) else MOMENTS)
    await new_bot.register()
    assert new_bot.playground.faults.pending(method) == 0
    assert said(new_bot, "number") == []


@pytest.mark.parametrize("fault", [DropBefore(), DropAfter(), BadGateway()])
async def test_a_button_does_its_work(tmp_path: Path, fault: Fault) -> None:
    """Its answer and its edit are tried again. What was done unheard counts as done."""
    judge = Referees(expected=DONE_BEFORE)
    async with (
        Playground(port=0, on_request=judge) as playground,
        running_bot(tmp_path, playground=playground) as bot,
    ):
        await bot.give_face()
        await bot.say("/traits")
        traits = await bot.answer("🧬")
        for method in ("answerCallbackQuery", "editMessageText"):
            playground.faults.add(method, fault, MOMENTS)
        await bot.press(traits, "traits:open:")
        await bot.until(lambda: answered(judge, "answerCallbackQuery"), "an answer")
        shown = playground.world.message(ANN, traits["message_id"]) or {}
        assert any(data.startswith("traits:set:") for data in buttons(shown))
        await bot.say("/help")
        await bot.answer("/generate")
        assert said(bot, "number") + said(bot, "didn't answer") == []
    assert not judge.refusals


@pytest.mark.parametrize(
    ("fault", "times"), [(DropAfter(), 1), (DropBefore(), 0), (BadGateway(), 0)]
)
async def test_a_message_is_never_sent_twice(bot: RunningBot, fault: Fault, times: int) -> None:
    """Nobody knows whether it arrived: the person is told, and may ask again."""
    bot.playground.faults.add("sendMessage", fault)
    await bot.say("/queue")
    await bot.answer("let me down")
    assert len(said(bot, NOTHING_WAITS)) == times
    assert said(bot, "number") == []


UNSENT = [httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError]
"""How httpx says that no connection to Telegram was made."""

DOUBTFUL = [httpx.ReadError, httpx.ReadTimeout, httpx.WriteTimeout, httpx.RemoteProtocolError]
"""How it says that a connection failed which may have carried the request."""


class Failing(httpx.AsyncBaseTransport):
    """A network that fails so often, then has an answer."""

    def __init__(self, error: type[httpx.RequestError], times: int) -> None:
        self.left, self.tries = times, 0
        self._error = error

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.tries += 1
        if self.left:
            self.left -= 1
            raise self._error("no", request=request)
        return httpx.Response(200, json={"ok": True, "result": {}})


@pytest.mark.parametrize("error", UNSENT)
async def test_a_message_that_never_left_is_sent_again(error: type[httpx.RequestError]) -> None:
    """It can't have arrived; who waits for it notices nothing."""
    network = Failing(error, MOMENTS)
    async with PatientRequest(httpx_kwargs={"transport": network}) as request:
        await request.post("http://telegram/bot1:x/sendMessage")
    assert network.tries == MOMENTS + 1


@pytest.mark.parametrize("error", UNSENT)
async def test_what_never_leaves_is_given_up(error: type[httpx.RequestError]) -> None:
    """A person's patience has an end; nobody is told that it may have arrived."""
    network = Failing(error, FOR_LONG)
    async with PatientRequest(httpx_kwargs={"transport": network}) as request:
        with pytest.raises(NetworkError) as failure:
            await request.post("http://telegram/bot1:x/sendMessage")
    assert network.tries == len(WAITS_S) + 1
    assert meaning_of(failure.value) == Passes()


@pytest.mark.parametrize("error", DOUBTFUL)
async def test_a_message_that_may_have_arrived_is_not(error: type[httpx.RequestError]) -> None:
    """It would come twice; what may be asked twice is asked again."""
    network = Failing(error, MOMENTS)
    async with PatientRequest(httpx_kwargs={"transport": network}) as request:
        with pytest.raises(NetworkError):
            await request.post("http://telegram/bot1:x/sendMessage")
        assert network.tries == 1
        await request.post("http://telegram/bot1:x/getFile")
    assert network.tries == MOMENTS + 1


async def test_a_proxy_that_hangs_up_costs_no_message(new_bot: RunningBot) -> None:
    """One of SOCKS, before it has led anywhere."""
    telegram = new_bot.playground
    await new_bot.say("/queue")
    await new_bot.answer("Nothing is waiting")
    async with Proxy("socks5", telegram.url).running() as proxy:
        proxy.broken = MOMENTS
        async with PatientRequest(proxy=proxy.url) as request:
            bot = Bot(telegram.token, f"{telegram.url}/bot", request=request)
            await bot.send_message(ANN, "once")
        assert proxy.visits == MOMENTS + 1
    assert said(new_bot, "once") == ["once"]


async def test_telegram_fails_for_long(new_bot: RunningBot) -> None:
    """The person is told to come again, in words and without a number."""
    new_bot.playground.faults.add(DOWNLOAD, BadGateway(), FOR_LONG)
    await new_bot.photo(astronaut(), caption="/register")
    await new_bot.answer("let me down")
    assert said(new_bot, "number") == []


async def test_files_of_a_local_server(tmp_path: Path, new_bot: RunningBot) -> None:
    """A Bot API server with --local names files by their path; one that can be read is read."""
    file = tmp_path / "file_0.jpg"
    file.write_bytes(astronaut())
    new_bot.playground.faults.add("getFile", NamedByPath(str(file)))
    await new_bot.register()


@pytest.mark.parametrize(
    ("path", "folder"),
    [
        ("/var/lib/telegram-bot-api/{token}/photos/file_0.jpg", "in /var/lib/telegram-bot-api,"),
        ("C:\\bot api\\{token}\\photos\\file_0.jpg", "in C:\\bot api,"),
        ("{folder}/file_0.jpg", "in {folder},"),
        ("{folder}", "in {parent},"),
    ],
)
async def test_files_that_only_the_server_can_read(
    tmp_path: Path, new_bot: RunningBot, path: str, folder: str
) -> None:
    """The person is told so; the owner is told what to do, once, without the token in the path."""
    place = {"folder": tmp_path / "api", "parent": tmp_path, "token": new_bot.playground.token}
    (tmp_path / "api").mkdir()
    await new_bot.allow(VERA)
    new_bot.playground.faults.add("getFile", NamedByPath(path.format(**place)), 2)
    for _ in range(2):
        await new_bot.photo(astronaut(), person=VERA, caption="/register")
        await new_bot.answer("Не могу добраться", VERA)
    alert = words_of(await new_bot.answer("--local"))
    assert folder.format(**place) in alert
    assert new_bot.playground.token not in alert
    assert len(said(new_bot, "--local")) == 1
    assert said(new_bot, "номер", VERA) == []
