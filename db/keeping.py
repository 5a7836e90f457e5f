"""How long words and pictures are kept: older ones go by themselves."""

import json
import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, not_, select, update
from sqlalchemy.orm import Session

from db.albums import Albums
from db.engine import Database, off_loop
from db.faces import release
from db.jobs.job_record import UNTAKEN
from db.jobs.states import AT_REST, UNDELIVERED, State
from db.tables import ChoiceRow, CorrectionRow, ErasedJobRow, JobFaceRow, JobRow, UserRow, now
from db.users import clean_up

log = logging.getLogger(__name__)

SWEPT = "swept"
"""The choice that holds when was looked last, and from when on the clock is believed."""

TRIAL = timedelta(days=1)
"""How long a clock that has jumped must go on before albums are erased by it."""

MOST_AHEAD = timedelta(days=2)
"""How much later than the last look it may be: a look is due each day."""

NOT_SENT = (*UNDELIVERED, State.IN_DOUBT)

WITHOUT_WORDS: dict[str, Any] = {
    "name": "", "words": "", "english": "", "traits": {}, "scenes": [], "prompts": [],
    "remarks": [], "loras": [], "pictures": [], "checks": [],
    "near": [], "style": None, "failure": None,
    "seed": 0, "button": None, "sent": None, "file_ids": None, "status_digest": None,
}  # fmt: skip
"""What an album is without what it was of. Its mode, seconds, day and ending stay, for counting."""


@dataclass(frozen=True, slots=True)
class Look:
    """When the albums were looked through last, and from when on the clock is believed."""

    at: datetime
    believed_from: datetime


class Keeping:
    def __init__(self, database: Database, albums: Albums, days: int | None) -> None:
        """`days`: how long albums are kept; None: for ever."""
        self._database = database
        self._albums = albums
        self._days = days

    @off_loop
    def sweep(self, clock: datetime | None = None) -> list[int]:
        """Erase words and pictures of albums older than the days; give the albums' ids.

        Nothing is erased by a clock that has jumped since the last look, until it has gone on for a
        day, nor by one that is behind the newest job: then either of the two is wrong.
        """
        if self._days is None:
            return []
        clock = clock or now()
        with self._database.session() as session, session.begin():
            if not _is_believed(session, clock):
                return []
            moment = clock - timedelta(days=self._days)
            old = self._older_than(session, moment)
            for job_id in old:
                _take_words(session, job_id)
            others = _take_corrections(session, moment) + _take_waiting(session, moment)
        if old:
            self._albums.drop(old)
            log.info("%s albums were kept for %s days, and are erased", len(old), self._days)
        if old or others:
            clean_up(self._database)
        return old

    def _older_than(self, session: Session, moment: datetime) -> list[int]:
        return list(
            session.scalars(
                select(JobRow.id).where(
                    JobRow.created < moment,
                    JobRow.expired.is_(False),
                    JobRow.state.in_((*AT_REST, *NOT_SENT)),
                    not_(UNTAKEN),
                )
            )
        )


def _is_believed(session: Session, clock: datetime) -> bool:
    """Say whether albums may be erased by this clock; note that it was looked at."""
    row = session.get(ChoiceRow, SWEPT)
    last = _read(row)
    jumped = last is None or not last.at <= clock <= last.at + MOST_AHEAD
    believed_from = clock + TRIAL if last is None or jumped else last.believed_from
    value = json.dumps([clock.isoformat(), believed_from.isoformat()])
    session.merge(ChoiceRow(name=SWEPT, value=value))
    newest = session.scalar(select(func.max(JobRow.created)))
    if newest is not None and newest > clock + TRIAL:
        log.warning("Nothing is swept: the newest album is of %s, the clock says %s", newest, clock)
        return False
    if jumped and last is not None:
        log.warning("Nothing is swept today: the clock went from %s to %s", last.at, clock)
    return clock >= believed_from


def _read(row: ChoiceRow | None) -> Look | None:
    try:
        return Look(*map(datetime.fromisoformat, json.loads(row.value))) if row else None
    except (TypeError, ValueError):  # damaged: as if nobody had looked
        return None


def _take_corrections(session: Session, moment: datetime) -> int:
    """Erase what was put right before that; give how many there were."""
    old = delete(CorrectionRow).where(CorrectionRow.written < moment)
    return len(session.scalars(old.returning(CorrectionRow.words)).all())


def _take_waiting(session: Session, moment: datetime) -> int:
    """Erase messages that have waited for their person's consent since then; give how many."""
    since, taken = moment.replace(tzinfo=UTC).timestamp(), 0
    for row in session.scalars(select(UserRow).where(UserRow.consented.is_(None))):
        waiting = list(row.aside or ())
        left = [message for message in waiting if message.get("at", 0) >= since]
        if len(left) < len(waiting):
            row.aside, taken = left, taken + len(waiting) - len(left)
    return taken


def _take_words(session: Session, job_id: int) -> None:
    drawn = select(JobFaceRow.face_id).where(JobFaceRow.job_id == job_id)
    faces = session.scalars(drawn).all()
    session.execute(delete(JobFaceRow).where(JobFaceRow.job_id == job_id))
    this = update(JobRow).where(JobRow.id == job_id)
    session.execute(this.values(expired=True, told=True, **WITHOUT_WORDS))
    # What never arrived can't be sent any more, and nobody is asked about it.
    session.execute(this.where(JobRow.state.in_(NOT_SENT)).values(state=State.FAILED))
    release(session, faces)
    session.merge(ErasedJobRow(job_id=job_id))
