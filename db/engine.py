"""The database: it is opened, brought up to date, and worked with off the event loop."""

import asyncio
import functools
import sqlite3
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from generation.errors import Refusal

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")

BUSY_TIMEOUT_MS = 10_000
"""Milliseconds that SQLite waits for another connection's write lock."""

READS_ONLY = "reads_only"
"""The execution option of a connection whose transactions take no write lock."""


class DataUnusable(Refusal):
    """The database can't be opened. Fields: where, and the system's own reason."""


class DataForeign(DataUnusable):
    """A newer version of this bot, or another program, made the database."""


class DataUnwritable(Refusal):
    """The disk is full or read-only: nothing was written."""


class Database:
    """One engine, and a session for each piece of work, which is committed whole or not at all."""

    def __init__(self, url: str) -> None:
        """`url` is an SQLAlchemy URL. Raises DataUnusable when it can't be used."""
        try:
            self.engine = _engine(url)
        except (SQLAlchemyError, ImportError) as error:
            raise DataUnusable(where="DATABASE_URL", reason=type(error).__name__) from error

    def upgrade(self, version: str = "head") -> None:
        """Bring the tables up to date, or to an older version. Raises DataUnusable."""
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
        try:
            with self.engine.begin() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, version)
        except CommandError as error:  # a version that no migration here leads to
            raise DataForeign(where=str(self.engine.url.database)) from error
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", error))
            raise DataUnusable(where=str(self.engine.url.database), reason=reason) from error

    def session(self) -> Session:
        """Open a session for work that writes."""
        return Session(self.engine, expire_on_commit=False)

    def reading(self) -> Session:
        """Open a session for work that only reads: neither writers nor a full disk block it."""
        return Session(self.engine.execution_options(**{READS_ONLY: True}), expire_on_commit=False)

    def close(self) -> None:
        self.engine.dispose()


def _engine(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _tune_sqlite)
        event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    """Take the write lock at the start, where SQLite waits for it; later it would fail at once."""
    reads = connection.get_execution_options().get(READS_ONLY)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _tune_sqlite(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # sqlite3 would open transactions of its own
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "synchronous = NORMAL",
        "foreign_keys = ON",
        "secure_delete = ON",  # an erased face is overwritten, not only unlinked
    ):
        connection.execute(f"PRAGMA {pragma}")


def off_loop(
    method: Callable[Concatenate[S, P], R],
) -> Callable[Concatenate[S, P], Coroutine[Any, Any, R]]:
    """Make a blocking method awaitable: it runs in a thread. A full disk raises DataUnwritable."""

    @functools.wraps(method)
    async def call(self: S, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return await asyncio.to_thread(method, self, *args, **kwargs)
        except OperationalError as error:
            raise DataUnwritable from error

    return call  # type: ignore[return-value]  # functools.wraps hides that it is a method
