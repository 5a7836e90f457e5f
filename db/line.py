"""The line: who may join it, whose turn it is, and how long the others wait.

Turns go round by person. A job's `turn` is that of the round which is being drawn, or, of a
person who has others waiting, the one after their last: so everybody's first job comes before
anybody's second (Nagle's fair queue, RFC 970, with one job for a packet).
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from heapq import heapify, heapreplace
from statistics import median
from typing import Protocol

from sqlalchemy import func, select, text, tuple_
from sqlalchemy.orm import Session

from db.characters import NoCharacter, traits_to
from db.engine import Database, off_loop
from db.jobs import JobCard, State, Ticket, card_of
from db.tables import CharacterRow, JobRow, now
from db.users import row_of
from generation.errors import Refusal
from generation.presets import Preset
from generation.request import GenerationRequest

LEARNED_FROM = 9
"""Finished jobs of a kind, the newest ones: their median forgives a few slow ones."""

UNDER_WAY = (State.QUEUED, State.RUNNING)
NOT_DRAWN = (State.FAILED, State.CANCELLED)
ENQUEUEING = 0x706F7274
"""Postgres's lock for those who join the line; any number that nobody else uses."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many jobs may wait, and how many albums a person may have in 24 hours."""

    a_person: int = 3
    in_all: int = 100
    a_day: int | None = None


class WaitingEnough(Refusal):
    """The person has as many jobs waiting as one may."""


class LineFull(Refusal):
    """So many jobs wait that nobody may join."""


class DayFull(Refusal):
    """The person has had their albums for today."""


class Redelivered(Exception):  # noqa: N818 - it is no error: the job is there
    """Telegram delivered a command again that a crash kept from being confirmed."""


class JobGone(Refusal):
    """What was to be repeated is no longer there."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a job stands. `seconds` until its album is there; None until some have been drawn."""

    ahead: int
    seconds: float | None


class Line(Protocol):
    """What the handlers know of the queue. They see a job come and go by `Jobs`.

    Another engine takes its place together with `generation.worker.Queue`, the workers' end.
    """

    async def join(self, request: GenerationRequest, ticket: Ticket, *, owner: bool) -> JobCard:
        """Accept a job.

        Raises NoCharacter if it was erased meanwhile, Redelivered if it is there already, and
        WaitingEnough, LineFull or DayFull.
        """

    async def repeat(
        self,
        job_id: int,
        ticket: Ticket,
        preset: Preset,
        seed: int,
        *,
        count: int,
        near: tuple[int, ...] = (),
        owner: bool,
    ) -> JobCard:
        """Accept the same person and words as in `job_id` once more.

        Raises JobGone, and what `join` raises.
        """

    async def place(self, job_id: int) -> Place:
        """Say how many jobs come before this one, those being drawn included."""

    async def waiting(self) -> list[tuple[JobCard, Place]]:
        """Give all who wait, in the order in which they will be drawn."""


class DatabaseLine:
    """A line of rows: `turn` and `id` are its order."""

    def __init__(self, database: Database, limits: Limits, workers: int = 1) -> None:
        self._database = database
        self._limits = limits
        self._workers = workers

    @off_loop
    def join(self, request: GenerationRequest, ticket: Ticket, *, owner: bool) -> JobCard:
        with self._database.session() as session, session.begin():
            _one_at_a_time(session)
            row_of(session, ticket.person_id)
            character = session.get(CharacterRow, ticket.person_id)
            if character is None:
                raise NoCharacter
            row = JobRow(
                **asdict(ticket),
                face_id=character.face_id,
                name=request.character.name,
                traits=traits_to(request.character.traits),
                words=request.words,
                preset=asdict(request.preset),
                mode=request.preset.name,
                steps=request.preset.steps,
                seed=request.seed,
                near=list(request.near),
                count=request.count,
            )
            return self._admit(session, row, owner=owner)

    @off_loop
    def repeat(
        self,
        job_id: int,
        ticket: Ticket,
        preset: Preset,
        seed: int,
        *,
        count: int,
        near: tuple[int, ...] = (),
        owner: bool,
    ) -> JobCard:
        with self._database.session() as session, session.begin():
            _one_at_a_time(session)
            old = session.get(JobRow, job_id)
            if old is None:
                raise JobGone
            row = JobRow(
                **asdict(ticket),
                face_id=old.face_id,
                name=old.name,
                traits=old.traits,
                words=old.words,
                preset=asdict(preset),
                mode=preset.name,
                steps=preset.steps,
                seed=seed,
                near=list(near),
                count=count,
            )
            return self._admit(session, row, owner=owner)

    @off_loop
    def place(self, job_id: int) -> Place:
        with self._database.reading() as session:
            row = session.get(JobRow, job_id)
            if row is None:
                return Place(0, None)
            before = tuple_(JobRow.turn, JobRow.id) < tuple_(row.turn, row.id)
            kinds = session.execute(
                select(JobRow.mode, JobRow.count, JobRow.steps, func.count())
                .where(JobRow.state == State.QUEUED, before)
                .group_by(JobRow.mode, JobRow.count, JobRow.steps)
            ).all()
            seconds = _Seconds(session)
            desks = _Desks(self._workers, seconds.still_running(row.id))
            for mode, count, steps, jobs in kinds:
                desks.take(seconds.of(mode, count, steps), jobs)
            return desks.place(seconds.of(row.mode, row.count, row.steps))

    @off_loop
    def waiting(self) -> list[tuple[JobCard, Place]]:
        with self._database.reading() as session:
            rows = session.scalars(
                select(JobRow).where(JobRow.state == State.QUEUED).order_by(JobRow.turn, JobRow.id)
            ).all()
            seconds = _Seconds(session)
            desks = _Desks(self._workers, seconds.still_running())
            places = []
            for row in rows:
                own = seconds.of(row.mode, row.count, row.steps)
                places.append((card_of(row), desks.place(own)))
                desks.take(own)
            return places

    def _admit(self, session: Session, row: JobRow, *, owner: bool) -> JobCard:
        seen = JobRow.update_id == row.update_id
        if row.update_id is not None and _count(session, seen):
            raise Redelivered
        limits = self._limits
        mine = JobRow.person_id == row.person_id
        if _count(session, mine, JobRow.state == State.QUEUED) >= limits.a_person:
            raise WaitingEnough(limit=limits.a_person)
        if _count(session, JobRow.state == State.QUEUED) >= limits.in_all:
            raise LineFull(limit=limits.in_all)
        if limits.a_day is not None and not owner:
            today = JobRow.created > now() - timedelta(days=1)
            if _count(session, mine, today, JobRow.state.not_in(NOT_DRAWN)) >= limits.a_day:
                raise DayFull(limit=limits.a_day)
        last = session.scalar(
            select(func.max(JobRow.turn)).where(mine, JobRow.state.in_(UNDER_WAY))
        )
        row.turn = _round(session) if last is None else last + 1
        session.add(row)
        session.flush()
        return card_of(row)


