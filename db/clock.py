"""The database's clock: of several computers, those of the others may be wrong."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.tables import now

UTC_NOW: ColumnElement[datetime] = func.timezone("UTC", func.clock_timestamp())
"""The time of a server's clock, for its statements."""


def time_of(session: Session) -> datetime:
    """Give the time of the database's clock, in UTC: SQLite has this computer's."""
    if is_on_server(session):
        return session.execute(select(UTC_NOW)).scalar_one()
    return now()


def time_for(session: Session) -> datetime | ColumnElement[datetime]:
    """Give the same, to be written: a server fills it in by itself."""
    return UTC_NOW if is_on_server(session) else now()


def is_on_server(session: Session) -> bool:
    return session.get_bind().dialect.name != "sqlite"
