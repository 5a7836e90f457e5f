"""Machines as processes, and the database from which they draw, without a bot."""

import asyncio
import contextlib
import json
import os
import signal
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from db import Admission, Characters, Database, Limits, Ticket
from db.machines.machine import Wanted
from db.machines.news import decode
from generation.events import Event
from generation.faces.face import Face
from generation.modes import MODES
from generation.request import AlbumOrder
from tests.support.club import machines_settings
from tests.support.postgres import Postgres
from tests.support.python_process import PythonProcess, fork
from tests.support.roles import Roles

Row = dict[str, Any]

PATIENCE_S = 120
"""Seconds after which a promise counts as broken, however slow the machine."""

LOOK_S = 0.02
"""Seconds between two looks at the database: nobody tells of every change."""

ANN, BEN = 1, 2

SWEEP = """
WITH back AS (
    UPDATE jobs SET state = 'queued', crashes = crashes + 1
    WHERE id = %s AND state = 'running' RETURNING id, engine_id
), dropped AS (
    DELETE FROM drawn_pictures WHERE job_id IN (SELECT id FROM back)
)
SELECT procrastinate_retry_job_v2(engine_id, NULL, NULL, NULL, NULL) FROM back
"""
"""What the bot does with the job of a machine that gives no signs of life."""


class Gate:
    """While it is shut, machines that are given it make no step further."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.shut()

    def shut(self) -> None:
        self._file.touch()

    def open(self) -> None:
        self._file.unlink()

    def __str__(self) -> str:
        return str(self._file)


class Line:
    """A database with people who ask for albums, as the bot would write it."""

    def __init__(self, postgres: Postgres, folder: Path) -> None:
        self.postgres = postgres
        self.url = postgres.url()
        self._roles = Roles(self.url)
        self._folder = folder
        self._database = Database(self.url)
        self._admission = Admission(self._database, Limits(per_person=99, in_all=99, per_day=None))

    async def register(self) -> None:
        characters = Characters(self._database)
        for person in (ANN, BEN):
            await characters.add_new(person, [Face(b"a face", 200, 0.9)], "Ann")

    def close(self) -> None:
        self._database.close()
        self._roles.close()

    async def order(self, words: str = "a knight", person: int = ANN, count: int = 2) -> int:
        """Accept a job; give its id."""
        order = AlbumOrder(words, MODES["FAST"], seed=7, count=count)
        ticket = Ticket(person, chat_id=person, thread_id=None, message_id=5, language="en")
        return (await self._admission.enqueue(order, ticket, owner=False)).id

    def want(self, wanted: Wanted) -> None:
        """Write down what the bot draws with."""
        value = json.dumps(asdict(wanted))
        self.ask(
            "INSERT INTO choices VALUES ('wanted', %s)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            value,
        )

    def ask(self, statement: str, *values: object) -> list[Row]:
        with psycopg.connect(self._address, row_factory=dict_row) as connection:
            cursor = connection.execute(statement.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def job(self, job_id: int) -> Row:
        (row,) = self.ask("SELECT * FROM jobs WHERE id = %s", job_id)
        return row

    def sweep(self, job_id: int) -> None:
        """Give a job to the next machine, as the bot does when its own gives no signs of life."""
        self.ask(SWEEP, job_id)

    def pictures(self, job_id: int) -> list[bytes]:
        rows = self.ask("SELECT png FROM drawn_pictures WHERE job_id = %s ORDER BY number", job_id)
        return [row["png"] for row in rows]

    def line(self) -> list[Row]:
        """Give what stands in the engine's line."""
        return self.ask("SELECT * FROM procrastinate_jobs ORDER BY id")

    async def until(self, true: Callable[[], object], what: str = "it") -> None:
        """Wait until something holds; while the server is gone, nothing does."""
        try:
            async with asyncio.timeout(PATIENCE_S):
                while True:
                    with contextlib.suppress(psycopg.OperationalError):
                        if true():
                            return
                    await asyncio.sleep(LOOK_S)
        except TimeoutError as error:
            stands = self.ask("SELECT id, state, machine, failure FROM jobs ORDER BY id")
            machines = self.ask("SELECT name, state, trouble, seen FROM machines")
            raise AssertionError(f"no {what}: {stands}, {machines}, {self.line()}") from error

    async def until_state(self, job_id: int, *states: str) -> Row:
        await self.until(lambda: self.job(job_id)["state"] in states, f"{states} of {job_id}")
        return self.job(job_id)

    @contextlib.asynccontextmanager
    async def machine(self, name: str = "mac", **settings: object) -> AsyncIterator["Machine"]:
        """Run a machine, by its own role, until the end of the block or until it ends by itself."""
        machine = Machine(self, name)
        env = os.environ | machines_settings(name, self._folder, self.url_of(name), settings)
        machine.process = await fork("-m", "tests.support.scripted_worker", env=env)
        try:
            yield machine
        finally:
            machine.process.send_signal(signal.SIGCONT)
            machine.process.kill()
            await machine.process.wait()

    @contextlib.asynccontextmanager
    async def news_of(self, name: str = "mac") -> AsyncIterator[list[Event]]:
        """Hear what a machine that is there tells, as the bot does."""
        heard: list[Event] = []
        (row,) = self.ask("SELECT channel FROM machines WHERE name = %s", name)
        connection = await psycopg.AsyncConnection.connect(self._address, autocommit=True)
        await connection.execute(f'LISTEN "{row["channel"]}"'.encode())

        async def hear() -> None:
            async for notify in connection.notifies():
                heard.append(decode(notify.payload))  # noqa: PERF401 - it never ends

        hearing = asyncio.create_task(hear())
        try:
            yield heard
        finally:
            hearing.cancel()
            await asyncio.gather(hearing, return_exceptions=True)
            await connection.close()

    def url_of(self, machine: str) -> str:
        """Give the URL by which a machine connects: its own role's."""
        return self._roles.url(machine)

    @property
    def _address(self) -> str:
        return self.url.replace("+psycopg", "")


