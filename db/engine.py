"""The database: it is opened, brought up to date, and worked with off the event loop."""

import asyncio
import functools
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from db import postgres, versions
from db.address import POSTGRES, address_of, conninfo, place_of
from db.reading import for_reading
from db.refusals import (
    DatabaseUrlWrong,
    DataForeign,
    is_collision,
    is_trouble,
    refusal_of,
    refusal_while_running,
)
from db.sealing import OPEN, Seal
from db.sqlite import SqliteFile

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")

TRIES = 5
"""Times that something is done at most which others' work at the same moment keeps from success."""


class Database:
    """One engine, and a session for each piece of work, which is committed whole or not at all."""

    def __init__(self, url: str, *, machine: bool = False, seal: Seal = OPEN) -> None:
        """`url` is an SQLAlchemy URL. Raises DataUnusable when it can't be used.

        `machine`: for a computer that only draws. It writes beside the bot, which then waits for
        none of its transactions; each of them must hold by itself.
        """
        address = address_of(url)
        try:
            # A connection that was cut meanwhile is opened anew before it is used.
            # What people wrote and sent is no part of an error, which may be logged.
            self.engine = create_engine(
                address, pool_pre_ping=address.drivername == POSTGRES, hide_parameters=True
            )
        except (SQLAlchemyError, ImportError) as error:
            raise DatabaseUrlWrong(reason=type(error).__name__) from error
        self.seal = seal
        self.engine.dialect.seal = seal  # type: ignore[attr-defined]  # `Sealed` looks for it
        self.where = place_of(address)
        self._url = url
        self._file = SqliteFile(self.engine) if self.engine.dialect.name == "sqlite" else None
        if not self._file:
            postgres.leave_stale_plans(self.engine)
            if not machine:
                postgres.let_write_one_at_a_time(self.engine)
        self._for_reading = for_reading(self.engine)

    @property
    def conninfo(self) -> str:
        """A server's address as libpq reads it, for connections of psycopg's own."""
        return conninfo(self._url)

    def upgrade(self, version: str = "head") -> None:
        """Bring the tables up to date, or only to an older version. Raises DataUnusable."""
        config = Config()
        config.set_main_option("script_location", str(versions.MIGRATIONS))
        try:
            with postgres.for_building(self.engine).begin() as connection:
                at = MigrationContext.configure(connection).get_current_revision()
                if version == "head" and at == versions.newest():
                    return
                config.attributes["connection"] = connection
                command.upgrade(config, version)
        except CommandError as error:  # a version that no migration here leads to
            raise DataForeign(where=self.where) from error
        except SQLAlchemyError as error:
            raise refusal_of(error, self.where) from error

    def session(self) -> Session:
        """Open a session for work that writes."""
        return Session(self.engine, expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a session for work that only reads: neither writers nor a full disk block it.

        On a server it ends with a commit of nothing: after a rollback psycopg drops the statements
        that it has prepared, and each would be planned anew, which takes longer than to run it.
        """
        with Session(self._for_reading, expire_on_commit=False) as session:
            yield session
            if not self._file:
                session.commit()

    def close(self) -> None:
        """Close every connection; bot.db then holds everything, as a copy of it should."""
        if self._file:
            self._file.empty_log()
        self.engine.dispose()
        self.engine.clear_compiled_cache()  # thousands of objects: mappers keep the engine
        if self._file:
            self._file.close()


def in_spite_of_others(
    method: Callable[Concatenate[S, P], R],
) -> Callable[Concatenate[S, P], R]:
    """Do it again when a server undid it for what somebody else did at the same moment.

    In SQLite that can't be: there one waits for the other.
    """

    @functools.wraps(method)
    def call(self: S, *args: P.args, **kwargs: P.kwargs) -> R:
        for _ in range(TRIES - 1):
            try:
                return method(self, *args, **kwargs)
            except SQLAlchemyError as error:
                if not is_collision(error):
                    raise
        return method(self, *args, **kwargs)

    return call  # type: ignore[return-value]  # functools.wraps hides that it is a method


def off_loop(
    method: Callable[Concatenate[S, P], R],
) -> Callable[Concatenate[S, P], Coroutine[Any, Any, R]]:
    """Make a blocking method awaitable: it runs in a thread.

    A database in trouble raises DataUnwritable: DataDamaged if it can't be read, DataOutOfReach if
    its server does not answer.
    """
    blocking = in_spite_of_others(method)

    @functools.wraps(method)
    async def call(self: S, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return await asyncio.to_thread(blocking, self, *args, **kwargs)
        except SQLAlchemyError as error:
            if not is_trouble(error):
                raise
            raise refusal_while_running(error) from error

    return call  # type: ignore[return-value]  # functools.wraps hides that it is a method
