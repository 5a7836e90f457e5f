"""The queue of a machine: its job comes from the engine, its pictures go to the database."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, NoReturn

from sqlalchemy import ColumnElement, and_, delete, insert, literal, select, text, update
from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from db.engine import Database
from db.jobs.states import State
from db.jobs.worker_queue import WorkerQueue, read_job, writes
from db.machines.handover import Handover, Lease, Verdict, still_mine
from db.machines.news import failure_of
from db.machines.paces import Paces
from db.machines.tables import DrawnPictureRow
from db.refusals import is_no_fault_of_the_row
from db.tables import JobRow
from generation.request import Job, Picture, PictureNote
from generation.work.queue import JobDamaged, QueueUnwritable

MINE = f"SELECT id FROM procrastinate_jobs WHERE {still_mine(':{}')}"  # noqa: S608 - ours
"""Finds the engine's row of a lease, if it is this machine's still."""

LOCK = (
    "WITH job AS (SELECT id FROM jobs WHERE id = :job_id FOR NO KEY UPDATE), mine AS ("  # noqa: S608 - ours
    f"{MINE} AND (SELECT count(*) FROM job) >= 0 FOR UPDATE)"
)
"""Locks the job first, if it was not erased, and then the engine's row: so does the bot when it
cancels or erases it, and in the other order they could wait for each other."""

LOCKED = text(f"{LOCK} SELECT count(*) FROM mine")  # noqa: S608 - ours

STILL_MINE = text(MINE)

ALIVE = text("SELECT procrastinate_update_heartbeat_v1(:worker_id)")

BEGIN = text(
    f"{LOCK}, begun AS ("  # noqa: S608 - ours
    "UPDATE jobs SET state = 'running', machine = :machine, pictures = '[]', "
    "claimed = timezone('UTC', clock_timestamp()) FROM mine WHERE jobs.id = :job_id "
    # The connection may have broken after the commit of an earlier try.
    "AND (state = 'queued' OR (state = 'running' AND machine = :machine)) RETURNING jobs.id"
    "), dropped AS ("
    "DELETE FROM drawn_pictures WHERE job_id = (SELECT id FROM begun)"
    ") SELECT (SELECT count(*) FROM mine), (SELECT id FROM begun)"
)
"""Does the same, and begins the job if nobody else has, without what an earlier attempt left.

