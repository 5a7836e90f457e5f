"""Whether data can be kept: the folder, its disk, the database."""

import errno
import fcntl
import os
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

from commands.doctor.finding import Finding, bad, good, warning
from db import DatabaseState, DataUnusable, inspect_database
from handlers.texts import Say

GB = 10**9
"""As disks are sold, and as a Mac counts."""
LITTLE = 2 * GB
TOO_LITTLE = GB // 5


def check(say: Say, folder: Path, database: str) -> Iterator[Finding]:
    """Look at DATA_DIR and at the database's SQLAlchemy URL."""
    place = _nearest(folder)
    if reason := _obstacle(place):
        words = say("doctor-data-unusable", where=str(place), reason=os.strerror(reason))
        yield bad(words, say("doctor-data-advice"))
        return
    if file := _closed(folder):
        words = say("doctor-data-unusable", where=str(file), reason=os.strerror(errno.EACCES))
        yield bad(words, say("doctor-data-owner", path=shlex.quote(str(folder))))
        return
    if not _exists(folder):
        yield good(say("doctor-data-new", where=str(folder.absolute())))
    elif _is_held(folder):
        yield good(say("doctor-data-held", where=str(folder.absolute())))
    else:
        yield good(say("doctor-data", where=str(folder.absolute())))
    yield _disk(say, place)
    yield _database(say, database)


def _disk(say: Say, place: Path) -> Finding:
    free = shutil.disk_usage(place).free
    words = say("doctor-disk", free=round(free / GB, 1))
    if free >= LITTLE:
        return good(words)
    advice = say("doctor-disk-advice")
    return bad(words, advice) if free < TOO_LITTLE else warning(words, advice)


def _database(say: Say, url: str) -> Finding:
    try:
        state = inspect_database(url)
    except DataUnusable as refusal:
        where, reason = (str(refusal.fields[name]) for name in ("where", "reason"))
        words = say("doctor-database-damaged", where=where, reason=reason)
        if where == "DATABASE_URL":
            return bad(words, say("doctor-database-url-advice"))
        return bad(words, say("doctor-database-advice", path=shlex.quote(where)))
    if state is DatabaseState.FOREIGN:
        return bad(say("doctor-database-foreign"), say("doctor-database-foreign-advice"))
    known = {
        DatabaseState.ABSENT: say("doctor-database-new"),
        DatabaseState.OLDER: say("doctor-database-older"),
        DatabaseState.CURRENT: say("doctor-database"),
    }
    return good(known[state])


def _exists(path: Path) -> bool:
    return os.access(path, os.F_OK)  # Path.exists raises where a folder may not be entered


def _nearest(folder: Path) -> Path:
    """Find the folder, or what it would be made in."""
    return next(path for path in (folder.absolute(), *folder.absolute().parents) if _exists(path))


def _obstacle(place: Path) -> int:
    """Find why nothing can be kept there: an errno, 0 for none."""
    if not place.is_dir():
        return errno.ENOTDIR
    return 0 if os.access(place, os.R_OK | os.W_OK | os.X_OK) else errno.EACCES


def _closed(folder: Path) -> Path | None:
    """Find a file of the bot's that it may not write: a `sudo` once made it, most often."""
    files = (folder / "lock", folder / "bot.db")
    return next((f for f in files if _exists(f) and not os.access(f, os.R_OK | os.W_OK)), None)


def _is_held(folder: Path) -> bool:
    """Whether a running bot has locked it."""
    try:
        with (folder / "lock").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
