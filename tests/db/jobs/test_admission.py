"""The line: fair, bounded, and honest about the wait."""

import asyncio
import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, literal_column, update

from db import (
    DatabaseLine,
    DataUnwritable,
    DayFull,
    JobGone,
    Limits,
    LineFull,
    Redelivered,
    State,
    Ticket,
    WaitingEnough,
)
from db.tables import AskedRow, JobRow, now
from generation.presets import Preset
from generation.worker import JobDamaged
from tests.db.test_jobs import PRESET, House, house

__all__ = ["house"]
QUALITY = Preset("QUALITY", 24, 7.5, 0.8)


def taken(house: House) -> list[int]:
    """Claim all that waits; give the people in the order of their turns."""
    people = []
    while job := house.queue.claim():
        people.append(int(job.request.words))
        house.queue.finish(job.id, 1.0)
    return people


async def crowd(house: House, *people: int) -> None:
    """Accept a job of each, in this order; a job's words are its person's number."""
    for person in people:
        await house.move_in(person)
        await house.accept(person, str(person))


async def test_turns_go_round_by_person(house: House) -> None:
    """Three jobs of one person do not make the others wait for three albums."""
    await crowd(house, 1, 1, 1, 2, 3, 2)
    assert taken(house) == [1, 2, 3, 1, 2, 1]


async def test_who_comes_late_joins_the_round(house: House) -> None:
    """Somebody new is drawn in the round that is under way; nobody overtakes by coming back."""
    await crowd(house, 1, 1, 2, 2)
    first = house.queue.claim()
    assert first
    await crowd(house, 3)
    house.queue.finish(first.id, 1.0)
    await crowd(house, 1)
    assert taken(house) == [2, 3, 1, 2, 1]


async def test_a_job_that_was_put_back_keeps_its_turn(house: House) -> None:
    """After a stop what was being drawn comes first again."""
    await crowd(house, 1, 2)
    job = house.queue.claim()
    assert job
    house.queue.put_back(job.id)
    assert taken(house) == [1, 2]


@pytest.mark.parametrize("other", [{"chat_id": -7}, {"message_id": 6}, {"update_id": 43}])
async def test_a_command_that_comes_twice_is_one_job(house: House, other: dict[str, int]) -> None:
    """Another Telegram numbers its updates anew: the same number elsewhere is another command."""
    await house.move_in(1)
    first = await house.accept(1)
    ticket = Ticket(1, 1, None, 5, "en", update_id=42)
    for ask in (ticket, replace(ticket, **other)):  # type: ignore[arg-type]
        await house.line.repeat(first, ask, PRESET, 8, count=6, owner=False)
        with pytest.raises(Redelivered):
            await house.line.repeat(first, ask, PRESET, 8, count=6, owner=False)


@pytest.mark.parametrize("running", [False, True])
async def test_a_person_may_have_so_many_waiting(house: House, *, running: bool) -> None:
    """The fourth is refused; what is being drawn waits no more."""
    await crowd(house, 1, 1, 1)
    if running:
        assert house.queue.claim()
        await house.accept(1)
    with pytest.raises(WaitingEnough):
        await house.accept(1)


async def test_the_limits_can_not_be_raced(house: House) -> None:
    """Of twenty requests at the same moment, as many are taken as the limits say."""
    for person in range(1, 5):
        await house.move_in(person)
    house = replace(house, line=DatabaseLine(house.database, Limits(3, 7)))
    outcomes = await asyncio.gather(
        *(house.accept(person) for person in (1, 2, 3, 4) for _ in range(5)), return_exceptions=True
    )
    accepted = [outcome for outcome in outcomes if isinstance(outcome, int)]
    refused = {type(outcome) for outcome in outcomes if not isinstance(outcome, int)}
    assert len(accepted) == 7
    assert refused <= {WaitingEnough, LineFull}
    waiting = await house.jobs.in_state(State.QUEUED)
    for person in (1, 2, 3, 4):
        assert sum(job.ticket.person_id == person for job in waiting) <= 3


async def test_a_day_has_an_end_but_for_the_owner(house: House) -> None:
    """What failed or was cancelled is not counted."""
    line = DatabaseLine(house.database, Limits(a_day=1))
    house = replace(house, line=line)
    await house.move_in(1)
    cancelled = await house.accept(1)
    await house.jobs.cancel(cancelled)
    drawn = await house.accept(1)
    with pytest.raises(DayFull):
        await house.accept(1)
    await line.repeat(drawn, Ticket(1, 1, None, 5, "en"), PRESET, 8, count=6, owner=True)


async def test_an_erased_album_counts_for_its_day(house: House) -> None:
    """Neither deleting it nor /forget makes room; the day after does."""
    house = replace(house, line=DatabaseLine(house.database, Limits(a_day=1)))
    await house.move_in(1)
    job_id = await house.accept(1, "1")
    assert taken(house) == [1]
    await house.jobs.erase(job_id)
    with pytest.raises(DayFull):
        await house.accept(1)
    await house.users.forget(1)
    await house.move_in(1)
    with pytest.raises(DayFull):
        await house.accept(1)
    with house.database.session() as session, session.begin():
        session.execute(update(AskedRow).values(created=now() - timedelta(days=1)))
    await house.accept(1)


