"""The line: who may join it, and whose turn it is.

Turns go round by person. A job's `turn` is that of the round which is being drawn, or, of a
person who has others waiting, the one after their last: so everybody's first job comes before
anybody's second (Nagle's fair queue, RFC 970, with one job for a packet).
"""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from sqlalchemy import func, select, text, tuple_, update
from sqlalchemy.orm import Session

from db import days
from db.characters import NoCharacter, traits_to
from db.engine import Database, off_loop
from db.jobs import JobCard, State, Ticket, card_of
from db.tables import CharacterRow, JobRow
from db.users import row_of
from db.waits import Desks, Place, Seconds
from generation.errors import Refusal
from generation.presets import Preset
from generation.request import GenerationRequest

UNDER_WAY = (State.QUEUED, State.RUNNING)
ENQUEUEING = 0x706F7274
"""Postgres's lock for those who join the line; any number that nobody else uses."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many jobs may wait, and how many albums a person may have in 24 hours."""

    a_person: int = 3
    in_all: int = 100
    a_day: int | None = None


class WaitingEnough(Refusal):
    """The person has as many jobs waiting as one may."""


class LineFull(Refusal):
    """So many jobs wait that nobody may join."""


class Redelivered(Exception):  # noqa: N818 - it is no error: the job is there
    """Telegram delivered a command again that a crash kept from being confirmed."""


class JobGone(Refusal):
    """What was to be repeated is no longer there."""


class Line(Protocol):
    """What the handlers know of the queue. They see a job come and go by `Jobs`.

    Another engine takes its place together with `generation.worker.Queue`, the workers' end.
    """

    async def join(self, request: GenerationRequest, ticket: Ticket, *, owner: bool) -> JobCard:
        """Accept a job.

        Raises NoCharacter if it was erased meanwhile, Redelivered if it is there already, and
        WaitingEnough, LineFull or `days.DayFull`.
        """

    async def repeat(
        self,
        job_id: int,
        ticket: Ticket,
        preset: Preset,
        seed: int,
        *,
        count: int,
        near: tuple[int, ...] = (),
        owner: bool,
    ) -> JobCard:
        """Accept the same person and words as in `job_id` once more.

        Raises JobGone, and what `join` raises.
        """

    async def keep(self, job_id: int, made: int, *, owner: bool) -> bool:
        """Make an album of the `made` pictures that a cancelled job had drawn.

        False when there is no such job. Raises `days.DayFull`.
        """

    def heard(self, job_id: int, seconds_left: float) -> None:
        """Take it from its worker how long a running job still needs."""

    async def place(self, job_id: int) -> Place:
        """Say how many jobs come before this one, those being drawn included."""

    async def learned(self, presets: Sequence[Preset], count: int) -> dict[str, float]:
        """Give this machine's seconds of an album, of the modes in which it has drawn such."""

    async def waiting(self) -> list[tuple[JobCard, Place]]:
        """Give all who wait, in the order in which they will be drawn."""


