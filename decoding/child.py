"""`python -m decoding.child`: does what `decoding.sandbox` asks for, within limits.

It imports a function when it is first asked for, and calls `prepare` of the same module if there is
one: what that loads is the child's own, and no file's.
"""

import contextlib
import importlib
import pickle
import resource
import signal
import sys
import warnings
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from typing import Any

import psutil

from decoding.unfit import Reason, Unfit

SPARE_S = 1
"""Seconds after its time at which the child ends itself, if nobody is left to end it."""

UNUSED = 100_000_000
"""Bytes of addresses that an honest decoder asks for and doesn't use. What is used the parent sees.
"""


def serve(parent: Connection) -> None:
    """Answer until the parent is gone."""
    warnings.simplefilter("ignore")  # a file's tags can make thousands of them
    parent.send_bytes(b"ready")
    while True:
        try:
            name, arguments, limits = pickle.loads(parent.recv_bytes())  # noqa: S301 - the bot's own words
            function = _imported(name)
            if arguments is None:
                _prepare(name)
                parent.send_bytes(b"ready")
                continue
            data = parent.recv_bytes()
            parent.send_bytes(pickle.dumps(_answer(function, data, arguments, limits)))
        except (EOFError, ConnectionError):
            return


def _answer(
    function: Callable[..., object],
    data: bytes,
    arguments: tuple[Any, ...],
    limits: tuple[float, float, int],
) -> tuple[bool, object]:
    """Give whether it went well, and what the function gave or raised."""
    try:
        with _limits(*limits):
            return True, function(data, *arguments)
    except MemoryError:
        return False, Unfit(Reason.TOO_HARD)
    except Exception as error:  # noqa: BLE001 - the parent raises it
        return False, _portable(error)


def _imported(name: str) -> Callable[..., object]:
    module, _, function = name.partition(":")
    found: Callable[..., object] = getattr(importlib.import_module(module), function)
    return found


def _prepare(name: str) -> None:
    module, _, _ = name.partition(":")
    with contextlib.suppress(Exception):  # the function itself will say it
        getattr(sys.modules[module], "prepare", bool)()


@contextlib.contextmanager
def _limits(computing: float, in_all: float, memory: int) -> Iterator[None]:
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


def _portable(error: Exception) -> Exception:
    """Give what another process can read: the error itself, or its words."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - of this very line
    except Exception:  # noqa: BLE001 - whatever its class makes of it
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error


if __name__ == "__main__":
    serve(Connection(0))
