"""What a person had of their day's albums: 24 hours back from now."""

from datetime import timedelta

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.orm import Session

from db.jobs import State
from db.tables import AskedRow, JobRow, now
from generation.errors import Refusal

DAY = timedelta(days=1)


class DayFull(Refusal):
    """The person has had their albums for today."""


def check(session: Session, person_id: int, limit: int) -> None:
    """Raise DayFull for who has had `limit` albums.

    One whose job was erased counts; one that failed or was cancelled before anything came of it
    does not.
    """
    nothing_came = or_(
        JobRow.state == State.CANCELLED,
        and_(JobRow.state == State.FAILED, JobRow.seconds.is_(None)),
    )
    had = session.scalar(
        select(func.count(AskedRow.job_id))
        .outerjoin(JobRow, JobRow.id == AskedRow.job_id)
        .where(
            AskedRow.person_id == person_id,
            AskedRow.created > now() - DAY,
            or_(JobRow.id.is_(None), ~nothing_came),
        )
    )
    if (had or 0) >= limit:
        raise DayFull(limit=limit)


def add(session: Session, job_id: int, person_id: int) -> None:
    """Count an album, and forget those that count no longer."""
    session.execute(delete(AskedRow).where(AskedRow.created <= now() - DAY))
    session.add(AskedRow(job_id=job_id, person_id=person_id))
