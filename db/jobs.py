"""The queue of jobs: what was accepted stays here until it is delivered or answered for.

queued -> running -> generated -> delivering -> delivered, or failed, cancelled; in doubt when
nobody knows whether the album arrived, until the person says so.
"""

from dataclasses import asdict, dataclass
from enum import StrEnum

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from db.albums import Albums
from db.characters import NoCharacter, traits_from, traits_to
from db.engine import Database, off_loop
from db.tables import CharacterRow, FaceRow, JobRow
from db.users import row_of
from generation.character import Character
from generation.errors import Refusal
from generation.presets import Preset
from generation.request import GenerationRequest, Job, Picture

CRASHES_FORGIVEN = 1


class AlreadyQueued(Refusal):
    """The person has a job waiting."""


class State(StrEnum):
    QUEUED = "queued"
    RUNNING = "running"
    GENERATED = "generated"
    DELIVERING = "delivering"
    DELIVERED = "delivered"
    IN_DOUBT = "in doubt"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Ticket:
    """Whose job it is, and where its answer goes. `message_id` is the command's."""

    person_id: int
    chat_id: int
    thread_id: int | None
    message_id: int
    language: str


@dataclass(frozen=True, slots=True)
class JobCard:
    """What the outside needs to know of a job."""

    id: int
    state: State
    ticket: Ticket
    status_message_id: int | None
    words: str
    preset: str
    seed: int
    count: int
    seconds: float | None


