"""The database's parts, and people with a face in it."""

import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from db import (
    Admission,
    Albums,
    Characters,
    Database,
    Jobs,
    Limits,
    State,
    Ticket,
    Users,
    WaitEstimates,
    WorkerQueue,
)
from generation.faces.face import Face
from generation.modes import MODES
from generation.request import AlbumOrder

FAST = MODES["FAST"]
LIMITS = Limits(per_person=3, in_all=200, per_day=None)


def put_database(folder: Path) -> Path:
    """Put an empty database, up to date, into the folder unless one is there; give its file."""
    file = folder / "bot.db"
    if not file.exists():
        folder.mkdir(exist_ok=True)
        file.write_bytes(_empty_database())
    return file


@cache
def _empty_database() -> bytes:
    """Migrate a database once for all tests: it takes longer than most of them."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "bot.db")
        database = Database(f"sqlite:///{file}")
        database.upgrade()
        database.close()
        return file.read_bytes()


@dataclass(frozen=True)
class Records:
    database: Database
    jobs: Jobs
    admission: Admission
    waits: WaitEstimates
    queue: WorkerQueue
    albums: Albums
    users: Users
    characters: Characters

    async def register(self, person: int, face: bytes = b"a face") -> None:
        (offered,) = await self.characters.offer(person, [Face(face, 200, 0.9)])
        await self.characters.begin_anew(person, offered.id, "Ann")

    async def enqueue(self, person: int = 1, words: str = "a knight") -> int:
        """Accept a job; give its id."""
        order = AlbumOrder(words, FAST, seed=7)
        ticket = Ticket(person, chat_id=person, thread_id=None, message_id=5, language="en")
        return (await self.admission.enqueue(order, ticket, owner=False)).id

    async def state(self, job_id: int) -> State:
        job = await self.jobs.get(job_id)
        assert job is not None
        return job.state


def records_of(database: Database, folder: Path) -> Records:
    """Give the parts of a database, with albums in the folder."""
    albums = Albums(folder / "albums")
    return Records(
        database,
        Jobs(database, albums),
        Admission(database, LIMITS),
        WaitEstimates(database),
        WorkerQueue(database, albums),
        albums,
        Users(database),
        Characters(database),
    )
