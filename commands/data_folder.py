"""DATA_DIR belongs to one process at a time."""

import contextlib
import fcntl
from collections.abc import Iterator
from pathlib import Path

from db import DataUnusable
from generation.errors import Refusal


class AlreadyRunning(Refusal):
    """Another process works on this DATA_DIR."""


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Lock the folder for this process. The lock ends with the process, however that ends.

    Raises DataUnusable or AlreadyRunning.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("w")
    except OSError as error:
        raise DataUnusable(where=str(folder), reason=error.strerror or str(error)) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise AlreadyRunning(where=str(folder)) from error
        yield
