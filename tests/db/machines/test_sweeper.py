"""The jobs of machines that are gone go to others; who lives keeps theirs."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from db import State
from db.machines.sweeper import Given, Sweeper
from db.machines.tables import DrawnPictureRow
from tests.support.machines import HandDriven
from tests.support.records import Records

FORGET = {
    "failed": "UPDATE procrastinate_jobs SET status = 'failed'",
    "succeeded": "UPDATE procrastinate_jobs SET status = 'succeeded'",
    "gone": "DELETE FROM procrastinate_jobs",
}
"""What may become of the engine's rows."""

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)

LOST_S = 30.0
"""Longer than any of these tests: only who is said to be silent is."""


@pytest.fixture
def sweeper(records: Records) -> Sweeper:
    """One that need not be patient first."""
    return Sweeper(records.database, LOST_S, patience_s=0)


def rows(records: Records, question: str) -> list[tuple[Any, ...]]:
    with records.database.reading() as session:
        return [tuple(row) for row in session.execute(text(question))]


def do(records: Records, statement: str) -> None:
    with records.database.session() as session, session.begin():
        session.execute(text(statement))


def line(records: Records) -> list[tuple[Any, ...]]:
    """Give what the engine has in its line."""
    return rows(records, "SELECT args->'job_id', status FROM procrastinate_jobs ORDER BY id")


async def test_who_lives_keeps_their_job(records: Records, sweeper: Sweeper) -> None:
    """And what waits stays in the line as it is."""
    await records.register(1)
    first, second = await records.enqueue(1), await records.enqueue(1)
    mac = HandDriven(records.database)
    assert mac.begin() == first
    before = rows(records, "SELECT * FROM procrastinate_jobs ORDER BY id")
    assert await sweeper.sweep() == []
    assert rows(records, "SELECT * FROM procrastinate_jobs ORDER BY id") == before
    assert await records.state(second) == State.QUEUED


async def test_a_silent_machines_job_goes_to_another(records: Records, sweeper: Sweeper) -> None:
    """Its pictures go, and the silent one finds that the engine's job is not its own any more."""
    await records.register(1)
    job_id = await records.enqueue(1)
    mac = HandDriven(records.database)
    assert mac.begin() == job_id
    mac.draw(job_id, 1, 2)
    before = rows(records, "SELECT engine_id FROM jobs")
    mac.fall_silent()
    assert await sweeper.sweep() == [Given(job_id, "mac", failed=False)]
    assert await records.state(job_id) == State.QUEUED
    assert rows(records, "SELECT machine, crashes FROM jobs") == [(None, 1)]
    assert rows(records, "SELECT number FROM drawn_pictures") == []
    assert rows(records, "SELECT id FROM procrastinate_jobs") != before
    other = HandDriven(records.database, "attic")
    assert other.begin() == job_id
    assert await sweeper.sweep() == []
    assert rows(records, "SELECT machine, state FROM jobs") == [("attic", "running")]


async def test_a_job_that_silences_two_machines_has_failed(
    records: Records, sweeper: Sweeper
) -> None:
    """Nobody draws it a third time."""
    await records.register(1)
    job_id = await records.enqueue(1)
    for name, failed in (("mac", False), ("attic", True)):
        machine = HandDriven(records.database, name)
        assert machine.begin() == job_id
        machine.fall_silent()
        assert await sweeper.sweep() == [Given(job_id, name, failed=failed)]
    assert await records.state(job_id) == State.FAILED
    assert line(records) == []
    assert HandDriven(records.database, "third").begin() is None


async def test_a_cancelled_job_of_a_silent_machine_is_over(
    records: Records, sweeper: Sweeper
) -> None:
    """Its person was told that it is being cancelled."""
    await records.register(1)
    job_id = await records.enqueue(1)
    mac = HandDriven(records.database)
    assert mac.begin() == job_id
    await records.jobs.cancel(job_id)
    mac.fall_silent()
    assert await sweeper.sweep() == []
    assert await records.state(job_id) == State.CANCELLED
    assert line(records) == []


async def test_a_machine_that_fell_silent_before_it_began_cost_nothing(
    records: Records, sweeper: Sweeper
) -> None:
    """The engine had handed it the job; it never said that it draws it."""
    await records.register(1)
    job_id = await records.enqueue(1)
    mac = HandDriven(records.database)
    assert mac.fetch() == job_id
    mac.fall_silent()
    assert await sweeper.sweep() == []
    assert rows(records, "SELECT crashes FROM jobs") == [(0,)]
    assert line(records) == [(job_id, "todo")]


