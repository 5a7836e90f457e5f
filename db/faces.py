"""The rows of faces: those of a character, those that are offered, and those of jobs alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Select, delete, select, union
from sqlalchemy.orm import Session

from db.tables import Base, CharacterFaceRow, FaceRow
from generation.errors import Refusal
from generation.faces.face import Face, Flaw, drawn_from

MOST_FACES = 5
"""Most photos of a character: so many show a face from all sides, and are seen at a glance."""

FLAWS = {flaw.value: flaw for flaw in Flaw}


class FaceLost(Refusal):
    """The offered face is gone: a newer photo replaced it."""


@dataclass(frozen=True, slots=True)
class StoredFace:
    """A stored face. `embedding` is empty where nobody has computed it yet.

    `flaws`: what a better photo would not have, the worst first.
    """

    id: int
    image: bytes
    embedding: bytes
    flaws: tuple[Flaw, ...]


def rows_of(session: Session, person_id: int) -> list[FaceRow]:
    """Give all faces of the person's character, in the order in which they were sent."""
    return list(
        session.scalars(
            select(FaceRow)
            .join(CharacterFaceRow, CharacterFaceRow.face_id == FaceRow.id)
            .where(CharacterFaceRow.person_id == person_id)
            .order_by(FaceRow.id)
        )
    )


def faces_of(session: Session, person_id: int) -> list[FaceRow]:
    """Give the faces that the person is drawn from: the good ones, or all if none is good."""
    return drawn_from(rows_of(session, person_id))


def stored(row: FaceRow) -> StoredFace:
    """Give what the row holds; flaws that only another version knows are left out."""
    flaws = tuple(FLAWS[flaw] for flaw in row.flaws or () if flaw in FLAWS)
    return StoredFace(row.id, row.image, row.embedding or b"", flaws)


def offer(session: Session, person_id: int, faces: Iterable[Face]) -> list[FaceRow]:
    """Store faces for the person to choose from, in place of those offered before."""
    drop_offers(session, person_id)
    return store(session, person_id, faces)


def store(session: Session, person_id: int, faces: Iterable[Face]) -> list[FaceRow]:
    """Store faces of the person."""
    rows = [
        FaceRow(
            person_id=person_id,
            image=face.image,
            embedding=face.embedding or None,
            flaws=list(face.flaws),
        )
        for face in faces
    ]
    session.add_all(rows)
    session.flush()
    return rows


def offers(session: Session, person_id: int) -> list[FaceRow]:
    """Give the offered faces, in their order. Raises FaceLost if there are none."""
    rows = list(
        session.scalars(_OFFERED.where(FaceRow.person_id == person_id).order_by(FaceRow.id))
    )
    if not rows:
        raise FaceLost
    return rows


def offered(session: Session, person_id: int, face_id: int) -> FaceRow:
    """Give an offered face. Raises FaceLost."""
    row = session.scalar(_OFFERED.where(FaceRow.id == face_id, FaceRow.person_id == person_id))
    if row is None:
        raise FaceLost
    return row


def drop_offers(session: Session, person_id: int) -> None:
    """Erase the faces that neither the person's character has nor a job."""
    session.execute(
        delete(FaceRow).where(FaceRow.person_id == person_id, FaceRow.id.not_in(_USED_FACES))
    )


def release(session: Session, face_ids: Iterable[int]) -> None:
    """Erase those of the faces that nothing refers to any more."""
    session.flush()
    session.execute(
        delete(FaceRow).where(FaceRow.id.in_(list(face_ids)), FaceRow.id.not_in(_USED_FACES))
    )


def _references_to_faces() -> Iterator[Select[tuple[int]]]:
    """Find every column that refers to a face, but those of rows that are erased with it."""
    for table in Base.metadata.tables.values():
        for key in table.foreign_keys:
            if key.column.table is FaceRow.__table__ and key.ondelete != "CASCADE":
                yield select(key.parent)


_USED_FACES = union(*_references_to_faces())
"""The faces of characters and of jobs: only the others may be offered, or erased."""

_OFFERED = select(FaceRow).where(FaceRow.id.not_in(_USED_FACES))
