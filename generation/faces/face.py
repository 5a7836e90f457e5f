"""A face from a photo, and the reasons to refuse one."""

from dataclasses import dataclass

from generation.errors import Refusal

LEAST_SIZE = 80
"""Least length of a good face, in pixels: from hair to chin, or from side to side if that is more.
"""


class NoFace(Refusal):
    pass


class FaceTooSmall(Refusal):
    """Fields: size, the face's length; least, the least length. Both in pixels."""


class FaceBlurred(Refusal):
    pass


class FaceCut(Refusal):
    """A part of the face lies outside the photo."""


@dataclass(frozen=True, slots=True)
class Face:
    """A head with hair and chin, the eyes level.

    `image` is a square RGB PNG file without metadata. `size` is the face's length in the photo's
    own pixels. `score` is the detector's, 0 to 1.
    """

    image: bytes
    size: int
    score: float
