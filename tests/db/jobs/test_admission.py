"""The queue: fair, bounded, and honest about the wait."""

import asyncio
import json
import sqlite3
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import event, func, literal_column, select, update

from db import (
    Admission,
    DataUnwritable,
    DayFull,
    Decision,
    GuestList,
    JobGone,
    QueueFull,
    Redelivered,
    State,
    Ticket,
    WaitEstimates,
    WaitingEnough,
    clock,
    tables,
)
from db.jobs.tables import DailyQuotaRow
from db.tables import JobRow, now
from generation.modes import MODES, Mode
from generation.request import AlbumOrder
from generation.sizes import Size
from generation.words.lora import LoraUse
from generation.words.style import Style
from generation.work.queue import JobDamaged
from tests.support.records import FAST, LIMITS, Records

QUALITY = Mode("QUALITY", 24, 7.5, 0.8)
AGAIN = AlbumOrder("1", FAST, 8)


def taken(records: Records) -> list[int]:
    """Claim all that waits; give the people in the order of their turns."""
    people = []
    while job := records.queue.claim():
        people.append(int(job.request.words))
        records.queue.finish(job.id, 1.0)
    return people


async def enqueue_each(records: Records, *people: int) -> None:
    """Accept a job of each, in this order; a job's words are its person's number."""
    for person in people:
        await records.register(person)
        await records.enqueue(person, str(person))


async def test_turns_go_round_by_person(records: Records) -> None:
    """Three jobs of one person do not make the others wait for three albums."""
    await enqueue_each(records, 1, 1, 1, 2, 3, 2)
    assert taken(records) == [1, 2, 3, 1, 2, 1]


async def test_who_comes_late_joins_the_round(records: Records) -> None:
    """Somebody new is drawn in the round that is under way; nobody overtakes by coming back."""
    await enqueue_each(records, 1, 1, 2, 2)
    first = records.queue.claim()
    assert first
    await enqueue_each(records, 3)
    records.queue.finish(first.id, 1.0)
    await enqueue_each(records, 1)
    assert taken(records) == [2, 3, 1, 2, 1]


async def test_what_nobody_draws_bends_no_turns(records: Records) -> None:
    """A job waits for what nobody has; neither its person nor newcomers overtake the others."""
    await enqueue_each(records, 1, 2, 2, 2)
    with records.database.session() as session, session.begin():
        theirs = JobRow.person_id == 2
        session.execute(update(JobRow).where(theirs, JobRow.turn < 2).values(state="delivered"))
        session.execute(update(JobRow).where(theirs, JobRow.turn == 2).values(state="running"))
    await enqueue_each(records, 1, 3)
    with records.database.reading() as session:
        turns = session.execute(select(JobRow.person_id, JobRow.turn).order_by(JobRow.id))
        assert turns.all()[-2:] == [(1, 2), (3, 2)]


async def test_a_job_that_was_put_back_keeps_its_turn(records: Records) -> None:
    """After a stop what was being drawn comes first again."""
    await enqueue_each(records, 1, 2)
    job = records.queue.claim()
    assert job
    records.queue.put_back(job.id)
    assert taken(records) == [1, 2]


@pytest.mark.parametrize("other", [{"chat_id": -7}, {"message_id": 6}, {"update_id": 43}])
async def test_a_command_that_comes_twice_is_one_job(
    records: Records, other: dict[str, int]
) -> None:
    """Another Telegram numbers its updates anew: the same number elsewhere is another command."""
    await records.register(1)
    first = await records.enqueue(1)
    ticket = Ticket(1, 1, None, 5, "en", update_id=42)
    for ask in (ticket, replace(ticket, **other)):  # type: ignore[arg-type]
        await records.admission.repeat(first, AGAIN, ask, owner=False)
        with pytest.raises(Redelivered):
            await records.admission.repeat(first, AGAIN, ask, owner=False)


