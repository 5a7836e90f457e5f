"""A person's character: one face or several, a name and traits."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict

from sqlalchemy import delete
from sqlalchemy.orm import Session

from db import faces
from db.engine import Database, off_loop
from db.faces import MOST_FACES, StoredFace
from db.tables import CharacterFaceRow, CharacterRow, FaceRow
from db.users import row_of
from generation.character import CHOICES, Character, Traits
from generation.errors import Refusal
from generation.faces.face import Face


class NoCharacter(Refusal):
    """The person has not sent a photo yet."""


class PhotoRemoved(Refusal):
    """The character no longer has the photo that is to be removed or replaced."""


class OnlyPhoto(Refusal):
    """The character's only photo can be replaced, and not removed: that is /forget."""


class PhotosFull(Refusal):
    """The character has as many photos as one may have. Field: limit."""


class Characters:
    def __init__(self, database: Database) -> None:
        self._database = database

    @off_loop
    def active(self, person_id: int) -> Character:
        """Give the person's character, as it is drawn. Raises NoCharacter."""
        with self._database.reading() as session:
            return _character(session, _row(session, person_id))

    @off_loop
    def exists(self, person_id: int) -> bool:
        with self._database.reading() as session:
            return session.get(CharacterRow, person_id) is not None

    @off_loop
    def faces(self, person_id: int) -> list[StoredFace]:
        """Give all faces of the character, the first one sent first; none if there is no character.

        It is drawn from some of them: see db.faces.faces_of.
        """
        with self._database.reading() as session:
            return list(map(faces.stored, faces.rows_of(session, person_id)))

    @off_loop
    def offer(self, person_id: int, new: Sequence[Face]) -> list[StoredFace]:
        """Store faces for the person to choose from, in place of those offered before."""
        with self._database.session() as session, session.begin():
            row_of(session, person_id)
            return list(map(faces.stored, faces.offer(session, person_id, new)))

    @off_loop
    def drop_offers(self, person_id: int) -> None:
        """Erase the faces that the person did not take."""
        with self._database.session() as session, session.begin():
            faces.drop_offers(session, person_id)

    @off_loop
    def offers(self, person_id: int) -> list[StoredFace]:
        """Give the offered faces, in their order. Raises FaceLost if there are none."""
        with self._database.reading() as session:
            return list(map(faces.stored, faces.offers(session, person_id)))

    @off_loop
    def add_new(self, person_id: int, new: Sequence[Face], name: str) -> None:
        """Add faces that nobody was asked about; what the person is being asked about stays.

        Raises PhotosFull.
        """
        with self._database.session() as session, session.begin():
            row_of(session, person_id)
            _give(session, person_id, faces.store(session, person_id, new), name)

    @off_loop
    def add(self, person_id: int, face_ids: Sequence[int], name: str) -> None:
        """Make offered faces the person's own, beside those that they have.

        Raises FaceLost, and PhotosFull.
        """
        with self._database.session() as session, session.begin():
            _take(session, person_id, face_ids, name)

    @off_loop
    def begin_anew(self, person_id: int, face_id: int, name: str) -> None:
        """Make an offered face the person's only one; the traits stay. Raises FaceLost."""
        with self._database.session() as session, session.begin():
            old = [row.id for row in faces.rows_of(session, person_id)]
            _take(session, person_id, [face_id], name, instead_of=old)

    @off_loop
    def replace(self, person_id: int, old_id: int, face_id: int) -> None:
        """Put an offered face in place of one that the person has.

        Raises NoCharacter, FaceLost, PhotoRemoved.
        """
        with self._database.session() as session, session.begin():
            name = _row(session, person_id).name
            _check_has(session, person_id, old_id)
            _take(session, person_id, [face_id], name, instead_of=[old_id])

    @off_loop
    def remove(self, person_id: int, face_id: int) -> None:
        """Take a face away. A job that waits draws it all the same, and then it is erased.

        Raises NoCharacter, PhotoRemoved, OnlyPhoto.
        """
        with self._database.session() as session, session.begin():
            _row(session, person_id)
            if _check_has(session, person_id, face_id) == 1:
                raise OnlyPhoto
            _give_up(session, person_id, [face_id])

    @off_loop
    def set_embedding(self, face_id: int, embedding: bytes) -> None:
        """Store what an older version had not computed; for a face that was erased, nothing."""
        with self._database.session() as session, session.begin():
            if row := session.get(FaceRow, face_id):
                row.embedding = embedding

    @off_loop
    def set_trait(self, person_id: int, trait: str, value: str | None) -> Traits:
        """Set one trait, or the free `words`; None leaves it to the face. Raises NoCharacter."""
        with self._database.session() as session, session.begin():
            return _set_traits(session, person_id, {trait: value})

    @off_loop
    def set_traits(self, person_id: int, chosen: Traits) -> Traits:
        """Set the traits that are not None; the others stay. Raises NoCharacter."""
        values = {trait: value for trait in CHOICES if (value := getattr(chosen, trait))}
        with self._database.session() as session, session.begin():
            return _set_traits(session, person_id, values)

    @off_loop
    def untold(self, person_id: int, traits: Collection[str]) -> list[str]:
        """Give those of the traits of which the person was not told; they count as told now.

        A trait that is set anew can be told anew. Raises NoCharacter.
        """
        with self._database.session() as session, session.begin():
            row = _row(session, person_id)
            told = row.told_traits or []
            new = [trait for trait in traits if trait not in told]
            row.told_traits = [*told, *new]
            return new


