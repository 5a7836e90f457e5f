"""When drawing would be in the way of whoever else uses the machine, and what is done then."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from generation.events import Reason, Resting
from generation.modes import Mode
from generation.work.machine import Machine


class Action(StrEnum):
    """What the worker does with the albums that wait."""

    DRAW = "draw"
    SMALLER = "smaller"
    """Draw them in the next smaller mode."""
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class QuietHours:
    """A part of each day, by the clock on the wall; it may go on over midnight."""

    begin: time
    end: time

    @classmethod
    def read(cls, text: str) -> "QuietHours":
        """Read `23-8` or `22:30-7:15`.

        Raises ValueError also for two equal hours, which may mean all day or never, and for a whole
        day, after which nobody would get an album.
        """
        begin, end = map(_hour, re.split(r"\s*[-–—]\s*", text.strip()))
        if begin == end:
            raise ValueError(text)
        return cls(begin, end)

    def hold(self, clock: time) -> bool:
        """Say whether they have begun, and are not over."""
        if self.begin < self.end:
            return self.begin <= clock < self.end
        return clock >= self.begin or clock < self.end


def _hour(text: str) -> time:
    found = re.fullmatch(r"(\d{1,2})(?::(\d\d))?", text)
    if not found:
        raise ValueError(text)
    hour, minute = int(found[1]), int(found[2] or 0)
    return time() if (hour, minute) == (24, 0) else time(hour, minute)


@dataclass(frozen=True, slots=True)
class Manners:
    """As the owner sets them."""

    on_battery: Action = Action.DRAW
    under_memory_pressure: Action = Action.DRAW
    quiet_hours: QuietHours | None = None
    in_quiet_hours: Action = Action.WAIT


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is done with albums now, and why; `until` is the end of the quiet hours."""

    action: Action = Action.DRAW
    reason: Reason | None = None
    until: time | None = None

    @property
    def resting(self) -> Resting | None:
        """Say why no album is begun; None: they are."""
        waits = self.action is Action.WAIT
        return Resting(self.reason, self.until) if self.reason and waits else None


class Neighbour:
    """Looks at the machine, and says what its manners ask for. Several threads may ask."""

    def __init__(
        self, manners: Manners, machine: Machine, modes: Iterable[Mode], *, paused: bool = False
    ) -> None:
        self._manners, self._machine, self._modes = manners, machine, tuple(modes)
        self._given_back = 0
        """Bytes of the models that were given back since memory got short."""
        self.paused = paused
        """Whether the owner lets no album be begun, whatever the manners are."""

    @property
    def watches(self) -> bool:
        """Whether anything could change how albums are drawn."""
        own = self._manners
        quiet = own.in_quiet_hours if own.quiet_hours else Action.DRAW
        return {own.on_battery, own.under_memory_pressure, quiet} != {Action.DRAW}

    def verdict(self) -> Verdict:
        """Say what is done with albums now: where several things are true, the strictest."""
        if self.paused:
            return Verdict(Action.WAIT, Reason.PAUSED)
        verdicts = list(self._verdicts())
        if all(verdict.reason is not Reason.MEMORY for verdict in verdicts):
            self._given_back = 0
        for action in (Action.WAIT, Action.SMALLER):
            for verdict in verdicts:
                if verdict.action is action:
                    return verdict
        return Verdict()

    def give_back(self, unload: Callable[[], bool]) -> None:
        """Have a model unloaded. `unload` says whether there was one.

        Memory is short then until there is room for the model again: otherwise the machine would be
        short of it as soon as the model was back.
        """
        before = self._machine.available_memory()
        if unload():
            self._given_back += max(0, self._machine.available_memory() - before)

    def at_leisure(self) -> bool:
        """Say whether the machine is free for what nobody waits for."""
        quiet, machine = self._manners.quiet_hours, self._machine
        if self.paused or machine.on_battery() or machine.short_of_memory():
            return False
        return quiet is None or not quiet.hold(machine.clock())

    def smaller(self, mode: Mode, drawable: Callable[[Mode], bool]) -> Mode | None:
        """Give the next smaller of the modes that can be drawn; None: it is the smallest."""
        smaller = (one for one in self._modes if one.cost < mode.cost and drawable(one))
        found = max(smaller, key=lambda one: one.cost, default=None)
        return found and found.with_likeness(mode.likeness)

    def _verdicts(self) -> Iterator[Verdict]:
        """Give the verdict on each thing that is true; the machine is asked for no other."""
        own, machine = self._manners, self._machine
        if own.under_memory_pressure is not Action.DRAW and self._short_of_memory():
            yield Verdict(own.under_memory_pressure, Reason.MEMORY)
        if own.on_battery is not Action.DRAW and machine.on_battery():
            yield Verdict(own.on_battery, Reason.BATTERY)
        if own.quiet_hours and own.quiet_hours.hold(machine.clock()):
            yield Verdict(own.in_quiet_hours, Reason.QUIET_HOURS, own.quiet_hours.end)

    def _short_of_memory(self) -> bool:
        given_back = self._given_back
        room = not given_back or self._machine.has_room(given_back)
        return self._machine.short_of_memory() or not room
