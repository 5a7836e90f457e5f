"""A bot's data go from one database to another: from SQLite to Postgres, and back."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, func, insert, select, text
from sqlalchemy.exc import SQLAlchemyError

from db.address import is_servers
from db.columns import ReadableJSON, Sealed
from db.engine import Database
from db.inspection import DatabaseState, database_file, inspect_database
from db.jobs.job_record import UNTAKEN
from db.jobs.states import State
from db.machines.tables import DrawnPictureRow
from db.refusals import DatabaseUrlWrong, in_one_line, is_trouble, refusal_of
from db.tables import Base, JobRow, now
from generation.errors import Refusal

ROWS_AT_ONCE, PICTURES_AT_ONCE = 500, 8
"""Rows that are in memory at a time; fewer of those that hold a face, or a picture of 3 MB."""

JOBS, PICTURES = (Base.metadata.tables[row.__tablename__] for row in (JobRow, DrawnPictureRow))

AT_A_MACHINE = UNTAKEN & JobRow.state.in_((State.RUNNING, State.GENERATED))
"""A job that another computer draws, or has just drawn: its pictures come to the old database."""

LAST_ID = {
    "sqlite": text("SELECT seq FROM sqlite_sequence WHERE name = :name"),
    "postgresql": text(
        "SELECT pg_sequence_last_value(CAST(pg_get_serial_sequence(:name, 'id') AS regclass))"
    ),
}
GO_ON_FROM = {
    "sqlite": (
        text("DELETE FROM sqlite_sequence WHERE name = :name"),
        text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"),
    ),
    "postgresql": (text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"),),
}
"""How the two kinds of databases remember which ids they gave."""


class NothingToMove(Refusal):
    """There is no database where DATABASE_URL says. Fields: where."""


class TargetNotEmpty(Refusal):
    """The database to move to holds something already. Fields: where."""


class MoveBrokeOff(Refusal):
    """A table could not be copied, so nothing was. Fields: table, reason."""


def check_target(url: str) -> None:
    """Raise TargetNotEmpty, and DataUnusable for a database that can't be opened."""
    if not is_servers(url) and database_file(url) is None:
        raise DatabaseUrlWrong(reason="no file")
    state = inspect_database(url)
    if state is DatabaseState.ABSENT:
        return
    database = Database(url)
    if state is DatabaseState.CURRENT:
        with database.reading() as session:
            taken = any(
                _count(session.connection(), select(table)) for table in Base.metadata.sorted_tables
            )
        database.close()
        if not taken:
            return
    raise TargetNotEmpty(where=database.where)


def move(source: Database, target: Database, tell: Callable[[str, int], None]) -> int:
    """Copy everything, or nothing; give the number of albums that are drawn anew.

    `tell` gets each table's name and the number of its rows, which were counted in both. Whatever
    breaks it off, the target is empty again. An album that a machine draws waits in the target;
    what machines have drawn must have been collected. Raises MoveBrokeOff and DataUnusable.
    """
    try:
        with target.session() as writing, writing.begin(), source.reading() as reading:
            old, new = reading.connection(), writing.connection()
            for connection in (old, new):
                _may_stand_still(connection)
            for table in Base.metadata.sorted_tables:
                _copy(old, new, table)
                tell(table.name, _counted(old, new, table))
            _keep_next_ids(old, new)
            return _count(old, select(JOBS).where(AT_A_MACHINE))
    except SQLAlchemyError as error:
        if not is_trouble(error):
            raise
        raise refusal_of(error, f"{source.where} → {target.where}") from error


def _may_stand_still(connection: Connection) -> None:
    """Let its transaction wait for the other database, which may be slow."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))


def _copy(old: Connection, new: Connection, table: Table) -> None:
    options = {"yield_per": _rows_at_once(table)}
    try:
        rows = old.execute(_wanted(table), execution_options=options)
        for some in rows.mappings().partitions():
            new.execute(insert(table), [_fitting(table, row) for row in some])
    except (SQLAlchemyError, ValueError) as error:
        if isinstance(error, SQLAlchemyError) and is_trouble(error):
            raise
        cause = getattr(error, "orig", None) or error
        raise MoveBrokeOff(table=table.name, reason=in_one_line(str(cause))) from error


def _rows_at_once(table: Table) -> int:
    has_pictures = any(isinstance(column.type, Sealed) for column in table.columns)
    return PICTURES_AT_ONCE if has_pictures else ROWS_AT_ONCE


def _wanted(table: Table) -> Select[Any]:
    """Select what is copied: all but the pictures of an album that a machine draws."""
    rows = select(table).order_by(*table.primary_key)
    if table is PICTURES:
        return rows.where(table.c.job_id.not_in(select(JobRow.id).where(UNTAKEN)))
    return rows


def _fitting(table: Table, row: Mapping[Any, Any]) -> dict[str, Any]:
    """Give a row as the other database takes it."""
    fitting = {column.name: _value(column, row[column.name]) for column in table.columns}
    if table is JOBS:
        is_untaken = fitting["machine"] is not None and fitting["engine_id"] is not None
        if is_untaken and fitting["state"] in (State.RUNNING, State.GENERATED):
            fitting |= {"state": State.QUEUED, "machine": None, "pictures": [], "seconds": None}
        fitting["engine_id"] = None  # the other one's triggers line up what waits
    return fitting


def _value(column: Column[Any], value: object) -> object:
    """Give what a server takes, in place of what only SQLite does: damaged values read as None."""
    if isinstance(value, str):
        return value.replace("\0", "")
    if value is None and not column.nullable:
        return column.type.kind() if isinstance(column.type, ReadableJSON) else now()
    return value


def _counted(old: Connection, new: Connection, table: Table) -> int:
    """Count a table in both. Raises MoveBrokeOff when there are fewer rows, or more."""
    before, after = _count(old, _wanted(table)), _count(new, select(table))
    if before != after:
        raise MoveBrokeOff(table=table.name, reason=f"{after} ≠ {before}")
    return after


def _count(connection: Connection, rows: Select[Any]) -> int:
    return connection.scalar(select(func.count()).select_from(rows.subquery())) or 0


def _keep_next_ids(old: Connection, new: Connection) -> None:
    """Let no id be given a second time: an old button would name somebody else's row."""
    for table in Base.metadata.sorted_tables:
        if table.dialect_options["sqlite"]["autoincrement"]:
            given = old.scalar(LAST_ID[old.dialect.name], {"name": table.name}) or 0
            last = max(given, old.scalar(select(func.max(table.c.id))) or 0)
            for statement in GO_ON_FROM[new.dialect.name] if last else ():
                new.execute(statement, {"name": table.name, "last": last})