class Machine:
    """A computer that draws, as its process and as its row in the database."""

    process: PythonProcess

    def __init__(self, line: Line, name: str) -> None:
        self._line = line
        self._said: list[str] = []
        self.name = name

    @property
    def row(self) -> Row:
        found = self._line.ask("SELECT * FROM machines WHERE name = %s", self.name)
        return found[0] if found else {"state": None, "trouble": None}

    async def until_state(self, *states: str) -> Row:
        """Wait until it says that it is in one of these states; give its row."""
        await self._line.until(lambda: self.row["state"] in states, f"{states} of {self.name}")
        return self.row

    async def until_meets(self, *needs: str) -> None:
        """Wait until it says that it takes jobs from these queues, and no others."""
        await self._line.until(
            lambda: self.row["offers"]["meets"] == list(needs), f"{needs} met by {self.name}"
        )

    async def hears(self) -> None:
        """Wait until it has read the orders of this moment: at the latest at its second beat."""
        seen: set[object] = {self.row["seen"]}

        def beaten_twice() -> bool:
            seen.add(self.row["seen"])
            return len(seen) > 2

        await self._line.until(beaten_twice, "sign of life")

    async def says(self, part: str) -> None:
        """Wait until it says this once more in its terminal, or its log."""
        line = ""
        async with asyncio.timeout(PATIENCE_S):
            while part not in line:
                line = (await self.process.stdout.readline()).decode()  # type: ignore[union-attr]
                assert line, f"it ended: {self._said}"
                self._said.append(line)

    async def ends(self) -> tuple[int, str]:
        """Wait until the process has ended; give its code, and all that it said."""
        output, _ = await asyncio.wait_for(self.process.communicate(), PATIENCE_S)
        return self.process.returncode or 0, "".join(self._said) + output.decode()

    async def stop(self) -> tuple[int, str]:
        self.process.send_signal(signal.SIGTERM)
        return await self.ends()