class Jobs:
    """The jobs. The worker's methods block; the others are awaited."""

    def __init__(self, database: Database, albums: Albums) -> None:
        self._database = database
        self._albums = albums

    # For the handlers

    @off_loop
    def enqueue(self, request: GenerationRequest, ticket: Ticket) -> JobCard:
        """Accept a job. Raises AlreadyQueued, and NoCharacter if it was erased meanwhile."""
        try:
            with self._database.session() as session, session.begin():
                row_of(session, ticket.person_id)
                character = session.get(CharacterRow, ticket.person_id)
                if character is None:
                    raise NoCharacter
                row = JobRow(
                    **asdict(ticket),
                    face_id=character.face_id,
                    name=request.character.name,
                    traits=traits_to(request.character.traits),
                    words=request.words,
                    preset=asdict(request.preset),
                    seed=request.seed,
                    count=request.count,
                )
                session.add(row)
                session.flush()
                return _card(row)
        except IntegrityError as error:
            raise AlreadyQueued from error

    @off_loop
    def announced(self, job_id: int, status_message_id: int | None) -> None:
        """Keep which message follows the job; None when there is none any more."""
        with self._database.session() as session, session.begin():
            session.execute(
                update(JobRow)
                .where(JobRow.id == job_id)
                .values(status_message_id=status_message_id)
            )

    @off_loop
    def ahead(self, job_id: int) -> int:
        """Count the jobs that come before this one, the running one included."""
        earlier = (JobRow.state == State.RUNNING) | (
            (JobRow.state == State.QUEUED) & (JobRow.id < job_id)
        )
        with self._database.session() as session:
            return session.scalar(
                select(func.count()).where(earlier, JobRow.id != job_id)
            ) or 0  # fmt: skip

    @off_loop
    def card(self, job_id: int) -> JobCard | None:
        with self._database.session() as session:
            row = session.get(JobRow, job_id)
            return _card(row) if row else None

    @off_loop
    def in_state(self, *states: State) -> list[JobCard]:
        with self._database.session() as session:
            rows = session.scalars(
                select(JobRow).where(JobRow.state.in_(states)).order_by(JobRow.id)
            )
            return [_card(row) for row in rows]

    @off_loop
    def cancel_of(self, person_id: int) -> list[JobCard]:
        """Cancel the person's waiting job, and want the running one cancelled; give both."""
        with self._database.session() as session, session.begin():
            rows = session.scalars(
                select(JobRow).where(
                    JobRow.person_id == person_id,
                    JobRow.state.in_((State.QUEUED, State.RUNNING)),
                )
            )
            return [_cancel(row) for row in rows]

    @off_loop
    def cancel(self, job_id: int, person_id: int | None) -> JobCard | None:
        """Cancel one job; None when it is neither waiting nor running, or is not the person's.

        `person_id` None: the owner, who may cancel anybody's.
        """
        with self._database.session() as session, session.begin():
            row = session.get(JobRow, job_id)
            if row is None or row.state not in (State.QUEUED, State.RUNNING):
                return None
            if person_id not in (None, row.person_id):
                return None
            return _cancel(row)

    @off_loop
    def move(self, job_id: int, *, old: State, new: State) -> bool:
        """Take the job from one state to the next; False when it was no longer there."""
        return self._move(job_id, old, new)

    @off_loop
    def recover(self) -> list[JobCard]:
        """Put back what a crash cut off; give the jobs that crashed once too often, now failed."""
        with self._database.session() as session, session.begin():
            orphans = session.scalars(select(JobRow).where(JobRow.state == State.RUNNING)).all()
            for row in orphans:
                row.crashes += 1
                lost = row.crashes > CRASHES_FORGIVEN
                row.state = State.FAILED if lost else State.QUEUED
            return [_card(row) for row in orphans if row.state == State.FAILED]

    @off_loop
    def put_all_back(self) -> None:
        """Let the next start draw what runs: this stop is no crash."""
        with self._database.session() as session, session.begin():
            session.execute(
                update(JobRow).where(JobRow.state == State.RUNNING).values(state=State.QUEUED)
            )

    @off_loop
    def drop_strays(self) -> None:
        """Drop pictures whose job is gone: a crash came between the two halves of /forget."""
        with self._database.session() as session:
            known = set(session.scalars(select(JobRow.id)))
        self._albums.drop(set(self._albums.job_ids()) - known)

    # For the worker thread

    def claim(self) -> Job | None:
        """Take the oldest waiting job, so that nobody else can."""
        oldest = (
            select(JobRow.id)
            .where(JobRow.state == State.QUEUED)
            .order_by(JobRow.id)
            .limit(1)
            .scalar_subquery()
        )
        with self._database.session() as session, session.begin():
            row = session.scalar(
                update(JobRow)
                .where(JobRow.id == oldest)
                .values(state=State.RUNNING, claims=JobRow.claims + 1)
                .returning(JobRow)
            )
            return _job(session, row) if row else None

    def keep(self, job: Job, picture: Picture) -> None:
        self._albums.keep(job.id, picture)

    def finish(self, job_id: int, seconds: float) -> None:
        """Mark the album as made; `seconds` from the claim to the last picture."""
        self._end(job_id, State.GENERATED, seconds=seconds)

    def fail(self, job_id: int) -> None:
        self._end(job_id, State.FAILED)

    def cancelled(self, job_id: int) -> None:
        self._end(job_id, State.CANCELLED)

    def put_back(self, job_id: int) -> None:
        self._end(job_id, State.QUEUED)

    def cancel_wanted(self, job_id: int) -> bool:
        """Also True when the job was erased."""
        with self._database.session() as session:
            row = session.get(JobRow, job_id)
            return row is None or row.cancel_wanted

    def _end(self, job_id: int, state: State, **values: float) -> None:
        erased = not self._move(job_id, State.RUNNING, state, **values)
        if erased or state != State.GENERATED:
            self._albums.drop([job_id])

    def _move(self, job_id: int, old: State, new: State, **values: float) -> bool:
        with self._database.session() as session, session.begin():
            moved = session.scalar(
                update(JobRow)
                .where(JobRow.id == job_id, JobRow.state == old)
                .values(state=new, **values)
                .returning(JobRow.id)
            )
            return moved is not None


def _cancel(row: JobRow) -> JobCard:
    """Give the card as it was before: whether it was waiting or running."""
    card = _card(row)
    if row.state == State.QUEUED:
        row.state = State.CANCELLED
    else:
        row.cancel_wanted = True
    return card


def _card(row: JobRow) -> JobCard:
    ticket = Ticket(row.person_id, row.chat_id, row.thread_id, row.message_id, row.language)
    return JobCard(
        id=row.id,
        state=State(row.state),
        ticket=ticket,
        status_message_id=row.status_message_id,
        words=row.words,
        preset=row.preset["name"],
        seed=row.seed,
        count=row.count,
        seconds=row.seconds,
    )


def _job(session: Session, row: JobRow) -> Job:
    face = session.get_one(FaceRow, row.face_id)
    character = Character(row.name, face.image, traits_from(row.traits))
    request = GenerationRequest(character, row.words, Preset(**row.preset), row.seed, row.count)
    return Job(row.id, request)
