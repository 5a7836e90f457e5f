"""Why the database can't be used: in words for its owner, and for people who write to the bot."""

import re
import sqlite3

from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from generation.errors import Refusal

NOT_THERE = ("no such table", "no such column")
"""What SQLite says when a part is missing that every database of this bot has."""

STALE_PLAN = "0A000"
"""The state of SQL that says: a table was changed since the server planned this statement."""

COLLISIONS = {"40001", "40P01", STALE_PLAN}
"""The states that mean: what somebody else did was in the way, and trying again helps. The others
are the serialization failure and the deadlock."""


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


class DatabaseUrlWrong(DataUnusable):
    """DATABASE_URL is no address of a database. Field: reason."""


class DatabasePasswordUnread(DataUnusable):
    """The password in DATABASE_URL has an @ that is not written as %40."""


class DatabaseRefuses(DataUnusable):
    """A database on a server can't be opened. There are kinds of it for what the owner can mend."""


class DatabaseTlsWeak(DatabaseRefuses):
    """DATABASE_URL lets faces go to another computer in the open. Its reason is the `sslmode`."""


class DatabaseUnreachable(DatabaseRefuses):
    """No server answers where DATABASE_URL says."""


class DatabaseHostUnknown(DatabaseRefuses):
    """DATABASE_URL names a computer that nobody knows."""


class DatabaseForbidden(DatabaseRefuses):
    """The server does not let this user in with this password."""


class DatabaseMissing(DatabaseRefuses):
    """The server has no database of this name."""


class DatabaseWithoutTls(DatabaseRefuses):
    """The server, on another computer, does not encrypt."""


class DatabaseUntrusted(DatabaseRefuses):
    """The server's certificate is not what `sslmode` asks for."""


class DatabaseIncomplete(DatabaseRefuses, DatabaseDamaged):
    """A server's database lacks a part, or can't be read."""


class DataUnwritable(Refusal):
    """The disk is full or read-only: nothing was written."""


class DataGone(DataUnwritable):
    """The database's file was removed or replaced while the bot runs: what is written is lost."""


class DataDamaged(DataUnwritable):
    """While the bot runs, its database can't be read any more."""


class DataOutOfReach(DataUnwritable):
    """While the bot runs, its database's server does not answer. Nothing was written."""


AT_A_SERVER: dict[str, type[DatabaseRefuses]] = {
    "28000": DatabaseForbidden,
    "28P01": DatabaseForbidden,
    "3D000": DatabaseMissing,
    "42P01": DatabaseIncomplete,  # no such table
    "42703": DatabaseIncomplete,  # no such column
    "XX001": DatabaseIncomplete,
    "XX002": DatabaseIncomplete,
    "57P01": DatabaseUnreachable,  # it stops
    "57P02": DatabaseUnreachable,
    "57P03": DatabaseUnreachable,  # it starts, or is recovering
    "57P05": DatabaseUnreachable,  # it has ended a connection, or a transaction, that stood still
    "25P03": DatabaseUnreachable,
    "53300": DatabaseUnreachable,  # too many connections
}
"""What a server's SQL states mean. No other of them is the database's own trouble, but those below.
"""

OTHER_TROUBLE = {"25006", "53100", "55P03"}
"""States of SQL that mean: read-only, disk full, a lock was not given."""

ON_THE_WAY: tuple[tuple[str, type[DatabaseRefuses]], ...] = (
    (r"does not support SSL", DatabaseWithoutTls),
    (r"certificate|root\.crt|SSL error", DatabaseUntrusted),
    (r"translate host name|resolve host|Name or service|nodename nor serv", DatabaseHostUnknown),
    (r"password|authentication|no pg_hba|role \".*\" (does|is)|permission denied for database",
     DatabaseForbidden),
    (r"database \".*\" does not exist", DatabaseMissing),
)  # fmt: skip
"""What libpq says of a connection that failed, for which it gives no state. A server that speaks
another language than English ends up with DatabaseUnreachable, and its own words."""


QUOTES_VALUES = ("22", "23")
"""How the states begin of errors in which a server quotes what it can't take, or has already."""


def refusal_of(error: BaseException, where: str) -> DataUnusable:
    """Say why the database at `where` can't be opened, in words that its owner can act on."""
    cause = getattr(error, "orig", None) or error
    if _is_servers(cause):
        return _servers_kind(cause)(where=where, reason=in_one_line(str(cause)))
    # SQLAlchemy's own errors may quote the URL, which can have a password in it.
    reason = type(error).__name__ if cause is error else str(cause)
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


def refusal_while_running(error: BaseException) -> DataUnwritable:
    """Give what people are told of a database in trouble."""
    if is_damaged(error):
        return DataDamaged()
    return DataOutOfReach() if is_out_of_reach(error) else DataUnwritable()


def is_damaged(error: BaseException) -> bool:
    """Say whether an error means that the database is not whole."""
    causes = (error, error.__cause__)
    return any(
        isinstance(cause, DataDamaged) or isinstance(refusal_of(cause, ""), DatabaseDamaged)
        for cause in causes
        if cause
    )


def is_out_of_reach(error: BaseException) -> bool:
    """Say whether an error means that the database's server does not answer."""
    if isinstance(error, PoolExhausted):
        return True
    cause = getattr(error, "orig", None) or error
    is_lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return _is_servers(cause) and (is_lost or _servers_kind(cause) not in _ANSWERS)


def is_trouble(error: BaseException | None) -> bool:
    """Say whether the database itself is in trouble, rather than what was asked of it.

    A damaged file is a DatabaseError and no subclass of it.
    """
    cause = getattr(error, "orig", None)
    if cause is not None and _is_servers(cause) and (state := _state(cause)):
        known = state in AT_A_SERVER or state in OTHER_TROUBLE
        return known or isinstance(error, OperationalError)
    return (
        isinstance(error, OperationalError | InterfaceError | PoolExhausted)
        or type(error) is DatabaseError
    )


def sayable(error: BaseException) -> str | None:
    """Give what a database says, in one line; None where a row's own values may be in it."""
    cause = getattr(error, "orig", None) or error
    if _state(cause).startswith(QUOTES_VALUES):
        return None
    if cause is error and not (_is_servers(cause) or isinstance(cause, sqlite3.Error)):
        return None  # SQLAlchemy's own may quote the URL, too
    return in_one_line(str(cause))


def is_collision(error: BaseException) -> bool:
    """Say whether only somebody else's work at the same moment was in the way."""
    return _state(getattr(error, "orig", None)) in COLLISIONS


def is_no_fault_of_the_row(error: BaseException) -> bool:
    """Say whether the same row may well be read and written another time."""
    return is_trouble(error) or is_collision(error)


_ANSWERS = (DatabaseIncomplete, DatabaseRefuses)
"""A server that says so is there."""


def _is_servers(cause: object) -> bool:
    """Say whether psycopg raised it: it is imported only where a server is used."""
    return type(cause).__module__.partition(".")[0] == "psycopg"


def _state(cause: object) -> str:
    return str(getattr(cause, "sqlstate", None) or "")


def _servers_kind(cause: BaseException) -> type[DatabaseRefuses]:
    if state := _state(cause):
        return AT_A_SERVER.get(state, DatabaseRefuses)
    for words, kind in ON_THE_WAY:
        if re.search(words, str(cause)):
            return kind
    return DatabaseUnreachable


def in_one_line(reason: str) -> str:
    """Write what libpq says of several tries as one line, without its hints, which are indented."""
    lines = [line for line in reason.splitlines() if not line.startswith("\t")]
    return " ".join(" ".join(lines).split()).rstrip(".")
