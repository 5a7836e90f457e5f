"""A face from a photo, and the reasons to refuse one."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from io import BytesIO
from typing import Protocol, TypeVar

from generation.errors import Refusal
from generation.faces.draft import Draft

LEAST_SIZE = 80
"""Least length of a good face, in pixels: from hair to chin, or from side to side if that is more.
"""

FACE_SIDES = 1.8
"""Side of a Face's image, in lengths of the face."""

FACE_UP = 0.12
"""How far the image's middle is above the face's, in lengths of the face: hair needs more room
above the face than the chin below it."""


class NoFace(Refusal):
    pass


class FaceTooSmall(Refusal):
    """Fields: size, the face's length; least, the least length. Both in pixels."""


class FaceBlurred(Refusal):
    pass


class FaceCut(Refusal):
    """A part of the face lies outside the photo."""


class Flaw(StrEnum):
    """What makes a photo of a face worse than another would be; people are told by these names."""

    SMALL = "small"
    SOFT = "soft"
    DARK = "dark"
    OVEREXPOSED = "overexposed"
    TURNED = "turned"
    CUT = "cut"
    COMPRESSED = "compressed"
    DRAWN = "drawn"
    """A drawing or a painting."""
    SUNGLASSES = "sunglasses"
    COVERED = "covered"
    """By a mask, a hand, hair or a thing."""
    COLOURLESS = "colourless"
    """A photo in black and white, or of a statue."""


@dataclass(frozen=True, slots=True)
class Face:
    """A head with hair and chin, the eyes level.

    `image` is a square PNG file without metadata, RGBA: its alpha is 0 where the photo had ended,
    and colours are made up. `size` is the face's length in the photo's own pixels. `score` is the
    detector's, 0 to 1. `embedding` says who it is: SFace's, as `generation.faces.sface` writes it.
    `flaws` are what a better photo would not have, the worst first. `draft` is what the photo shows
    of the person's traits.
    """

    image: bytes
    size: int
    score: float
    embedding: bytes = b""
    flaws: tuple[Flaw, ...] = ()
    draft: Draft = field(default_factory=Draft)


def shown(image: bytes) -> bytes:
    """Give a Face's image as it is shown to people: a PNG file in RGB, with the colours that go on.

    It takes some milliseconds and imports Pillow: not for the event loop.
    """
    from PIL import Image  # noqa: PLC0415 - the bot's start does without it

    file = BytesIO()
    with Image.open(BytesIO(image), formats=["PNG"]) as picture:
        picture.convert("RGB").save(file, "PNG", compress_level=1)
    return file.getvalue()


class Judged(Protocol):
    """A face in any room's form, with its flaws."""

    @property
    def flaws(self) -> Collection[str]: ...


F = TypeVar("F", bound=Judged)


def drawn_from(faces: Sequence[F]) -> list[F]:
    """Give the faces that a person is drawn from: the good ones, or all if none is good."""
    return [face for face in faces if not face.flaws] or list(faces)