async def test_what_was_cancelled_late_counts_when_it_is_kept(house: House) -> None:
    """Its pictures wait for a day with room in it."""
    house = replace(house, line=DatabaseLine(house.database, Limits(a_day=1)))
    await house.move_in(1)
    cancelled = await house.accept(1)
    assert house.queue.claim()
    house.queue.cancelled(cancelled)
    await house.accept(1)
    with pytest.raises(DayFull):
        await house.line.keep(cancelled, 2, owner=False)
    assert await house.state(cancelled) == State.CANCELLED
    assert await house.line.keep(cancelled, 2, owner=True)
    assert await house.state(cancelled) == State.GENERATED


async def test_the_wait_is_learned_from_what_was_drawn(house: House) -> None:
    """By mode and size; a mode that was never drawn is foreseen by its steps."""
    await crowd(house, 1)
    job = house.queue.claim()
    assert job
    assert (await house.line.place(job.id)).seconds is None
    house.queue.finish(job.id, 10.0)
    await crowd(house, 1, 2, 3)
    waiting = await house.line.waiting()
    assert [(place.ahead, place.seconds) for _, place in waiting] == [(0, 10), (1, 20), (2, 30)]
    assert await house.line.place(waiting[2][0].id) == waiting[2][1]
    again = await house.line.repeat(
        job.id, Ticket(1, 1, None, 5, "en"), QUALITY, 8, count=6, owner=False
    )
    assert (await house.line.place(again.id)).seconds == 30 + 20


async def test_two_workers_take_two_at_a_time(house: House) -> None:
    """Who is next waits for nobody while a worker is free."""
    await crowd(house, 1)
    taken(house)
    await crowd(house, 1, 2, 3)
    line = DatabaseLine(house.database, Limits(), workers=2)
    assert [place.seconds for _, place in await line.waiting()] == [1, 1, 2]


async def test_a_repeat_is_the_same_person_and_words(house: House) -> None:
    """As they were then, whatever the character is now; what was erased is not repeated."""
    await house.move_in(1, b"the old face")
    first = await house.accept(1, "a knight")
    await house.move_in(1, b"the new face")
    ticket = Ticket(1, 1, None, 9, "en")
    await house.line.repeat(first, ticket, QUALITY, 8, count=6, near=(7, 9), owner=False)
    assert house.queue.claim()
    job = house.queue.claim()
    assert job
    request = job.request
    assert (request.character.face, request.words) == (b"the old face", "a knight")
    assert (request.preset, request.seed, request.near) == (QUALITY, 8, (7, 9))
    await house.jobs.erase(first)
    with pytest.raises(JobGone):
        await house.line.repeat(first, ticket, QUALITY, 8, count=6, owner=False)


BROKEN = ["{brok", "5", "null", '"words"']


@pytest.mark.parametrize("value", [*BROKEN, '["words"]'])
@pytest.mark.parametrize("column", ["preset", "traits", "near"])
async def test_a_damaged_job_stops_nobody(house: House, column: str, value: str) -> None:
    """A row that can't be read fails by itself and is told, and the next one is drawn."""
    await crowd(house, 1, 2)
    damage(house, column, value)
    assert len(await house.line.waiting()) == 2
    with pytest.raises(JobDamaged):
        house.queue.claim()
    assert [job.id for job in await house.jobs.untold()] == [1]
    assert taken(house) == [2]


@pytest.mark.parametrize("value", BROKEN)
@pytest.mark.parametrize("column", ["created", "claimed", "sent"])
async def test_what_is_not_needed_may_be_damaged(house: House, column: str, value: str) -> None:
    """What draws no picture keeps no job from being drawn."""
    await crowd(house, 1, 2)
    damage(house, column, value)
    assert [(await house.line.place(job.id)).ahead for job, _ in await house.line.waiting()] == [
        0,
        1,
    ]
    assert taken(house) == [1, 2]


def damage(house: House, column: str, value: str) -> None:
    with house.database.session() as session, session.begin():
        session.execute(
            update(JobRow).where(JobRow.id == 1).values({column: literal_column(f"'{value}'")})
        )


@pytest.mark.parametrize("column", ["count", "steps"])
async def test_a_wait_is_learned_from_no_empty_album(house: House, column: str) -> None:
    """A row that says nothing of the speed keeps nobody from hearing of theirs."""
    await crowd(house, 1, 1)
    taken(house)
    damage(house, column, "0")
    job_id = await house.accept(1)
    with house.database.session() as session, session.begin():
        session.execute(update(JobRow).where(JobRow.id == job_id).values(mode="QUALITY"))
    assert (await house.line.place(job_id)).seconds == 1.0


async def test_a_clock_that_was_put_back_makes_nobody_wait_longer(house: House) -> None:
    """What seems to have been begun in the future has just begun."""
    await crowd(house, 1)
    taken(house)
    await crowd(house, 1, 2)
    running = house.queue.claim()
    assert running
    with house.database.session() as session, session.begin():
        later = now() + timedelta(hours=3)
        session.execute(update(JobRow).where(JobRow.id == running.id).values(claimed=later))
    ((_, place),) = await house.line.waiting()
    assert place.seconds == 2.0


async def test_a_full_disk_is_said(house: House) -> None:
    """What can't be taken down is refused in a sentence, and what was there is still good."""
    await house.move_in(1)
    job = await house.accept(1, "1")
    event.listen(house.database.engine, "connect", fill)
    house.database.engine.dispose()
    with pytest.raises(DataUnwritable):
        await house.accept(1, "x" * 100_000)
    event.remove(house.database.engine, "connect", fill)
    house.database.engine.dispose()
    assert await house.state(job) == State.QUEUED
    assert taken(house) == [1]


def fill(connection: sqlite3.Connection, _: object) -> None:
    """Let the database grow no further than it is."""
    connection.execute("PRAGMA max_page_count = 1")
