"""Gives the jobs of machines that are gone to others, and keeps the engine's line tidy."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, text, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from db.engine import Database, off_loop
from db.jobs.records import CRASHES_FORGIVEN
from db.jobs.states import State
from db.machines.machine import LOST_S
from db.machines.tables import DrawnPictureRow
from db.refusals import DataUnwritable
from db.tables import JobRow

CLOCK = text("SELECT clock_timestamp()")

ALIVE = """
    EXISTS (SELECT FROM procrastinate_workers AS worker WHERE worker.id = engine.worker_id
            AND worker.last_heartbeat > :clock - make_interval(secs => :lost_s))
"""

FROM_NOW = (
    "UPDATE procrastinate_workers SET last_heartbeat = :clock WHERE last_heartbeat > :clock",
    "UPDATE machines SET seen = timezone('UTC', :clock) WHERE seen > timezone('UTC', :clock)",
)
"""After the server's clock was put back, signs of before would count until it is there again."""

THEIRS = "(jobs.state = 'queued' OR (jobs.state = 'running' AND jobs.machine IS NOT NULL))"
"""Jobs that machines draw, or may draw. The bot's own workers look after theirs."""

CUT_OFF = f"""
    SELECT jobs.id FROM jobs JOIN procrastinate_jobs AS engine ON engine.id = jobs.engine_id
    WHERE {THEIRS} AND engine.status = 'doing' AND NOT {ALIVE}
    FOR UPDATE OF engine, jobs SKIP LOCKED
"""  # noqa: S608 - of constants
"""The jobs of machines that gave no sign for too long. What somebody has locked just now is alive,
and is left for the next time: so nobody waits for the other in a circle."""

NOT_IN_LINE = f"""
    SELECT jobs.id FROM jobs WHERE {THEIRS} AND NOT EXISTS (
        SELECT FROM procrastinate_jobs AS engine WHERE engine.id = jobs.engine_id
        AND (engine.status = 'doing' OR (engine.status = 'todo' AND jobs.state = 'queued')))
    FOR UPDATE OF jobs SKIP LOCKED
"""  # noqa: S608 - of constants
"""Jobs that the engine has forgotten: a machine ended them there, and could not say so here."""

TAKE_OUT = """
    DELETE FROM procrastinate_jobs AS engine USING jobs
    WHERE engine.id = jobs.engine_id AND jobs.id = :job_id
"""
"""Who has the engine's row finds that it is not theirs any more. When the job is queued, the jobs
table's trigger makes a new one."""

TIDY = (
    "DELETE FROM procrastinate_jobs WHERE status NOT IN ('todo', 'doing')",
    f"""DELETE FROM procrastinate_jobs AS engine WHERE status = 'doing' AND NOT {ALIVE}
        AND NOT EXISTS (SELECT FROM jobs WHERE jobs.engine_id = engine.id AND {THEIRS})""",  # noqa: S608
    "SELECT procrastinate_prune_stalled_workers_v1(:lost_s)",
)
"""What is left of jobs that are over, or erased, and of machines that are gone."""


@dataclass(frozen=True, slots=True)
class Given:
    """A job that was taken away from a machine. `failed`: it has ended too many of them."""

    job_id: int
    machine: str
    failed: bool


class Sweeper:
    """Looks at the database again and again: `sweep` is called every few seconds, by one bot."""

    def __init__(
        self,
        database: Database,
        lost_s: float | None = None,
        patience_s: float | None = None,
        clock: Callable[[Session], datetime] = lambda session: session.execute(CLOCK).scalar_one(),
    ) -> None:
        """`lost_s`: after how long a machine is gone, in place of LOST_S.

        `patience_s`: how long it only looks after a start and after a gap, in place of LOST_S.
        `clock` gives the database's time.
        """
        self._clock = clock
        self._database = database
        self._lost_s = LOST_S if lost_s is None else lost_s
        self._patience_s = LOST_S if patience_s is None else patience_s
        self._looked: datetime | None = None
        """When it last looked, by the database's clock."""
        self._in_touch_since = datetime.max.replace(tzinfo=UTC)
        """Since when it has looked without a gap."""

    def begin_anew(self) -> None:
        """Be patient again: the database was perhaps gone."""
        self._looked = None

    @off_loop
    def sweep(self) -> list[Given]:
        """Take their jobs from the machines that gave no sign of life; give these jobs.

        Nothing is taken as long as nobody could have given one: the database was gone, or asleep,
        or this bot did not look.
        """
        try:
            with self._database.session() as session, session.begin():
                return self._sweep(session)
        except (SQLAlchemyError, DataUnwritable):
            self._looked = None
            raise

    def _sweep(self, session: Session) -> list[Given]:
        clock = self._clock(session)
        gap = (clock - self._looked).total_seconds() if self._looked else -1
        if not 0 <= gap <= self._lost_s / 2:
            self._in_touch_since = clock
        if self._looked and gap < 0:
            for statement in FROM_NOW:
                session.execute(text(statement), {"clock": clock})
        self._looked = clock
        if (clock - self._in_touch_since).total_seconds() < self._patience_s:
            return []
        known = {"clock": clock, "lost_s": self._lost_s}
        cut_off = session.scalars(text(CUT_OFF), known).all()
        given = [self._give(session, job_id) for job_id in cut_off]
        not_in_line = session.scalars(text(NOT_IN_LINE)).all()
        given += [self._give(session, job_id) for job_id in not_in_line]
        for statement in TIDY:
            session.execute(text(statement), known)
        return [each for each in given if each]

    def _give(self, session: Session, job_id: int) -> Given | None:
        """Line a job up again; None: it was not being drawn."""
        row = session.get_one(JobRow, job_id)
        session.execute(text(TAKE_OUT), {"job_id": job_id})
        if row.state == State.QUEUED:
            session.execute(update(JobRow).where(JobRow.id == job_id).values(state=State.QUEUED))
            return None
        session.execute(delete(DrawnPictureRow).where(DrawnPictureRow.job_id == job_id))
        given = Given(job_id, row.machine or "", failed=row.crashes >= CRASHES_FORGIVEN)
        row.crashes += 1
        row.pictures, row.told = [], False
        if row.cancel_wanted:
            row.state = State.CANCELLED
            return None
        row.state = State.FAILED if given.failed else State.QUEUED
        return given
