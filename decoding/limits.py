"""How much the child may take for one file, as its own system holds it.

The parent looks at time and memory besides, fifty times a second (`decoding.child_process`). On
Windows, which has no such limits, it is the only one who does.
"""

import contextlib
import os
import sys
import threading
from collections.abc import Iterator

import psutil

if sys.platform != "win32":
    import resource
    import signal

SPARE_S = 1
"""Seconds after its time at which the child ends itself, if nobody is left to end it."""

UNUSED = 100_000_000
"""Bytes of addresses that an honest decoder asks for and doesn't use. What is used the parent sees.
"""


@contextlib.contextmanager
def limits(computing: float, in_all: float, memory: int) -> Iterator[None]:
    """Have this process ended when it takes too much: seconds, and bytes.

    macOS knows no limit of memory, Windows none of memory and computing: there the parent looks
    after it alone.
    """
    if sys.platform == "win32":
        with _alarm(in_all + SPARE_S):
            yield
    else:
        with _held_by_the_system(computing, in_all, memory):
            yield


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """End this process after so many seconds, though its parent may be gone."""
    alarm = threading.Timer(seconds, os._exit, [1])
    alarm.daemon = True
    alarm.start()
    try:
        yield
    finally:
        alarm.cancel()


if sys.platform != "win32":

    @contextlib.contextmanager
    def _held_by_the_system(computing: float, in_all: float, memory: int) -> Iterator[None]:
        """Let the system end this process when it takes too much: seconds, and bytes.

        macOS knows no limit of memory; there the parent looks after it alone.
        """
        used = psutil.Process()
        times = used.cpu_times()
        _limit(resource.RLIMIT_CPU, int(times.user + times.system + computing) + SPARE_S)
        with contextlib.suppress(ValueError, OSError):
            _limit(resource.RLIMIT_AS, used.memory_info().vms + memory + UNUSED)
        signal.setitimer(signal.ITIMER_REAL, in_all + SPARE_S)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            with contextlib.suppress(ValueError, OSError):
                _limit(resource.RLIMIT_AS, resource.RLIM_INFINITY)

    def _limit(kind: int, soft: int) -> None:
        _, hard = resource.getrlimit(kind)
        if hard != resource.RLIM_INFINITY and (soft == resource.RLIM_INFINITY or soft > hard):
            soft = hard
        resource.setrlimit(kind, (soft, hard))
