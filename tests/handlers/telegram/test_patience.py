"""Telegram fails for a moment: what may be repeated is tried again, and nothing is done twice."""

from pathlib import Path

import pytest

from handlers.telegram.patient_request import DONE_BEFORE
from playground import BadGateway, DropAfter, DropBefore, NamedByPath, Playground, RetryAfter
from playground.faults import DOWNLOAD, Fault
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
