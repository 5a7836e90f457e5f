"""What people put right in the English of their words, so that it need not be said twice."""

from db.engine import Database, off_loop
from db.tables import CorrectionRow, now
from db.users import row_of


class Corrections:
    def __init__(self, database: Database) -> None:
        self._database = database

    @off_loop
    def of(self, person_id: int, words: str) -> str:
        """Give the person's own English of these words; empty where they put none right."""
        with self._database.reading() as session:
            row = session.get(CorrectionRow, (person_id, _key(words)))
            return row.english if row else ""

    @off_loop
    def remember(self, person_id: int, words: str, english: str) -> None:
        """From now on read the person's `words` as `english`."""
        with self._database.session() as session, session.begin():
            row_of(session, person_id)
            row = CorrectionRow(
                person_id=person_id, words=_key(words), english=english, written=now()
            )
            session.merge(row)


def _key(words: str) -> str:
    """Write words alike that differ in spaces or capitals only."""
    return " ".join(words.casefold().split())