@pytest.mark.parametrize("running", [False, True])
async def test_a_person_may_have_so_many_waiting(records: Records, *, running: bool) -> None:
    """The fourth is refused; what is being drawn waits no more."""
    await enqueue_each(records, 1, 1, 1)
    if running:
        assert records.queue.claim()
        await records.enqueue(1)
    with pytest.raises(WaitingEnough):
        await records.enqueue(1)


async def test_the_limits_can_not_be_raced(records: Records) -> None:
    """Twenty requests come at the same moment: no more are taken than the limits say."""
    for person in range(1, 5):
        await records.register(person)
    records = replace(records, admission=Admission(records.database, replace(LIMITS, in_all=7)))
    outcomes = await asyncio.gather(
        *(records.enqueue(person) for person in (1, 2, 3, 4) for _ in range(5)),
        return_exceptions=True,
    )
    accepted = [outcome for outcome in outcomes if isinstance(outcome, int)]
    refused = {type(outcome) for outcome in outcomes if not isinstance(outcome, int)}
    assert len(accepted) == 7
    assert refused <= {WaitingEnough, QueueFull}
    waiting = await records.jobs.in_state(State.QUEUED)
    for person in (1, 2, 3, 4):
        assert sum(job.ticket.person_id == person for job in waiting) <= 3


async def test_a_day_has_an_end_but_for_the_owner(records: Records) -> None:
    """What failed or was cancelled is not counted."""
    admission = Admission(records.database, replace(LIMITS, per_day=1))
    records = replace(records, admission=admission)
    await records.register(1)
    cancelled = await records.enqueue(1)
    await records.jobs.cancel(cancelled)
    drawn = await records.enqueue(1)
    with pytest.raises(DayFull):
        await records.enqueue(1)
    await admission.repeat(drawn, AGAIN, Ticket(1, 1, None, 5, "en"), owner=True)


async def test_what_takes_a_jobs_place_needs_no_room_beside_it(records: Records) -> None:
    """Neither among those that wait, nor in a day; what is drawn already has no place to give."""
    limits = replace(LIMITS, per_person=1, in_all=1, per_day=1)
    records = replace(records, admission=Admission(records.database, limits))
    await records.register(1)
    old = await records.enqueue(1)
    ticket = Ticket(1, chat_id=1, thread_id=None, message_id=6, language="en")
    with pytest.raises(WaitingEnough):
        await records.admission.repeat(old, AGAIN, ticket, owner=False)
    new = await records.admission.repeat(old, AGAIN, ticket, owner=False, replaces=True)
    await records.jobs.cancel(old)
    assert taken(records) == [1]
    with pytest.raises(DayFull):
        await records.admission.repeat(new.id, AGAIN, ticket, owner=False, replaces=True)


async def test_an_erased_album_counts_for_its_day(records: Records) -> None:
    """Neither deleting it nor /forget makes room; the day after does."""
    records = replace(records, admission=Admission(records.database, replace(LIMITS, per_day=1)))
    await records.register(1)
    job_id = await records.enqueue(1, "1")
    assert taken(records) == [1]
    await records.jobs.erase(job_id)
    with pytest.raises(DayFull):
        await records.enqueue(1)
    await records.users.forget(1)
    await records.register(1)
    with pytest.raises(DayFull):
        await records.enqueue(1)
    with records.database.session() as session, session.begin():
        session.execute(update(DailyQuotaRow).values(created=now() - timedelta(days=1)))
    await records.enqueue(1)


@pytest.mark.parametrize(
    "ahead",
    [
        timedelta(seconds=90),
        timedelta(hours=3),
        timedelta(days=1, seconds=5),
        timedelta(days=400),
        timedelta(days=300_000),
    ],
)
async def test_a_clock_that_ran_ahead_locks_nobody_out(records: Records, ahead: timedelta) -> None:
    """What was counted in the future is not of this day; from now on albums count as ever."""
    records = replace(records, admission=Admission(records.database, replace(LIMITS, per_day=1)))
    await enqueue_each(records, 1)
    with pytest.raises(DayFull):
        await records.enqueue(1)
    with records.database.session() as session, session.begin():
        session.execute(update(DailyQuotaRow).values(created=now() + ahead))
    await records.enqueue(1)
    with pytest.raises(DayFull):
        await records.enqueue(1)