class DatabaseLine:
    """A line of rows: `turn` and `id` are its order."""

    def __init__(
        self, database: Database, limits: Limits, workers: int = 1, drawn_by: str = ""
    ) -> None:
        """`drawn_by` as `JobQueue` takes it."""
        self._database = database
        self._limits = limits
        self._workers = workers
        self._drawn_by = drawn_by
        self._due: dict[int, float] = {}
        """By the monotonic clock, when running jobs will be done."""

    def heard(self, job_id: int, seconds_left: float) -> None:
        self._due.pop(job_id, None)
        if len(self._due) >= self._workers:
            del self._due[next(iter(self._due))]  # the one that was heard of longest ago
        self._due[job_id] = time.monotonic() + seconds_left

    def _left(self) -> dict[int, float]:
        clock = time.monotonic()
        return {job_id: max(0.0, due - clock) for job_id, due in self._due.copy().items()}

    @off_loop
    def join(self, request: GenerationRequest, ticket: Ticket, *, owner: bool) -> JobCard:
        with self._database.session() as session, session.begin():
            _one_at_a_time(session)
            row_of(session, ticket.person_id)
            character = session.get(CharacterRow, ticket.person_id)
            if character is None:
                raise NoCharacter
            row = JobRow(
                **_drawn(ticket, request.preset, request.seed, request.near, request.count),
                face_id=character.face_id,
                name=request.character.name,
                traits=traits_to(request.character.traits),
                words=request.words,
            )
            return self._admit(session, row, owner=owner)

    @off_loop
    def repeat(
        self,
        job_id: int,
        ticket: Ticket,
        preset: Preset,
        seed: int,
        *,
        count: int,
        near: tuple[int, ...] = (),
        owner: bool,
    ) -> JobCard:
        with self._database.session() as session, session.begin():
            _one_at_a_time(session)
            old = session.get(JobRow, job_id)
            if old is None:
                raise JobGone
            row = JobRow(
                **_drawn(ticket, preset, seed, near, count),
                face_id=old.face_id,
                name=old.name,
                traits=old.traits,
                words=old.words,
            )
            return self._admit(session, row, owner=owner)

    @off_loop
    def keep(self, job_id: int, made: int, *, owner: bool) -> bool:
        with self._database.session() as session, session.begin():
            _one_at_a_time(session)
            row = session.get(JobRow, job_id)
            if row is not None and self._limits.a_day is not None and not owner:
                days.check(session, row.person_id, self._limits.a_day)
            kept = session.scalar(
                update(JobRow)
                .where(JobRow.id == job_id, JobRow.state == State.CANCELLED)
                .values(state=State.GENERATED, count=made, told=False)
                .returning(JobRow.id)
            )
            return kept is not None

    @off_loop
    def place(self, job_id: int) -> Place:
        with self._database.reading() as session:
            row = session.get(JobRow, job_id)
            if row is None:
                return Place(0, None)
            before = tuple_(JobRow.turn, JobRow.id) < tuple_(row.turn, row.id)
            kinds = session.execute(
                select(JobRow.mode, JobRow.count, JobRow.steps, func.count())
                .where(JobRow.state == State.QUEUED, before)
                .group_by(JobRow.mode, JobRow.count, JobRow.steps)
            ).all()
            seconds = Seconds(session, self._drawn_by, self._left())
            desks = Desks(self._workers, seconds.still_running(row.id))
            for mode, count, steps, jobs in kinds:
                desks.take(seconds.of(mode, count, steps), jobs)
            return desks.place(seconds.of(row.mode, row.count, row.steps))

    @off_loop
    def learned(self, presets: Sequence[Preset], count: int) -> dict[str, float]:
        with self._database.reading() as session:
            seconds = Seconds(session, self._drawn_by)
            found = {one.name: seconds.learned(one.name, count, one.steps) for one in presets}
        return {name: known for name, known in found.items() if known is not None}

    @off_loop
    def waiting(self) -> list[tuple[JobCard, Place]]:
        with self._database.reading() as session:
            rows = session.scalars(
                select(JobRow).where(JobRow.state == State.QUEUED).order_by(JobRow.turn, JobRow.id)
            ).all()
            seconds = Seconds(session, self._drawn_by, self._left())
            desks = Desks(self._workers, seconds.still_running())
            places = []
            for row in rows:
                own = seconds.of(row.mode, row.count, row.steps)
                places.append((card_of(row), desks.place(own)))
                desks.take(own)
            return places

    def _admit(self, session: Session, row: JobRow, *, owner: bool) -> JobCard:
        seen = (
            JobRow.update_id == row.update_id,
            JobRow.chat_id == row.chat_id,
            JobRow.message_id == row.message_id,
        )
        if row.update_id is not None and _count(session, *seen):
            raise Redelivered
        limits = self._limits
        mine = JobRow.person_id == row.person_id
        if _count(session, mine, JobRow.state == State.QUEUED) >= limits.a_person:
            raise WaitingEnough(limit=limits.a_person)
        if _count(session, JobRow.state == State.QUEUED) >= limits.in_all:
            raise LineFull(limit=limits.in_all)
        if limits.a_day is not None and not owner:
            days.check(session, row.person_id, limits.a_day)
        last = session.scalar(
            select(func.max(JobRow.turn)).where(mine, JobRow.state.in_(UNDER_WAY))
        )
        row.turn = _round(session) if last is None else last + 1
        session.add(row)
        session.flush()
        if limits.a_day is not None and not owner:
            days.add(session, row.id, row.person_id)
        return card_of(row)


def _drawn(
    ticket: Ticket, preset: Preset, seed: int, near: tuple[int, ...], count: int
) -> dict[str, Any]:
    """Give the columns that say where an album goes, and how it is drawn."""
    how = {"preset": asdict(preset), "mode": preset.name, "steps": preset.steps}
    return asdict(ticket) | how | {"seed": seed, "near": list(near), "count": count}


def _round(session: Session) -> int:
    """Give the turn that is being drawn."""
    firsts = [
        session.scalar(select(func.min(JobRow.turn)).where(JobRow.state == state))
        for state in UNDER_WAY
    ]
    return min((turn for turn in firsts if turn is not None), default=0)


def _count(session: Session, *conditions: object) -> int:
    return session.scalar(select(func.count(JobRow.id)).where(*conditions)) or 0  # type: ignore[arg-type]


def _one_at_a_time(session: Session) -> None:
    """Keep two from slipping past a limit together. SQLite's writers are alone from the start."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SELECT pg_advisory_xact_lock({ENQUEUEING})"))
