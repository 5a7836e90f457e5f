"""How many albums a person has had in their day, which is the last 24 hours."""

from datetime import timedelta

from sqlalchemy import and_, delete, func, or_, select
from sqlalchemy.orm import Session

from db.jobs.states import State
from db.jobs.tables import DailyQuotaRow
from db.tables import JobRow, now
from generation.errors import Refusal

DAY = timedelta(days=1)


class DayFull(Refusal):
    """The person has had their albums for today."""


def check(session: Session, person_id: int, limit: int, replaced: int | None = None) -> None:
    """Raise DayFull for a person who has had `limit` albums in their day.

    An album whose job was erased counts. A job that failed or was cancelled before its album was
    drawn does not, and neither does one of the future: the clock ran ahead when it was counted.
    Nor does the job `replaced`, which is about to be cancelled.
    """
    time = now()
    without_album = and_(
        JobRow.state.in_((State.FAILED, State.CANCELLED)), JobRow.seconds.is_(None)
    )
    had = session.scalar(
        select(func.count(DailyQuotaRow.job_id))
        .outerjoin(JobRow, JobRow.id == DailyQuotaRow.job_id)
        .where(
            DailyQuotaRow.person_id == person_id,
            DailyQuotaRow.job_id.is_distinct_from(replaced),
            DailyQuotaRow.created > time - DAY,
            DailyQuotaRow.created <= time,
            or_(JobRow.id.is_(None), ~without_album),
        )
    )
    if (had or 0) >= limit:
        raise DayFull(limit=limit)


def add(session: Session, job_id: int, person_id: int) -> None:
    """Count an album, and delete the rows that are more than a day away, past or future."""
    time = now()
    away = or_(DailyQuotaRow.created <= time - DAY, DailyQuotaRow.created > time + DAY)
    session.execute(delete(DailyQuotaRow).where(away))
    session.add(DailyQuotaRow(job_id=job_id, person_id=person_id))
