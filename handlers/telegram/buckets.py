"""Leaky buckets: how much somebody may send at once, and on and on."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from enum import Enum, auto
from math import ceil

MOST = 10_000
"""Buckets of one kind that are kept. Beyond them the one that was longest untouched is dropped."""


class Verdict(Enum):
    TAKEN = auto()
    OVER = auto()
    """It runs over with this: the moment for a word of warning."""
    SILENT = auto()
    """It ran over before, and has not drained yet."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """How much may come at once, and how much of it drains in a second."""

    burst: float
    a_second: float


@dataclass(slots=True)
class _Bucket:
    level: float
    at: float
    """When the level was this, in seconds of the clock."""
    over: bool = False


class Buckets:
    """A bucket for each key; what ran over takes nothing until it has drained."""

    def __init__(self, allowance: Allowance, clock: Callable[[], float], most: int = MOST) -> None:
        """`clock`: seconds that never go back."""
        self._allowance = allowance
        self._clock = clock
        self._most = most
        self._buckets: OrderedDict[Hashable, _Bucket] = OrderedDict()

    def pour(self, key: Hashable, amount: float = 1) -> Verdict:
        bucket = self._drained(key)
        if bucket.over:
            return Verdict.SILENT
        if bucket.level + amount > self._allowance.burst:
            bucket.over = True
            return Verdict.OVER
        bucket.level += amount
        return Verdict.TAKEN

    def empty(self, key: Hashable) -> None:
        """Forget what was poured."""
        self._buckets.pop(key, None)

    def seconds_left(self, key: Hashable) -> int:
        """Say in how many seconds the bucket will have drained."""
        return ceil(self._drained(key).level / self._allowance.a_second)

    def __len__(self) -> int:
        return len(self._buckets)

    def _drained(self, key: Hashable) -> _Bucket:
        now = self._clock()
        bucket = self._buckets.setdefault(key, _Bucket(0, now))
        self._buckets.move_to_end(key)
        if len(self._buckets) > self._most:
            self._buckets.popitem(last=False)
        bucket.level = max(0, bucket.level - (now - bucket.at) * self._allowance.a_second)
        bucket.at = now
        bucket.over = bucket.over and bucket.level > 0
        return bucket
