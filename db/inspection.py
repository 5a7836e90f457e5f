"""Examines a database without changing anything in it."""

import sqlite3
from enum import Enum, auto
from pathlib import Path

from alembic.migration import MigrationContext
from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, inspect
from sqlalchemy.exc import SQLAlchemyError

from db import versions
from db.address import address_of, place_of
from db.albums import Albums
from db.refusals import DatabaseDamaged, DatabaseIncomplete, DatabaseUrlWrong, refusal_of
from db.tables import Base

SQLITE = "sqlite"

EMPTY = 1
"""Most bytes of a file that SQLite takes for a new database."""


class DatabaseState(Enum):
    ABSENT = auto()
    """There is no database, or an empty one: the bot's next start makes the tables."""
    CURRENT = auto()
    OLDER = auto()
    """The bot's next start brings it up to date."""
    FOREIGN = auto()
    """A newer version of this bot, or another program, made it."""


def database_file(url: str) -> Path | None:
    """Give the file of an SQLite database, behind its links; None where there is none.

    Raises DataUnusable for what is no URL.
    """
    parsed = address_of(url)
    if parsed.get_backend_name() != SQLITE or parsed.database in (None, "", ":memory:"):
        return None
    return Path(str(parsed.database).removeprefix("file:")).resolve()


def check_not_emptied(url: str, albums: Albums) -> None:
    """Raise DatabaseDamaged for an empty file beside albums, or beside what was not yet in it.

    A crash or a full disk has cut it off. SQLite would take it for a new database.
    """
    file = database_file(url)
    if file is None or not file.is_file() or file.stat().st_size > EMPTY:
        return
    log = file.with_name(f"{file.name}-wal")
    if albums.job_ids() or (log.is_file() and log.stat().st_size):
        raise DatabaseDamaged(where=str(file), reason="it is empty, and was not")


def inspect_database(url: str) -> DatabaseState:
    """Read the whole database. Raises DataUnusable when it can't be opened, or is damaged."""
    parsed = address_of(url)
    file = Path(parsed.database or "")
    local = parsed.get_backend_name() == SQLITE
    if local and not file.is_file():
        return DatabaseState.ABSENT
    where = str(file) if local else place_of(parsed)
    try:
        engine = _read_only(file) if local else _other(parsed)
        with engine.connect() as connection:
            if local:
                _check_integrity(connection, where)
            state = _state(connection)
            if state is DatabaseState.CURRENT:
                _check_tables(connection, where)
            return state
    except SQLAlchemyError as error:
        raise refusal_of(error, where) from error


def _read_only(file: Path) -> Engine:
    """Open an SQLite file without making even the files of its write-ahead log."""
    log = file.with_name(f"{file.name}-wal")
    mode = "mode=ro" if log.exists() else "immutable=1"
    uri = f"{file.resolve().as_uri()}?{mode}"
    return create_engine(
        f"{SQLITE}://", creator=lambda: sqlite3.connect(uri, uri=True), poolclass=NullPool
    )


def _other(url: URL) -> Engine:
    try:
        return create_engine(url, poolclass=NullPool)
    except (SQLAlchemyError, ImportError) as error:
        raise DatabaseUrlWrong(reason=type(error).__name__) from error


def _check_integrity(connection: Connection, where: str) -> None:
    first = connection.exec_driver_sql("PRAGMA integrity_check").scalar()
    if first != "ok":
        raise DatabaseDamaged(where=where, reason=str(first))


def _check_tables(connection: Connection, where: str) -> None:
    found = inspect(connection)
    for table in Base.metadata.sorted_tables:
        if not found.has_table(table.name):
            is_file = connection.dialect.name == SQLITE
            kind = DatabaseDamaged if is_file else DatabaseIncomplete
            raise kind(where=where, reason=f"no such table: {table.name}")


def _state(connection: Connection) -> DatabaseState:
    at = MigrationContext.configure(connection).get_current_revision()
    if at is None:
        tables = inspect(connection).get_table_names()
        return DatabaseState.FOREIGN if tables else DatabaseState.ABSENT
    if at == versions.newest():
        return DatabaseState.CURRENT
    return DatabaseState.OLDER if at in versions.known() else DatabaseState.FOREIGN
