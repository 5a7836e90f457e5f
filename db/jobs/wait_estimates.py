"""How long jobs wait, estimated from the albums that this machine has drawn."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heapreplace
from statistics import median
from typing import TYPE_CHECKING

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from db.engine import Database, off_loop
from db.jobs.job_record import JobRecord, record_of
from db.jobs.mode_seconds import seconds_by_mode
from db.jobs.states import WAITING, State
from db.tables import JobRow, now
from generation.modes import Mode
from generation.sizes import Size

if TYPE_CHECKING:
    from generation.events import Resting

LEARNED_FROM = 9
"""Newest albums of a kind whose median is the estimate: a few slow ones do not spoil it."""

FINISHED = (
    select(JobRow.seconds, JobRow.count, JobRow.steps, JobRow.size)
    .where(JobRow.seconds.is_not(None))
    .order_by(JobRow.id.desc())
    .limit(LEARNED_FROM)
)
"""The seconds, pictures, steps and size of the newest albums."""


KIND = (JobRow.mode_name, JobRow.count, JobRow.steps, JobRow.size)
"""What decides how long a job takes: the columns of `Kind`."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Albums that take equally long."""

    mode_name: str
    count: int
    steps: int
    size: Size = Size.SQUARE

    @classmethod
    def of(cls, row: JobRow) -> "Kind":
        return cls.stored(row.mode_name, row.count, row.steps, row.size)

    @classmethod
    def stored(cls, mode_name: str, count: int, steps: int, size: str | None) -> "Kind":
        return cls(mode_name, count, steps, Size.stored(size))

    @property
    def work(self) -> float:
        """The steps of a square that cost as much."""
        return self.count * self.steps * self.size.cost


@dataclass(frozen=True, slots=True)
class Position:
    """Where a job stands in the queue.

    `ahead` jobs come before it, running ones included. Its album is there in `seconds`, or None
    when nobody knows: this machine has drawn nothing yet to estimate from, or it rests.
    """

    ahead: int
    seconds: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """Everybody's unfinished jobs at one moment: those being drawn, and those that wait."""

    running: tuple[JobRecord, ...]
    waiting: tuple[tuple[JobRecord, Position], ...]
    """In the order in which they will be drawn."""

    def __len__(self) -> int:
        return len(self.running) + len(self.waiting)


class WaitEstimates:
    """Says where waiting jobs stand, and how long albums take on this machine."""

    def __init__(
        self, database: Database, workers: int = 1, timing_key: Callable[[], str] = str
    ) -> None:
        """`timing_key` names what decides how long an album takes now."""
        self._database = database
        self._workers = workers
        self._timing_key = timing_key
        self.resting: Resting | None = None
        """Why no album is begun now, as the workers said last; None: they are."""
        self._done_at: dict[int, float] = {}
        """When each running job ends, by the monotonic clock; the job heard of last stands last."""

    def note_remaining(self, job_id: int, seconds: float) -> None:
        """Note how long a running job still needs, as its worker says."""
        self._done_at.pop(job_id, None)
        if len(self._done_at) >= self._workers:
            del self._done_at[next(iter(self._done_at))]  # its worker draws another job by now
        self._done_at[job_id] = time.monotonic() + seconds

    @off_loop
    def position(self, job_id: int) -> Position:
        """Say where one job stands."""
        with self._database.reading() as session:
            row = session.get(JobRow, job_id)
            if row is None:
                return Position(0, None)
            before = tuple_(JobRow.turn, JobRow.id) < tuple_(row.turn, row.id)
            kinds = session.execute(
                select(*KIND, func.count()).where(JobRow.state.in_(WAITING), before).group_by(*KIND)
            ).all()
            seconds = AlbumSeconds(session, self._timing_key(), self._remaining())
            schedule = WorkerSchedule(self._workers, seconds.still_running(row.id))
            for mode_name, count, steps, size, jobs in kinds:
                schedule.take(seconds.of(Kind.stored(mode_name, count, steps, size)), jobs)
            return self._told(schedule.position(seconds.of(Kind.of(row))))

    @off_loop
    def waiting(self) -> list[tuple[JobRecord, Position]]:
        """Give the waiting jobs, in the order in which they will be drawn."""
        with self._database.reading() as session:
            return self._waiting(session)

    @off_loop
    def line(self) -> Line:
        """Give the running and the waiting jobs of one moment: their counts agree."""
        with self._database.reading() as session:
            running = session.scalars(
                select(JobRow).where(JobRow.state == State.RUNNING).order_by(JobRow.id)
            )
            return Line(tuple(map(record_of, running)), tuple(self._waiting(session)))

    def _waiting(self, session: Session) -> list[tuple[JobRecord, Position]]:
        rows = session.scalars(
            select(JobRow).where(JobRow.state.in_(WAITING)).order_by(JobRow.turn, JobRow.id)
        ).all()
        seconds = AlbumSeconds(session, self._timing_key(), self._remaining())
        schedule = WorkerSchedule(self._workers, seconds.still_running())
        positions = []
        for row in rows:
            own = seconds.of(Kind.of(row))
            positions.append((record_of(row), self._told(schedule.position(own))))
            schedule.take(own)
        return positions

    @off_loop
    def by_mode(
        self,
        modes: Sequence[Mode],
        count: int,
        measured: Mapping[str, float],
        size: Size = Size.SQUARE,
    ) -> dict[str, float]:
        """Give the seconds of an album of `count` pictures in each mode; {} if nothing is known.

        `measured`: the seconds of one square by the speed test, for what was never drawn.
        """
        with self._database.reading() as session:
            seconds = AlbumSeconds(session, self._timing_key())
            timed = {
                mode: seconds.timed(Kind(mode.name, count, mode.steps, size)) for mode in modes
            }
        for mode, known in timed.items():
            if not known and mode.name in measured:
                known.append(count * measured[mode.name] * size.cost)
        return seconds_by_mode(timed)

    def _told(self, position: Position) -> Position:
        return replace(position, seconds=None) if self.resting else position

    def _remaining(self) -> dict[int, float]:
        clock = time.monotonic()
        return {job_id: max(0.0, at - clock) for job_id, at in self._done_at.copy().items()}


