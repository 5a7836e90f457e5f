"""With which key a database and its pictures are sealed. The key itself is nowhere in them."""

import json
from dataclasses import asdict, dataclass

from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from db.albums import Albums
from db.engine import Database
from db.refusals import refusal_of
from db.tables import ChoiceRow, FaceRow
from generation.errors import Refusal

NAME = "data_key"
"""The choice that says it. Machines may read this one only."""


class DataKeyLost(Refusal):
    """The data are sealed, and DATA_KEY is not set. Fields: known."""


class DataKeyWrong(Refusal):
    """The data are sealed with another key. Fields: known, given."""


class DataKeyUnused(Refusal):
    """DATA_KEY is set, and what is kept is not sealed yet. Fields: given."""


class DataKeyChanging(Refusal):
    """The change to another key, or to none, is not done, or was not begun."""


@dataclass(frozen=True, slots=True)
class Mark:
    key: str = ""
    """The key's id; empty: nothing is sealed."""
    whole: bool = True
    """Everything is as `key` says; False: the change to it has begun."""


def read(session: Session) -> Mark | None:
    """Give the mark; None: there never was a key."""
    value = session.scalar(select(ChoiceRow.value).where(ChoiceRow.name == NAME))
    return Mark(**json.loads(value)) if value else None


def write(database: Database, mark: Mark) -> None:
    """Write the mark down; where nothing is sealed any more there is none."""
    with database.session() as session, session.begin():
        session.execute(delete(ChoiceRow).where(ChoiceRow.name == NAME))
        if mark != Mark():
            session.add(ChoiceRow(name=NAME, value=json.dumps(asdict(mark))))


def check(database: Database, albums: Albums | None = None) -> None:
    """Look as `look` does; a bot, whose `albums` are given, begins to seal where nothing is kept.

    Raises what `look` raises.
    """
    if look(database, albums):
        write(database, Mark(database.seal.id))


def look(database: Database, albums: Albums | None) -> bool:
    """Look whether the database's seal is the one for what is kept; True: it may begin now.

    Raises DataKeyLost, DataKeyWrong, DataKeyUnused, DataKeyChanging, and DataUnusable.
    """
    seal = database.seal
    try:
        with database.reading() as session:
            mark = read(session)
            is_new = albums is not None and session.scalar(select(FaceRow.id).limit(1)) is None
    except SQLAlchemyError as error:
        raise refusal_of(error, database.where) from error
    if mark is None:
        if not seal.id:
            return False
        if albums is None or not is_new or albums.job_ids() or albums.aside():
            raise DataKeyUnused(given=seal.id)
        return True
    if not seal.ids:
        raise DataKeyLost(known=mark.key) if mark.key else DataKeyChanging
    if mark.key and mark.key not in seal.ids:
        raise DataKeyWrong(known=mark.key, given=seal.id)
    if not mark.whole or mark.key != seal.id:
        raise DataKeyChanging
    return False
