"""Many at once on a server: what was read still holds when it is written."""

import asyncio
import threading

import psycopg
import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import SQLAlchemyError

from db import Database, State, is_out_of_reach
from db.address import conninfo
from db.refusals import is_trouble
from db.tables import JobRow
from tests.support.records import Records

pytestmark = pytest.mark.parametrize("server", ["postgres"])


async def test_two_of_one_person_at_once_make_one_row(records: Records) -> None:
    """Whoever is new and sends two things at once is known once."""
    names = [f"{number}" for number in range(20)]
    begun = await asyncio.gather(*(records.users.starts_media_group(1, name) for name in names))
    assert all(begun)


async def test_of_two_answers_one_is_the_awaited_one(records: Records) -> None:
    """However close they come."""
    for _ in range(10):
        await records.users.await_next(1, "photo")
        ended = await asyncio.gather(*(records.users.end_wait(1, "photo") for _ in range(5)))
        assert sum(one is not None for one in ended) == 1


async def test_what_a_machine_has_begun_is_not_cancelled_as_waiting(
    records: Records, url: str
) -> None:
    """A machine takes a job beside the bot: cancelling it then is a wish, not the end."""
    await records.register(1)
    job_id = await records.enqueue(1)
    machine = Database(url, machine=True)
    with machine.session() as session, session.begin():
        taken = update(JobRow).where(JobRow.id == job_id).values(state=State.RUNNING)
        session.execute(taken)
        cancelling = asyncio.create_task(records.jobs.cancel(job_id))
        await until_somebody_waits(url)
    before = await cancelling
    assert before
    assert before.state == State.RUNNING
    job = await records.jobs.get(job_id)
    assert job
    assert job.state == State.RUNNING
    assert records.queue.cancel_wanted(job_id)
    machine.close()


async def test_a_machine_waits_for_no_transaction_of_the_bot(records: Records, url: str) -> None:
    """It writes its own job while the bot writes others."""
    await records.register(1)
    job_id = await records.enqueue(1)
    machine = Database(url, machine=True)
    with records.database.session() as session, session.begin():
        session.execute(text("SELECT 1"))  # holds the writers' lock from here on
        with machine.session() as beside, beside.begin():
            beside.execute(update(JobRow).where(JobRow.id == job_id).values(seconds=1.0))
    with machine.reading() as session:
        assert session.scalar(select(JobRow.seconds)) == 1.0
    machine.close()


async def test_a_machine_that_falls_asleep_in_the_middle_stops_nobody(
    records: Records, url: str
) -> None:
    """The server ends its transaction; it learns of that when it wakes up."""
    await records.register(1)
    job_id = await records.enqueue(1)
    sleepy = "&options=-c%20idle_in_transaction_session_timeout=200ms"
    machine = Database(f"{url}{sleepy}", machine=True)
    with machine.session() as session:
        session.execute(update(JobRow).where(JobRow.id == job_id).values(state=State.RUNNING))
        assert await records.jobs.cancel(job_id)
        with pytest.raises(SQLAlchemyError) as ended:
            session.execute(text("SELECT 1"))
    assert is_trouble(ended.value)
    assert is_out_of_reach(ended.value)
    assert await records.state(job_id) == State.CANCELLED
    machine.close()


async def test_a_deadlock_is_tried_again(records: Records, url: str) -> None:
    """The bot holds what a machine wants, and wants what the machine holds: both get on."""
    await records.register(1)
    first, second = await records.enqueue(1), await records.enqueue(1)
    machine = psycopg.connect(conninfo(url))
    machine.execute("SET deadlock_timeout = '100s'")  # the bot is the one that is undone
    machine.execute("SELECT 1 FROM jobs WHERE id = %s FOR UPDATE", [second])
    cancelling = asyncio.create_task(records.jobs.cancel_of(1))
    await until_somebody_waits(url)
    wanting = threading.Thread(
        target=machine.execute, args=("SELECT 1 FROM jobs WHERE id = %s FOR UPDATE", [first])
    )
    wanting.start()
    await asyncio.to_thread(wanting.join)
    machine.commit()
    assert [job.id for job in await cancelling] == [first, second]
    machine.close()


def test_the_server_keeps_the_plan_of_what_it_is_often_asked(url: str) -> None:
    """To plan a statement takes it longer than to run it; psycopg keeps none after a rollback."""
    database = Database(url, machine=True)
    for _ in range(10):
        with database.reading() as session:
            session.scalar(select(JobRow.seconds))
            kept = session.scalar(text("SELECT count(*) FROM pg_prepared_statements"))
    assert kept
    database.close()


async def until_somebody_waits(url: str) -> None:
    """Return when a connection to this database waits for a row that another one holds."""
    waiting = (
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with psycopg.connect(conninfo(url), autocommit=True) as watching:
        while True:
            if watching.execute(waiting).fetchone() != (0,):
                return
            await asyncio.sleep(0)
