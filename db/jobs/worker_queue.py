"""The workers' end of the queue: they claim jobs here, and say what became of them."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import ColumnElement, Connection, Row, bindparam, select, update
from sqlalchemy.exc import NoResultFound, SQLAlchemyError
from sqlalchemy.orm import Session

from db.albums import Albums
from db.characters import traits_from
from db.clock import time_for
from db.engine import Database, in_spite_of_others
from db.jobs.job_record import SMALLER, loras_of, style_of
from db.jobs.states import State
from db.refusals import DataUnwritable, is_no_fault_of_the_row, is_trouble
from db.tables import ErasedJobRow, FaceRow, JobFaceRow, JobRow
from generation.character import Character
from generation.errors import Refusal
from generation.events import Reason
from generation.modes import Mode
from generation.request import GenerationRequest, Job, Picture, PictureNote
from generation.sizes import Size
from generation.words.prompt import Prompt
from generation.words.reading import Remark
from generation.work.queue import JobDamaged, QueueUnwritable

P = ParamSpec("P")
R = TypeVar("R")
S = TypeVar("S")


def writes(method: Callable[Concatenate[S, P], R]) -> Callable[Concatenate[S, P], R]:
    """Raise QueueUnwritable when nothing can be written: the job itself is not at fault.

    Whatever the system says of a file counts: full, read-only, forbidden, broken, not there. Only
    what Pillow says of a picture has no errno.
    """
    blocking = in_spite_of_others(method)

    @wraps(method)
    def call(self: S, *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return blocking(self, *args, **kwargs)
        except SQLAlchemyError as error:
            if is_trouble(error):
                raise QueueUnwritable(str(getattr(error, "orig", error))) from error
            raise
        except DataUnwritable as error:
            raise QueueUnwritable(str(error)) from error
        except OSError as error:
            if error.errno:
                raise QueueUnwritable(str(error)) from error
            raise

    return call  # type: ignore[return-value]  # functools.wraps hides that it is a method


class WorkerQueue:
    """The queue that `generation.work.worker` asks for. It blocks: for worker threads only."""

    def __init__(
        self, database: Database, albums: Albums, timing_key: Callable[[str], str] = str
    ) -> None:
        """`timing_key` names what decides how long an album of a model takes."""
        self._database = database
        self._albums = albums
        self._timing_key = timing_key

    @writes
    def claim(self) -> Job | None:
        """Claim the next job, so that no other worker can.

        Raises JobDamaged when the job can't be read; it has failed then.
        """
        next_job = (
            select(JobRow.id)
            .where(JobRow.state == State.QUEUED)
            .order_by(JobRow.turn, JobRow.id)
            .limit(1)
            .with_for_update(skip_locked=True)  # a machine may be about to take it
            .scalar_subquery()
        )
        with self._writing() as session:
            job_id = session.scalar(
                update(JobRow)
                .where(JobRow.id == next_job)
                .values(state=State.RUNNING, claimed=time_for(session), pictures=[])
                .returning(JobRow.id)
            )
            if job_id is None:
                return None
            self._albums.prepare(job_id)
            try:
                with session.begin_nested():  # a server does nothing more after an error
                    return read_job(session.connection(), job_id)
            except Exception as error:
                if is_no_fault_of_the_row(error):
                    raise  # the database's trouble, not the job's
                damage = error
                session.execute(
                    update(JobRow).where(JobRow.id == job_id).values(state=State.FAILED)
                )
        raise JobDamaged(job_id) from damage

    @writes
    def save_smaller(self, job_id: int, mode: Mode, reason: Reason) -> None:
        """Save in which mode the job is drawn, and remark why; `JobRow.mode` stays as ordered."""
        with self._writing() as session:
            drawn_from = select(*DRAWN_FROM).where(JobRow.id == job_id)
            if row := session.execute(drawn_from).one_or_none():
                _draw_in(session.connection(), row, mode, asdict(Remark(SMALLER, reason.value)))

    @writes
    def save_picture(self, job: Job, picture: Picture, parameters: str) -> None:
        self._albums.save_picture(job.id, picture, parameters)

    @writes
    def arrange(self, job_id: int, order: Sequence[tuple[int, PictureNote]]) -> None:
        """Put a running job's pictures, of which all are drawn, into the order of their showing."""
        self._albums.arrange(job_id, [index for index, _ in order])
        notes = [asdict(note) for _, note in order]
        with self._writing() as session:
            session.execute(
                update(JobRow)
                .where(JobRow.id == job_id, JobRow.state == State.RUNNING)
                .values(pictures=notes)
            )

    @writes
    def save_prompts(self, job_id: int, prompts: Sequence[Prompt], model: str = "") -> None:
        """Save what a model of that name reads, which the job's person may want to see."""
        with self._writing() as session:
            session.execute(
                update(JobRow)
                .where(JobRow.id == job_id)
                .values(prompts=[asdict(prompt) for prompt in prompts], model=model)
            )

    @writes
    def save_embedding(self, face: bytes, embedding: bytes) -> None:
        """Save who a face is, if it is still there."""
        with self._database.session() as session, session.begin():
            session.execute(
                update(FaceRow).where(FaceRow.image == face).values(embedding=embedding)
            )

    @writes
    def finish(self, job_id: int, seconds: float) -> bool:
        """Mark the album as generated, in `seconds` from the first step to the last picture.

        False: it is to be cancelled, as its person was told already.
        """
        ended = self._end(
            job_id,
            State.GENERATED,
            JobRow.cancel_wanted.is_(False),
            seconds=seconds,
            timing_key=self._timing_key(self._model(job_id)),
        )
        return ended or not self.cancel_wanted(job_id)

    @writes
    def fail(self, job_id: int, error: Exception, /) -> None:
        """Mark the job as failed, with the kind of error, which no person's words are in.

        The bot's own workers tell why by their event.
        """
        kind = error.text_id() if isinstance(error, Refusal) else type(error).__name__
        self._end(job_id, State.FAILED, keeps_pictures=False, failure={"kind": kind})

    @writes
    def cancelled(self, job_id: int) -> None:
        """Mark the job as cancelled. Its pictures stay: the person may still ask for them."""
        self._end(job_id, State.CANCELLED)

    @writes
    def put_back(self, job_id: int) -> None:
        self._end(job_id, State.QUEUED, keeps_pictures=False)

    @writes
    def cancel_wanted(self, job_id: int) -> bool:
        """Say whether to stop the job; True also when it was erased."""
        with self._database.reading() as session:
            wanted = session.scalar(select(JobRow.cancel_wanted).where(JobRow.id == job_id))
            return wanted is None or wanted

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Session]:
        """Open a transaction that writes."""
        with self._database.session() as session, session.begin():
            yield session

    def _model(self, job_id: int) -> str:
        with self._database.reading() as session:
            return session.scalar(select(JobRow.model).where(JobRow.id == job_id)) or ""

    def _end(
        self,
        job_id: int,
        state: State,
        *conditions: ColumnElement[bool],
        keeps_pictures: bool = True,
        **values: Any,  # noqa: ANN401 - values of columns
    ) -> bool:
        """Take the job from running to `state`. If it was erased meanwhile, its pictures go.

        False: it was not running, or a condition does not hold.
        """
        with self._writing() as session:
            ended = session.scalar(
                update(JobRow)
                .where(JobRow.id == job_id, JobRow.state == State.RUNNING, *conditions)
                .values(state=state, **values)
                .returning(JobRow.id)
            )
            erased = session.get(ErasedJobRow, job_id) is not None
        if erased or (ended is not None and not keeps_pictures):
            self._albums.drop([job_id])
        return ended is not None


