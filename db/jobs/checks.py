"""What was found of pictures before they were sent: it holds after a restart, too."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import update

from db.engine import Database, off_loop
from db.tables import JobRow
from generation.decency.check import PictureCheck


class Checks:
    def __init__(self, database: Database) -> None:
        self._database = database

    @off_loop
    def note(self, job_id: int, checks: Sequence[PictureCheck]) -> None:
        """Write down what was found of a job's pictures, in place of what was known of them."""
        with self._database.session() as session, session.begin():
            values = [asdict(check) for check in checks]
            session.execute(update(JobRow).where(JobRow.id == job_id).values(checks=values))
