"""When each album will be there, where computers of different speed draw."""

from collections.abc import Callable

from db.jobs.kind import Kind
from db.jobs.needs import Needs, met_by, needs_of
from db.jobs.schedule import Hand, Schedule
from generation.modes import MODES

ALBUM = Kind("FAST", 6, 12)
TURBO = Kind("TURBO", 6, 4, needs=Needs.TURBO)


def takes(seconds: float | None) -> Callable[[Kind], float | None]:
    return lambda _: seconds


QUICK = Hand(takes(10), machine="quick")
SLOW = Hand(takes(30), frozenset({Needs.ALBUM}), machine="slow")
OWN = Hand(takes(20))


def seconds(schedule: Schedule, *kinds: Kind) -> list[float | None]:
    found = []
    for kind in kinds:
        found.append(schedule.position(kind).seconds)
        schedule.take(kind)
    return found


def test_each_takes_the_next_as_soon_as_it_is_free() -> None:
    """The quick one draws three albums while the slow one draws one."""
    assert sorted(filter(None, seconds(Schedule([QUICK, SLOW], []), *[ALBUM] * 4))) == [
        10, 20, 30, 30,
    ]  # fmt: skip


def test_what_only_one_can_draw_waits_for_it() -> None:
    """The others go on with what they can draw, and what nobody can draw has no time."""
    schedule = Schedule([QUICK, SLOW], [])
    assert seconds(schedule, TURBO, TURBO, ALBUM) == [10, 20, 30]
    position = Schedule([SLOW], []).position(TURBO)
    assert (position.seconds, position.nobody) == (None, True)
    nobody_there = Schedule([], []).position(ALBUM)
    assert (nobody_there.seconds, nobody_there.nobody) == (None, False)


def test_who_draws_already_is_free_later() -> None:
    """A running album holds its own computer, and one on a computer that is lost holds none."""
    running: list[tuple[str | None, float | None]] = [("quick", 100), (None, 5), ("lost", 7)]
    schedule = Schedule([QUICK, OWN], running)
    position = schedule.position(ALBUM)
    assert (position.ahead, position.seconds) == (3, 25)


def test_more_running_than_hands_counts_the_longest() -> None:
    """A row that nobody has put right yet makes no wait longer than it is."""
    assert Schedule([OWN], [(None, 5), (None, 9)]).position(ALBUM).seconds == 29


def test_every_need_has_its_queue() -> None:
    """A mode that takes few steps needs its weights, a LoRA its file."""
    fast, turbo = MODES["FAST"], MODES["TURBO"]
    assert needs_of(fast, loras=False) is Needs.ALBUM
    assert needs_of(turbo, loras=False) is Needs.TURBO
    assert needs_of(fast, loras=True) is Needs.LORAS
    assert needs_of(turbo, loras=True) is Needs.BOTH
    assert met_by(turbo=True, loras=False) == [Needs.ALBUM, Needs.TURBO]
    assert met_by(turbo=True, loras=True) == list(Needs)
