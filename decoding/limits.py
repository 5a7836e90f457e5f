"""What the child may take of the computer, by the system's own means.

POSIX ends a process that takes too much. Windows has nothing as simple: there the parent alone
looks after the child's time and memory, fifty times a second (`ChildProcess._watch`), and a timer
of the child ends it when the parent is gone. The limits are the same, but a child may be over its
memory for a moment.
"""

import contextlib
import os
import sys
import threading
import time
from collections.abc import Iterator
from math import inf

import psutil

SPARE_S = 1
"""Seconds after its time at which the child ends itself, if nobody is left to end it."""

UNUSED = 100_000_000
"""Bytes of addresses that an honest decoder asks for and doesn't use. What is used the parent sees.
"""

_end = inf


@contextlib.contextmanager
def limits(computing: float, in_all: float, memory: int) -> Iterator[None]:
    """Keep this process within so many seconds of computing and in all, and bytes more."""
    global _end  # noqa: PLW0603 - a process reads one file at a time
    _end = time.process_time() + computing
    try:
        with _of_the_system(computing, in_all, memory):
            yield
    finally:
        _end = inf


def computing_left() -> float:
    """Give the seconds that this process may still compute for its file: who can, ends sooner."""
    return _end - time.process_time()


if sys.platform == "win32":

    @contextlib.contextmanager
    def _of_the_system(computing: float, in_all: float, memory: int) -> Iterator[None]:  # noqa: ARG001 - the parent's
        """End this process after so many seconds in all."""
        timer = threading.Timer(in_all + SPARE_S, os._exit, [1])
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

else:
    import resource
    import signal

    @contextlib.contextmanager
    def _of_the_system(computing: float, in_all: float, memory: int) -> Iterator[None]:
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
            _limit(resource.RLIMIT_CPU, resource.RLIM_INFINITY)  # the next imports have none
            with contextlib.suppress(ValueError, OSError):
                _limit(resource.RLIMIT_AS, resource.RLIM_INFINITY)

    def _limit(kind: int, soft: int) -> None:
        _, hard = resource.getrlimit(kind)
        if hard != resource.RLIM_INFINITY and (soft == resource.RLIM_INFINITY or soft > hard):
            soft = hard
        resource.setrlimit(kind, (soft, hard))