async def test_nobody_is_lost_while_nobody_could_give_a_sign(records: Records) -> None:
    """The bot has just come, or the database was gone or asleep for a while."""
    await records.register(1)
    job_id = await records.enqueue(1)
    mac = HandDriven(records.database)
    assert mac.begin() == job_id
    mac.fall_silent()
    sweeper = Sweeper(records.database, LOST_S, patience_s=LOST_S)
    for _ in range(3):
        assert await sweeper.sweep() == []
        sweeper.begin_anew()
    with_a_gap = Sweeper(records.database, lost_s=1e-6, patience_s=1e-3)
    for _ in range(3):
        assert await with_a_gap.sweep() == []
    assert await records.state(job_id) == State.RUNNING


async def test_a_server_s_clock_may_be_put_back(records: Records) -> None:
    """Whoever gives no sign from then on is lost as soon as ever: signs of before lie ahead."""
    await records.register(1)
    job_id = await records.enqueue(1)
    mac = HandDriven(records.database)
    assert mac.begin() == job_id
    noon = datetime(2999, 11, 29, 12, tzinfo=UTC)  # the engine itself looks at the real clock
    looks = iter([noon, noon + SECOND, noon - HOUR, noon - HOUR + SECOND, noon - HOUR + 2 * SECOND])
    sweeper = Sweeper(records.database, lost_s=1.5, patience_s=0, clock=lambda _: next(looks))
    with records.database.session() as session, session.begin():
        session.execute(text("UPDATE procrastinate_workers SET last_heartbeat = :at"), {"at": noon})
    for _ in range(4):
        assert await sweeper.sweep() == []
    assert await sweeper.sweep() == [Given(job_id, "mac", failed=False)]


@pytest.mark.parametrize("how", FORGET)
async def test_what_the_engine_forgot_is_lined_up_again(
    records: Records, sweeper: Sweeper, how: str
) -> None:
    """Whatever somebody did there: the bot's jobs are the record."""
    await records.register(1)
    waiting, drawn = await records.enqueue(1), await records.enqueue(1)
    mac = HandDriven(records.database)
    assert mac.begin() == waiting
    do(records, FORGET[how])
    assert await sweeper.sweep() == [Given(waiting, "mac", failed=False)]
    assert {await records.state(job_id) for job_id in (waiting, drawn)} == {State.QUEUED}
    assert sorted(line(records)) == [(waiting, "todo"), (drawn, "todo")]


async def test_the_bots_own_workers_keep_theirs(records: Records, sweeper: Sweeper) -> None:
    """Also the one that a machine had been handed at the same moment, before it fell silent."""
    await records.register(1)
    job_id = await records.enqueue(1)
    mac = HandDriven(records.database)
    assert mac.fetch() == job_id
    assert records.queue.claim()
    mac.fall_silent()
    assert await sweeper.sweep() == []
    assert await records.state(job_id) == State.RUNNING
    assert line(records) == []
    assert rows(records, "SELECT 1 FROM procrastinate_workers") == []


async def test_what_is_over_leaves_nothing_in_the_line(records: Records, sweeper: Sweeper) -> None:
    """A machine fell silent just after the end; somebody erased everything about them."""
    await records.register(1)
    await records.register(2)
    ended, erased = await records.enqueue(1), await records.enqueue(2)
    for job_id in (ended, erased):
        mac = HandDriven(records.database)
        assert mac.begin() == job_id
        mac.draw(job_id, 1)
        mac.fall_silent()
    do(records, "UPDATE jobs SET state = 'generated' WHERE person_id = 1")
    await records.users.forget(2)
    assert await sweeper.sweep() == []
    assert line(records) == []
    with records.database.reading() as session:
        assert [row.job_id for row in session.query(DrawnPictureRow)] == [ended]


async def test_a_bots_crash_is_none_of_its_machines(records: Records) -> None:
    """They go on with their jobs; only what its own workers drew is queued again."""
    await records.register(1)
    theirs, own = await records.enqueue(1), await records.enqueue(1)
    assert HandDriven(records.database).begin() == theirs
    assert records.queue.claim()
    await records.jobs.recover()
    assert [await records.state(job_id) for job_id in (theirs, own)] == ["running", "queued"]
    assert records.queue.claim()
    await records.jobs.put_all_back()
    assert [await records.state(job_id) for job_id in (theirs, own)] == ["running", "queued"]
    assert rows(records, "SELECT crashes FROM jobs ORDER BY id") == [(0,), (1,)]
