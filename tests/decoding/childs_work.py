"""What a child process is told to do in the tests, some of it bad."""

import ctypes
import os
import resource
import time


def sizes(data: bytes) -> int:
    return len(data)


def pid(_: bytes) -> int:
    return os.getpid()


def computing_limit(_: bytes) -> int:
    return resource.getrlimit(resource.RLIMIT_CPU)[0]


def environment(_: bytes) -> dict[str, str]:
    return dict(os.environ)


def spin(_: bytes) -> None:
    while True:
        pass


def sleep(_: bytes) -> None:
    """Take no time of the processor, as a file on a disk that doesn't answer."""
    time.sleep(3600)


def wait(data: bytes) -> int:
    """Take longer than a time that the tests allow, without computing: as on a busy machine."""
    time.sleep(0.5)
    return len(data)


def compute(data: bytes) -> int:
    """Compute for a while, and come to an end."""
    end = time.process_time() + 0.2
    while time.process_time() < end:
        pass
    return len(data)


def fill(_: bytes) -> int:
    return len(b"a" * 2_000_000_000)


def crash(_: bytes) -> None:
    ctypes.string_at(0)


def leave(_: bytes) -> None:
    os._exit(3)


KEPT: list[bytes] = []


def keep(_: bytes) -> int:
    KEPT.append(b"a" * 100_000_000)
    return os.getpid()


class OddError(Exception):
    def __init__(self, one: str, two: str) -> None:
        super().__init__(one + two)


def fail(_: bytes) -> None:
    message = "no such thing"
    raise KeyError(message)


def fail_oddly(_: bytes) -> None:
    raise OddError("no ", "such thing")
