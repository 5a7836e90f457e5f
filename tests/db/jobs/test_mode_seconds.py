"""How long an album takes in each mode: figures that agree with each other."""

import pytest

from db.jobs.mode_seconds import seconds_by_mode
from generation.modes import MODES, Mode

FAST, QUALITY = MODES["FAST"], MODES["QUALITY"]
BY_COST = sorted((MODES[name] for name in ("ULTRA_FAST", "FAST", "BALANCED", "QUALITY")),
                 key=lambda mode: mode.cost)  # fmt: skip


def in_order(timed: dict[Mode, list[float]]) -> list[float]:
    seconds = seconds_by_mode({mode: timed.get(mode, []) for mode in BY_COST})
    return [seconds[mode.name] for mode in BY_COST]


@pytest.mark.parametrize(
    "timed",
    [
        {FAST: [7.0], QUALITY: [5.0]},  # drawn under load, and afterwards
        {FAST: [7.0], QUALITY: [7.0]},
        {FAST: [300.0, 2.0, 2.1], QUALITY: [3.0]},
        {BY_COST[0]: [90.0], BY_COST[-1]: [1.0]},
        {BY_COST[0]: [9.0], BY_COST[1]: [8.0], BY_COST[2]: [7.0], BY_COST[3]: [6.0]},
        {BY_COST[1]: [4.0], BY_COST[3]: [3.0]},
        {BY_COST[3]: [60.0]},
    ],
)
def test_what_costs_more_never_takes_less(timed: dict[Mode, list[float]]) -> None:
    """However the albums were timed, and whichever modes were never drawn."""
    seconds = in_order(timed)
    assert seconds == sorted(seconds)
    assert all(0 < one < 400 for one in seconds)


def test_figures_that_agree_are_the_medians() -> None:
    """One slow album among three moves nothing."""
    seconds = seconds_by_mode({FAST: [2.0, 2.2, 90.0], QUALITY: [8.0]})
    assert seconds == {"FAST": pytest.approx(2.2), "QUALITY": pytest.approx(8.0)}


def test_nothing_is_said_of_what_nobody_knows() -> None:
    assert seconds_by_mode({FAST: [], QUALITY: []}) == {}
