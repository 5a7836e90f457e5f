"""How long jobs wait, estimated from the albums that were drawn."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from db.clock import time_of
from db.engine import Database, off_loop
from db.jobs.album_seconds import AlbumSeconds
from db.jobs.job_record import JobRecord, record_of
from db.jobs.kind import KIND, Kind
from db.jobs.mode_seconds import seconds_by_mode
from db.jobs.schedule import Hand, Position, Schedule
from db.jobs.states import WAITING, State
from db.tables import JobRow
from generation.modes import Mode
from generation.sizes import Size

if TYPE_CHECKING:
    from generation.events import Resting


@dataclass(frozen=True, slots=True)
class Line:
    """Everybody's unfinished jobs at one moment: those being drawn, and those that wait."""

    running: tuple[JobRecord, ...]
    waiting: tuple[tuple[JobRecord, Position], ...]
    """In the order in which they will be drawn."""

    def __len__(self) -> int:
        return len(self.running) + len(self.waiting)


def no_machines(_: Session) -> list[Hand]:
    """Give none: the bot's own workers draw everything."""
    return []


class WaitEstimates:
    """Says where waiting jobs stand, and how long albums take on this computer, and on machines."""

    def __init__(
        self,
        database: Database,
        workers: int = 1,
        timing_key: Callable[[], str] = str,
        machines: Callable[[Session], Sequence[Hand]] = no_machines,
    ) -> None:
        """`timing_key` names what decides how long an album takes here now.

        `machines` gives those that draw for this bot at the moment.
        """
        self._database = database
        self._workers = workers
        self._timing_key = timing_key
        self._machines = machines
        self._hands = workers
        """How many draw at once, as it was when somebody last asked."""
        self.resting: Resting | None = None
        """Why no album is begun now, as the workers said last; None: they are."""
        self._done_at: dict[int, float] = {}
        """When each running job ends, by the monotonic clock; the job heard of last stands last."""

    def note_remaining(self, job_id: int, seconds: float) -> None:
        """Note how long a running job still needs, as its worker says."""
        self._done_at.pop(job_id, None)
        if len(self._done_at) >= max(self._hands, 1):
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
            schedule = self._schedule(session, without=row.id)
            for mode_name, count, steps, size, needs, jobs in kinds:
                schedule.take(Kind.stored(mode_name, count, steps, size, needs), jobs)
            return self._told(schedule.position(Kind.of(row)))

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

    @off_loop
    def by_mode(
        self,
        modes: Sequence[Mode],
        count: int,
        measured: Mapping[str, float],
        size: Size = Size.SQUARE,
    ) -> dict[str, float]:
        """Give the seconds of an album of `count` pictures in each mode; {} if nothing is known.

        `measured`: the seconds of one square by the speed test, for what was never drawn. Without
        workers of the bot's own it is what the quickest of its machines takes.
        """
        with self._database.reading() as session:
            seconds = AlbumSeconds(session, self._timing_key())
            timed = {
                mode: seconds.timed(Kind(mode.name, count, mode.steps, size)) for mode in modes
            }
            hands = [] if self._workers else self._machines(session)
        for mode, known in timed.items():
            kind = Kind(mode.name, count, mode.steps, size)
            quickest = [took for hand in hands if (took := hand.seconds(kind)) is not None]
            if not known and mode.name in measured:
                known.append(count * measured[mode.name] * size.cost)
            elif not known and quickest:
                known.append(min(quickest))
        return seconds_by_mode(timed)

    def _waiting(self, session: Session) -> list[tuple[JobRecord, Position]]:
        rows = session.scalars(
            select(JobRow).where(JobRow.state.in_(WAITING)).order_by(JobRow.turn, JobRow.id)
        ).all()
        schedule = self._schedule(session)
        positions = []
        for row in rows:
            kind = Kind.of(row)
            positions.append((record_of(row), self._told(schedule.position(kind))))
            schedule.take(kind)
        return positions

    def _schedule(self, session: Session, without: int | None = None) -> Schedule:
        """Make the schedule as it is now, leaving out the running job `without`."""
        own = Hand(AlbumSeconds(session, self._timing_key()).of)
        hands = [own] * self._workers + list(self._machines(session))
        self._hands = len(hands)
        known = {hand.machine: hand for hand in hands}
        rows = session.scalars(
            select(JobRow).where(JobRow.state == State.RUNNING, JobRow.id != (without or 0))
        )
        clock, remaining = time_of(session), self._remaining()
        running = [
            (row.machine, remaining.get(row.id, _time_left(row, known.get(row.machine), clock)))
            for row in rows
        ]
        return Schedule(hands, running)

    def _told(self, position: Position) -> Position:
        return replace(position, seconds=None) if self.resting else position

    def _remaining(self) -> dict[int, float]:
        clock = time.monotonic()
        return {job_id: max(0.0, at - clock) for job_id, at in self._done_at.copy().items()}


def _time_left(row: JobRow, hand: Hand | None, clock: datetime) -> float | None:
    """Subtract the elapsed seconds; they are negative when the clock was put back, and ignored."""
    seconds = hand.seconds(Kind.of(row)) if hand else None
    elapsed = (clock - (row.claimed or clock)).total_seconds()
    return None if seconds is None else max(0.0, seconds - max(0.0, elapsed))
