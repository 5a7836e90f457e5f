"""What Postgres needs: the bot's writes one after the other, as SQLite has them; fitting plans."""

from sqlalchemy import Connection, Engine, ExceptionContext, event

from db.reading import reads_only
from db.refusals import STALE_PLAN

WRITERS_LOCK = "LOCK TABLE chats IN SHARE ROW EXCLUSIVE MODE"
"""Taken at the start of each transaction of the bot that writes, and given back with its end. What
such a transaction reads first still holds when it writes. No reader waits, and no machine, which
writes rows of its own job only; nor can one take this lock, as it has no right to write there."""

BUILDS = "builds"
"""The execution option of a connection that makes the tables."""


def leave_stale_plans(engine: Engine) -> None:
    """Give up a connection whose kept plans no longer fit a table: it would fail for ever.

    That happens when another program changes a column's type meanwhile.
    """
    event.listen(engine, "handle_error", _leave_stale_plans)


def _leave_stale_plans(context: ExceptionContext) -> None:
    if getattr(context.original_exception, "sqlstate", None) == STALE_PLAN:
        context.is_disconnect = True


def let_write_one_at_a_time(engine: Engine) -> None:
    event.listen(engine, "begin", _begin)


def for_building(engine: Engine) -> Engine:
    """Give the engine for migrations, before which there is nothing to lock."""
    return engine.execution_options(**{BUILDS: True})


def _begin(connection: Connection) -> None:
    if not (reads_only(connection) or connection.get_execution_options().get(BUILDS)):
        connection.exec_driver_sql(WRITERS_LOCK)
