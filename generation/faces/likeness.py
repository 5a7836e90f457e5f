"""How much a face looks like a person: embeddings compared, with pure Python.

The numbers were measured: docs/decisions/0020-likeness.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt
from struct import unpack
from typing import Self

EMBEDDING_BYTES = 128 * 4
"""SFace's 128 numbers, as `generation.faces.sface` writes them."""

SAME_PERSON = 0.36
"""Least cosine of two faces of one person."""

SAME_PHOTO = 0.93
"""Least cosine of one photo with itself, sent anew: recompressed, resized or cut differently."""

DEFAULT_BASELINE = 0.7
"""What one photo of a person is like another of theirs, where only one is known."""

LEAST_BASELINE = 0.55
"""A lower one of their own would be somebody else's photo among them."""

MOST_BASELINE = 0.85
"""A higher one of their own would be photos of one minute: no other photo could be as like."""


def cosine(one: bytes, other: bytes) -> float:
    """Compare two embeddings: 1 for the same, about 0 for two people.

    Raises ValueError if they are no embeddings.
    """
    return _dot(_numbers(one), _numbers(other))


def is_same_photo(one: bytes, other: bytes) -> bool:
    """Whether it is one photo that was sent twice, maybe recompressed."""
    return cosine(one, other) >= SAME_PHOTO


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a person is: the mean of their photos, and how alike those are.

    `centre` has the length 1. `baseline` is the cosine to it that another photo of the same person
    may be expected to have.
    """

    centre: tuple[float, ...]
    baseline: float

    @classmethod
    def of(cls, embeddings: Iterable[bytes]) -> Self:
        """Make it of the embeddings of a person's photos. The same photo sent twice counts once.

        Raises ValueError if there are none.
        """
        photos = [_numbers(embedding) for embedding in _different(embeddings)]
        if not photos:
            raise ValueError("an identity is made of photos")
        return cls(_mean(photos), _baseline(photos))

    def cosine(self, embedding: bytes) -> float:
        """Compare a face with the person."""
        return _dot(self.centre, _numbers(embedding))

    def likeness(self, embedding: bytes) -> float:
        """Give the cosine as a share of the baseline, 0 to 1."""
        return min(max(self.cosine(embedding) / self.baseline, 0.0), 1.0)

    def is_same(self, embedding: bytes) -> bool:
        """Whether it may be this person: twins and a parent's child are not told apart."""
        return self.cosine(embedding) >= SAME_PERSON


def _different(embeddings: Iterable[bytes]) -> list[bytes]:
    kept: list[bytes] = []
    for embedding in embeddings:
        if not any(is_same_photo(embedding, other) for other in kept):
            kept.append(embedding)
    return kept


def _baseline(photos: Sequence[tuple[float, ...]]) -> float:
    """Compare each photo with the mean of the others."""
    if len(photos) == 1:
        return DEFAULT_BASELINE
    others = combinations(photos, len(photos) - 1)
    own = [_dot(_mean(rest), photo) for rest, photo in zip(others, reversed(photos), strict=True)]
    return min(max(sum(own) / len(own), LEAST_BASELINE), MOST_BASELINE)


def _mean(vectors: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    sums = [sum(numbers) for numbers in zip(*vectors, strict=True)]
    length = sqrt(sum(number * number for number in sums)) or 1.0
    return tuple(number / length for number in sums)


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def _numbers(embedding: bytes) -> tuple[float, ...]:
    if len(embedding) != EMBEDDING_BYTES:
        raise ValueError(f"an embedding has {EMBEDDING_BYTES} bytes, not {len(embedding)}")
    return unpack(f"<{len(embedding) // 4}f", embedding)
