"""DATA_DIR belongs to one process at a time."""

import contextlib
import errno
import fcntl
from collections.abc import Iterator
from pathlib import Path

from db import DataUnusable
from generation.errors import Refusal

HELD = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES}
"""What the system says of a lock that another process has. A disk may refuse it otherwise."""


class AlreadyRunning(Refusal):
    """Another process works on this DATA_DIR. Fields: where."""


class DataNotLockable(Refusal):
    """The disk of DATA_DIR locks nothing, as many a network disk. Fields: where, reason."""


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Lock the folder for this process. The lock ends with the process, however that ends.

    Raises DataUnusable, AlreadyRunning or DataNotLockable.
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
            if error.errno in HELD:
                raise AlreadyRunning(where=str(folder)) from error
            reason = error.strerror or str(error)
            raise DataNotLockable(where=str(folder), reason=reason) from error
        yield
