"""The change from one DATA_KEY to another, from none to one, and from one to none."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Column, LargeBinary, Table, delete, literal, select, type_coerce, update
from sqlalchemy.orm import Session

from db import key_mark
from db.albums import Albums
from db.columns import Sealed
from db.engine import Database
from db.key_mark import DataKeyWrong, Mark
from db.sealing import Seal
from db.tables import Base, FaceTokensRow
from db.users import clean_up

AT_ONCE = 8
"""Rows in memory, and in one transaction: a picture of a machine has megabytes."""

TOKENS = Base.metadata.tables[FaceTokensRow.__tablename__]


def change_key(
    database: Database, albums: Albums, tell: Callable[[str, int], None], *, off: bool = False
) -> None:
    """Seal everything with the first key of the database's seal; `off`: open everything for good.

    A change that broke off goes on where it was: what is done already is left. The bot must not
    run. `tell` gets what was sealed, by table and column as `faces-image`, or `pictures`, and how
    many.

    Raises DataKeyWrong, SealBroken and OSError.
    """
    changing = database.seal.changing(off=off)
    with database.reading() as session:
        mark = key_mark.read(session)
    if mark and mark.key and mark.key not in database.seal.ids:
        raise DataKeyWrong(known=mark.key, given=database.seal.id)
    old = mark.key if mark else ""
    if not (mark and mark.whole and mark.key == changing.id):
        key_mark.write(database, Mark(changing.id or old, whole=False))
    with database.session() as session, session.begin():
        session.execute(delete(TOKENS))  # their digests are the key's, and they are soon made anew
    for table, column in _sealed_columns():
        tell(f"{table.name}-{column.name}", sum(_changed(database, changing, table, column)))
    tell("pictures", albums.change_key(changing))
    key_mark.write(database, Mark(changing.id))
    clean_up(database)


def _sealed_columns() -> Iterator[tuple[Table, Column[bytes]]]:
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Sealed) and table is not TOKENS:
                yield table, column


def _changed(
    database: Database, changing: Seal, table: Table, column: Column[Any]
) -> Iterator[int]:
    """Seal a column anew, some rows at a time; give how many they were."""
    keys = list(table.primary_key)
    with database.reading() as session:
        rows = [tuple(row) for row in session.execute(select(*keys).order_by(*keys))]
    for start in range(0, len(rows), AT_ONCE):
        with database.session() as session, session.begin():
            for row in rows[start : start + AT_ONCE]:
                yield _change(session, changing, column, dict(zip(keys, row, strict=True)))


def _change(
    session: Session, changing: Seal, column: Column[Any], key: dict[Column[Any], Any]
) -> int:
    """Seal one value anew as it lies there, past the column's own seal; 0: there is none."""
    raw, what = LargeBinary(), column.type.what  # type: ignore[attr-defined]
    is_it = [one == value for one, value in key.items()]
    content = session.scalar(select(type_coerce(column, raw)).where(*is_it))
    if content is None:
        return 0
    if not changing.is_done(content):
        anew = changing.close(changing.open(content, what), what)
        session.execute(update(column.table).where(*is_it).values({column: literal(anew, raw)}))
    return 1
