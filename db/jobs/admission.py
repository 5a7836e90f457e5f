"""Who may join the queue, and on which turn.

A job's `turn` is the one that is being drawn or, for a person with unfinished jobs, the one after
their last. So everybody's first job comes before anybody's second: Nagle's fair queue, RFC 970,
with one job for a packet.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from db.characters import NoCharacter, traits_from, traits_to
from db.engine import Database, off_loop
from db.faces import faces_of
from db.jobs import daily_quota
from db.jobs.decency import finding_of, refuse_indecent
from db.jobs.job_record import JobRecord, Ticket, record_of
from db.jobs.needs import needs_of
from db.jobs.states import UNDELIVERED, UNFINISHED, WAITING, State
from db.tables import CharacterRow, JobFaceRow, JobRow, UserRow
from db.users import row_of
from generation.errors import Refusal
from generation.request import AlbumOrder
from generation.words.decency.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How many jobs may wait, and how many albums in 24 hours a person without an own limit has."""

    per_person: int
    in_all: int
    per_day: int | None


class WaitingEnough(Refusal):
    """The person has as many waiting jobs as one person may have."""


class QueueFull(Refusal):
    """As many jobs wait as may wait in all."""


class Redelivered(Exception):  # noqa: N818 - it is no error: the job is there
    """Telegram delivered a command a second time, because a crash came before its confirmation."""


class JobGone(Refusal):
    """The job to repeat is no longer there."""


class QueuedAlready(Refusal):
    """The button has been pressed before, and the album that it asked for is not there yet."""


class Admission:
    """Lets jobs into the queue. What it accepts is on the disk when it returns."""

    def __init__(
        self, database: Database, limits: Limits, *, adult_in_groups: bool = False
    ) -> None:
        """`adult_in_groups`: sexual words are drawn in groups, too."""
        self._database = database
        self._limits = limits
        self._adult_in_groups = adult_in_groups

    @off_loop
    def enqueue(self, order: AlbumOrder, ticket: Ticket, *, owner: bool) -> JobRecord:
        """Accept a job: face, name and traits as they are at this moment.

        The owner has no daily limit. Raises NoCharacter, Redelivered if the job is there already,
        QueuedAlready if its button was pressed twice, WaitingEnough, QueueFull or DayFull, and
        SexualWithMinors or SexualInGroup.
        """
        found = finding_of(order)
        with self._database.session() as session, session.begin():
            row_of(session, ticket.person_id)
            character = session.get(CharacterRow, ticket.person_id)
            if character is None:
                raise NoCharacter
            row = JobRow(
                **asdict(ticket),
                **_columns(order),
                name=character.name,
                traits=traits_to(traits_from(character.traits)),
            )
            faces = faces_of(session, ticket.person_id)
            return self._admit(session, row, [face.id for face in faces], found, owner=owner)

    @off_loop
    def repeat(
        self,
        job_id: int,
        order: AlbumOrder,
        ticket: Ticket,
        *,
        owner: bool,
        replaces: bool = False,
    ) -> JobRecord:
        """Accept an album of the same person as in `job_id`, as they were then.

        `replaces`: it comes in place of that job, which is to be cancelled and so does not count.
        Raises JobGone, and what `enqueue` raises.
        """
        found = finding_of(order)
        with self._database.session() as session, session.begin():
            old = session.get(JobRow, job_id)
            if old is None:
                raise JobGone
            row = JobRow(**asdict(ticket), **_columns(order), name=old.name, traits=old.traits)
            faces = session.scalars(select(JobFaceRow.face_id).where(JobFaceRow.job_id == job_id))
            replaced = job_id if replaces and old.state in UNFINISHED else None
            return self._admit(session, row, faces.all(), found, owner=owner, replaced=replaced)

    @off_loop
    def accept_partial(self, job_id: int, pictures: int, *, owner: bool) -> bool:
        """Accept the `pictures` that a cancelled job had drawn as its album.

        False when there is no such job. Raises DayFull.
        """
        with self._database.session() as session, session.begin():
            row = session.get(JobRow, job_id)
            limit = self._daily_limit(session, row.person_id, owner=owner) if row else None
            if row is not None and limit is not None:
                daily_quota.check(session, row.person_id, limit)
            accepted = session.scalar(
                update(JobRow)
                .where(JobRow.id == job_id, JobRow.state == State.CANCELLED)
                .values(state=State.GENERATED, count=pictures, told=False)
                .returning(JobRow.id)
            )
            return accepted is not None

    def _admit(
        self,
        session: Session,
        row: JobRow,
        faces: Iterable[int],
        found: Finding,
        *,
        owner: bool,
        replaced: int | None = None,
    ) -> JobRecord:
        refuse_indecent(row, found, adult_in_groups=self._adult_in_groups)
        _refuse_redelivered(session, row)
        _refuse_pressed_twice(session, row)
        self._check_waiting(session, row.person_id, replaced)
        limit = self._daily_limit(session, row.person_id, owner=owner)
        if limit is not None:
            daily_quota.check(session, row.person_id, limit, replaced)
        row.turn = _turn_of(session, row.person_id)
        session.add(row)
        session.flush()
        session.add_all(JobFaceRow(job_id=row.id, face_id=face) for face in faces)
        if not owner:  # counted without a limit too: one may be set before the day is over
            daily_quota.add(session, row.id, row.person_id)
        return record_of(row)

    def _check_waiting(self, session: Session, person_id: int, replaced: int | None) -> None:
        """Raise WaitingEnough or QueueFull when no more jobs may wait."""
        waiting = (JobRow.state.in_(WAITING), JobRow.id.is_distinct_from(replaced))
        limits = self._limits
        if _count(session, JobRow.person_id == person_id, *waiting) >= limits.per_person:
            raise WaitingEnough(limit=limits.per_person)
        if _count(session, *waiting) >= limits.in_all:
            raise QueueFull(limit=limits.in_all)

    def _daily_limit(self, session: Session, person_id: int, *, owner: bool) -> int | None:
        """Give the person's own limit, or that of everybody; None: as many as they like."""
        if owner:
            return None
        own = session.scalar(select(UserRow.albums_a_day).where(UserRow.id == person_id))
        return self._limits.per_day if own is None else own