async def test_a_clock_that_stood_for_a_while_forgets_no_day(records: Records) -> None:
    """A machine that wakes up in the past for a moment still counts today's albums afterwards."""
    records = replace(records, admission=Admission(records.database, replace(LIMITS, per_day=1)))
    await enqueue_each(records, 1)
    await enqueue_each(records, 2)
    counted = now()
    with records.database.session() as session, session.begin():
        session.execute(update(DailyQuotaRow).values(created=counted + timedelta(hours=12)))
    await records.enqueue(2)
    with records.database.session() as session, session.begin():
        session.execute(update(DailyQuotaRow).values(created=counted))
    for person in (1, 2):
        with pytest.raises(DayFull):
            await records.enqueue(person)


async def test_what_was_cancelled_late_counts_when_it_is_kept(records: Records) -> None:
    """Its pictures wait for a day with room in it."""
    records = replace(records, admission=Admission(records.database, replace(LIMITS, per_day=1)))
    await records.register(1)
    cancelled = await records.enqueue(1)
    assert records.queue.claim()
    records.queue.cancelled(cancelled)
    await records.enqueue(1)
    with pytest.raises(DayFull):
        await records.admission.accept_partial(cancelled, 2, owner=False)
    assert await records.state(cancelled) == State.CANCELLED
    assert await records.admission.accept_partial(cancelled, 2, owner=True)
    assert await records.state(cancelled) == State.GENERATED


async def test_the_wait_is_learned_from_what_was_drawn(records: Records) -> None:
    """By mode and size; a mode that was never drawn is foreseen by its steps."""
    await enqueue_each(records, 1)
    job = records.queue.claim()
    assert job
    assert (await records.waits.position(job.id)).seconds is None
    records.queue.finish(job.id, 10.0)
    await enqueue_each(records, 1, 2, 3)
    waiting = await records.waits.waiting()
    assert [(position.ahead, position.seconds) for _, position in waiting] == [
        (0, 10),
        (1, 20),
        (2, 30),
    ]
    assert await records.waits.position(waiting[2][0].id) == waiting[2][1]
    again = await records.admission.repeat(
        job.id, replace(AGAIN, mode=QUALITY), Ticket(1, 1, None, 5, "en"), owner=False
    )
    assert (await records.waits.position(again.id)).seconds == 30 + 20


async def test_a_shape_is_foreseen_by_its_area_until_it_was_drawn(records: Records) -> None:
    """A portrait has half as many pixels again; one that was drawn says it better."""
    await enqueue_each(records, 1)
    first = records.queue.claim()
    assert first
    records.queue.finish(first.id, 10.0)

    async def ordered(size: Size, mode: Mode = FAST) -> int:
        order = replace(AGAIN, mode=mode, size=size)
        ticket = Ticket(1, 1, None, next(messages), "en")
        return (await records.admission.repeat(first.id, order, ticket, owner=True)).id

    async def wait(size: Size, mode: Mode = FAST) -> float | None:
        job_id = await ordered(size, mode)
        position = await records.waits.position(job_id)
        await records.jobs.cancel(job_id)
        return position.seconds

    messages = count(100)
    assert await wait(Size.PORTRAIT) == 15
    assert await wait(Size.PORTRAIT, QUALITY) == 15 * QUALITY.steps / FAST.steps
    seconds = await records.waits.by_mode([FAST], AGAIN.count, {}, Size.LANDSCAPE)
    assert seconds == {"FAST": pytest.approx(15)}
    await ordered(Size.PORTRAIT)
    portrait = records.queue.claim()
    assert portrait
    records.queue.finish(portrait.id, 16.0)
    assert await wait(Size.PORTRAIT) == 16
    assert await wait(Size.SQUARE) == 10


async def test_two_workers_take_two_at_a_time(records: Records) -> None:
    """Who is next waits for nobody while a worker is free."""
    await enqueue_each(records, 1)
    taken(records)
    await enqueue_each(records, 1, 2, 3)
    waits = WaitEstimates(records.database, workers=2)
    assert [position.seconds for _, position in await waits.waiting()] == [1, 1, 2]


