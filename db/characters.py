"""A person's character: one face, a name and traits."""

from collections.abc import Iterator
from dataclasses import asdict

from sqlalchemy import Select, delete, select, union
from sqlalchemy.orm import Session

from db.engine import Database, off_loop
from db.tables import Base, CharacterFaceRow, CharacterRow, FaceRow
from db.users import row_of
from generation.character import CHOICES, Character, Traits
from generation.errors import Refusal


class NoCharacter(Refusal):
    """The person has not sent a photo yet."""


class FaceLost(Refusal):
    """The offered face is gone: a newer photo replaced it."""


class Characters:
    def __init__(self, database: Database) -> None:
        self._database = database

    @off_loop
    def active(self, person_id: int) -> Character:
        """Give the person's character. Raises NoCharacter."""
        with self._database.reading() as session:
            return _character(session, _row(session, person_id))

    @off_loop
    def exists(self, person_id: int) -> bool:
        with self._database.reading() as session:
            return session.get(CharacterRow, person_id) is not None

    @off_loop
    def offer(self, person_id: int, faces: list[bytes]) -> list[int]:
        """Store faces for the person to choose from, in place of those offered before."""
        with self._database.session() as session, session.begin():
            row_of(session, person_id)
            _drop_unused_faces(session, person_id)
            rows = [FaceRow(person_id=person_id, image=face) for face in faces]
            session.add_all(rows)
            session.flush()
            return [row.id for row in rows]

    @off_loop
    def drop_offers(self, person_id: int) -> None:
        """Erase the faces that the person did not take."""
        with self._database.session() as session, session.begin():
            _drop_unused_faces(session, person_id)

    @off_loop
    def offers(self, person_id: int) -> list[int]:
        """Give the ids of the offered faces, in their order. Raises FaceLost if there are none."""
        with self._database.reading() as session:
            faces = list(
                session.scalars(
                    select(FaceRow.id)
                    .where(FaceRow.person_id == person_id, FaceRow.id.not_in(_USED_FACES))
                    .order_by(FaceRow.id)
                )
            )
        if not faces:
            raise FaceLost
        return faces

    @off_loop
    def offered(self, person_id: int, face_id: int) -> bytes:
        """Give an offered face. Raises FaceLost."""
        with self._database.reading() as session:
            return _offered(session, person_id, face_id).image

    @off_loop
    def take(self, person_id: int, face_id: int, name: str) -> Character:
        """Make an offered face the person's own; the traits stay. Raises FaceLost."""
        with self._database.session() as session, session.begin():
            face = _offered(session, person_id, face_id)
            row = session.get(CharacterRow, person_id)
            if row is None:
                row = CharacterRow(person_id=person_id, name=name, traits={})
                session.add(row)
                session.flush()
            session.execute(delete(CharacterFaceRow).where(CharacterFaceRow.person_id == person_id))
            session.add(CharacterFaceRow(person_id=person_id, face_id=face.id))
            session.flush()
            _drop_unused_faces(session, person_id)
            return _character(session, row)

    @off_loop
    def set_trait(self, person_id: int, trait: str, value: str | None) -> Traits:
        """Set one trait, or the free `words`; None leaves it to the face. Raises NoCharacter."""
        with self._database.session() as session, session.begin():
            row = _row(session, person_id)
            row.traits = {**row.traits, trait: value}
            return traits_from(row.traits)


def _row(session: Session, person_id: int) -> CharacterRow:
    row = session.get(CharacterRow, person_id)
    if row is None:
        raise NoCharacter
    return row


def _character(session: Session, row: CharacterRow) -> Character:
    faces = tuple(face.image for face in faces_of(session, row.person_id))
    return Character(row.name, faces, traits_from(row.traits))


def faces_of(session: Session, person_id: int) -> list[FaceRow]:
    """Give the faces that the person is drawn from."""
    return list(
        session.scalars(
            select(FaceRow)
            .join(CharacterFaceRow, CharacterFaceRow.face_id == FaceRow.id)
            .where(CharacterFaceRow.person_id == person_id)
            .order_by(FaceRow.id)
        )
    )


def _offered(session: Session, person_id: int, face_id: int) -> FaceRow:
    face = session.scalar(_OFFERED.where(FaceRow.id == face_id, FaceRow.person_id == person_id))
    if face is None:
        raise FaceLost
    return face


def _references_to_faces() -> Iterator[Select[tuple[int]]]:
    """Find every column that refers to a face, but those of rows that are erased with it."""
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table is FaceRow.__table__ and key.ondelete != "CASCADE":
                yield select(key.parent)


_USED_FACES = union(*_references_to_faces())
"""The faces of characters and of jobs: only the others may be offered, or deleted."""

_OFFERED = select(FaceRow).where(FaceRow.id.not_in(_USED_FACES))


def _drop_unused_faces(session: Session, person_id: int) -> None:
    session.execute(
        delete(FaceRow).where(FaceRow.person_id == person_id, FaceRow.id.not_in(_USED_FACES))
    )


def traits_from(stored: dict[str, str | None]) -> Traits:
    chosen = {
        trait: choice(value)
        for trait, choice in CHOICES.items()
        if (value := stored.get(trait)) is not None
    }
    return Traits(**chosen, words=stored.get("words") or "")  # type: ignore[arg-type]


def traits_to(traits: Traits) -> dict[str, str | None]:
    return asdict(traits)
