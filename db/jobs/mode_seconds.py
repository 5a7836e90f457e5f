"""How long an album takes in each mode, in figures that don't contradict each other.

One mode was drawn while the machine was busy, another while it was not: taken raw, a slower mode
would seem the faster one. Where the seconds contradict the steps, neighbouring modes share one
measure, seconds by cost; so does a mode that was never drawn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from generation.modes import Mode


@dataclass(slots=True)
class _Shared:
    """Modes, the cheapest first, that share one measure; `rates` are seconds by cost."""

    modes: list[Mode]
    rates: list[float]

    def seconds(self, mode: Mode) -> float:
        return mode.cost * median(self.rates)

    def contradicts(self, cheaper: "_Shared") -> bool:
        return self.seconds(self.modes[0]) <= cheaper.seconds(cheaper.modes[-1])


def seconds_by_mode(timed: Mapping[Mode, Sequence[float]]) -> dict[str, float]:
    """Give the seconds of an album by each mode's name, from the seconds of earlier albums.

    What costs more never takes less. Empty when no mode was timed.
    """
    shared: list[_Shared] = []
    for mode in sorted(timed, key=lambda mode: mode.cost):
        if not timed[mode]:
            continue
        one = _Shared([mode], [seconds / mode.cost for seconds in timed[mode]])
        while shared and one.contradicts(shared[-1]):
            cheaper = shared.pop()
            one = _Shared(cheaper.modes + one.modes, cheaper.rates + one.rates)
        shared.append(one)
    return {mode.name: _among(shared, mode) for mode in timed} if shared else {}


def _among(shared: Sequence[_Shared], mode: Mode) -> float:
    """Give the seconds of a mode, by its own measure or the nearest cheaper one."""
    own = next((one for one in shared if mode in one.modes), None)
    if own:
        return own.seconds(mode)
    cheaper = [one for one in shared if one.modes[-1].cost <= mode.cost]
    dearer = [one for one in shared if one.modes[0].cost >= mode.cost]
    seconds = (cheaper[-1] if cheaper else shared[0]).seconds(mode)
    least = cheaper[-1].seconds(cheaper[-1].modes[-1]) if cheaper else 0.0
    most = dearer[0].seconds(dearer[0].modes[0]) if dearer else seconds
    return max(least, min(seconds, most))
