"""The record of jobs: what was accepted, and what became of it."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, func, not_, or_, select, true, update

from db.albums import Albums
from db.engine import Database, off_loop
from db.faces import release
from db.jobs.job_record import UNTAKEN, JobRecord, Ticket, record_of
from db.jobs.states import AT_REST, ENDED, UNDELIVERED, UNFINISHED, WAITING, Canceller, State
from db.tables import ErasedJobRow, JobFaceRow, JobRow

CRASHES_FORGIVEN = 1
"""Crashes of the bot that a job survives: one that always crashes it would stop everybody."""

REMEMBERED = 500
"""Jobs of a chat, from the newest on, of whose messages it is known that they are theirs."""

DELETED_AT_ONCE = 100
"""Most messages that Telegram deletes in one call."""


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
    def drawn(self) -> list[JobRecord]:
        """Give the jobs whose albums are drawn and here, and were not sent."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(JobRow)
                .where(JobRow.state == State.GENERATED, not_(UNTAKEN))
                .order_by(JobRow.id)
            )
            return [record_of(row) for row in rows]

    @off_loop
    def history(self, person_id: int, skip: int, count: int) -> list[JobRecord]:
        """Give up to `count` of the person's albums, the newest first, after the first `skip`.

        One that could not be sent, or is still on its way, is among them.
        """
        with self._database.reading() as session:
            rows = session.scalars(
                select(JobRow)
                .where(*_albums_of(person_id))
                .order_by(JobRow.id.desc())
                .offset(skip)
                .limit(count)
            )
            return [record_of(row) for row in rows]

    @off_loop
    def count_history(self, person_id: int) -> int:
        """Count the person's albums."""
        with self._database.reading() as session:
            albums = select(func.count(JobRow.id)).where(*_albums_of(person_id))
            return session.scalar(albums) or 0

    @off_loop
    def last(self, person_id: int, chat_id: int | None = None) -> JobRecord | None:
        """Give the person's newest job, in any state; only of the chat, if one is given."""
        with self._database.reading() as session:
            row = session.scalar(
                select(JobRow)
                .where(
                    JobRow.person_id == person_id,
                    JobRow.expired.is_(False),
                    true() if chat_id is None else JobRow.chat_id == chat_id,
                )
                .order_by(JobRow.id.desc())
                .limit(1)
            )
            return record_of(row) if row else None

    @off_loop
    def of_message(self, chat_id: int, message_id: int) -> JobRecord | None:
        """Give the job whose album has this message, or whose status it is."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(JobRow)
                .where(JobRow.chat_id == chat_id)
                .order_by(JobRow.id.desc())
                .limit(REMEMBERED)
            )
            for row in rows:
                if message_id == row.status_message_id or message_id in (row.sent or ()):
                    return record_of(row)
            return None

    @off_loop
    def announced(
        self, job_id: int, status_message_id: int | None, digest: str | None = None
    ) -> None:
        """Record which message shows the job's status, and what it says; None when none does."""
        self._set(job_id, status_message_id=status_message_id, status_digest=digest)

    @off_loop
    def status_says(self, job_id: int, digest: str | None) -> None:
        """Record what the status message says: after a restart it is not edited into that again.

        None when nobody knows.
        """
        self._set(job_id, status_digest=digest)

    @off_loop
    def told(self, job_id: int) -> None:
        """Record that the person has been told how the job ended."""
        self._set(job_id, told=True)

    @off_loop
    def untold(self) -> list[JobRecord]:
        """Give the jobs that have ended, but whose person has not been told."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(JobRow)
                .where(JobRow.state.in_(ENDED), ~JobRow.told, ~JobRow.expired, not_(UNTAKEN))
                .order_by(JobRow.id)
            )
            return [record_of(row) for row in rows]

    @off_loop
    def delivered(self, job_id: int, message_ids: list[int], file_ids: Sequence[str] = ()) -> None:
        """Record that the album has arrived, as these messages with these photos."""
        self._set(job_id, state=State.DELIVERED, sent=message_ids, file_ids=list(file_ids) or None)

    @off_loop
    def sent_again(
        self, job_id: int, chat_id: int, message_ids: Sequence[int], file_ids: Sequence[str]
    ) -> None:
        """Record that the album was sent once more; in its own chat it is deleted as a whole."""
        with self._database.session() as session, session.begin():
            row = session.get(JobRow, job_id)
            if row is None:
                return
            row.file_ids = list(file_ids) or None
            if row.chat_id == chat_id:
                row.sent = [*(row.sent or ()), *message_ids][-DELETED_AT_ONCE:]

    @off_loop
    def redirect(self, job_id: int, ticket: Ticket) -> bool:
        """Let a drawn album that never arrived be sent to where `ticket` says.

        False when there is no such album.
        """
        place = {"chat_id": ticket.chat_id, "thread_id": ticket.thread_id}
        with self._database.session() as session, session.begin():
            redirected = session.scalar(
                update(JobRow)
                .where(JobRow.id == job_id, JobRow.state.in_((State.FAILED, State.IN_DOUBT)))
                .values(
                    state=State.GENERATED,
                    told=False,
                    message_id=ticket.message_id,
                    status_message_id=None,
                    **place,
                )
                .returning(JobRow.id)
            )
            return redirected is not None

    @off_loop
    def cancel_of(
        self, person_id: int, chat_id: int | None = None, by: Canceller = Canceller.PERSON
    ) -> list[JobRecord]:
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
                .with_for_update()  # a machine may be about to take it
            )
            return [_cancel(row, by) for row in rows]

    @off_loop
    def cancel(self, job_id: int, by: Canceller = Canceller.PERSON) -> JobRecord | None:
        """Cancel a job, and give it as it was before; None when it is not unfinished."""
        with self._database.session() as session, session.begin():
            row = session.get(JobRow, job_id, with_for_update=True)
            if row is None or row.state not in UNFINISHED:
                return None
            return _cancel(row, by)

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
        """Delete a job and its pictures; give the jobs whose pictures could not be removed.

        Faces that only this job had are erased with it.
        """
        with self._database.session() as session, session.begin():
            drawn = select(JobFaceRow.face_id).where(JobFaceRow.job_id == job_id)
            faces = session.scalars(drawn).all()
            session.execute(delete(JobRow).where(JobRow.id == job_id))
            release(session, faces)
            session.merge(ErasedJobRow(job_id=job_id))
        return self._albums.drop([job_id])

    @off_loop
    def recover(self) -> None:
        """Queue again the jobs that a crash interrupted; fail those that crashed too often.

        What was drawn of them goes: nobody knows any more which picture is which. Machines go on
        with theirs: the bot's crash is not theirs.
        """
        with self._database.session() as session, session.begin():
            unfinished = select(JobRow).where(
                JobRow.state.in_(UNFINISHED), JobRow.machine.is_(None)
            )
            rows = session.scalars(unfinished).all()
            for row in rows:
                row.pictures = []
            for row in (row for row in rows if row.state == State.RUNNING):
                row.crashes += 1
                lost = row.crashes > CRASHES_FORGIVEN
                row.state = State.FAILED if lost else State.QUEUED
                row.told = False
        self._albums.drop(row.id for row in rows)

    @off_loop
    def put_all_back(self) -> None:
        """Queue again what the bot's own workers draw; this stop does not count as a crash."""
        with self._database.session() as session, session.begin():
            session.execute(
                update(JobRow)
                .where(JobRow.state == State.RUNNING, JobRow.machine.is_(None))
                .values(state=State.QUEUED)
            )

    def _set(self, job_id: int, **values: object) -> None:
        with self._database.session() as session, session.begin():
            session.execute(update(JobRow).where(JobRow.id == job_id).values(**values))


def _albums_of(person_id: int) -> tuple[ColumnElement[bool], ...]:
    """Give what makes a job one of the person's albums: it was drawn, or is sent in part."""
    over = JobRow.state.in_((*AT_REST, *UNDELIVERED))
    drawn = or_(
        JobRow.seconds.is_not(None),
        JobRow.state.in_((State.DELIVERED, State.IN_DOUBT, *UNDELIVERED)),
    )
    return (JobRow.person_id == person_id, JobRow.expired.is_(False), over, drawn)


def _cancel(row: JobRow, by: Canceller) -> JobRecord:
    """Cancel a waiting job, or mark a running one; give the job as it was before.

    Only who cancelled it is new in what it gives: the person is told.
    """
    row.cancelled_by = by
    before = record_of(row)
    if row.state in WAITING:
        row.state = State.CANCELLED
    else:
        row.cancel_wanted = True
    return before
