"""How the bot is used, in numbers. No name and no word of a person is looked at."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from db.engine import Database, off_loop
from db.jobs.states import WAITING, State
from db.tables import CharacterRow, JobRow, now

ACTIVE_DAYS = 7
"""Days in which somebody who has ordered an album counts as active."""

NEWEST = 200
"""Newest albums whose likeness is looked at."""

UNKNOWN = "unknown"
"""The kind of a failure that nobody wrote down."""

DRAWN = JobRow.seconds.is_not(None)


@dataclass(frozen=True, slots=True)
class Usage:
    """`albums` are the numbers by mode of each day from `first` to today, in UTC."""

    people: int
    """Those whose face is known."""
    active: int
    waiting: int
    running: int
    first: date
    albums: Sequence[Mapping[str, int]]
    seconds: Mapping[str, float]
    """The median seconds of an album by mode, in these days."""
    failures: Mapping[str, int]
    """Their number by kind, in these days, the most frequent first."""
    likeness: float | None
    """How like their people faces are, as the median of newest albums; None: not measured."""


class Statistics:
    def __init__(self, database: Database) -> None:
        self._database = database

    @off_loop
    def usage(self, days: int) -> Usage:
        """Look back so many days, today among them."""
        first = now().date() - timedelta(days=days - 1)
        since = JobRow.created >= now().replace(
            year=first.year, month=first.month, day=first.day, hour=0, minute=0, second=0
        )
        with self._database.reading() as session:
            active = JobRow.created >= now() - timedelta(days=ACTIVE_DAYS)
            return Usage(
                people=_count(session, select(func.count()).select_from(CharacterRow)),
                active=_count(
                    session, select(func.count(JobRow.person_id.distinct())).where(active)
                ),
                waiting=_in_state(session, *WAITING),
                running=_in_state(session, State.RUNNING),
                first=first,
                albums=_by_day(session, first, days, since),
                seconds=_median_seconds(session, since),
                failures=_failures(session, since),
                likeness=_likeness(session, since),
            )

    @off_loop
    def line(self) -> tuple[int, int]:
        """Count the albums that wait, and those that are being drawn."""
        with self._database.reading() as session:
            return _in_state(session, *WAITING), _in_state(session, State.RUNNING)


def _count(session: Session, query: Select[int]) -> int:
    return session.scalar(query) or 0


def _in_state(session: Session, *states: State) -> int:
    jobs = select(func.count()).select_from(JobRow).where(JobRow.state.in_(states))
    return _count(session, jobs)


def _by_day(
    session: Session, first: date, days: int, since: ColumnElement[bool]
) -> list[Mapping[str, int]]:
    day = func.date(JobRow.created)
    rows = session.execute(
        select(day, JobRow.mode_name, func.count())
        .where(DRAWN, since)
        .group_by(day, JobRow.mode_name)
    )
    found: dict[str, dict[str, int]] = {}
    for on, mode_name, albums in rows:  # SQLite gives a day as text
        found.setdefault(str(on), {})[mode_name] = albums
    return [found.get(str(first + timedelta(days=day)), {}) for day in range(days)]


def _median_seconds(session: Session, since: ColumnElement[bool]) -> dict[str, float]:
    """Average the one or two in the middle: SQLite has no median of its own."""
    mode = JobRow.mode_name
    place = func.row_number().over(partition_by=mode, order_by=JobRow.seconds)
    of_all = func.count().over(partition_by=mode)
    ranked = (
        select(mode, JobRow.seconds, (2 * place - of_all).label("off"))
        .where(DRAWN, since)
        .subquery()
    )
    rows = session.execute(
        select(ranked.c.mode_name, func.avg(ranked.c.seconds))
        .where(ranked.c.off.between(0, 2))
        .group_by(ranked.c.mode_name)
    )
    return {mode_name: float(seconds) for mode_name, seconds in rows}


def _failures(session: Session, since: ColumnElement[bool]) -> dict[str, int]:
    failed = (JobRow.state == State.FAILED, JobRow.expired.is_(False))  # later nobody knows why
    rows = session.scalars(select(JobRow.failure).where(*failed, since))
    kinds = Counter(
        str((row or {}).get("kind") or (row or {}).get("id") or UNKNOWN) for row in rows
    )
    return dict(kinds.most_common())


def _likeness(session: Session, since: ColumnElement[bool]) -> float | None:
    albums = session.scalars(
        select(JobRow.pictures).where(DRAWN, since).order_by(JobRow.id.desc()).limit(NEWEST)
    )
    measured = [
        likeness
        for notes in albums
        for note in notes or ()
        if isinstance(likeness := note.get("likeness"), int | float)
    ]
    return median(measured) if measured else None
