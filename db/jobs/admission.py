"""Who may join the queue, and on which turn.

Turns go round by person. A job's `turn` is that of the round which is being drawn, or, for a
person who has others waiting, the one after their last: so everybody's first job comes before
anybody's second (Nagle's fair queue, RFC 970, with one job for a packet).
"""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from db.characters import NoCharacter, traits_to
from db.engine import Database, off_loop
from db.jobs import daily_quota
from db.jobs.records import JobRecord, Ticket, record_of
from db.jobs.states import UNFINISHED, State
from db.tables import CharacterRow, JobRow
from db.users import row_of
from generation.errors import Refusal
from generation.modes import Mode
from generation.request import GenerationRequest

ADMISSION_LOCK = 0x706F7274
"""The number of Postgres's advisory lock for admissions. Nobody else uses this number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many jobs may wait, and how many albums a person may have in 24 hours."""

    per_person: int = 3
    in_all: int = 100
    per_day: int | None = None


class WaitingEnough(Refusal):
    """The person has as many jobs waiting as one may."""


class QueueFull(Refusal):
    """So many jobs wait that nobody may add another."""


class Redelivered(Exception):  # noqa: N818 - it is no error: the job is there
    """Telegram delivered a command again that a crash kept from being confirmed."""


class JobGone(Refusal):
    """The job that was to be repeated is no longer there."""


class Admission:
    """Lets jobs into the queue. What it accepts is on the disk when it returns."""

    def __init__(self, database: Database, limits: Limits) -> None:
        self._database = database
        self._limits = limits

    @off_loop
    def enqueue(self, request: GenerationRequest, ticket: Ticket, *, owner: bool) -> JobRecord:
        """Accept a job. The owner has no daily limit.

        Raises NoCharacter if the character was erased meanwhile, Redelivered if the job is there
        already, and WaitingEnough, QueueFull or DayFull.
        """
        with self._database.session() as session, session.begin():
            _one_at_a_time(session)
            row_of(session, ticket.person_id)
            character = session.get(CharacterRow, ticket.person_id)
            if character is None:
                raise NoCharacter
            row = JobRow(
                **_columns(ticket, request.mode, request.seed, request.near, request.count),
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
        mode: Mode,
        seed: int,
        *,
        count: int,
        near: tuple[int, ...] = (),
        owner: bool,
    ) -> JobRecord:
        """Accept the same person and words as in `job_id` once more.

        Raises JobGone, and what `enqueue` raises.
        """
        with self._database.session() as session, session.begin():
            _one_at_a_time(session)
            old = session.get(JobRow, job_id)
            if old is None:
                raise JobGone
            row = JobRow(
                **_columns(ticket, mode, seed, near, count),
                face_id=old.face_id,
                name=old.name,
                traits=old.traits,
                words=old.words,
            )
            return self._admit(session, row, owner=owner)

    @off_loop
    def accept_partial(self, job_id: int, pictures: int, *, owner: bool) -> bool:
        """Make an album of the `pictures` that a cancelled job had drawn.

        False when there is no such job. Raises DayFull.
        """
        with self._database.session() as session, session.begin():
            _one_at_a_time(session)
            row = session.get(JobRow, job_id)
            if row is not None and self._limits.per_day is not None and not owner:
                daily_quota.check(session, row.person_id, self._limits.per_day)
            accepted = session.scalar(
                update(JobRow)
                .where(JobRow.id == job_id, JobRow.state == State.CANCELLED)
                .values(state=State.GENERATED, count=pictures, told=False)
                .returning(JobRow.id)
            )
            return accepted is not None

    def _admit(self, session: Session, row: JobRow, *, owner: bool) -> JobRecord:
        seen = (
            JobRow.update_id == row.update_id,
            JobRow.chat_id == row.chat_id,
            JobRow.message_id == row.message_id,
        )
        if row.update_id is not None and _count(session, *seen):
            raise Redelivered
        limits = self._limits
        own = JobRow.person_id == row.person_id
        if _count(session, own, JobRow.state == State.QUEUED) >= limits.per_person:
            raise WaitingEnough(limit=limits.per_person)
        if _count(session, JobRow.state == State.QUEUED) >= limits.in_all:
            raise QueueFull(limit=limits.in_all)
        if limits.per_day is not None and not owner:
            daily_quota.check(session, row.person_id, limits.per_day)
        last = session.scalar(
            select(func.max(JobRow.turn)).where(own, JobRow.state.in_(UNFINISHED))
        )
        row.turn = _current_turn(session) if last is None else last + 1
        session.add(row)
        session.flush()
        if limits.per_day is not None and not owner:
            daily_quota.add(session, row.id, row.person_id)
        return record_of(row)


def _columns(
    ticket: Ticket, mode: Mode, seed: int, near: tuple[int, ...], count: int
) -> dict[str, Any]:
    """Give the columns that say where an album goes, and how it is drawn."""
    how = {"mode": asdict(mode), "mode_name": mode.name, "steps": mode.steps}
    return asdict(ticket) | how | {"seed": seed, "near": list(near), "count": count}


def _current_turn(session: Session) -> int:
    """Give the turn of the round that is being drawn."""
    firsts = [
        session.scalar(select(func.min(JobRow.turn)).where(JobRow.state == state))
        for state in UNFINISHED
    ]
    return min((turn for turn in firsts if turn is not None), default=0)


def _count(session: Session, *conditions: object) -> int:
    return session.scalar(select(func.count(JobRow.id)).where(*conditions)) or 0  # type: ignore[arg-type]


def _one_at_a_time(session: Session) -> None:
    """Keep two from slipping past a limit together. SQLite lets only one write at a time anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SELECT pg_advisory_xact_lock({ADMISSION_LOCK})"))
