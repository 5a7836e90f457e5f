"""How fast the queue is: `python -m benchmarks.line`, or `... --postgres`.

The latter on a Postgres that it starts, whose commits are on the disk as SQLite's are in its log.
1,000 jobs of 100 people wait. Claims, positions in the queue and admissions of jobs are timed one
by one, first in a young database and then in one with 100,000 finished jobs.
"""

import asyncio
import contextlib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import insert

from db import Admission, Albums, Characters, Database, Limits, Ticket, WaitEstimates, WorkerQueue
from db.tables import JobRow
from generation.faces.face import Face
from generation.modes import MODES
from generation.request import AlbumOrder
from tests.support.postgres import postgres

PEOPLE, WAITING, FINISHED = 100, 1000, 100_000
AT_ONCE = 10_000
"""Rows in one transaction."""

TIMED = 200
"""Number of times that each thing is timed."""

TARGET_MS = 5
"""Most milliseconds that each thing should take."""

T = TypeVar("T")
FAST = MODES["FAST"]


async def main(*, on_postgres: bool) -> None:
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        url = f"sqlite:///{Path(folder) / 'bot.db'}"
        if on_postgres:
            url = stack.enter_context(postgres(durable=True)).empty_url()
        database = Database(url)
        database.upgrade()
        admission = Admission(
            database, Limits(per_person=WAITING, in_all=2 * WAITING, per_day=None)
        )
        waits = WaitEstimates(database)
        queue = WorkerQueue(database, Albums(Path(folder) / "albums"))
        characters = Characters(database)
        for person in range(1, PEOPLE + 1):
            (face,) = await characters.offer(person, [Face(b"x" * 100_000, 200, 0.9)])
            await characters.add(person, [face.id], "P")
        for number in range(WAITING):
            await enqueue(admission, number)
        print(
            f"{WAITING} jobs of {PEOPLE} people wait; medians of {TIMED}, ms (target {TARGET_MS})"
        )
        print(f"{'finished jobs':>14}{'claim':>10}{'position':>10}{'enqueue':>10}")
        young = await _print_row(admission, waits, queue, 0)
        add_finished(database, FINISHED)
        old = await _print_row(admission, waits, queue, FINISHED)
        ratios = "".join(f"{b / a:>10.2f}" for a, b in zip(young, old, strict=True))
        print(f"{'ratio':>14}{ratios}")
        database.close()


async def _print_row(
    admission: Admission, waits: WaitEstimates, queue: WorkerQueue, finished: int
) -> list[float]:
    claims, positions, admissions = [], [], []
    for number in range(TIMED):
        job, seconds = _time(queue.claim)
        assert job  # noqa: S101 - jobs are waiting
        claims.append(seconds)
        began = time.perf_counter()
        await waits.position(job.id + WAITING // 2)
        positions.append(time.perf_counter() - began)
        queue.finish(job.id, 1.0)
        began = time.perf_counter()
        await enqueue(admission, number)
        admissions.append(time.perf_counter() - began)
    medians = [1000 * statistics.median(times) for times in (claims, positions, admissions)]
    print(f"{finished:>14}" + "".join(f"{median:>10.2f}" for median in medians), flush=True)
    return medians


def _time(call: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    answer = call()
    return answer, time.perf_counter() - began


async def enqueue(admission: Admission, number: int) -> None:
    person = number % PEOPLE + 1
    order = AlbumOrder("a knight", FAST, number)
    await admission.enqueue(order, Ticket(person, person, None, number, "en"), owner=False)


def add_finished(database: Database, count: int) -> None:
    """Add finished jobs, as years of use would."""
    row = {
        "state": "delivered", "told": True, "turn": 0, "crashes": 0, "cancel_wanted": False,
        "seconds": 1.0, "timing_key": "", "person_id": 1, "chat_id": 1, "message_id": 1,
        "language": "en", "name": "P", "traits": {}, "words": "x",
        "mode": {}, "mode_name": "FAST", "steps": 12, "seed": 1, "near": [], "count": 6,
        "pictures": [],
    }  # fmt: skip
    rows = [{**row, "person_id": number % PEOPLE + 1} for number in range(count)]
    for begin in range(0, count, AT_ONCE):  # a server ends a transaction that takes too long
        with database.session() as session, session.begin():
            session.execute(insert(JobRow), rows[begin : begin + AT_ONCE])


if __name__ == "__main__":
    asyncio.run(main(on_postgres="--postgres" in sys.argv))
