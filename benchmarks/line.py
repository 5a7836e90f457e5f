"""How fast the queue is: `python -m benchmarks.line`.

1,000 jobs of 100 people wait; a claim, a place in the line and the way of a job into it are timed
one by one, first in a young database and then in one with 100,000 finished jobs.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import insert

from db import Albums, Characters, Database, DatabaseLine, JobQueue, Limits, Ticket
from db.tables import JobRow
from generation.character import Character, Traits
from generation.presets import Preset
from generation.request import GenerationRequest

PEOPLE, WAITING, FINISHED = 100, 1000, 100_000
TIMED = 200
TARGET_MS = 5
T = TypeVar("T")
FAST = Preset("FAST", 12, 6.5, 0.5)


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'bot.db'}")
        database.upgrade()
        line = DatabaseLine(database, Limits(a_person=WAITING, in_all=2 * WAITING))
        queue = JobQueue(database, Albums(Path(folder) / "albums"))
        characters = Characters(database)
        for person in range(1, PEOPLE + 1):
            (face,) = await characters.offer(person, [b"x" * 100_000])
            await characters.take(person, face, "P")
        for number in range(WAITING):
            await _join(line, number)
        print(
            f"{WAITING} jobs of {PEOPLE} people wait; medians of {TIMED}, ms (target {TARGET_MS})"
        )
        print(f"{'finished jobs':>14}{'claim':>10}{'place':>10}{'join':>10}")
        young = await _row(line, queue, 0)
        _finish(database, FINISHED)
        old = await _row(line, queue, FINISHED)
        ratios = "".join(f"{b / a:>10.2f}" for a, b in zip(young, old, strict=True))
        print(f"{'ratio':>14}{ratios}")
        database.close()


async def _row(line: DatabaseLine, queue: JobQueue, finished: int) -> list[float]:
    claims, places, joins = [], [], []
    for number in range(TIMED):
        job, seconds = _timed(queue.claim)
        assert job  # noqa: S101 - the line was filled just now
        claims.append(seconds)
        began = time.perf_counter()
        await line.place(job.id + WAITING // 2)
        places.append(time.perf_counter() - began)
        queue.finish(job.id, 1.0)
        began = time.perf_counter()
        await _join(line, number)
        joins.append(time.perf_counter() - began)
    medians = [1000 * statistics.median(times) for times in (claims, places, joins)]
    print(f"{finished:>14}" + "".join(f"{median:>10.2f}" for median in medians), flush=True)
    return medians


def _timed(call: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    answer = call()
    return answer, time.perf_counter() - began


async def _join(line: DatabaseLine, number: int) -> None:
    person = number % PEOPLE + 1
    request = GenerationRequest(Character("P", b"", Traits()), "a knight", FAST, number)
    await line.join(request, Ticket(person, person, None, number, "en"), owner=False)


def _finish(database: Database, count: int) -> None:
    """Add finished jobs, as years of use would."""
    with database.session() as session, session.begin():
        like = session.query(JobRow).first()
        assert like  # noqa: S101 - the line was filled just now
        row = {
            "state": "delivered", "told": True, "turn": 0, "crashes": 0, "cancel_wanted": False,
            "seconds": 1.0, "drawn_by": "", "person_id": 1, "chat_id": 1, "message_id": 1,
            "language": "en", "face_id": like.face_id, "name": "P", "traits": {}, "words": "x",
            "preset": {}, "mode": "FAST", "steps": 12, "seed": 1, "near": [], "count": 6,
        }  # fmt: skip
        session.execute(
            insert(JobRow), [{**row, "person_id": k % PEOPLE + 1} for k in range(count)]
        )


if __name__ == "__main__":
    asyncio.run(main())
