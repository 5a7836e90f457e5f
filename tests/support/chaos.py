"""Bad luck for a club: what happens to it is drawn by lot, and its albums must not suffer."""

import asyncio
import contextlib
import signal
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from playground import Playground
from tests.support.club import Club, Machine
from tests.support.postgres import Postgres

if TYPE_CHECKING:
    from tests.support.python_process import PythonProcess


HEARD_S = 20
"""Seconds after which the bot, started again, has heard everything that it will hear."""


@dataclass(frozen=True)
class Luck:
    """How often what happens. `asleep` is how long a machine sleeps, in seconds."""

    machines: int
    jobs: int
    killed: int
    sleeps: int
    postgres_restarts: int
    bot_killed: int
    asleep: float
    pause: float | None
    """Most seconds between two of them; None: each comes when another job was begun."""
    step_s: float
    """Seconds of a denoising step."""

    def drawn(self, random: Random) -> list[str]:
        """Give all that happens, in an order drawn by lot."""
        happens = [
            *["a machine was killed"] * self.killed,
            *["a machine slept"] * self.sleeps,
            *["Postgres was restarted"] * self.postgres_restarts,
            *["the bot was killed"] * self.bot_killed,
        ]
        random.shuffle(happens)
        return happens


@dataclass(frozen=True)
class Outcome:
    fates: Counter[str]
    mixed: list[int]
    left: int
    """Pictures that stayed in the database."""
    asked_again: int
    exits: Counter[int]
    """How the machines' processes ended."""

    def check(self, jobs: int) -> None:
        """Raise AssertionError unless each album was delivered once or asked about."""
        assert self.fates.total() == jobs
        assert set(self.fates) <= {"delivered once", "asked about", "failure told"}, self.fates
        failed = self.fates["failure told"]
        assert failed <= jobs // 10, "a job fails after two machines, and that is rare"
        assert not self.mixed, f"albums with another's pictures: {self.mixed}"
        assert self.left == 0


class Service:
    """The bot, started again whenever it was killed."""

    def __init__(self, club: Club) -> None:
        self._club = club
        self._process: PythonProcess | None = None
        self._over = False

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["Service"]:
        serving = asyncio.create_task(self._serve())
        try:
            yield self
        finally:
            self._over = True
            if self._process:
                self._process.send_signal(signal.SIGTERM)
            await serving

    def kill(self) -> None:
        if self._process:
            self._process.kill()

    async def _serve(self) -> None:
        while not self._over:
            async with self._club.bot() as process:
                self._process = process
                await process.wait()


async def chaos(data: Path, postgres: Postgres, luck: Luck, random: Random) -> Outcome:
    """Let the club ask for its albums while all this happens, and wait until all are answered."""
    async with contextlib.AsyncExitStack() as stack:
        playground = await stack.enter_async_context(Playground(port=0))
        club = Club(data, playground, postgres)
        await club.register_all()
        names = [f"machine-{number}" for number in range(1, luck.machines + 1)]
        machines = [
            await stack.enter_async_context(club.machine(name, STEP_S=luck.step_s).running())
            for name in names
        ]
        bot = await stack.enter_async_context(Service(club).running())
        happens = luck.drawn(random)
        asked_again = 0
        for number, what in enumerate(happens):
            while len(club.commands) < luck.jobs * (number + 1) // len(happens):
                await club.ask(len(club.commands))
            if luck.pause is None:
                await club.begun(number + 1)
            else:
                await asyncio.sleep(random.uniform(0, luck.pause))
            await _happen(what, club, machines, bot, luck, random)
        await _awake(machines)
        while await _unheard_for_a_while(club):
            asked, _ = await club.ask_again()
            asked_again += asked
        await club.answered()
    return Outcome(
        fates=club.fates(),
        mixed=club.mixed(),
        left=len(club.ask_database("SELECT 1 FROM drawn_pictures")),
        asked_again=asked_again,
        exits=sum((machine.exits for machine in machines), Counter()),
    )


async def _happen(
    what: str, club: Club, machines: Sequence[Machine], bot: Service, luck: Luck, random: Random
) -> None:
    machine = random.choice(machines)
    if what == "a machine was killed":
        machine.send(signal.SIGKILL)
    elif what == "a machine slept":
        machine.send(signal.SIGSTOP)
        asyncio.get_running_loop().call_later(luck.asleep, machine.send, signal.SIGCONT)
    elif what == "Postgres was restarted":
        await asyncio.to_thread(club.postgres.stop)
        await asyncio.to_thread(club.postgres.start)
    else:
        bot.kill()


async def _unheard_for_a_while(club: Club) -> set[int]:
    """Give the commands over which the bot was killed before it took them down: they stay unheard.

    What it has taken from Telegram is a moment later a job.
    """
    unheard = club.unheard()
    for _ in range(HEARD_S):
        if not unheard:
            break
        await asyncio.sleep(1)
        unheard &= club.unheard()
    return unheard


async def _awake(machines: Sequence[Machine]) -> None:
    for machine in machines:
        machine.send(signal.SIGCONT)