One statement, so that it needs no transaction around it: a job is to be claimed within 5 ms."""


class RemoteQueue(WorkerQueue):
    """What `WorkerQueue` is to the bot's own workers. It blocks: for the worker's thread only."""

    def __init__(
        self,
        database: Database,
        name: str,
        handover: Handover,
        timing_key: Callable[[str], str],
        paces: Paces,
        lost: Callable[[], NoReturn],
    ) -> None:
        """`name` is the machine's; `lost` ends the process: another machine has its job."""
        self._database = database
        self._at_once = database.engine.execution_options(isolation_level="AUTOCOMMIT")
        """Each of its statements is a transaction, without a word before and after."""
        self._name = name
        self._handover = handover
        self._timing_key = timing_key
        self._paces = paces
        self._job: Job | None = None
        self._lost = lost

    @writes
    def claim(self) -> Job | None:
        """Begin the job that the engine handed over, if nobody else has, or cancelled it.

        Pictures of an earlier attempt go. Raises JobDamaged as `WorkerQueue.claim` does.
        """
        lease = self._handover.take()
        if lease is None:
            return None
        try:
            self._job = self._begin(lease)
        except Exception as error:
            if is_no_fault_of_the_row(error):
                raise  # the database's trouble, not the job's
            with super()._writing() as session:  # by way of running: only that may a machine end
                session.execute(BEGIN, {**asdict(lease), "machine": self._name})
                session.execute(
                    update(JobRow)
                    .where(JobRow.id == lease.job_id, JobRow.state == State.RUNNING)
                    .values(state=State.FAILED, failure=failure_of(error))
                )
            self._handover.settle(Verdict.ENDED)
            raise JobDamaged(lease.job_id) from error
        if self._job is None:
            self._handover.settle(Verdict.ENDED)
        return self._job

    def _begin(self, lease: Lease) -> Job | None:
        with self._at_once.connect() as connection:
            mine, begun = connection.execute(BEGIN, {**asdict(lease), "machine": self._name}).one()
            if not mine:
                self._lost()
            if begun is None:
                return None
            try:
                return read_job(connection, lease.job_id)
            except NoResultFound:
                return None  # it was erased just now

    @writes
    def save_picture(self, job: Job, picture: Picture, parameters: str) -> None:
        """Keep a picture in the database, until the bot has copied it."""
        from db import png  # noqa: PLC0415 - imports OpenCV

        number, encoded = picture.index + 1, png.encode(picture.image, parameters)
        with self._writing() as session:
            session.execute(
                delete(DrawnPictureRow).where(
                    DrawnPictureRow.job_id == job.id, DrawnPictureRow.number == number
                )
            )
            session.execute(  # nothing, if the job was erased
                insert(DrawnPictureRow).from_select(
                    ["job_id", "number", "png"],
                    select(
                        JobRow.id, literal(number), literal(encoded, DrawnPictureRow.png.type)
                    ).where(JobRow.id == job.id),
                )
            )

    @writes
    def arrange(self, job_id: int, order: Sequence[tuple[int, PictureNote]]) -> None:
        """Number the pictures anew, once: trying again after a cut connection changes nothing."""
        notes = [asdict(note) for _, note in order]
        with self._writing() as session:
            arranged = session.scalar(
                update(JobRow)
                .where(
                    self._is_drawn_here(job_id),
                    text("CAST(jobs.pictures AS text) = '[]'"),
                )
                .values(pictures=notes)
                .returning(JobRow.id)
            )
            if arranged is None:
                return
            # By way of numbers below 0: no two pictures may have the same one in between.
            for number, (index, _) in enumerate(order, start=1):
                self._renumber(session, job_id, index + 1, -number)
            for number in range(1, len(order) + 1):
                self._renumber(session, job_id, -number, number)

    def save_embedding(self, face: bytes, embedding: bytes) -> None:
        """Keep nothing of a person's face: the next album computes it again, in 30 ms."""

    def finish(self, job_id: int, seconds: float) -> bool:
        finished = super().finish(job_id, seconds)
        if finished:
            if self._job is not None:
                self._paces.note(self._job.request, seconds)
            self._handover.settle(Verdict.ENDED)
        return finished

    @writes
    def fail(self, job_id: int, error: Exception, /) -> None:
        """Mark the job as failed, and write down why."""
        self._end(job_id, State.FAILED, keeps_pictures=False, failure=failure_of(error))
        self._handover.settle(Verdict.ENDED)

    def cancelled(self, job_id: int) -> None:
        super().cancelled(job_id)
        self._handover.settle(Verdict.ENDED)

    def put_back(self, job_id: int) -> None:
        super().put_back(job_id)
        self._handover.settle(Verdict.PUT_BACK)

    def check(self) -> bool:
        """Say whether the job that is being drawn is to be cancelled, or was erased.

        Gives the engine a sign of life for it: where its own signs broke off with the connection,
        it gives none until the job has ended. Ends the process if another machine has the job.
        """
        lease = self._handover.lease
        if lease is None:
            return False
        with self._database.session() as session, session.begin():
            mine = session.scalar(STILL_MINE, asdict(lease))
            session.execute(ALIVE, {"worker_id": lease.worker_id})
        if mine is None and self._handover.lease == lease:
            self._lost()
        return self.cancel_wanted(lease.job_id)

    def give_up(self) -> None:
        """Put back what is being drawn, for a thread that does not come to it."""
        if (lease := self._handover.lease) is not None:
            self.put_back(lease.job_id)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Session]:
        """Open a transaction that writes, while the engine's job is this machine's.

        Raises QueueUnwritable when it has none.
        """
        with super()._writing() as session:
            lease = self._handover.lease
            if lease is None:
                raise QueueUnwritable("no job is handed over")
            if not session.scalar(LOCKED, asdict(lease)):
                self._lost()
            yield session

    def _is_drawn_here(self, job_id: int) -> ColumnElement[bool]:
        """Find the job while it is this machine's: put back, it may be another's at once."""
        return and_(
            JobRow.id == job_id, JobRow.state == State.RUNNING, JobRow.machine == self._name
        )

    def _end(
        self,
        job_id: int,
        state: State,
        *conditions: ColumnElement[bool],
        keeps_pictures: bool = True,
        **values: Any,  # noqa: ANN401 - values of columns
    ) -> bool:
        """Take the job from running to `state`. False: it was not running, or was erased."""
        with self._writing() as session:
            ended = session.scalar(
                update(JobRow)
                .where(self._is_drawn_here(job_id), *conditions)
                .values(state=state, **values)
                .returning(JobRow.id)
            )
            if ended is not None and not keeps_pictures:
                self._drop_pictures(session, job_id)
        return ended is not None

    def _drop_pictures(self, session: Session, job_id: int) -> None:
        session.execute(delete(DrawnPictureRow).where(DrawnPictureRow.job_id == job_id))

    def _renumber(self, session: Session, job_id: int, old: int, new: int) -> None:
        session.execute(
            update(DrawnPictureRow)
            .where(DrawnPictureRow.job_id == job_id, DrawnPictureRow.number == old)
            .values(number=new)
        )