async def test_a_repeat_is_the_same_person_and_words(records: Records) -> None:
    """As they were then, whatever the character is now; what was erased is not repeated."""
    await records.register(1, b"the old face")
    first = await records.enqueue(1, "a knight")
    await records.register(1, b"the new face")
    ticket = Ticket(1, 1, None, 9, "en")
    varied = AlbumOrder("a knight", QUALITY, 8, near=(7, 9))
    await records.admission.repeat(first, varied, ticket, owner=False)
    assert records.queue.claim()
    job = records.queue.claim()
    assert job
    request = job.request
    assert (request.character.faces, request.words) == ((b"the old face",), "a knight")
    assert (request.mode, request.seed, request.near) == (QUALITY, 8, (7, 9))
    await records.jobs.erase(first)
    with pytest.raises(JobGone):
        await records.admission.repeat(first, varied, ticket, owner=False)


BROKEN = ["{brok", "5", "null", '"words"']


@pytest.mark.parametrize(
    ("server", "value"),
    [*(("sqlite", value) for value in (*BROKEN, '["words"]')), ("postgres", "5")],
)
@pytest.mark.parametrize("column", ["mode", "traits", "near"])
async def test_a_damaged_job_stops_nobody(records: Records, column: str, value: str) -> None:
    """A row that can't be read fails by itself and is told, and the next one is drawn."""
    await enqueue_each(records, 1, 2)
    damage(records, column, value)
    assert len(await records.waits.waiting()) == 2
    with pytest.raises(JobDamaged):
        records.queue.claim()
    assert [job.id for job in await records.jobs.untold()] == [1]
    assert taken(records) == [2]


async def test_a_mode_that_can_t_be_written_down_stops_nobody(records: Records) -> None:
    """What can be read and breaks a rule of the table is the job's own fault, too."""
    await enqueue_each(records, 1, 2)
    damage(records, "mode", json.dumps({**asdict(QUALITY), "name": None}))
    with pytest.raises(JobDamaged):
        records.queue.claim()
    assert taken(records) == [2]


@pytest.mark.parametrize("server", ["sqlite"])  # a server takes no such values
@pytest.mark.parametrize("value", BROKEN)
@pytest.mark.parametrize("column", ["created", "claimed", "sent"])
async def test_what_is_not_needed_may_be_damaged(records: Records, column: str, value: str) -> None:
    """What draws no picture keeps no job from being drawn."""
    await enqueue_each(records, 1, 2)
    damage(records, column, value)
    assert [
        (await records.waits.position(job.id)).ahead for job, _ in await records.waits.waiting()
    ] == [
        0,
        1,
    ]
    assert taken(records) == [1, 2]


def damage(records: Records, column: str, value: str) -> None:
    with records.database.session() as session, session.begin():
        session.execute(
            update(JobRow).where(JobRow.id == 1).values({column: literal_column(f"'{value}'")})
        )


@pytest.mark.parametrize("column", ["count", "steps"])
async def test_a_wait_is_learned_from_no_empty_album(records: Records, column: str) -> None:
    """A row that says nothing of the speed keeps nobody from hearing of theirs."""
    await enqueue_each(records, 1, 1)
    taken(records)
    damage(records, column, "0")
    job_id = await records.enqueue(1)
    with records.database.session() as session, session.begin():
        session.execute(update(JobRow).where(JobRow.id == job_id).values(mode_name="QUALITY"))
    assert (await records.waits.position(job_id)).seconds == 1.0


async def test_a_clock_that_was_put_back_makes_nobody_wait_longer(records: Records) -> None:
    """What seems to have been begun in the future has just begun."""
    await enqueue_each(records, 1)
    taken(records)
    await enqueue_each(records, 1, 2)
    running = records.queue.claim()
    assert running
    with records.database.session() as session, session.begin():
        later = now() + timedelta(hours=3)
        session.execute(update(JobRow).where(JobRow.id == running.id).values(claimed=later))
    ((_, position),) = await records.waits.waiting()
    assert position.seconds == 2.0


