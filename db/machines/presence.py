"""Whether anybody draws: where nobody does, those who wait hear why."""

import threading
from collections.abc import Sequence

from db.machines.machine import Machine, MachineState
from db.machines.roster import DRAWING
from generation.events import Event, Listener, Reason, Resting, Resumed

SOON = (*DRAWING, MachineState.LOADING)
"""The states in which a machine draws, or is about to."""


class Presence:
    """Passes on the news of the bot's own workers, but for their rests while machines draw."""

    def __init__(self, hear: Listener, *, own_workers: bool) -> None:
        self._hear = hear
        self._own_rest: Resting | None = None if own_workers else Resting(Reason.NO_MACHINE)
        """Why the bot's own workers draw nothing; without any, it is the machines' turn."""
        self._machines_draw = False
        self._told: Resting | None = None
        self._lock = threading.Lock()

    def hear(self, event: Event) -> None:
        """Take an event of the bot's own workers, on their threads."""
        if not isinstance(event, Resting | Resumed):
            self._hear(event)
            return
        with self._lock:
            self._own_rest = event if isinstance(event, Resting) else None
            self._tell()

    def see(self, machines: Sequence[Machine]) -> None:
        """Take how the machines are."""
        with self._lock:
            self._machines_draw = any(map(_draws_soon, machines))
            self._tell()

    def _tell(self) -> None:
        rest = None if self._machines_draw else self._own_rest
        if rest != self._told:
            self._told = rest
            self._hear(rest or Resumed())


def _draws_soon(machine: Machine) -> bool:
    free = not (machine.paused or machine.draining)
    return machine.there and machine.state in SOON and free