def _row(session: Session, person_id: int) -> CharacterRow:
    row = session.get(CharacterRow, person_id)
    if row is None:
        raise NoCharacter
    return row


def _character(session: Session, row: CharacterRow) -> Character:
    images = tuple(face.image for face in faces.faces_of(session, row.person_id))
    return Character(row.name, images, traits_from(row.traits))


def _check_has(session: Session, person_id: int, face_id: int) -> int:
    """Give how many faces the person has. Raises PhotoRemoved if this is none of them."""
    rows = faces.rows_of(session, person_id)
    if all(row.id != face_id for row in rows):
        raise PhotoRemoved
    return len(rows)


def _take(
    session: Session,
    person_id: int,
    face_ids: Sequence[int],
    name: str,
    *,
    instead_of: Sequence[int] = (),
) -> None:
    """Give the person offered faces; what else was offered is erased."""
    new = [faces.offered(session, person_id, face_id) for face_id in face_ids]
    _give_up(session, person_id, instead_of)
    _give(session, person_id, new, name)
    faces.drop_offers(session, person_id)


def _give(session: Session, person_id: int, new: Sequence[FaceRow], name: str) -> None:
    if session.get(CharacterRow, person_id) is None:
        session.add(CharacterRow(person_id=person_id, name=name, traits={}, told_traits=[]))
        session.flush()
    session.add_all(CharacterFaceRow(person_id=person_id, face_id=face.id) for face in new)
    session.flush()
    if len(faces.rows_of(session, person_id)) > MOST_FACES:
        raise PhotosFull(limit=MOST_FACES)


def _give_up(session: Session, person_id: int, face_ids: Sequence[int]) -> None:
    session.flush()
    session.execute(
        delete(CharacterFaceRow).where(
            CharacterFaceRow.person_id == person_id, CharacterFaceRow.face_id.in_(face_ids)
        )
    )
    faces.release(session, face_ids)


def _set_traits(session: Session, person_id: int, values: Mapping[str, str | None]) -> Traits:
    row = _row(session, person_id)
    row.traits = {**row.traits, **values}
    row.told_traits = [trait for trait in row.told_traits or () if trait not in values]
    return traits_from(row.traits)


def traits_from(stored: dict[str, str | None]) -> Traits:
    chosen = {
        trait: choice(value)
        for trait, choice in CHOICES.items()
        if (value := stored.get(trait)) is not None
    }
    return Traits(**chosen, words=stored.get("words") or "")  # type: ignore[arg-type]


def traits_to(traits: Traits) -> dict[str, str | None]:
    return asdict(traits)
