"""What the owner has chosen for the whole bot."""

from db.engine import Database, off_loop
from db.tables import ChoiceRow

_MODEL = "model"


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
