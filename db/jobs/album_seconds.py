"""How long this computer takes for an album, estimated from earlier ones."""

from collections.abc import Sequence
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.jobs.kind import Kind
from db.tables import JobRow
from generation.sizes import Size

LEARNED_FROM = 9
"""Newest albums of a kind whose median is the estimate: a few slow ones do not spoil it."""

FINISHED = (
    select(JobRow.seconds, JobRow.count, JobRow.steps, JobRow.size)
    .where(JobRow.seconds.is_not(None))
    .order_by(JobRow.id.desc())
    .limit(LEARNED_FROM)
)
"""The seconds, pictures, steps and size of the newest albums."""


class AlbumSeconds:
    """How long this computer takes for an album, estimated from earlier ones."""

    def __init__(self, session: Session, timing_key: str) -> None:
        """`timing_key` names what decides how long an album takes now."""
        self._session = session
        self._finished = FINISHED.where(JobRow.timing_key == timing_key)
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
