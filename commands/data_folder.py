"""DATA_DIR belongs to one process at a time, and to one user of the computer."""

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from db import DataUnusable
from generation.errors import Refusal

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
        _open_lock(folder)
    except OSError as error:
        raise DataUnusable(where=str(folder), reason=error.strerror or str(error)) from error
    lock = _lock(folder)
    try:
        lock.acquire()
    except Timeout as error:
        raise AlreadyRunning(where=str(folder)) from error
    except (OSError, NotImplementedError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DataNotLockable(where=str(folder), reason=reason) from error
    try:
        yield
    finally:
        lock.release()


def is_held(folder: Path) -> bool:
    """Say whether a running bot has locked the folder. OSError where the disk can't lock."""
    if not (folder / "lock").exists():
        return False
    try:
        with _lock(folder):
            return False
    except Timeout:
        return True


def _open_lock(folder: Path) -> None:
    """Make the lock's file. A link in its place could lead to a file that is worth something."""
    no_link = getattr(os, "O_NOFOLLOW", 0)  # Windows lets only administrators make links
    os.close(os.open(folder / "lock", os.O_RDWR | os.O_CREAT | no_link, FILE_MODE))


def _lock(folder: Path) -> FileLock:
    """A lock that isn't waited for, and never a mere file in its place: that outlives a crash."""
    return FileLock(
        folder / "lock",
        mode=FILE_MODE,
        thread_local=False,
        blocking=False,
        fallback_to_soft=False,
        preserve_lock_file=True,
    )


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
    if not hasattr(os, "geteuid"):  # Windows: a person's own folder is closed to others there
        return
    if status.st_uid != os.geteuid() or status.st_mode & stat.S_ISVTX:
        return
    mode = FOLDER_MODE if stat.S_ISDIR(status.st_mode) else FILE_MODE
    is_ours = stat.S_ISDIR(status.st_mode) or stat.S_ISREG(status.st_mode)
    if is_ours and stat.S_IMODE(status.st_mode) != mode:
        path.chmod(mode)
