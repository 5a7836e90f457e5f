"""A face that was found in a photo, and why one can't be used."""

from dataclasses import dataclass

from generation.errors import Refusal

LEAST_SIZE = 80
"""Pixels of a face from hair to chin, or from side to side if that is more."""


class NoFace(Refusal):
    pass


class FaceTooSmall(Refusal):
    """The face's `size` and the `least`, in pixels."""


class FaceBlurred(Refusal):
    pass


class FaceCut(Refusal):
    """A part of the face lies outside the photo."""


@dataclass(frozen=True, slots=True)
class Face:
    """A head with hair and chin, the eyes level: a square RGB PNG file without metadata.

    `size` is the face's length in the photo (at most 2048 pixels a side), `score` the
    detector's confidence, 0 to 1.
    """

    image: bytes
    size: int
    score: float
