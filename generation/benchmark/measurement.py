"""The times of an album, and what they say."""

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of several rounds."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        return median(self.seconds)

    @property
    def least(self) -> float:
        return min(self.seconds)

    @property
    def most(self) -> float:
        return max(self.seconds)

    def over(self, other: "Times") -> float:
        """Give the median of the rounds' ratios: whatever slows a whole round down cancels out."""
        return median(a / b for a, b in zip(self.seconds, other.seconds, strict=True))


@dataclass(frozen=True, slots=True)
class Measurement:
    """An album of `pictures`, drawn by plain diffusers and by this bot: their times and FLOP.

    `faceless` has plain diffusers' times without the face adapter, for an album of one picture.
    """

    mode: str
    steps: int
    pictures: int
    plain: Times
    ours: Times
    plain_flops: int
    ours_flops: int
    faceless: Times | None = None

    @property
    def ratio(self) -> float:
        """Plain diffusers' time, in multiples of ours."""
        return self.plain.over(self.ours)
