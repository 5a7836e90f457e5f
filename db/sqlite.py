"""What SQLite needs: its settings, its write lock, and a look at its file."""

import contextlib
import errno
import os
import sqlite3
import threading
from pathlib import Path

from sqlalchemy import Connection, Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import SQLAlchemyError

from db.reading import reads_only
from db.refusals import DataDamaged, DataGone, is_trouble

BUSY_TIMEOUT_MS = 10_000
"""Milliseconds that SQLite waits for another connection's write lock."""

HEADER = b"SQLite format 3\0"
"""How the file of every SQLite database begins."""

LOG_PAGES = 16
"""Pages of 4 KiB in the log from which on a commit takes them over into the database. SQLite's
own 1,000 leave all of a small bot's data in the log. Every few commits one takes 10 ms longer."""


class SqliteFile:
    """The database's file, as it was when it was first opened."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._path = ""
        self._identity: tuple[int, int] | None = None
        self._descriptor: int | None = None
        self._looking = threading.Lock()
        self._began_well = False
        event.listen(engine, "do_connect", self._require_before)
        event.listen(engine, "connect", _tune)
        event.listen(engine, "connect", self._remember)
        event.listen(engine, "begin", self._require)
        event.listen(engine, "begin", _begin)
        event.listen(engine, "handle_error", self._explain)

    def empty_log(self) -> None:
        """Take the log over into the file: SQLite does so by itself only for who closes it last."""
        if Path(self._engine.url.database or "").is_file():
            with contextlib.suppress(SQLAlchemyError, sqlite3.Error):
                connection = self._engine.raw_connection()
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.close()

    def close(self) -> None:
        """Be called when SQLite is done with the file: closing it earlier would end SQLite's locks.

        POSIX takes all of a process's locks on a file away as soon as it closes it once.
        """
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _remember(self, connection: sqlite3.Connection, _: object) -> None:
        if not self._path:
            self._path = connection.execute("PRAGMA database_list").fetchone()[2]
            self._identity = self._look()

    def _require(self, _: Connection) -> None:
        """Raise DataGone when the file is not in its place any more, DataDamaged if overwritten.

        SQLite would go on in a file without a name, or with the pages that it remembers, and all of
        that would be lost with the process.
        """
        if not self._path:  # in memory
            return
        self._require_there()
        begins_well = self._begins_well()
        if self._began_well and not begins_well:
            raise DataDamaged from ValueError(f"{self._path} does not begin as a database any more")
        self._began_well = begins_well  # without a log a new file is empty until the first commit

    def _require_before(self, *_: object) -> None:
        """Raise DataGone before a connection is opened: SQLite would make a new, empty file."""
        if self._path:
            self._require_there()

    def _explain(self, context: ExceptionContext) -> None:
        """Raise DataGone for an error of SQLite, where the cause is that the file is gone."""
        if self._path and is_trouble(context.sqlalchemy_exception):
            self._require_there()

    def _require_there(self) -> None:
        if self._look() != self._identity:
            raise DataGone from FileNotFoundError(
                errno.ENOENT, os.strerror(errno.ENOENT), self._path
            )

    def _begins_well(self) -> bool:
        try:
            with self._looking:  # Windows can't read from a place without going there
                if self._descriptor is None:
                    self._descriptor = os.open(self._path, os.O_RDONLY)
                os.lseek(self._descriptor, 0, os.SEEK_SET)
                return os.read(self._descriptor, len(HEADER)) == HEADER
        except OSError as error:
            raise DataDamaged from error

    def _look(self) -> tuple[int, int] | None:
        """Tell one file from another that takes its place; None: there is no file."""
        try:
            status = Path(self._path).stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino


def _begin(connection: Connection) -> None:
    """Take the write lock at the start, where SQLite waits for it; later it would fail at once."""
    connection.exec_driver_sql("BEGIN" if reads_only(connection) else "BEGIN IMMEDIATE")


def _tune(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # sqlite3 would open transactions of its own
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        f"wal_autocheckpoint = {LOG_PAGES}",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "secure_delete = ON",  # an erased face is overwritten, not only unlinked
    ):
        connection.execute(f"PRAGMA {pragma}")
