"""Says how like its person a picture is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PIL.Image import Image

from generation.character import Character
from generation.faces.likeness import Identity
from generation.faces.sight import Sight, Sights
from generation.request import Square

ALSO_A_FACE = 0.5
"""Least length of a face that counts beside the largest, as a share of that one's: smaller ones are
passers-by."""

ROOM = 3.0
"""Side of the square around a face that is drawn once more, in lengths of the face: head, hair and
what is about them, so that it fits in again."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was seen in a picture.

    `faces`, `likeness`: see `generation.request.PictureNote`. `same`: the face may be the person's.
    `size` is that face's length in pixels.
    """

    faces: int
    likeness: float | None = None
    same: bool = False
    size: float = 0
    surroundings: Square = (0, 0, 0)

    @property
    def good(self) -> bool:
        """Whether it shows one face, and not clearly somebody else's."""
        return self.faces == 1 and self.same

    @property
    def rank(self) -> tuple[bool, float]:
        """Give what orders pictures: the better one has the higher."""
        return self.good, -1.0 if self.likeness is None else self.likeness


class Judge:
    """Compares pictures with one person. It computes: for worker threads only."""

    def __init__(self, sights: Sights, identity: Identity) -> None:
        self._sights, self._identity = sights, identity

    def judge(self, picture: Image) -> Judgement:
        seen = self._sights.look(picture)
        if not seen:
            return Judgement(faces=0)
        person = max(seen, key=lambda one: self._identity.likeness(one.embedding))
        counted = [one for one in seen if one.length >= ALSO_A_FACE * seen[0].length]
        return Judgement(
            faces=max(len(counted), 1),
            likeness=self._identity.likeness(person.embedding),
            same=self._identity.is_same(person.embedding),
            size=person.length,
            surroundings=_around(person, picture),
        )


def judge_of(
    character: Character, sights: Sights, found: Callable[[bytes, bytes], None]
) -> Judge | None:
    """Make the judge of a person; None: no photo shows a face that can be compared.

    `found` is told a face and its embedding where that was not known before.
    """
    embeddings = list(_embeddings(character, sights, found))
    return Judge(sights, Identity.of(embeddings)) if embeddings else None


def _embeddings(
    character: Character, sights: Sights, found: Callable[[bytes, bytes], None]
) -> Iterable[bytes]:
    known = character.embeddings or (None,) * len(character.faces)
    for face, embedding in zip(character.faces, known, strict=True):
        if embedding:
            yield embedding
        elif embedding := sights.embed_face(face):
            found(face, embedding)
            yield embedding


def _around(sight: Sight, picture: Image) -> Square:
    """Give the square around a face, moved and reduced until it lies within the picture."""
    side = min(round(ROOM * sight.length), *picture.size)
    left, top = (
        min(max(round(middle - side / 2), 0), edge - side)
        for middle, edge in zip(
            (sight.x + sight.width / 2, sight.y + sight.height / 2), picture.size, strict=True
        )
    )
    return left, top, side
