"""A machine whose battery, memory and clock are the test's."""

import threading
from datetime import time


class ScriptedMachine:
    """Plugged in, with memory to spare, at noon; until the test says otherwise.

    `available` are the bytes that programs could have.

    `looked_at` is released whenever somebody asks for its battery.
    """

    def __init__(
        self, *, battery: bool = False, short: bool = False, hour: time = time(12)
    ) -> None:
        self.battery, self.short, self.hour = battery, short, hour
        self.available = 8 * 10**9
        self.looked_at = threading.Semaphore(0)

    def calm(self) -> None:
        """Have nothing about it that anybody would mind."""
        self.battery, self.short, self.hour = False, False, time(12)

    def on_battery(self) -> bool:
        self.looked_at.release()
        return self.battery

    def short_of_memory(self) -> bool:
        return self.short

    def has_room(self, size: int) -> bool:
        return size <= self.available

    def available_memory(self) -> int:
        return self.available

    def clock(self) -> time:
        return self.hour
