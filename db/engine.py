"""The database: it is opened, brought up to date, and worked with off the event loop."""

import asyncio
import contextlib
import errno
import functools
import os
import sqlite3
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from generation.errors import Refusal

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")

BUSY_TIMEOUT_MS = 10_000
"""Milliseconds that SQLite waits for another connection's write lock."""

HEADER = b"SQLite format 3\0"
"""How the file of every SQLite database begins."""

LOG_PAGES = 16
"""Pages of 4 KiB in the log from which on a commit takes them over into the database. SQLite's
own 1,000 leave all of a small bot's data in the log. Every few commits one takes 10 ms longer."""

NOT_THERE = ("no such table", "no such column")
"""What SQLite says when a part is missing that every database of this bot has."""

READS_ONLY = "reads_only"
"""The execution option of a connection whose transactions take no write lock."""


class DataUnusable(Refusal):
    """The database can't be opened. Fields: where, and the system's own reason."""


class DataForeign(DataUnusable):
    """A newer version of this bot, or another program, made the database."""


class DatabaseDamaged(DataUnusable):
    """The start found that the database's file is no whole database."""


class DatabaseLocked(DataUnusable):
    """Another program keeps the database for itself."""


class DiskFull(DataUnusable):
    """There is no room for the database."""


class DataUnwritable(Refusal):
    """The disk is full or read-only: nothing was written."""


class DataGone(DataUnwritable):
    """The database's file was removed or replaced while the bot runs: what is written is lost."""


class DataDamaged(DataUnwritable):
    """While the bot runs, its database can't be read any more."""


class Database:
    """One engine, and a session for each piece of work, which is committed whole or not at all."""

    def __init__(self, url: str) -> None:
        """`url` is an SQLAlchemy URL. Raises DataUnusable when it can't be used."""
        self._file = _File()
        try:
            self.engine = _engine(url, self._file)
        except (SQLAlchemyError, ImportError) as error:
            raise DataUnusable(where="DATABASE_URL", reason=type(error).__name__) from error

    def upgrade(self, version: str = "head") -> None:
        """Bring the tables up to date, or only to an older version. Raises DataUnusable."""
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
        try:
            with self.engine.begin() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, version)
        except CommandError as error:  # a version that no migration here leads to
            raise DataForeign(where=str(self.engine.url.database)) from error
        except SQLAlchemyError as error:
            raise refusal_of(error, str(self.engine.url.database)) from error

    def session(self) -> Session:
        """Open a session for work that writes."""
        return Session(self.engine, expire_on_commit=False)

    def reading(self) -> Session:
        """Open a session for work that only reads: neither writers nor a full disk block it."""
        return Session(self.engine.execution_options(**{READS_ONLY: True}), expire_on_commit=False)

    def close(self) -> None:
        """Close every connection; bot.db then holds everything, as a copy of it should."""
        if Path(self.engine.url.database or "").is_file() and self.engine.dialect.name == "sqlite":
            # SQLite does so by itself only for who closes the file last.
            with contextlib.suppress(SQLAlchemyError, sqlite3.Error):
                connection = self.engine.raw_connection()
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                connection.close()
        self.engine.dispose()
        self._file.close()


def refusal_of(error: BaseException, where: str) -> DataUnusable:
    """Say why the database at `where` can't be opened, in words that its owner can act on."""
    cause = getattr(error, "orig", None) or error
    incomplete = str(cause).startswith(NOT_THERE)
    match getattr(cause, "sqlite_errorcode", 0) & 0xFF:  # without SQLite's finer distinctions
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            kind: type[DataUnusable] = DatabaseDamaged
        case sqlite3.SQLITE_ERROR if incomplete:
            kind = DatabaseDamaged
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            kind = DatabaseLocked
        case sqlite3.SQLITE_FULL:
            kind = DiskFull
        case _:
            kind = DataUnusable
    # SQLAlchemy's own errors may quote the URL, which can have a password in it.
    reason = type(error).__name__ if cause is error else str(cause)
    return kind(where=where, reason=reason)


def refusal_at_start(refusal: DataUnwritable, where: str) -> DataUnusable:
    """Say the same for what refused while the bot was starting: its owner alone reads it.

    A refusal that people read says that the owner knows.
    """
    cause = refusal.__cause__ or refusal
    told = refusal_of(cause, where)
    if isinstance(refusal, DataDamaged) and not isinstance(told, DatabaseDamaged):
        return DatabaseDamaged(where=where, reason=str(cause))
    return told


def is_damaged(error: BaseException) -> bool:
    """Say whether an error means that the database's file is no whole database."""
    causes = (error, error.__cause__)
    return any(
        isinstance(cause, DataDamaged) or isinstance(refusal_of(cause, ""), DatabaseDamaged)
        for cause in causes
        if cause
    )


def is_trouble(error: Exception) -> bool:
    """Say whether the database itself is in trouble, rather than what was asked of it.

    A damaged file is a DatabaseError and no subclass of it.
    """
    return isinstance(error, OperationalError) or type(error) is DatabaseError


def _engine(url: str, file: "_File") -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _tune_sqlite)
        event.listen(engine, "connect", file.remember)
        event.listen(engine, "begin", file.require)
        event.listen(engine, "begin", _begin)
    return engine


class _File:
    """The database's file, as it was when it was first opened."""

    def __init__(self) -> None:
        self._path = ""
        self._identity: tuple[int, int] | None = None
        self._descriptor: int | None = None
        self._began_well = False

    def remember(self, connection: sqlite3.Connection, _: object) -> None:
        if not self._path:
            self._path = connection.execute("PRAGMA database_list").fetchone()[2]
            self._identity = self._look()

    def require(self, _: Connection) -> None:
        """Raise DataGone when the file is not in its place any more, DataDamaged if overwritten.

        SQLite would go on in a file without a name, or with the pages that it remembers, and all of
        that would be lost with the process.
        """
        if not self._path:  # in memory
            return
        if self._look() != self._identity:
            raise DataGone from FileNotFoundError(
                errno.ENOENT, os.strerror(errno.ENOENT), self._path
            )
        begins_well = self._begins_well()
        if self._began_well and not begins_well:
            raise DataDamaged from ValueError(f"{self._path} does not begin as a database any more")
        self._began_well = begins_well  # without a log a new file is empty until the first commit

    def close(self) -> None:
        """Be called when SQLite is done with the file: closing it earlier would end SQLite's locks.

        POSIX takes all of a process's locks on a file away as soon as it closes it once.
        """
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _begins_well(self) -> bool:
        try:
            if self._descriptor is None:
                self._descriptor = os.open(self._path, os.O_RDONLY)
            return os.pread(self._descriptor, len(HEADER), 0) == HEADER
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
    reads = connection.get_execution_options().get(READS_ONLY)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _tune_sqlite(connection: sqlite3.Connection, _: object) -> None:
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


def off_loop(
    method: Callable[Concatenate[S, P], R],
) -> Callable[Concatenate[S, P], Coroutine[Any, Any, R]]:
    """Make a blocking method awaitable: it runs in a thread.

    A database in trouble raises DataUnwritable, or DataDamaged if it can't be read.
    """

    @functools.wraps(method)
    async def call(self: S, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return await asyncio.to_thread(method, self, *args, **kwargs)
        except DatabaseError as error:
            if not is_trouble(error):
                raise
            raise (DataDamaged if is_damaged(error) else DataUnwritable) from error

    return call  # type: ignore[return-value]  # functools.wraps hides that it is a method
