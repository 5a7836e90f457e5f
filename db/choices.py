"""What the owner has chosen for the whole bot."""

from sqlalchemy import delete

from db.engine import Database, off_loop
from db.tables import ChoiceRow

_MODEL = "model"

PAUSED = "paused"
"""The name of the choice that no album is begun: it is there, or it is not."""


class Choices:
    def __init__(self, database: Database) -> None:
        self._database = database

    @off_loop
    def model(self) -> str | None:
        """Give the name of the model that the owner chose; None: they chose none."""
        with self._database.reading() as session:
            row = session.get(ChoiceRow, _MODEL)
            return row.value if row else None

    @off_loop
    def choose_model(self, name: str) -> None:
        with self._database.session() as session, session.begin():
            session.merge(ChoiceRow(name=_MODEL, value=name))

    @off_loop
    def paused(self) -> bool:
        """Say whether the owner lets no album be begun."""
        with self._database.reading() as session:
            return session.get(ChoiceRow, PAUSED) is not None

    @off_loop
    def pause(self, paused: bool) -> None:  # noqa: FBT001 - it is the choice
        with self._database.session() as session, session.begin():
            if paused:
                session.merge(ChoiceRow(name=PAUSED, value="true"))
            else:
                session.execute(delete(ChoiceRow).where(ChoiceRow.name == PAUSED))
