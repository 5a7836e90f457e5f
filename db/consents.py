"""Who has said that the photos they send may be used, and what waits until they do."""

import time
from typing import Any

from db.engine import Database, off_loop
from db.tables import now
from db.users import LAPSES, row_of

MOST_ASIDE = 10
"""Messages of a person that wait: as many as an album has photos."""


class Consents:
    def __init__(self, database: Database) -> None:
        self._database = database

    @off_loop
    def set_aside(self, person_id: int, message: dict[str, Any]) -> bool | None:
        """Keep a message until its person has consented; say whether they are to be asked now.

        None: they have just consented, and nothing waits.

        They were if another one waits, unless that was so long ago that the question is forgotten.
        """
        with self._database.session() as session, session.begin():
            row = row_of(session, person_id)
            if row.consented:
                return None
            clock = time.time()
            waiting = list(row.aside or ())
            asked = any(clock - one["at"] < LAPSES.total_seconds() for one in waiting)
            row.aside = [*waiting, message | {"at": clock}][-MOST_ASIDE:]
            return not asked

    @off_loop
    def give(self, person_id: int) -> list[dict[str, Any]]:
        """Write down that the person consents now; give what has waited for that."""
        with self._database.session() as session, session.begin():
            row = row_of(session, person_id)
            waiting = list(row.aside or ())
            row.consented, row.aside = now(), []
            return waiting
