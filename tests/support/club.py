"""A club: eight people, a bot that draws nothing itself, and machines that draw for it."""

import asyncio
import contextlib
import os
import signal
from asyncio.subprocess import PIPE
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import psycopg
from PIL import Image

from db import Characters, Database, Decision, GuestList
from generation.modes import Mode
from playground import Playground
from tests.support.five_people import STANDS, FivePeople
from tests.support.postgres import Postgres
from tests.support.python_process import PythonProcess, fork
from tests.support.roles import Roles
from tests.support.running_bot import ANN, astronaut_as_found
from tests.support.scripted_generator import colour

STOPPED = (0, 2)
"""The exit codes after which systemd and launchd leave a machine alone."""

RESTART_S = 0.5
"""Seconds until they start one again."""


class Club(FivePeople):
    people = (ANN, *range(102, 109))

    def __init__(self, data: Path, playground: Playground, postgres: Postgres) -> None:
        super().__init__(data / "bot", playground)
        self.postgres = postgres
        self.url = postgres.url()
        self._roles = Roles(self.url)
        self._machines = data

    def bot(self, **more: object) -> contextlib.AbstractAsyncContextManager[PythonProcess]:
        """Run the bot on Postgres, without workers of its own; `more` are settings."""
        return super().bot(DATABASE_URL=self.url, WORKERS=0, **more)

    async def register_all(self) -> None:
        """Let everybody in, with a face: what a photo goes through is not what a club is about."""
        database = Database(self.url)
        characters, guests = Characters(database), GuestList(database)
        for person in self.people:
            if str(person) not in self._playground.world.chats.people:
                self._playground.world.add_person(person, f"P{person}", language_code="en")
            await guests.decide(person, Decision.ALLOW)
            await characters.add_new(person, [astronaut_as_found()], f"P{person}")
        database.close()

    def machine(self, name: str, **settings: object) -> "Machine":
        return Machine(machines_settings(name, self._machines, self._roles.url(name), settings))

    async def begun(self, jobs: int) -> None:
        """Wait until a machine has begun so many jobs."""
        question = "SELECT count(*) FROM jobs WHERE claimed IS NOT NULL"

        def are() -> bool:
            with contextlib.suppress(psycopg.OperationalError):  # the server is started again
                return bool(self.ask_database(question)[0][0] >= jobs)
            return False

        await self.until(are)

    def mixed(self) -> list[int]:
        """Give the delivered jobs with a picture that is missing, or another's: none should be."""
        rows = self.ask_database(
            "SELECT id, words, seed, count, mode FROM jobs WHERE state = 'delivered'"
        )
        return [job_id for job_id, *drawn in rows if not self._is_whole(job_id, *drawn)]

    def ask_database(self, question: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url.replace("+psycopg", "")) as connection:
            return connection.execute(question.encode()).fetchall()

    def _rows(self) -> list[tuple[str, str]]:
        return [(str(words), str(state)) for words, state in self.ask_database(STANDS)]

    def _is_whole(
        self, job_id: int, words: str, seed: int, count: int, mode: dict[str, Any]
    ) -> bool:
        """Compare the pictures' colours with those that the script gives to this request."""
        folder = self._data / "albums" / str(job_id)
        for number in range(count):
            with contextlib.suppress(OSError), Image.open(folder / f"{number + 1}.png") as picture:
                drawn = picture.convert("RGB").getpixel((0, 0))
                if drawn == colour(words, seed + number, Mode(**mode)):
                    continue
            return False
        return len(list(folder.glob("*.png"))) == count


def machines_settings(
    name: str, folder: Path, url: str, more: Mapping[str, object]
) -> dict[str, str]:
    """Give the environment of a machine's process; `more` has settings of the test's own."""
    own = {"DATA_DIR": folder / name, "DATABASE_URL": url, "MACHINE": name}
    usual = {"MODEL": "pocket", "LC_ALL": "C.UTF-8"}
    return {key: str(value) for key, value in (usual | own | dict(more)).items()}


class Machine:
    """A computer that draws. Whatever ends it, it is started again, as a service is."""

    def __init__(self, settings: dict[str, str]) -> None:
        self._settings = settings
        self._process: PythonProcess | None = None
        self._over = False
        self.exits: Counter[int] = Counter()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["Machine"]:
        """Run it until the end of the block; SIGTERM must end it with 0, or it was killed."""
        service = asyncio.create_task(self._serve())
        try:
            yield self
        finally:
            self._over = True
            self.send(signal.SIGCONT)
            while not service.done():  # the signal may come between two processes
                self.send(signal.SIGTERM)
                await asyncio.wait({service}, timeout=RESTART_S)
            await service

    def send(self, number: signal.Signals) -> None:
        """Send the process a signal, if there is one."""
        if self._process:
            self._process.send_signal(number)

    async def _serve(self) -> None:
        program = ("-m", "tests.support.scripted_worker")
        while True:
            self._process = await fork(*program, env=os.environ | self._settings, stderr=PIPE)
            _, errors = await self._process.communicate()
            code = self._process.returncode or 0
            self.exits[code] += 1
            if code == 1:
                raise AssertionError(f"a machine broke off: {errors.decode()}")
            if code in STOPPED or self._over:
                return  # the signal may have come before the process could hear it
            await asyncio.sleep(RESTART_S)
