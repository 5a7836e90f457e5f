"""The record of jobs: what was accepted stays here until it is delivered or answered for."""

from dataclasses import dataclass

from sqlalchemy import and_, delete, or_, select, true, update

from db.albums import Albums
from db.engine import Database, off_loop
from db.jobs.states import ENDED, UNFINISHED, State
from db.tables import JobRow

CRASHES_FORGIVEN = 1
"""Crashes that a job survives: one that crashes the bot again and again would stop everybody."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """Whose job it is, and where its answer goes. `message_id` is the command's.

    `update_id` is what Telegram numbers the command's delivery by; None when nobody delivered it.
    """

    person_id: int
    chat_id: int
    thread_id: int | None
    message_id: int
    language: str
    update_id: int | None = None


@dataclass(frozen=True, slots=True)
class JobRecord:
    """What the outside needs to know of a job."""

    id: int
    state: State
    ticket: Ticket
    status_message_id: int | None
    words: str
    mode_name: str
    seed: int
    near: tuple[int, ...]
    count: int
    seconds: float | None
    sent: tuple[int, ...]
    """The album's messages."""


class Jobs:
    """The jobs, for the handlers."""

    def __init__(self, database: Database, albums: Albums) -> None:
        self._database = database
        self._albums = albums

    @off_loop
    def get(self, job_id: int) -> JobRecord | None:
        with self._database.reading() as session:
            row = session.get(JobRow, job_id)
            return record_of(row) if row else None

    @off_loop
    def in_state(self, *states: State) -> list[JobRecord]:
        with self._database.reading() as session:
            rows = session.scalars(
                select(JobRow).where(JobRow.state.in_(states)).order_by(JobRow.id)
            )
            return [record_of(row) for row in rows]

    @off_loop
    def history(self, person_id: int, skip: int, count: int) -> list[JobRecord]:
        """Give the person's albums, the newest first, after the first `skip`.

        One that could not be sent is among them: a chat that was closed may be open again.
        """
        drawn = and_(JobRow.state.in_((State.IN_DOUBT, State.FAILED)), JobRow.seconds.is_not(None))
        with self._database.reading() as session:
            rows = session.scalars(
                select(JobRow)
                .where(JobRow.person_id == person_id, or_(JobRow.state == State.DELIVERED, drawn))
                .order_by(JobRow.id.desc())
                .offset(skip)
                .limit(count)
            )
            return [record_of(row) for row in rows]

    @off_loop
    def last(self, person_id: int, chat_id: int | None = None) -> JobRecord | None:
        """Give what the person asked for last, whatever became of it; in this chat, if given."""
        with self._database.reading() as session:
            row = session.scalar(
                select(JobRow)
                .where(
                    JobRow.person_id == person_id,
                    true() if chat_id is None else JobRow.chat_id == chat_id,
                )
                .order_by(JobRow.id.desc())
                .limit(1)
            )
            return record_of(row) if row else None

    @off_loop
    def announced(self, job_id: int, status_message_id: int | None) -> None:
        """Keep which message follows the job; None when there is none any more."""
        self._set(job_id, status_message_id=status_message_id)

    @off_loop
    def told(self, job_id: int) -> None:
        """Keep that the person knows how the job ended."""
        self._set(job_id, told=True)

    @off_loop
    def untold(self) -> list[JobRecord]:
        """Give the jobs that ended, and nobody could say so yet."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(JobRow).where(JobRow.state.in_(ENDED), ~JobRow.told).order_by(JobRow.id)
            )
            return [record_of(row) for row in rows]

    @off_loop
    def delivered(self, job_id: int, message_ids: list[int]) -> None:
        """Keep that the album is there, and which messages it is."""
        self._set(job_id, state=State.DELIVERED, sent=message_ids)

    @off_loop
    def cancel_of(self, person_id: int, chat_id: int | None = None) -> list[JobRecord]:
        """Cancel what waits of the person's, in this chat if given, and want cancelled what runs.

        Give all of them as they were before.
        """
        with self._database.session() as session, session.begin():
            rows = session.scalars(
                select(JobRow)
                .where(
                    JobRow.person_id == person_id,
                    true() if chat_id is None else JobRow.chat_id == chat_id,
                    JobRow.state.in_(UNFINISHED),
                )
                .order_by(JobRow.id)
            )
            return [_cancel(row) for row in rows]

    @off_loop
    def cancel(self, job_id: int) -> JobRecord | None:
        """Cancel one job; None when it is neither waiting nor running."""
        with self._database.session() as session, session.begin():
            row = session.get(JobRow, job_id)
            if row is None or row.state not in UNFINISHED:
                return None
            return _cancel(row)

    @off_loop
    def move(self, job_id: int, *, old: State, new: State) -> bool:
        """Take the job from one state to the next; False when it was no longer there."""
        with self._database.session() as session, session.begin():
            moved = session.scalar(
                update(JobRow)
                .where(JobRow.id == job_id, JobRow.state == old)
                .values(state=new)
                .returning(JobRow.id)
            )
            return moved is not None

    @off_loop
    def erase(self, job_id: int) -> None:
        """Take a job and its pictures away."""
        with self._database.session() as session, session.begin():
            session.execute(delete(JobRow).where(JobRow.id == job_id))
        self._albums.drop([job_id])

    @off_loop
    def recover(self) -> None:
        """Put back what a crash cut off; what crashed once too often has failed."""
        with self._database.session() as session, session.begin():
            orphans = session.scalars(select(JobRow).where(JobRow.state == State.RUNNING)).all()
            for row in orphans:
                row.crashes += 1
                lost = row.crashes > CRASHES_FORGIVEN
                row.state = State.FAILED if lost else State.QUEUED
                row.told = False

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
        with self._database.reading() as session:
            known = set(session.scalars(select(JobRow.id)))
        self._albums.drop(set(self._albums.job_ids()) - known)

    def _set(self, job_id: int, **values: object) -> None:
        with self._database.session() as session, session.begin():
            session.execute(update(JobRow).where(JobRow.id == job_id).values(**values))


def record_of(row: JobRow) -> JobRecord:
    ticket = Ticket(
        row.person_id, row.chat_id, row.thread_id, row.message_id, row.language, row.update_id
    )
    return JobRecord(
        id=row.id,
        state=State(row.state),
        ticket=ticket,
        status_message_id=row.status_message_id,
        words=row.words,
        mode_name=row.mode_name,
        seed=row.seed,
        near=tuple(row.near or ()),
        count=row.count,
        seconds=row.seconds,
        sent=tuple(row.sent or ()),
    )


def _cancel(row: JobRow) -> JobRecord:
    """Give the card as it was before: whether it was waiting or running."""
    card = record_of(row)
    if row.state == State.QUEUED:
        row.state = State.CANCELLED
    else:
        row.cancel_wanted = True
    return card
