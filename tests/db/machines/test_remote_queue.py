"""A machine's queue, beside the bot that cancels and another machine that took over."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any, NoReturn

import psycopg
import pytest
import pytest_asyncio
from PIL import Image
from procrastinate import App
from procrastinate.jobs import Job as EnginesJob
from procrastinate.jobs import Status
from sqlalchemy import event, text

from db import Database
from db.machines.engine import connector_to
from db.machines.handover import Handover, Lease, Verdict
from db.machines.leases import Leases
from db.machines.paces import Paces
from db.machines.remote_queue import RemoteQueue
from generation.request import Job, Picture
from generation.work.queue import JobDamaged, QueueUnwritable
from tests.support.records import Records


class Lost(Exception):  # noqa: N818 - not an error: another has it
    """The machine would end."""


def lost() -> NoReturn:
    raise Lost


PICTURE = Picture(0, 7, Image.new("RGB", (8, 8)))


class Mac:
    """A machine's queue, and what the engine gives it."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.database = Database(records.database.engine.url.render_as_string(), machine=True)
        self.handover = Handover(asyncio.get_running_loop(), lambda: None)
        self.queue = RemoteQueue(self.database, "mac", self.handover, str, Paces({}), lost)
        self.ended: asyncio.Future[Verdict] | None = None

    def fetch(self) -> Lease:
        """Have the engine hand a job over."""
        (worker,) = self.do("SELECT worker_id FROM procrastinate_register_worker_v1()")
        row = self.do(
            "SELECT id, attempts, args FROM procrastinate_fetch_job_v2(NULL, :worker)",
            worker=worker,
        )
        lease = Lease(row[2]["job_id"], row[0], worker, row[1])
        self.ended = self.handover.give(lease)
        return lease

    def do(self, statement: str, **values: object) -> tuple[Any, ...]:
        with self.database.session() as session, session.begin():
            result = session.execute(text(statement), values)
            return tuple(result.one()) if result.returns_rows else ()  # type: ignore[attr-defined]

    def begin(self) -> Job:
        self.fetch()
        job = self.queue.claim()
        assert job is not None
        return job


@pytest_asyncio.fixture
async def mac(records: Records) -> AsyncIterator[Mac]:
    await records.register(1)
    mac = Mac(records)
    yield mac
    mac.database.close()


async def test_cancelling_and_drawing_never_wait_for_each_other(mac: Mac) -> None:
    """In a circle: both lock the job first, and then its place in the engine's line."""
    await mac.records.enqueue()
    job = mac.begin()

    async def cancel() -> None:
        for wanted in [True, False] * 30:
            await asyncio.to_thread(
                mac.do, "UPDATE jobs SET cancel_wanted = :wanted WHERE id = :job",
                wanted=wanted, job=job.id,
            )  # fmt: skip

    async def draw() -> None:
        for _ in range(60):
            await asyncio.to_thread(mac.queue.save_prompts, job.id, [], "pocket")
            await asyncio.to_thread(mac.queue.save_picture, job, PICTURE, "")

    await asyncio.gather(cancel(), draw())
    mac.do("SELECT pg_stat_force_next_flush()")
    (deadlocks,) = mac.do(
        "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
    )
    assert deadlocks == 0


async def test_a_machine_goes_on_when_a_table_is_changed_beside_it(mac: Mac) -> None:
    """The server keeps how it reads a job, which then no longer fits: no job is at fault."""
    await mac.records.enqueue()
    for _ in range(10):
        job = mac.begin()
        mac.queue.put_back(job.id)
        mac.do(
            "SELECT procrastinate_retry_job_v2(id, NULL, NULL, NULL, NULL) FROM procrastinate_jobs"
        )
    change_beside(mac, "ALTER TABLE jobs ALTER COLUMN name TYPE varchar(60)")
    try:
        assert mac.begin() == job
    finally:
        change_beside(mac, "ALTER TABLE jobs ALTER COLUMN name TYPE varchar")


def change_beside(mac: Mac, statement: str) -> None:
    """Change a table by a connection of its own: psycopg forgets a plan when it changes one."""
    with psycopg.connect(mac.database.conninfo) as connection:
        connection.execute(statement.encode())


HAPPENS = {
    "erased": "DELETE FROM jobs",
    "taken away": "UPDATE procrastinate_jobs SET attempts = attempts + 1",
}


