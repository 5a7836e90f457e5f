"""Albums that take equally long on one computer."""

from dataclasses import dataclass

from db.jobs.needs import Needs
from db.tables import JobRow
from generation.sizes import Size

KIND = (JobRow.mode_name, JobRow.count, JobRow.steps, JobRow.size, JobRow.needs)
"""The columns of `Kind`."""


@dataclass(frozen=True, slots=True)
class Kind:
    mode_name: str
    count: int
    steps: int
    size: Size = Size.SQUARE
    needs: Needs = Needs.ALBUM
    """What a machine must have to draw one."""

    @classmethod
    def of(cls, row: JobRow) -> "Kind":
        return cls.stored(row.mode_name, row.count, row.steps, row.size, row.needs)

    @classmethod
    def stored(
        cls, mode_name: str, count: int, steps: int, size: str | None, needs: str = Needs.ALBUM
    ) -> "Kind":
        return cls(mode_name, count, steps, Size.stored(size), Needs.stored(needs))

    @property
    def work(self) -> float:
        """The steps of a square that cost as much."""
        return self.count * self.steps * self.size.cost
