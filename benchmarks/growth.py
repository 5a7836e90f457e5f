"""How a club grows: `python -m benchmarks.growth`, a simulation of one evening, about a minute.

Nobody here has a thousand machines. What one machine takes for an album was recorded, and so was
what Postgres and the bot take for one; the rest is the fair queue's own rule, played through by a
clock of numbers: everybody's first album comes before anybody's second, and the next job goes to
the machine that is free first. Printed are the waits of the busiest hours at the median and at the
95th percentile, and how much of the machines, of Postgres and of the bot that takes.
"""

import heapq
import statistics
from dataclasses import dataclass
from random import Random

ALBUMS_A_DAY = 0.5
"""Albums of a person in a day: most people ask on some days only."""

EVENING_SHARE, EVENING_S = 0.4, 3 * 3600
"""The share of a day's albums that is asked for in the evening, and how many seconds that is."""

MOST_WAITING = 3
"""Jobs that one person may have in the line."""

CLAIM_S = 0.006
"""Seconds of a claim (`python -m benchmarks.claims`). Several machines claim side by side, so that
this is the least that Postgres can do: one claim after another."""

BOT_S = 0.25
"""Seconds that the bot adds to an album (`python -m benchmarks.overhead`): copying, sending."""

KINDS = {"H200": 0.9, "a card": 15.0, "a Mac": 60.0}
"""Seconds of an album of six in FAST. The first was recorded; the others are round numbers for what
people have."""

MACHINES = (10, 100, 1000)
PEOPLE = (10, 100, 1000, 10_000, 100_000)

AT_ONCE = 1.5
"""An album counts as drawn at once when it is there in this many times its own seconds."""


@dataclass(frozen=True)
class Evening:
    asked: int
    refused: int
    """By the limit of jobs that one person may have."""
    waits: list[float]
    """Seconds until the album is there, of each that was drawn."""
    busy: float
    """The share of the machines' time in which they drew."""

    @property
    def a_second(self) -> float:
        return self.asked / EVENING_S


def evening(machines: int, people: int, album_s: float, random: Random) -> Evening:
    """Play one evening through."""
    rate = people * ALBUMS_A_DAY * EVENING_SHARE / EVENING_S
    free = [0.0] * machines
    line: list[tuple[int, int, float, int]] = []
    turns: dict[int, list[int]] = {}
    current, clock, number = 0, 0.0, 0
    asked = refused = 0
    waits: list[float] = []
    drawn_s = 0.0
    while clock < EVENING_S:
        clock += random.expovariate(rate)
        while line and free[0] <= clock:
            current, drawn_s = _draw(line, free, turns, album_s, waits, drawn_s)
        asked += 1
        person = random.randrange(people)
        own = turns.setdefault(person, [])
        if len(own) >= MOST_WAITING:
            refused += 1
            continue
        number += 1
        turn = own[-1] + 1 if own else current
        own.append(turn)
        heapq.heappush(line, (turn, number, clock, person))
    while line:
        current, drawn_s = _draw(line, free, turns, album_s, waits, drawn_s)
    return Evening(asked, refused, waits, drawn_s / (machines * max(EVENING_S, *free)))


def _draw(
    line: list[tuple[int, int, float, int]],
    free: list[float],
    turns: dict[int, list[int]],
    album_s: float,
    waits: list[float],
    drawn_s: float,
) -> tuple[int, float]:
    """Give the next job to the machine that is free first; give its turn, and all seconds drawn."""
    turn, _, asked_at, person = heapq.heappop(line)
    begun = max(free[0], asked_at)
    heapq.heapreplace(free, begun + album_s)
    turns[person].remove(turn)
    waits.append(begun + album_s + BOT_S - asked_at)
    return turn, drawn_s + album_s


def enough(people: int, album_s: float) -> int:
    """Give the fewest machines with which nearly nobody waits for others."""
    machines = 1
    while True:
        waits = evening(machines, people, album_s, Random(1)).waits  # noqa: S311 - a simulation
        if len(waits) <= 1 or statistics.quantiles(waits, n=20)[18] <= album_s * AT_ONCE + BOT_S:
            return machines
        machines += max(1, machines // 10)


def main() -> None:
    print("An evening of three hours; each person asks for an album every other day.")
    print(f"{'people':>8}{'machines':>9}{'each, s':>9}{'albums/s':>9}{'busy':>6}"
          f"{'median':>8}{'95 %':>8}{'refused':>9}{'Postgres':>9}{'bot':>6}")  # fmt: skip
    for kind, album_s in KINDS.items():
        print(f"{kind}:")
        for people in PEOPLE:
            for machines in MACHINES:
                _row(people, machines, album_s)
            print(f"{people:>8}{enough(people, album_s):>9} are enough for 95 % to wait for nobody")


def _row(people: int, machines: int, album_s: float) -> None:
    played = evening(machines, people, album_s, Random(1))  # noqa: S311 - a simulation
    cuts = statistics.quantiles(played.waits, n=20) if len(played.waits) > 1 else played.waits * 19
    rate = played.a_second
    print(
        f"{people:>8}{machines:>9}{album_s:>9g}{rate:>9.3f}{played.busy:>6.0%}{cuts[9]:>8.0f}"
        f"{cuts[18]:>8.0f}{played.refused:>9}{rate * CLAIM_S:>9.1%}{rate * BOT_S:>6.0%}",
        flush=True,
    )


if __name__ == "__main__":
    main()