@pytest.mark.parametrize("statement", HAPPENS.values(), ids=HAPPENS)
async def test_what_is_erased_just_when_it_was_begun_is_not_drawn(mac: Mac, statement: str) -> None:
    """Nothing of it is there to be drawn; one that was only taken away is found out later."""
    await mac.records.enqueue()
    mac.fetch()
    statements = iter([statement])

    @event.listens_for(mac.database.engine, "after_cursor_execute")
    def happens(*_: object) -> None:
        for happened in statements:
            with mac.records.database.session() as session, session.begin():
                session.execute(text(happened))

    job = mac.queue.claim()
    if "DELETE" in statement:
        assert job is None
        assert mac.handover.lease is None
    else:
        assert job is not None
        with pytest.raises(Lost):
            mac.queue.save_picture(job, PICTURE, "")


WRITES: dict[str, Callable[[RemoteQueue, Job], object]] = {
    "save": lambda queue, job: queue.save_picture(job, PICTURE, ""),
    "finish": lambda queue, job: queue.finish(job.id, 1),
    "put back": lambda queue, job: queue.put_back(job.id),
    "sign of life": lambda queue, _job: queue.check(),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
async def test_who_lost_its_job_writes_nothing(
    mac: Mac, write: Callable[[RemoteQueue, Job], object]
) -> None:
    """Another machine has it: neither the job nor its pictures change."""
    await mac.records.enqueue()
    job = mac.begin()
    mac.do("UPDATE procrastinate_jobs SET attempts = attempts + 1")
    with pytest.raises(Lost):
        write(mac.queue, job)
    assert mac.do("SELECT state, machine FROM jobs") == ("running", "mac")
    assert mac.do("SELECT count(*) FROM drawn_pictures") == (0,)


async def test_what_ended_is_tried_again_in_vain(mac: Mac) -> None:
    """The connection broke after the commit: a second try takes nothing from who has it then."""
    await mac.records.enqueue()
    job = mac.begin()
    lease = mac.handover.lease
    mac.queue.put_back(job.id)
    with pytest.raises(QueueUnwritable):
        mac.queue.finish(job.id, 1)
    assert lease is not None
    mac.handover.give(lease)
    mac.handover.take()
    mac.do("UPDATE jobs SET state = 'running'")  # a worker of the bot's own is faster
    mac.queue.put_back(job.id)
    assert mac.do("SELECT state, machine FROM jobs") == ("running", None)


async def test_a_job_that_can_t_be_read_fails_alone(mac: Mac) -> None:
    """The machine is free for the next one, and the job says why."""
    await mac.records.enqueue()
    mac.do("""UPDATE jobs SET mode = '{"name": "FAST"}'""")
    mac.fetch()
    with pytest.raises(JobDamaged):
        mac.queue.claim()
    assert mac.handover.lease is None
    state, failure = mac.do("SELECT state, failure FROM jobs")
    assert (state, failure["id"]) == ("failed", "accident")


async def test_a_thread_without_a_model_takes_no_job(mac: Mac) -> None:
    """It goes back into the line, whichever comes first: the job, or that there is no model."""
    await mac.records.enqueue()
    mac.fetch()
    mac.handover.refuse()
    assert mac.queue.claim() is None
    assert mac.ended is not None
    assert await mac.ended is Verdict.PUT_BACK
    given = mac.handover.give(Lease(1, 1, 1, 0))
    assert await given is Verdict.PUT_BACK
    mac.handover.accept()
    mac.handover.give(Lease(1, 1, 1, 0))
    assert mac.handover.take() is not None


@pytest.mark.parametrize("how", ["finish", "put back"])
async def test_only_its_own_job_is_written_off(mac: Mac, how: str) -> None:
    """One that slept before it could say so leaves the job to who has it by then."""
    await mac.records.enqueue()
    lease = mac.fetch()
    url = mac.database.conninfo
    async with App(connector=connector_to(url)).open_async() as app:
        leases = Leases(app.connector)
        job = EnginesJob(
            id=lease.engine_id, queue="album", lock=None, queueing_lock=None, task_name="draw",
            worker_id=lease.worker_id, attempts=lease.attempts,
        )  # fmt: skip
        mac.do("UPDATE procrastinate_jobs SET attempts = attempts + 1")
        if how == "finish":
            await leases.finish_job(job, Status.SUCCEEDED, delete_job=True)
        else:
            await leases.retry_job(job)
        assert mac.do("SELECT status, attempts FROM procrastinate_jobs") == ("doing", 1)
