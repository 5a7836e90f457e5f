"""The database: how it is opened, brought up to date, and kept off the event loop."""

import asyncio
import functools
import sqlite3
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from generation.errors import Refusal

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")

BUSY_TIMEOUT_MS = 10_000


class DataUnusable(Refusal):
    """The database can't be opened: where, and the system's own reason."""


class Database:
    """One engine; a session for each piece of work, committed as a whole or not at all."""

    def __init__(self, url: str) -> None:
        """`url` is SQLAlchemy's. Raises DataUnusable when there is no way to open it."""
        try:
            self.engine = _engine(url)
        except (SQLAlchemyError, ImportError) as error:
            raise DataUnusable(where="DATABASE_URL", reason=type(error).__name__) from error

    def upgrade(self) -> None:
        """Bring the tables up to date. Raises DataUnusable."""
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
        try:
            with self.engine.begin() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", error))
            raise DataUnusable(where=str(self.engine.url.database), reason=reason) from error

    def session(self) -> "Session":
        return Session(self.engine, expire_on_commit=False)

    def close(self) -> None:
        self.engine.dispose()


def _engine(url: str) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _tune_sqlite)
        # Every transaction takes the write lock at its start: a read that later writes would
        # otherwise fail at once, without waiting for busy_timeout.
        event.listen(engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


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
    """Make a blocking method one to be awaited: it runs in a thread, the loop goes on."""

    @functools.wraps(method)
    async def call(self: S, *args: P.args, **kwargs: P.kwargs) -> R:
        return await asyncio.to_thread(method, self, *args, **kwargs)

    return call  # type: ignore[return-value]  # functools.wraps hides that it is a method
