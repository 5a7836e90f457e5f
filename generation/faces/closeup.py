"""A face that was looked at closely: upright, in the middle, at the size that YuNet sees best."""

from dataclasses import dataclass
from math import hypot
from typing import Self

from generation.faces.rotated_square import RotatedSquare
from generation.faces.yunet import Detection, Pixels, YuNet

EDGE = 400
"""Pixels of the closer look's side. YuNet sees best a face that is 160 of them high."""

SIDES = 2.5
"""Side of the closer look, in lengths of the face: 400 / 160."""

NEAR = 0.25
"""Greatest distance of the face from the middle of the closer look, in lengths of the face."""


@dataclass(frozen=True, slots=True)
class View:
    """A photo, or a part of it around a face. One of its pixels is `scale` pixels of the file."""

    pixels: Pixels
    scale: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Closeup:
    """A face that was found in `pixels`, (EDGE, EDGE, 3): the view along a `square`."""

    view: View
    square: RotatedSquare
    pixels: Pixels
    face: Detection

    @classmethod
    def look(cls, view: View, square: RotatedSquare, yunet: YuNet) -> Self | None:
        """Look for the face in the middle of the square; None: it was no face."""
        pixels = square.crop(view.pixels, EDGE)
        face = min(yunet.detect(pixels), key=_distance, default=None)
        if face is None or _distance(face) >= NEAR:
            return None
        return cls(view, square, pixels, face)

    @property
    def length(self) -> float:
        """The face's length in the view, in pixels."""
        return self.face.length * self.square.side / EDGE

    @property
    def size(self) -> float:
        """The face's length in the file, in pixels."""
        return self.length * self.view.scale

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Where the face is in the view: x, y, width, height, as if it were upright."""
        scale = self.square.side / EDGE
        width, height = self.face.width * scale, self.face.height * scale
        middle = self.face.x + self.face.width / 2, self.face.y + self.face.height / 2
        x, y = self.square.to_photo(*middle, EDGE)
        return x - width / 2, y - height / 2, width, height

    def square_around_face(self, sides: float, up: float = 0.0) -> RotatedSquare:
        return self.square.lay_over(self.face, EDGE, sides=sides, up=up)


def _distance(face: Detection) -> float:
    x, y = face.x + face.width / 2, face.y + face.height / 2
    return hypot(x - EDGE / 2, y - EDGE / 2) / face.length
