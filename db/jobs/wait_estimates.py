"""How long somebody waits: learned from what this machine drew before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heapreplace
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.jobs import State
from db.tables import JobRow, now

LEARNED_FROM = 9
"""Finished jobs of a kind, the newest ones: their median forgives a few slow ones."""

FINISHED = (
    select(JobRow.seconds, JobRow.count, JobRow.steps)
    .where(JobRow.seconds.is_not(None))
    .order_by(JobRow.id.desc())
    .limit(LEARNED_FROM)
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a job stands. `seconds` until its album is there; None until some have been drawn."""

    ahead: int
    seconds: float | None


class Desks:
    """When each worker is free: jobs that come before are taken by whoever is free first."""

    def __init__(self, workers: int, running: Sequence[float | None]) -> None:
        """`running`: the seconds that are left of each job that is being drawn, if known."""
        self._ahead = len(running)
        busy = sorted(seconds or 0.0 for seconds in running)[-workers:]
        self._free_in = [0.0] * (workers - len(busy)) + busy
        heapify(self._free_in)

    def take(self, seconds: float | None, jobs: int = 1) -> None:
        self._ahead += jobs
        for _ in range(jobs):
            heapreplace(self._free_in, self._free_in[0] + (seconds or 0.0))

    def place(self, seconds: float | None) -> Place:
        """Say where the next one stands, which takes so long itself."""
        return Place(self._ahead, None if seconds is None else self._free_in[0] + seconds)


class Seconds:
    """How long this machine takes, by what it took before."""

    def __init__(
        self, session: Session, drawn_by: str, left: Mapping[int, float] | None = None
    ) -> None:
        """`left`: the seconds that are left of running jobs, as far as their workers have said."""
        self._session = session
        self._finished = FINISHED.where(JobRow.drawn_by == drawn_by)
        self._left = left or {}
        self._known: dict[tuple[str, int, int], float | None] = {}

    def of(self, mode: str, count: int, steps: int) -> float | None:
        """Give the seconds of an album; of a kind that was never drawn, by its number of steps."""
        kind = (mode, count, steps)
        if kind not in self._known:
            self._known[kind] = self._look_up(*kind)
        return self._known[kind]

    def learned(self, mode: str, count: int, steps: int) -> float | None:
        """Give the seconds of an album of this very kind; None if none was drawn yet."""
        return _median(self._finished_alike(mode, count, steps))

    def still_running(self, but: int | None = None) -> list[float | None]:
        """Give what is left of each job that is being drawn."""
        rows = self._session.execute(
            select(JobRow.id, JobRow.mode, JobRow.count, JobRow.steps, JobRow.claimed).where(
                JobRow.state == State.RUNNING, JobRow.id != (but or 0)
            )
        )
        return [
            self._left[job_id]
            if job_id in self._left
            else _less(self.of(mode, count, steps), (now() - (claimed or now())).total_seconds())
            for job_id, mode, count, steps, claimed in rows
        ]

    def _look_up(self, mode: str, count: int, steps: int) -> float | None:
        alike = self.learned(mode, count, steps)
        if alike is not None:
            return alike
        sound = self._finished.where(JobRow.count > 0, JobRow.steps > 0)
        others = self._session.execute(sound).all()
        a_step = _median([s / (n * of_steps) for s, n, of_steps in others if s is not None])
        return None if a_step is None else steps * count * a_step

    def _finished_alike(self, mode: str, count: int, steps: int) -> list[float]:
        rows = self._session.execute(
            self._finished.where(JobRow.mode == mode, JobRow.count == count, JobRow.steps == steps)
        )
        return [seconds for seconds, *_ in rows if seconds is not None]


def _median(values: Sequence[float]) -> float | None:
    return median(values) if values else None


def _less(seconds: float | None, elapsed: float) -> float | None:
    """Give what is left; nothing has elapsed where the clock was put back meanwhile."""
    return None if seconds is None else max(0.0, seconds - max(0.0, elapsed))
