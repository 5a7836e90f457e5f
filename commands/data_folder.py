"""DATA_DIR belongs to one process at a time, and to one user of the computer."""

import contextlib
import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from db import DataUnusable
from generation.errors import Refusal

HELD = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES}
"""What the system says of a lock that another process has. A disk may refuse it otherwise."""

FOLDER_MODE, FILE_MODE = 0o700, 0o600
"""Faces are in there: no other user of the computer may read them."""

LOGS = ("-wal", "-shm", "-journal")
"""How the names of the files end that SQLite makes beside a database."""


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
        # A link in the lock's place could lead to a file that is worth something.
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, FILE_MODE)
    except OSError as error:
        raise DataUnusable(where=str(folder), reason=error.strerror or str(error)) from error
    with os.fdopen(lock, "w"):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in HELD:
                raise AlreadyRunning(where=str(folder)) from error
            reason = error.strerror or str(error)
            raise DataNotLockable(where=str(folder), reason=reason) from error
        yield


@contextlib.contextmanager
def private(folder: Path, database: Path | None = None) -> Iterator[None]:
    """Keep the folder, and every file that this process makes, from other users of the computer.

    What is there already is mended: the folder itself, in it what the bot makes, and `database`
    with its log, wherever it lies. Other links are not followed. Raises DataUnusable.
    """
    umask = os.umask(0o777 & ~FOLDER_MODE)
    try:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for path in (*_made_by_the_bot(folder), *_with_its_log(database)):
                _close(path)
        except OSError as error:
            raise DataUnusable(where=str(folder), reason=error.strerror or str(error)) from error
        yield
    finally:
        os.umask(umask)


def _made_by_the_bot(folder: Path) -> Iterator[Path]:
    """Find the bot's own files: DATA_DIR may be a folder that has others besides."""
    yield folder.resolve()
    yield from folder.glob("bot.db*")
    yield from folder.glob("lock")
    for name in ("albums", "local_chat", "styles"):
        room = (folder / name).resolve()  # it may lie on a larger disk
        yield room
        yield from room.rglob("*")


def _with_its_log(database: Path | None) -> Iterator[Path]:
    """Find a database's files; SQLite makes those of its log beside the file behind a link."""
    if database:
        file = database.resolve()
        yield file
        for name in LOGS:
            yield file.with_name(file.name + name)


def _close(path: Path) -> None:
    """Take the others' rights away, unless the path is gone, a link, or somebody else's.

    A folder with the sticky bit, such as /tmp, is everybody's on purpose.
    """
    try:
        status = path.lstat()
    except FileNotFoundError:
        return
    if status.st_uid != os.geteuid() or status.st_mode & stat.S_ISVTX:
        return
    mode = FOLDER_MODE if stat.S_ISDIR(status.st_mode) else FILE_MODE
    is_ours = stat.S_ISDIR(status.st_mode) or stat.S_ISREG(status.st_mode)
    if is_ours and stat.S_IMODE(status.st_mode) != mode:
        path.chmod(mode)