DRAWN_FROM = (
    *(JobRow.id, JobRow.name, JobRow.traits, JobRow.words, JobRow.mode, JobRow.mode_name),
    *(JobRow.steps, JobRow.seed, JobRow.count, JobRow.near, JobRow.style, JobRow.size),
    *(JobRow.scenes, JobRow.english, JobRow.loras, JobRow.remarks),
)
"""The columns that drawing reads: a machine's role must be allowed to."""

TO_DRAW = (
    select(*DRAWN_FROM, FaceRow.image, FaceRow.embedding)
    .outerjoin(JobFaceRow, JobFaceRow.job_id == JobRow.id)
    .outerjoin(FaceRow, FaceRow.id == JobFaceRow.face_id)
    .where(JobRow.id == bindparam("job_id"))
    .order_by(FaceRow.id)
)
"""Gives a job as often as it has faces, with a face each; one that has none, once without.

It is built once and asked once a job: to build it takes longer than a server takes to answer.
"""


def read_job(connection: Connection, job_id: int) -> Job:
    """Read what is drawn, and write down in which mode, if that is not said yet.

    Raises NoResultFound for a job that is gone. Whatever a damaged row raises comes out.
    """
    rows = connection.execute(TO_DRAW, {"job_id": job_id}).all()
    if not rows:
        raise NoResultFound(f"job {job_id} is gone")
    row, faces = rows[0], [one for one in rows if one.image is not None]
    character = Character(
        row.name,
        tuple(face.image for face in faces),
        traits_from(row.traits),
        tuple(face.embedding for face in faces),
    )
    mode = Mode(**row.mode)
    _draw_in(connection, row, mode)  # it was perhaps claimed before, to be drawn in a smaller one
    request = GenerationRequest(
        character,
        row.words,
        mode,
        row.seed,
        row.count,  # type: ignore[arg-type]  # the column, not a tuple's method
        tuple(row.near),
        style_of(row),
        Size.stored(row.size),
        tuple(row.scenes),
        row.english,
        loras_of(row),
    )
    return Job(row.id, request)


def _draw_in(connection: Connection, row: Row[Any], mode: Mode, *why: dict[str, Any]) -> None:
    """Write down the mode in which a job is drawn, and why, in place of what was said before."""
    said = [remark for remark in row.remarks or () if remark.get("kind") != SMALLER]
    values = {"mode_name": mode.name, "steps": mode.steps, "remarks": [*said, *why]}
    if any(getattr(row, name) != value for name, value in values.items()):
        connection.execute(update(JobRow).where(JobRow.id == row.id).values(values))
