"""Folders of pictures that no job of the database has."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, select

from db.albums import Albums
from db.engine import Database, off_loop
from db.jobs.job_record import record_of
from db.refusals import DataUnusable
from db.tables import ErasedJobRow, JobRow


@dataclass(frozen=True, slots=True)
class Settled:
    """What a start did with strays."""

    aside: Path | None
    """The new folder of those that were set aside; None: there were none."""
    put_back: int
    """How many, set aside at an earlier start, are in their places again."""


class Strays:
    def __init__(self, database: Database, albums: Albums) -> None:
        self._database = database
        self._albums = albums

    @off_loop
    def settle(self) -> Settled:
        """Remove what an erasure left behind, set other strays aside, put back what is known again.

        Only what was erased goes. A job that the database merely doesn't know may be in a lost
        database, or in a newer one than this, and its pictures are wanted. They can't stay where
        they are, because the database gives the same ids again. Once a backup is restored, it
        knows some of them; what was drawn under their ids meanwhile goes aside.

        Called before workers start. Raises DataUnusable when a stray can't be moved.
        """
        with self._database.session() as session, session.begin():
            erased = set(session.scalars(select(ErasedJobRow.job_id)))
            left = self._albums.drop(erased)
            session.execute(delete(ErasedJobRow).where(ErasedJobRow.job_id.not_in(left)))
            # With the seeds, which no index has: so a start finds a damaged table.
            jobs = {job_id for job_id, _ in session.execute(select(JobRow.id, JobRow.seed))}
            aside = [album for album in self._albums.aside() if album.job_id in jobs]
            rows = session.scalars(
                select(JobRow).where(JobRow.id.in_(album.job_id for album in aside))
            )
            seeds = {row.id: record_of(row).seeds for row in rows}
        known = [album for album in aside if album.seeds == seeds[album.job_id]]
        strangers = {
            album.job_id
            for album in known
            if self._albums.of(album.job_id).seeds != seeds[album.job_id]
        }
        here = set(self._albums.job_ids())
        strays = (here - jobs - erased) | (here & strangers)
        try:
            moved = self._albums.set_aside(sorted(strays))
            return Settled(moved, sum(map(self._albums.put_back, known)))
        except OSError as error:
            reason = error.strerror or str(error)
            raise DataUnusable(where=str(error.filename), reason=reason) from error
