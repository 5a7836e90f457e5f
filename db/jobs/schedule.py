"""Who draws the next album, and when: each computer takes one as soon as it is free."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from db.jobs.kind import Kind
from db.jobs.needs import Needs


@dataclass(frozen=True, slots=True)
class Position:
    """Where a job stands in the queue.

    `ahead` jobs come before it, running ones included. Its album is there in `seconds`, or None
    when nobody knows: nobody has drawn anything yet to estimate from, nobody draws now, or nobody
    who draws has what it needs.
    """

    ahead: int
    seconds: float | None
    nobody: bool = False
    """Whether of those who draw nobody has what it needs."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Who draws one album at a time: a worker of the bot's own, or a machine."""

    seconds: Callable[[Kind], float | None]
    """How long it takes; None: nobody knows."""
    meets: frozenset[Needs] = frozenset(Needs)
    """What it can draw."""
    machine: str | None = None
    """The machine's name; None: one of the bot's own workers."""


class Schedule:
    """Says when each hand is free: the next job goes to the one that is free first."""

    def __init__(
        self, hands: Sequence[Hand], running: Sequence[tuple[str | None, float | None]]
    ) -> None:
        """`running`: whose jobs are being drawn, and the seconds that are left, if known."""
        self._hands = hands
        self._ahead = len(running)
        left: dict[str | None, list[float]] = {}
        for machine, seconds in running:
            left.setdefault(machine, []).append(seconds or 0.0)
        for busy in left.values():
            busy.sort()  # where there are more than hands, the last ones count
        self._free = [
            (left[hand.machine].pop() if left.get(hand.machine) else 0.0, number)
            for number, hand in enumerate(hands)
        ]
        heapify(self._free)

    def take(self, kind: Kind, jobs: int = 1) -> None:
        """Give that many jobs of a kind to who is free first, one after the other."""
        self._ahead += jobs
        for _ in range(jobs):
            if (found := self._pop(kind)) is None:
                return
            free_in, number = found
            seconds = self._hands[number].seconds(kind) or 0.0
            heappush(self._free, (free_in + seconds, number))

    def position(self, kind: Kind) -> Position:
        """Say where the next job stands, which is of this kind."""
        if (found := self._pop(kind)) is None:
            return Position(self._ahead, None, nobody=bool(self._hands))
        heappush(self._free, found)
        free_in, number = found
        seconds = self._hands[number].seconds(kind)
        return Position(self._ahead, None if seconds is None else free_in + seconds)

    def _pop(self, kind: Kind) -> tuple[float, int] | None:
        """Take out who is free first and can draw it; None: nobody can."""
        passed = []
        found = None
        while self._free and found is None:
            first = heappop(self._free)
            if kind.needs in self._hands[first[1]].meets:
                found = first
            else:
                passed.append(first)
        for one in passed:
            heappush(self._free, one)
        return found
