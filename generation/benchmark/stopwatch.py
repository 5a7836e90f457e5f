"""Times a device that may still be computing when Python has gone on."""

import time
from collections.abc import Callable

from generation.engine.devices import Device


class Stopwatch:
    def __init__(self, device: Device) -> None:
        self._wait = device.backend.synchronize

    def time(self, work: Callable[[], object]) -> float:
        self._wait()
        began = time.perf_counter()
        work()
        self._wait()
        return time.perf_counter() - began