def _refuse_redelivered(session: Session, row: JobRow) -> None:
    """Raise Redelivered when the same update has brought this job before."""
    seen = (
        JobRow.update_id == row.update_id,
        JobRow.chat_id == row.chat_id,
        JobRow.message_id == row.message_id,
    )
    if row.update_id is not None and _count(session, *seen):
        raise Redelivered


def _refuse_pressed_twice(session: Session, row: JobRow) -> None:
    """Raise QueuedAlready while the album that the same button asked for is on its way."""
    pressed = (
        JobRow.person_id == row.person_id,
        JobRow.state.in_((*UNFINISHED, *UNDELIVERED)),
        JobRow.chat_id == row.chat_id,
        JobRow.message_id == row.message_id,
        JobRow.button == row.button,
    )
    if row.button is not None and _count(session, *pressed):
        raise QueuedAlready


def _columns(order: AlbumOrder) -> dict[str, Any]:
    """Give the columns that say what is drawn, and how."""
    fields = asdict(order)
    lists = {name: list(fields[name]) for name in ("near", "scenes", "loras", "remarks")}
    loras = bool(order.loras) or bool(order.style and order.style.lora)
    return (
        fields
        | lists
        | {
            "mode_name": order.mode.name,
            "steps": order.mode.steps,
            "needs": needs_of(order.mode, loras=loras),
        }
    )


def _turn_of(session: Session, person_id: int) -> int:
    """Give the turn of the person's next job."""
    last = session.scalar(
        select(func.max(JobRow.turn)).where(
            JobRow.person_id == person_id, JobRow.state.in_(UNFINISHED)
        )
    )
    current = _current_turn(session)
    return current if last is None else max(last + 1, current)


def _current_turn(session: Session) -> int:
    """Give the turn that is being drawn, or else comes next.

    What waits in vain, because no machine has what it needs, stays behind it.
    """
    for state in (State.RUNNING, State.QUEUED):
        first = session.scalar(select(func.min(JobRow.turn)).where(JobRow.state == state))
        if first is not None:
            return first
    return 0


def _count(session: Session, *conditions: object) -> int:
    return session.scalar(select(func.count(JobRow.id)).where(*conditions)) or 0  # type: ignore[arg-type]
