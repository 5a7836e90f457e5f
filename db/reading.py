"""Which transactions only read."""

from sqlalchemy import Connection, Engine

READS_ONLY = "reads_only"
"""The execution option of a connection whose transactions take no write lock."""


def for_reading(engine: Engine) -> Engine:
    """Give the engine for work that only reads: all of it is of one moment."""
    if engine.dialect.name == "sqlite":
        return engine.execution_options(**{READS_ONLY: True})
    return engine.execution_options(
        **{READS_ONLY: True}, isolation_level="REPEATABLE READ", postgresql_readonly=True
    )


def reads_only(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get(READS_ONLY))
