"""How fast machines get their jobs: `python -m benchmarks.claims`, about two minutes.

A Postgres of its own is started. 1,000 jobs of 100 people wait, and 100,000 are finished. A machine
with a role of its own fetches jobs by the engine and begins them, tells progress that a listener
hears, and keeps pictures that are read again. Medians and the 95th percentile are printed, in
milliseconds.
"""

import asyncio
import os
import statistics
import time
from collections.abc import Callable, Sequence
from typing import NoReturn

import psycopg
from procrastinate import App
from procrastinate.jobs import Status
from sqlalchemy import insert, select, text

from benchmarks.line import FINISHED, PEOPLE, TARGET_MS, TIMED, WAITING, add_finished, enqueue
from db import Admission, Characters, Database, Limits
from db.jobs.needs import Needs
from db.machines.engine import connector_to
from db.machines.handover import Handover, Lease
from db.machines.machine import MachineState, Offers
from db.machines.news import encode
from db.machines.paces import Paces
from db.machines.registry import Registry, Report
from db.machines.remote_queue import RemoteQueue
from db.machines.tables import DrawnPictureRow
from db.machines.worker_roles import WorkerRoles
from generation.events import Progress
from generation.faces.face import Face
from tests.support.postgres import postgres

PROGRESS_TARGET_MS = 50
"""Most milliseconds from a machine's step to the bot."""

PICTURE_BYTES = 2_500_000
"""A noisy picture of 1024 pixels, the largest that there is."""

NAME = "machine"

PICTURES = 6
ALBUMS = 10


async def main() -> None:
    with postgres() as server:
        database = Database(server.url())
        admission = Admission(
            database, Limits(per_person=WAITING, in_all=2 * WAITING, per_day=None)
        )
        characters = Characters(database)
        for person in range(1, PEOPLE + 1):
            (face,) = await characters.offer(person, [Face(b"x" * 100_000, 200, 0.9)])
            await characters.add(person, [face.id], "P")
        for number in range(WAITING):
            await enqueue(admission, number)
        print(f"{WAITING} jobs of {PEOPLE} people wait; ms, {TIMED} times each")
        print(f"{'':<34}{'median':>8}{'95 %':>8}{'target':>8}")
        with database.session() as session, session.begin():
            session.execute(text("ANALYZE"))  # as autovacuum does, within a minute
        bots = server.url_of(str(database.engine.url.database))
        machine = _Machine(WorkerRoles(bots).give(NAME))
        async with machine.app.open_async():
            await machine.begin()
            _row("claim, none finished", await machine.claims(), TARGET_MS)
            add_finished(database, FINISHED)
            _row(f"claim, {FINISHED} finished", await machine.claims(), TARGET_MS)
            _row("progress, machine to bot", await machine.progress(), PROGRESS_TARGET_MS)
        kept, read = _pictures(database, machine.last)
        _row(f"{PICTURES} pictures of 2.5 MB kept", kept)
        _row(f"{PICTURES} pictures of 2.5 MB read", read)
        database.close()


class _Machine:
    """The parts of a machine that get a job and tell of it."""

    def __init__(self, url: str) -> None:
        database = Database(url, machine=True)
        self._address = url.replace("+psycopg", "")
        self.app = App(connector=connector_to(self._address))
        self._handover = Handover(asyncio.get_running_loop(), lambda: None)
        self._registry = Registry(database, NAME)
        self._queue = RemoteQueue(database, NAME, self._handover, _timing_key, Paces({}), _lost)
        self._worker_id = 0
        self.last = 0
        """The job that it began last."""

    async def begin(self) -> None:
        self._worker_id = await self.app.job_manager.register_worker()
        report = Report(MachineState.READY, Offers())
        await asyncio.to_thread(self._registry.register, "cpu", report)

    async def claims(self) -> list[float]:
        """Time a job's way from the line to the machine, until it is to be drawn."""
        return [await self._claim() for _ in range(TIMED)]

    async def progress(self) -> list[float]:
        """Time each news from the machine's call until the listener has it."""
        took = []
        async with await psycopg.AsyncConnection.connect(self._address, autocommit=True) as bot:
            await bot.execute(f'LISTEN "{self._registry.channel}"'.encode())
            heard = bot.notifies()  # it keeps the connection until it is closed
            news = encode(Progress(1, 0, 6, 6, 0.5, 10.0))
            for _ in range(TIMED):
                began = time.perf_counter()
                telling = asyncio.create_task(asyncio.to_thread(self._registry.tell, news))
                await anext(heard)
                took.append((time.perf_counter() - began) * 1000)
                await telling
            await heard.aclose()
        return took

    async def _claim(self) -> float:
        began = time.perf_counter()
        job = await self.app.job_manager.fetch_job(queues=[Needs.ALBUM], worker_id=self._worker_id)
        if job is None or job.id is None:
            raise RuntimeError("nothing waits")
        lease = Lease(job.task_kwargs["job_id"], job.id, self._worker_id, job.attempts)
        ended = self._handover.give(lease)
        claimed = await asyncio.to_thread(self._queue.claim)
        took = (time.perf_counter() - began) * 1000
        if claimed is None:
            raise RuntimeError("the job could not be begun")
        self.last = claimed.id
        await asyncio.to_thread(self._queue.finish, claimed.id, 10.0)
        await ended
        await self.app.job_manager.finish_job_by_id_async(
            job_id=job.id, status=Status.SUCCEEDED, delete_job=True
        )
        return took


def _pictures(database: Database, job_id: int) -> tuple[list[float], list[float]]:
    """Time six pictures on their way in, and out."""
    kept, read = [], []
    for _ in range(ALBUMS):
        pictures = [os.urandom(PICTURE_BYTES) for _ in range(PICTURES)]

        def keep(pictures: Sequence[bytes] = pictures) -> None:
            for number, png in enumerate(pictures, start=1):
                with database.session() as session, session.begin():
                    row = {"job_id": job_id, "number": number, "png": png}
                    session.execute(insert(DrawnPictureRow).values(row))

        def take() -> None:
            with database.session() as session, session.begin():
                session.execute(select(DrawnPictureRow.png)).all()

        kept.append(_timed(keep))
        read.append(_timed(take))
        with database.session() as session, session.begin():
            session.execute(text("DELETE FROM drawn_pictures"))
    return kept, read


def _timed(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _row(what: str, took: list[float], target: float | None = None) -> None:
    worst = statistics.quantiles(took, n=20)[-1]
    aim = f"{target:>8g}" if target else ""
    print(f"{what:<34}{statistics.median(took):>8.1f}{worst:>8.1f}{aim}", flush=True)


def _timing_key(model: str) -> str:
    return f"{model} @{NAME}"


def _lost() -> NoReturn:
    raise RuntimeError("the machine lost its job")


if __name__ == "__main__":
    asyncio.run(main())
