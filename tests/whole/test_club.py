"""The bot and machines that are processes of their own: what one of them suffers, nobody reads."""

import contextlib
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import text

from db import Database
from db.machines import machine, room, sweeper
from generation.modes import Mode
from handlers.delivery import status_board
from tests.support.club import Machine, machines_settings
from tests.support.one_machine import Gate
from tests.support.roles import Roles
from tests.support.running_bot import ANN, VERA, RunningBot, running_bot
from tests.support.scripted_generator import ScriptedGenerator, colour

BEAT_S = 0.2
LOST_S = 3.0
"""Seconds: machines of these tests give a sign of life every fifth of one."""


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status_board, "PAUSE_PRIVATE_S", 0.05)
    monkeypatch.setattr(room, "HEARTBEAT_S", BEAT_S)
    for module in (machine, sweeper):
        monkeypatch.setattr(module, "LOST_S", LOST_S)


class Household:
    """A bot, and the machines that draw for it."""

    def __init__(self, folder: Path, database: Database) -> None:
        self._folder = folder
        self._database = database
        self.url = database.engine.url.render_as_string(hide_password=False)
        self.roles = Roles(self.url)

    def bot(self, **settings: Any) -> contextlib.AbstractAsyncContextManager[RunningBot]:  # noqa: ANN401
        return running_bot(self._folder / "bot", database_url=self.url, **settings)

    @contextlib.asynccontextmanager
    async def machines(self, *names: str, **settings: object) -> AsyncIterator[list[Machine]]:
        """Run machines of these names, which are started again whatever ends them."""
        async with contextlib.AsyncExitStack() as stack:
            yield [
                await stack.enter_async_context(self._machine(name, settings).running())
                for name in names
            ]

    def _machine(self, name: str, settings: dict[str, object]) -> Machine:
        return Machine(machines_settings(name, self._folder, self.roles.url(name), settings))

    def ask(self, question: str) -> list[Any]:
        with self._database.reading() as session:
            return [tuple(row) for row in session.execute(text(question))]

    def colours(self, job_id: int) -> list[tuple[int, ...]]:
        """Give the colours of the album's files."""
        folder = self._folder / "bot" / "albums" / str(job_id)
        pictures = [Image.open(folder / f"{number}.png") for number in range(1, 7)]
        return [picture.convert("RGB").getpixel((0, 0)) for picture in pictures]  # type: ignore[misc]


@pytest.fixture
def household(tmp_path: Path, database: Database) -> Iterator[Household]:
    household = Household(tmp_path, database)
    yield household
    household.roles.close()


async def test_a_killed_machines_album_is_drawn_by_another(
    household: Household, tmp_path: Path
) -> None:
    """Whole and by one hand: nothing of the first attempt is in it, or left."""
    gate = Gate(tmp_path / "gate")
    async with (
        household.bot(workers=0) as bot,
        household.machines("one", "two", GATE=gate, GATE_FROM=1) as machines,
    ):
        await bot.give_face()
        await bot.say("/generate a knight")
        await bot.answer("Picture 2 of 6")
        ((job_id, name, seed, mode),) = household.ask("SELECT id, machine, seed, mode FROM jobs")
        machines[("one", "two").index(name)].send(signal.SIGKILL)
        gate.open()
        await bot.album()
        await bot.answer("Tap a number")
    drawn = [colour("a knight", seed + number, Mode(**mode)) for number in range(6)]
    assert household.colours(job_id) == drawn
    assert household.ask("SELECT crashes FROM jobs") == [(1,)]
    assert household.ask("SELECT 1 FROM drawn_pictures") == []
    assert household.ask("SELECT 1 FROM procrastinate_jobs") == []


async def test_a_job_that_kills_machines_is_given_up(household: Household) -> None:
    """After two; its person and the owner are told, and the machines draw the next one."""
    async with household.bot(workers=0) as bot, household.machines("one", "two", DIES_AT="poison"):
        await bot.give_face()
        await bot.say("/generate poison")
        await bot.answer("Two computers fell silent while they drew album 1")
        await bot.until(lambda: household.ask("SELECT 1 FROM jobs WHERE state = 'failed' AND told"))
        await bot.say("/generate a knight")
        await bot.album()
    assert household.ask("SELECT state, crashes FROM jobs ORDER BY id") == [
        ("failed", 2),
        ("delivered", 0),
    ]


async def test_everybodys_first_album_comes_before_anybodys_second(household: Household) -> None:
    """Two machines and the bot's own worker draw from one line.

    Those who begin at the same moment may write so in any order: three at once are two places.
    """
    people = (ANN, VERA)
    generator = ScriptedGenerator()
    async with household.bot(generator=generator, waiting_per_person=4) as bot:
        await bot.allow(VERA)
        generator.hold()
        for person in people:
            await bot.give_face(person)
            for words in ("a knight", "a queen", "a pirate", "a king"):
                await bot.say(f"/generate {words}", person)
        await bot.until(lambda: len(household.ask("SELECT id FROM jobs")) == 8)
        async with household.machines("one", "two", STEP_S=0.005):
            await bot.until(lambda: household.ask("SELECT 1 FROM jobs WHERE machine IS NOT NULL"))
            generator.release()
            await bot.until(lambda: sum(len(bot.albums(person)) for person in people) == 48)
    order = household.ask("SELECT turn, machine FROM jobs ORDER BY claimed")
    fair = [0, 0, 1, 1, 2, 2, 3, 3]
    for place, (turn, _) in enumerate(order):
        assert turn in fair[max(place - 2, 0) : place + 3], order
    assert {name for _, name in order} > {None}
