"""What the bot's owner is told of the machine, and of what went wrong."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from db import Albums, Database, Jobs, Users
from handlers.core.accidents import Accident, Accidents
from handlers.delivery import owner_alerts
from handlers.delivery.owner_alerts import ACCIDENT_PAUSE_S, OwnerAlerts
from handlers.telegram.connection import connect
from handlers.telegram.telegram_time import TelegramTime
from handlers.texts import Texts
from playground import Forbidden, Playground, Refused
from tests.support.records import put_database
from tests.support.running_bot import ANN, VERA, RunningBot, running_bot, words_of
from tests.support.scripted_generator import ScriptedGenerator

TOLD = "has been told to try again"
UNEXPECTED = "Something unexpected went wrong"


async def test_half_precision_that_is_given_up_is_told_once(bot: RunningBot) -> None:
    """To the owner alone, however many albums are drawn after it."""
    bot.generator.half_precision_given_up = True
    for words in ("a knight", "a queen"):
        await bot.say(f"/generate {words}")
        await bot.album()
        await bot.answer("Tap a number")
    said = map(words_of, bot.playground.world.messages(ANN))
    assert sum("loses pictures in half precision" in words for words in said) == 1


def alerted(playground: Playground) -> list[str]:
    mine = (m for m in playground.world.messages(ANN) if m["from"]["is_bot"])
    return [words_of(message) for message in mine]


class Clock:
    """Stands still until a test moves it."""

    seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """Telegram, where Ann has opened the bot's chat."""
    async with Playground(port=0) as playground:
        await playground.send_text(ANN, ANN, "/start")
        yield playground


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def alerts(
    tmp_path: Path, playground: Playground, clock: Clock
) -> AsyncIterator[OwnerAlerts]:
    """The alerts of a bot that Ann owns."""
    database = Database(f"sqlite:///{put_database(tmp_path)}")
    users = Users(database)
    await users.replace_owner(ANN)
    bot = connect(SecretStr(playground.token), playground.url, None, TelegramTime())
    async with bot:
        yield OwnerAlerts(bot, users, Jobs(database, Albums(tmp_path / "albums")), Texts(), clock)
    database.close()


def accident() -> Accident:
    accidents = Accidents()
    accidents.handle(
        logging.LogRecord("bot", logging.ERROR, "", 1, "", (), (ValueError, ValueError(), None))
    )
    return accidents.last[0]


async def test_an_accident_that_the_owner_could_not_be_told_of_is_counted(
    alerts: OwnerAlerts, playground: Playground, clock: Clock
) -> None:
    """The next alert says how many there were since the last one that came."""
    playground.faults.add("sendMessage", Forbidden(), 2)
    for _ in range(2):
        for _ in range(3):
            await alerts.accident(accident())
        clock.seconds += ACCIDENT_PAUSE_S
    assert alerted(playground) == []
    await alerts.accident(accident())
    assert len(alerted(playground)) == 1
    assert "6 more happened since" in alerted(playground)[0]
    clock.seconds += ACCIDENT_PAUSE_S
    await alerts.accident(accident())
    assert "more happened" not in alerted(playground)[1]


async def test_a_model_that_the_owner_could_not_be_told_of_is_told_again(
    alerts: OwnerAlerts, playground: Playground
) -> None:
    """Once it is known, not again."""
    playground.faults.add("sendMessage", Forbidden())
    for _ in range(3):
        await alerts.only_indecent("pocket")
    assert len(alerted(playground)) == 1


async def test_who_was_told_to_try_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The owner reads of it where it is so: not of work that nobody waits for."""
    monkeypatch.setattr(owner_alerts, "ACCIDENT_PAUSE_S", 0.0)
    generator = ScriptedGenerator()
    async with running_bot(tmp_path, generator=generator) as bot:
        await bot.allow(VERA)
        await bot.give_face(VERA)
        await bot.say("/queue")
        await bot.answer("Nothing is waiting")
        logging.getLogger("commands").error("The sweeping broke off", exc_info=ValueError("x"))
        assert TOLD not in words_of(await bot.answer(UNEXPECTED))
        await bot.say("/queue")
        generator.error = ValueError("x")
        await bot.say("/generate a knight", VERA)
        await bot.answer("сообщите хозяину этот номер", VERA)
        assert TOLD in words_of(await bot.answer(UNEXPECTED))
        await bot.say("/queue")
        bot.playground.faults.add("sendMessage", Refused("a new word"), chat_id=VERA)
        await bot.say("/preset", VERA)
        await bot.answer("сообщите хозяину этот номер", VERA)
        assert TOLD in words_of(await bot.answer(UNEXPECTED))
        await bot.say("/queue")
        bot.playground.faults.add("sendMessage", Refused("a new word"), 2, chat_id=VERA)
        await bot.say("/preset", VERA)
        assert TOLD not in words_of(await bot.answer(UNEXPECTED))
