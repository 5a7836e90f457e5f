"""Folders of pictures that no job of the database has."""

from pathlib import Path

from sqlalchemy import delete, select

from db.albums import Albums
from db.engine import Database, DataUnusable, off_loop
from db.tables import ErasedJobRow, JobRow


class Strays:
    def __init__(self, database: Database, albums: Albums) -> None:
        self._database = database
        self._albums = albums

    @off_loop
    def settle(self) -> Path | None:
        """Remove what an erasure left behind, and set the other strays aside; give their folder.

        None: there were none. Only what was erased goes. A job that the database merely doesn't
        know may be in a lost database, or in a newer one than this, and its pictures are wanted.
        They can't stay where they are, because the database gives the same ids again.

        Called before workers start. Raises DataUnusable when a stray can't be moved.
        """
        with self._database.session() as session, session.begin():
            erased = set(session.scalars(select(ErasedJobRow.job_id)))
            left = self._albums.drop(erased)
            session.execute(delete(ErasedJobRow).where(ErasedJobRow.job_id.not_in(left)))
            known = set(session.scalars(select(JobRow.id)))
        strays = set(self._albums.job_ids()) - known - erased
        try:
            return self._albums.set_aside(sorted(strays))
        except OSError as error:
            reason = error.strerror or str(error)
            raise DataUnusable(where=str(error.filename), reason=reason) from error