class _Desks:
    """When each worker is free: jobs that come before are taken by whoever is free first."""

    def __init__(self, workers: int, running: Sequence[float | None]) -> None:
        """`running`: the seconds that are left of each job that is being drawn, if known."""
        self._ahead = len(running)
        busy = sorted(seconds or 0.0 for seconds in running)[-workers:]
        self._free_in = [0.0] * (workers - len(busy)) + busy
        heapify(self._free_in)

    def take(self, seconds: float | None, jobs: int = 1) -> None:
        self._ahead += jobs
        for _ in range(jobs):
            heapreplace(self._free_in, self._free_in[0] + (seconds or 0.0))

    def place(self, seconds: float | None) -> Place:
        """Say where the next one stands, which takes so long itself."""
        return Place(self._ahead, None if seconds is None else self._free_in[0] + seconds)


class _Seconds:
    """How long this machine takes, by what it took before."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[tuple[str, int, int], float | None] = {}

    def of(self, mode: str, count: int, steps: int) -> float | None:
        """Give the seconds of an album; of a kind that was never drawn, by its number of steps."""
        kind = (mode, count, steps)
        if kind not in self._known:
            self._known[kind] = self._look_up(*kind)
        return self._known[kind]

    def still_running(self, but: int | None = None) -> list[float | None]:
        """Give what is left of each job that is being drawn."""
        rows = self._session.execute(
            select(JobRow.mode, JobRow.count, JobRow.steps, JobRow.claimed).where(
                JobRow.state == State.RUNNING, JobRow.id != (but or 0)
            )
        )
        return [
            _less(self.of(mode, count, steps), (now() - (claimed or now())).total_seconds())
            for mode, count, steps, claimed in rows
        ]

    def _look_up(self, mode: str, count: int, steps: int) -> float | None:
        finished = (
            select(JobRow.seconds, JobRow.count, JobRow.steps)
            .where(JobRow.seconds.is_not(None))
            .order_by(JobRow.id.desc())
            .limit(LEARNED_FROM)
        )
        alike = self._session.execute(
            finished.where(JobRow.mode == mode, JobRow.count == count, JobRow.steps == steps)
        ).all()
        if alike:
            return median(seconds for seconds, *_ in alike if seconds is not None)
        others = self._session.execute(finished).all()
        if others:
            a_step = [s / (n * of_steps) for s, n, of_steps in others if s is not None]
            return steps * count * median(a_step)
        return None


def _round(session: Session) -> int:
    """Give the turn that is being drawn."""
    firsts = [
        session.scalar(select(func.min(JobRow.turn)).where(JobRow.state == state))
        for state in UNDER_WAY
    ]
    return min((turn for turn in firsts if turn is not None), default=0)


def _count(session: Session, *conditions: object) -> int:
    return session.scalar(select(func.count(JobRow.id)).where(*conditions)) or 0  # type: ignore[arg-type]


def _less(seconds: float | None, elapsed: float) -> float | None:
    return None if seconds is None else max(0.0, seconds - elapsed)


def _one_at_a_time(session: Session) -> None:
    """Keep two from slipping past a limit together. SQLite's writers are alone from the start."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SELECT pg_advisory_xact_lock({ENQUEUEING})"))
