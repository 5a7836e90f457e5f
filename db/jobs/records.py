"""The record of jobs: what was accepted, and what became of it."""

from dataclasses import dataclass

from sqlalchemy import delete, or_, select, true, update

from db.albums import Albums
from db.engine import Database, off_loop
from db.jobs.states import AT_REST, ENDED, UNFINISHED, WAITING, State
from db.tables import ErasedJobRow, JobRow

CRASHES_FORGIVEN = 1
"""Crashes of the bot that a job survives: one that always crashes it would stop everybody."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """Whose job it is, and where the answer goes.

    `message_id` is the id of the command's message, `update_id` that of Telegram's update with it;
    None when there was no update.
    """

    person_id: int
    chat_id: int
    thread_id: int | None
    message_id: int
    language: str
    update_id: int | None = None


@dataclass(frozen=True, slots=True)
class JobRecord:
    """A job, as its users outside of `db` see it."""

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
    """The ids of the album's messages."""


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
        """Give up to `count` of the person's albums, the newest first, after the first `skip`.

        An album that could not be sent is among them: its chat may be open again.
        """
        delivered, drawn = JobRow.state == State.DELIVERED, JobRow.seconds.is_not(None)
        with self._database.reading() as session:
            rows = session.scalars(
                select(JobRow)
                .where(
                    JobRow.person_id == person_id,
                    JobRow.state.in_(AT_REST),
                    or_(delivered, drawn),
                )
                .order_by(JobRow.id.desc())
                .offset(skip)
                .limit(count)
            )
            return [record_of(row) for row in rows]

    @off_loop
    def last(self, person_id: int, chat_id: int | None = None) -> JobRecord | None:
        """Give the person's newest job, in any state; only of the chat, if one is given."""
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
        """Record which message shows the job's status; None when no message does any more."""
        self._set(job_id, status_message_id=status_message_id)

    @off_loop
    def told(self, job_id: int) -> None:
        """Record that the person has been told how the job ended."""
        self._set(job_id, told=True)

    @off_loop
    def untold(self) -> list[JobRecord]:
        """Give the jobs that have ended, but whose person has not been told."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(JobRow).where(JobRow.state.in_(ENDED), ~JobRow.told).order_by(JobRow.id)
            )
            return [record_of(row) for row in rows]

    @off_loop
    def delivered(self, job_id: int, message_ids: list[int]) -> None:
        """Record that the album has arrived, as these messages."""
        self._set(job_id, state=State.DELIVERED, sent=message_ids)

    @off_loop
    def cancel_of(self, person_id: int, chat_id: int | None = None) -> list[JobRecord]:
        """Cancel the person's unfinished jobs; only those of the chat, if one is given.

        A running job is only marked: its worker stops. Gives the jobs as they were before.
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
        """Cancel a job, and give it as it was before; None when it is not unfinished."""
        with self._database.session() as session, session.begin():
            row = session.get(JobRow, job_id)
            if row is None or row.state not in UNFINISHED:
                return None
            return _cancel(row)

    @off_loop
    def move(self, job_id: int, *, old: State, new: State) -> bool:
        """Take the job from the state `old` to `new`; False when it was not in `old`."""
        with self._database.session() as session, session.begin():
            moved = session.scalar(
                update(JobRow)
                .where(JobRow.id == job_id, JobRow.state == old)
                .values(state=new)
                .returning(JobRow.id)
            )
            return moved is not None

    @off_loop
    def erase(self, job_id: int) -> list[int]:
        """Delete a job and its pictures; give the jobs whose pictures could not be removed."""
        with self._database.session() as session, session.begin():
            session.execute(delete(JobRow).where(JobRow.id == job_id))
            session.merge(ErasedJobRow(job_id=job_id))
        return self._albums.drop([job_id])

    @off_loop
    def recover(self) -> None:
        """Queue again the jobs that a crash interrupted; fail those that crashed too often."""
        with self._database.session() as session, session.begin():
            orphans = session.scalars(select(JobRow).where(JobRow.state == State.RUNNING)).all()
            for row in orphans:
                row.crashes += 1
                lost = row.crashes > CRASHES_FORGIVEN
                row.state = State.FAILED if lost else State.QUEUED
                row.told = False

    @off_loop
    def put_all_back(self) -> None:
        """Queue the running jobs again for the next start; this stop does not count as a crash."""
        with self._database.session() as session, session.begin():
            session.execute(
                update(JobRow).where(JobRow.state == State.RUNNING).values(state=State.QUEUED)
            )

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
    """Cancel a waiting job, or mark a running one; give the job as it was before."""
    before = record_of(row)
    if row.state in WAITING:
        row.state = State.CANCELLED
    else:
        row.cancel_wanted = True
    return before