@pytest.mark.parametrize("server", ["postgres"])
async def test_the_bots_own_clock_may_be_wrong(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job that a machine has just begun has all of its seconds left, by the database's clock."""
    await enqueue_each(records, 1)
    taken(records)
    await enqueue_each(records, 1, 2)
    for module in (tables, clock):
        monkeypatch.setattr(module, "now", lambda: datetime(2040, 1, 1))  # noqa: DTZ001
    assert records.queue.claim()
    with records.database.session() as session, session.begin():
        just_now = func.timezone("UTC", func.clock_timestamp())
        session.execute(update(JobRow).where(JobRow.state == "running").values(claimed=just_now))
    ((_, position),) = await records.waits.waiting()
    assert position.seconds == pytest.approx(2.0, abs=0.9)


@pytest.mark.parametrize("server", ["sqlite"])
async def test_a_full_disk_is_said(records: Records) -> None:
    """What can't be taken down is refused in a sentence, and what was there is still good."""
    await records.register(1)
    job = await records.enqueue(1, "1")
    event.listen(records.database.engine, "connect", fill)
    records.database.engine.dispose()
    with pytest.raises(DataUnwritable):
        await records.enqueue(1, "x" * 100_000)
    event.remove(records.database.engine, "connect", fill)
    records.database.engine.dispose()
    assert await records.state(job) == State.QUEUED
    assert taken(records) == [1]


def fill(connection: sqlite3.Connection, _: object) -> None:
    """Let the database grow no further than it is."""
    connection.execute("PRAGMA max_page_count = 1")


@pytest.mark.parametrize(
    ("mode", "words_lora", "style_lora", "needs"),
    [
        ("FAST", (), "", "album"),
        ("TURBO", (), "", "turbo"),
        ("FAST", (LoraUse("film", 0.8),), "", "loras"),
        ("FAST", (), "film:0.8", "loras"),
        ("TURBO", (LoraUse("film", 0.8),), "film:0.8", "turbo-loras"),
    ],
)
async def test_a_job_says_what_a_machine_must_have(
    records: Records, mode: str, words_lora: tuple[LoraUse, ...], style_lora: str, needs: str
) -> None:
    """So that only one that has it takes the job."""
    await records.register(1)
    style = Style("film", "", "", lora=style_lora) if style_lora else None
    order = AlbumOrder("a knight", MODES[mode], 7, style=style, loras=words_lora)
    await records.admission.enqueue(order, Ticket(1, 1, None, 5, "en"), owner=False)
    with records.database.reading() as session:
        assert session.scalar(select(JobRow.needs)) == needs


async def test_a_persons_own_limit_beats_the_settings(records: Records) -> None:
    """More as well as fewer; without one of their own, theirs is everybody's again."""
    guests = GuestList(records.database)
    for everybodys, own in ((1, 2), (None, 2), (3, 2)):
        person = 10 + (everybodys or 0)
        limits = replace(LIMITS, per_day=everybodys, per_person=9)
        records = replace(records, admission=Admission(records.database, limits))
        await records.register(person)
        await guests.decide(person, Decision.LIMIT, limit=own)
        for _ in range(own):
            await records.enqueue(person)
        with pytest.raises(DayFull) as refused:
            await records.enqueue(person)
        assert refused.value.fields["limit"] == own
        await guests.decide(person, Decision.UNLIMIT)
        if everybodys == 1:
            with pytest.raises(DayFull):
                await records.enqueue(person)
        else:
            await records.enqueue(person)


async def test_a_limit_of_the_evening_counts_the_morning(records: Records) -> None:
    """Albums are counted while there is no limit, too."""
    records = replace(records, admission=Admission(records.database, replace(LIMITS, per_day=None)))
    await records.register(1)
    await records.enqueue(1)
    await GuestList(records.database).decide(1, Decision.LIMIT, limit=1)
    with pytest.raises(DayFull):
        await records.enqueue(1)