class WorkerSchedule:
    """Says when each worker is free: the next job goes to the worker that is free first."""

    def __init__(self, workers: int, running: Sequence[float | None]) -> None:
        """`running`: the seconds that are left of each job that is being drawn, if known."""
        self._ahead = len(running)
        busy = sorted(seconds or 0.0 for seconds in running)[-workers:]
        self._free_in = [0.0] * (workers - len(busy)) + busy
        heapify(self._free_in)

    def take(self, seconds: float | None, jobs: int = 1) -> None:
        """Give the workers that many jobs, which need `seconds` each."""
        self._ahead += jobs
        for _ in range(jobs):
            heapreplace(self._free_in, self._free_in[0] + (seconds or 0.0))

    def position(self, seconds: float | None) -> Position:
        """Say where the next job stands, which itself needs `seconds`."""
        return Position(self._ahead, None if seconds is None else self._free_in[0] + seconds)


class AlbumSeconds:
    """How long this machine takes for an album, estimated from earlier ones."""

    def __init__(
        self, session: Session, timing_key: str, left: Mapping[int, float] | None = None
    ) -> None:
        """`left`: seconds that running jobs still need, as far as their workers have said."""
        self._session = session
        self._finished = FINISHED.where(JobRow.timing_key == timing_key)
        self._left = left or {}
        self._known: dict[Kind, float | None] = {}

    def of(self, kind: Kind) -> float | None:
        """Give the seconds of an album; a kind that was never drawn is estimated by its work."""
        if kind not in self._known:
            self._known[kind] = self._look_up(kind)
        return self._known[kind]

    def timed(self, kind: Kind) -> list[float]:
        """Give the seconds of the newest albums of this kind; of other sizes, if none had its own.

        What another size took counts by its area.
        """
        rows = self._session.execute(
            self._finished.where(
                JobRow.mode_name == kind.mode_name,
                JobRow.count == kind.count,
                JobRow.steps == kind.steps,
            )
        ).all()
        sizes = [(Size.stored(size), seconds) for seconds, *_, size in rows if seconds is not None]
        own = [seconds for size, seconds in sizes if size is kind.size]
        return own or [seconds * kind.size.cost / size.cost for size, seconds in sizes]

    def still_running(self, without: int | None = None) -> list[float | None]:
        """Give the seconds that each running job still needs, leaving out the job `without`."""
        rows = self._session.scalars(
            select(JobRow).where(JobRow.state == State.RUNNING, JobRow.id != (without or 0))
        )
        return [
            self._left[row.id]
            if row.id in self._left
            else _time_left(self.of(Kind.of(row)), (now() - (row.claimed or now())).total_seconds())
            for row in rows
        ]

    def _look_up(self, kind: Kind) -> float | None:
        alike = _median(self.timed(kind))
        if alike is not None:
            return alike
        sound = self._finished.where(JobRow.count > 0, JobRow.steps > 0)
        others = self._session.execute(sound).all()
        per_step = _median(
            [
                seconds / Kind.stored("", count, steps, size).work
                for seconds, count, steps, size in others
                if seconds is not None
            ]
        )
        return None if per_step is None else kind.work * per_step


def _median(values: Sequence[float]) -> float | None:
    return median(values) if values else None


def _time_left(seconds: float | None, elapsed: float) -> float | None:
    """Subtract the elapsed seconds; they are negative when the clock was put back, and ignored."""
    return None if seconds is None else max(0.0, seconds - max(0.0, elapsed))
