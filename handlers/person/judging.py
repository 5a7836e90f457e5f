"""Whose photos those are: known ones, further ones of the same person, or somebody else's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TypeVar

from db import MOST_FACES, StoredFace
from generation.faces.face import Face
from generation.faces.likeness import Identity, is_same_photo
from handlers.person.reading import Reading

SomeFace = Face | StoredFace
AnyFace = TypeVar("AnyFace", Face, StoredFace)


class Verdict(Enum):
    OWN = auto()
    """The same person on another photo, or nobody can say otherwise."""
    KNOWN = auto()
    """The same photo."""
    STRANGER = auto()


def judge(face: SomeFace, kept: Iterable[SomeFace]) -> Verdict:
    """Compare a face with those that the person has, if there are any."""
    kept = list(kept)
    if any(face.image == one.image for one in kept):
        return Verdict.KNOWN
    embeddings = [one.embedding for one in kept if one.embedding]
    if not face.embedding or not embeddings:
        return Verdict.OWN
    if any(is_same_photo(face.embedding, one) for one in embeddings):
        return Verdict.KNOWN
    same = Identity.of(embeddings).is_same(face.embedding)
    return Verdict.OWN if same else Verdict.STRANGER


def likest_first(faces: Sequence[AnyFace], kept: Iterable[SomeFace]) -> list[AnyFace]:
    """Put those first who look most like the person; without one, keep the order."""
    embeddings = [one.embedding for one in kept if one.embedding]
    if not embeddings:
        return list(faces)
    identity = Identity.of(embeddings)
    return sorted(
        faces,
        key=lambda face: identity.cosine(face.embedding) if face.embedding else 0.0,
        reverse=True,
    )


@dataclass(frozen=True, slots=True)
class Album:
    """What became of each picture of a message, by its number.

    `own` are the person's, and there is room for them; for those that are `over` there is none:
    good ones go first. `unclear` have several faces, none of which is surely the person's.
    """

    own: dict[int, Face] = field(default_factory=dict)
    known: list[int] = field(default_factory=list)
    strangers: dict[int, Face] = field(default_factory=dict)
    unclear: list[int] = field(default_factory=list)
    over: dict[int, Face] = field(default_factory=dict)
    refused: list[Reading] = field(default_factory=list)

    @property
    def left(self) -> list[Face]:
        """The faces of which the first can be asked about, where none is taken without a word.

        A stranger is, if nobody else is there: beside known photos it is only somebody else.
        """
        strangers = [] if self.known else list(self.strangers.values())
        return [*self.own.values(), *self.over.values(), *strangers]


def sort_album(readings: Sequence[Reading], kept: Sequence[StoredFace]) -> Album:
    """Judge each picture by the photos that the person has.

    Who has none is the one who is on most of the pictures with one face, or else on the first.
    """
    album = Album(refused=[reading for reading in readings if not reading.faces])
    reference: list[SomeFace] = list(kept) or _most_frequent(readings)
    own: dict[int, Face] = {}
    for reading in readings:
        if not reading.faces:
            continue
        face = likest_first(reading.faces, reference)[0]
        if judge(face, [*kept, *own.values()]) is Verdict.KNOWN:
            album.known.append(reading.number)
        elif judge(face, reference) is not Verdict.STRANGER:
            own[reading.number] = face
        elif len(reading.faces) == 1:
            album.strangers[reading.number] = face
        else:
            album.unclear.append(reading.number)
    good_first = sorted(own, key=lambda number: bool(own[number].flaws))
    taken = set(good_first[: MOST_FACES - len(kept)])
    for number, face in own.items():
        (album.own if number in taken else album.over)[number] = face
    return album


def _most_frequent(readings: Sequence[Reading]) -> list[SomeFace]:
    """Find who is on most pictures. Copies of one photo count as one, and the first wins a tie."""
    alone = [reading.faces[0] for reading in readings if len(reading.faces) == 1]

    def others(face: Face) -> int:
        return sum(judge(face, [other]) is Verdict.OWN for other in alone)

    return [max(alone, key=others)] if alone else []
