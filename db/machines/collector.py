"""Brings what machines have drawn to the bot's disk, and takes over how their jobs ended."""

import logging
import threading
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from db.albums import Albums
from db.engine import Database, off_loop
from db.jobs.job_record import UNTAKEN
from db.jobs.states import State
from db.machines.tables import DrawnPictureRow
from db.sealing import SealBroken
from db.tables import JobRow

log = logging.getLogger(__name__)

ENDINGS = (State.GENERATED, State.CANCELLED, State.FAILED)
"""How a machine may end a job."""

KEPT = (State.GENERATED, State.CANCELLED)
"""The endings with pictures: who cancelled may still ask for those that were drawn."""

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
"""How a PNG's file begins; its width and its height follow."""

LARGEST = (4096).to_bytes(4, "big")
"""From this width or height on a picture is none of ours."""


@dataclass(frozen=True, slots=True)
class Ending:
    """How a machine's job ended. `failure`: why, where it failed."""

    job_id: int
    state: State
    mode_name: str
    seconds: float
    failure: dict[str, Any] | None


class Collector:
    def __init__(self, database: Database, albums: Albums) -> None:
        self._database = database
        self._albums = albums
        self._copying = threading.Lock()
        """Held while files are written: an early look must not overwrite a whole album."""

    @off_loop
    def endings(self) -> list[int]:
        """Give the jobs of machines that have ended, and that the bot has not taken over."""
        with self._database.reading() as session:
            ended = select(JobRow.id).where(UNTAKEN, JobRow.state.in_(ENDINGS)).order_by(JobRow.id)
            return list(session.scalars(ended))

    @off_loop
    def take(self, job_id: int) -> Ending | None:
        """Copy a job's pictures, remove them from the database, and take over how it ended.

        From then on it is as if the bot's own workers had drawn it. None: it is taken over already,
        or was erased, and then its pictures are too. Raises OSError.
        """
        with self._database.reading() as session:
            state = session.scalar(select(JobRow.state).where(JobRow.id == job_id, UNTAKEN))
        if state in KEPT:
            with self._copying:
                self._albums.prepare(job_id)  # one of an attempt that was lost may have been shown
                self._copy(job_id)
        elif state == State.FAILED:
            self._albums.drop([job_id])
        with self._database.session() as session, session.begin():
            taken = session.execute(
                update(JobRow)
                .where(JobRow.id == job_id, JobRow.state == state, UNTAKEN)
                .values(engine_id=None)
                .returning(JobRow.mode_name, JobRow.seconds, JobRow.failure)
            ).one_or_none()
            if taken is not None:
                session.execute(delete(DrawnPictureRow).where(DrawnPictureRow.job_id == job_id))
            self._drop_if_erased(session, job_id)
        if taken is None:
            return None
        mode_name, seconds, failure = taken
        return Ending(job_id, State(state or ""), mode_name, seconds or 0.0, failure)

    @off_loop
    def show_first(self, job_id: int) -> None:
        """Copy the first picture of a job that is being drawn. It stays in the database, too."""
        with self._copying:
            with self._database.reading() as session:
                state = session.scalar(select(JobRow.state).where(JobRow.id == job_id))
            if state == State.RUNNING:
                self._copy(job_id, only=1)
        with self._database.session() as session, session.begin():
            self._drop_if_erased(session, job_id)

    def _copy(self, job_id: int, only: int | None = None) -> None:
        """Copy the pictures one by one: each may have megabytes."""
        of_job = select(DrawnPictureRow.number).where(DrawnPictureRow.job_id == job_id)
        with self._database.reading() as session:
            for number in session.scalars(of_job.order_by(DrawnPictureRow.number)).all():
                if only in (None, number) and (png := _opened(session, job_id, number)):
                    self._albums.keep(job_id, number, png)

    def _drop_if_erased(self, session: Session, job_id: int) -> None:
        """Remove the files again, if /forget came between. With its lock it can't any more."""
        if session.scalar(select(JobRow.id).where(JobRow.id == job_id)) is None:
            self._albums.drop([job_id])


def _opened(session: Session, job_id: int, number: int) -> bytes | None:
    """Give a picture; None: it was erased meanwhile, or is none that a machine should bring."""
    picture = select(DrawnPictureRow.png).where(
        DrawnPictureRow.job_id == job_id, DrawnPictureRow.number == number
    )
    try:
        png = session.scalar(picture)
    except SealBroken:
        png = b""
    if png is None or _is_png(png):
        return png
    log.warning("Picture %s of job %s is no picture, and is left out", number, job_id)
    return None


def _is_png(content: bytes) -> bool:
    """Say what the database says of those that are not sealed: a PNG, each side below 4096."""
    width, height = content[16:20], content[20:24]
    return content.startswith(PNG) and max(width, height) < LARGEST
