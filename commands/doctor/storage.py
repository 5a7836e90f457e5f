"""Whether data can be stored: the folder, its disk, the database."""

import errno
import os
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

from commands.data_folder import is_locked
from commands.doctor.finding import Finding, Verdict, bad, good, warning
from db import (
    Albums,
    Database,
    DatabaseDamaged,
    DatabaseRefuses,
    DatabaseState,
    DatabaseUrlWrong,
    DataUnusable,
    check_not_emptied,
    inspect_database,
    key_mark,
)
from db.sealing import OPEN, Seal
from generation.errors import Refusal
from handlers.core.phrases import size_text
from handlers.texts import Say

GB = 10**9
"""Bytes of a gigabyte."""

LITTLE = 2 * GB
"""Free bytes of the disk below which the doctor warns."""

TOO_LITTLE = GB // 5
"""Free bytes of the disk below which the bot should not start."""


def check(say: Say, folder: Path, database: str, seal: Seal = OPEN) -> Iterator[Finding]:
    """Look at DATA_DIR, at the database's SQLAlchemy URL, and at the key of both."""
    existing = _existing(folder)
    if reason := _obstacle(existing):
        words = say("doctor-data-unusable", where=str(existing), reason=os.strerror(reason))
        yield bad(words, say("doctor-data-advice"))
        return
    if file := _forbidden_file(folder):
        words = say("doctor-data-unusable", where=str(file), reason=os.strerror(errno.EACCES))
        yield bad(words, say("doctor-data-owner", path=shlex.quote(str(folder))))
        return
    yield _folder(say, folder)
    yield _disk(say, existing)
    albums = Albums(folder / "albums", seal)
    finding = _database(say, database, albums)
    yield finding
    if finding.verdict is Verdict.GOOD and (key := _key(say, database, albums, seal)):
        yield key


def _folder(say: Say, folder: Path) -> Finding:
    where = str(folder.absolute())
    try:
        if not _exists(folder):
            return good(say("doctor-data-new", where=where))
        return good(say("doctor-data-held" if is_locked(folder) else "doctor-data", where=where))
    except OSError as error:
        reason = error.strerror or str(error)
        return bad(say("doctor-data-unusable", where=where, reason=reason), say("doctor-data-lock"))


def _disk(say: Say, existing: Path) -> Finding:
    free = shutil.disk_usage(existing).free
    words = say("doctor-disk", free=size_text(say, free))
    if free >= LITTLE:
        return good(words)
    advice = say("doctor-disk-advice")
    return bad(words, advice) if free < TOO_LITTLE else warning(words, advice)


def _database(say: Say, url: str, albums: Albums) -> Finding:
    try:
        check_not_emptied(url, albums)
        state = inspect_database(url)
    except DataUnusable as refusal:
        if isinstance(refusal, DatabaseRefuses | DatabaseUrlWrong):
            words = say(refusal.text_id(), **refusal.fields)
            return bad(words, say("doctor-database-url-advice"))
        where, reason = (str(refusal.fields[name]) for name in ("where", "reason"))
        words = say("doctor-database-damaged", where=where, reason=reason)
        if not isinstance(refusal, DatabaseDamaged):
            return bad(words, say("doctor-data-advice"))
        return bad(words, say("doctor-database-advice", path=shlex.quote(where)))
    if state is DatabaseState.FOREIGN:
        return bad(say("doctor-database-foreign"), say("doctor-database-foreign-advice"))
    known = {
        DatabaseState.ABSENT: say("doctor-database-new"),
        DatabaseState.OLDER: say("doctor-database-older"),
        DatabaseState.CURRENT: say("doctor-database"),
    }
    return good(known[state])


def _key(say: Say, url: str, albums: Albums, seal: Seal) -> Finding | None:
    """Look whether the key is the one of what is kept; None where that can't be known yet."""
    if inspect_database(url) is not DatabaseState.CURRENT:
        return None
    database = Database(url, seal=seal)
    try:
        key_mark.look(database, albums)
    except Refusal as refusal:
        return bad(say("doctor-key-unfit"), say(refusal.text_id(), **refusal.fields))
    finally:
        database.engine.dispose()
    return good(say("doctor-key", key=seal.id) if seal.id else say("doctor-no-key"))


def _exists(path: Path) -> bool:
    return os.access(path, os.F_OK)  # Path.exists raises where a folder may not be entered


def _existing(folder: Path) -> Path:
    """Give the folder, or the nearest folder above it that exists."""
    return next(path for path in (folder.absolute(), *folder.absolute().parents) if _exists(path))


def _obstacle(folder: Path) -> int:
    """Say why nothing can be stored in the folder: an errno, or 0 if it can."""
    if not folder.is_dir():
        return errno.ENOTDIR
    return 0 if os.access(folder, os.R_OK | os.W_OK | os.X_OK) else errno.EACCES


def _forbidden_file(folder: Path) -> Path | None:
    """Find a file of the bot's that it may not write: most often `sudo` made it once."""
    files = (folder / "lock", folder / "bot.db", folder / "albums")
    return next((f for f in files if _exists(f) and not os.access(f, os.R_OK | os.W_OK)), None)
