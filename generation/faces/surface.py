"""What the pixels of a face say: its light, its colours, and whether a camera took it.

The numbers were measured: docs/decisions/0025-what-a-better-photo-would-not-have.md.
"""

from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import Self, cast

import cv2
import numpy as np

from generation.faces.closeup import Closeup
from generation.faces.yunet import Pixels

EDGE = 160
"""Most pixels of the side at which a face is looked at."""

OVAL = (0.34, 0.45)
"""Half of the width and of the height of a face without hair and ground, in lengths of the face."""

BORDERS = (0.05, 0.35, 0.65, 0.95)
"""Between forehead, cheeks and chin, in lengths of the face."""

DARK_LIGHTS = 105
"""Level of a face's highlights in the dark; dark skin has brighter ones in good light."""

DARK_MIDDLE = 62
DIM_LIGHTS = 160
"""Level of half of a face in the dark, and of its highlights then."""

LOST = 0.12
"""Share of a face that is white, of which nothing is left."""

BURNT = 0.45
"""Share of a face where one of the three colours is at its end."""

WASHED_SHADOWS = 150
"""Level of a face's shadows in too much light."""

WHITE_MIDDLE = 228
"""Level of half of a face in too much light."""

ONE_TONE = 1.6
"""Deviation of colours from a single tone, in percent: photos in colour have 3 and more."""

PAPER = 0.35
"""Share of white in a face that is drawn with lines."""

FEW_LEVELS = 0.24
"""How far the levels of grey are from an even spread: painted with few, a face has more. That of a
photo is 0.1."""

FLAT_GROUND = 12
"""How many times harder a drawing's lines are than its ground; a photo has 10 at most."""

HATCHED = 40
"""Difference of levels between neighbours, all over a face that is hatched."""


class Surface:
    """A face's pixels, (n, n, 3), and the oval in them that is surely skin, eyes and mouth."""

    def __init__(self, face: Pixels) -> None:
        edge = len(face)
        y, x = (np.mgrid[:edge, :edge] + 0.5) / edge - 0.5
        self._oval = (x / OVAL[0]) ** 2 + (y / OVAL[1]) ** 2 < 1
        self._face = face

    @classmethod
    def of(cls, closeup: Closeup) -> Self:
        square = closeup.square_around_face(1.0)
        return cls(square.crop(closeup.view.pixels, min(max(round(square.side), 32), EDGE)))

    @property
    def is_dark(self) -> bool:
        lights = self._level(98)
        return lights < DARK_LIGHTS or (lights < DIM_LIGHTS and self._level(50) < DARK_MIDDLE)

    @property
    def is_overexposed(self) -> bool:
        pixels = self._face[self._oval]
        lost, burnt = (pixels.min(axis=1) >= 250).mean(), (pixels.max(axis=1) >= 254).mean()  # noqa: PLR2004 - as good as white
        washed = self._level(5) > WASHED_SHADOWS or self._level(50) > WHITE_MIDDLE
        return bool(lost > LOST or burnt > BURNT or washed)

    @cached_property
    def has_one_tone(self) -> bool:
        """Whether the colours follow from the brightness, as in black and white, sepia, bronze."""
        lab = cv2.cvtColor(self._face.astype(np.float32) / 255, cv2.COLOR_RGB2LAB)
        light, colours = lab[..., 0].ravel(), lab[..., 1:].reshape(-1, 2)
        terms = np.stack([np.ones_like(light), light, light**2], axis=1)
        fitted, *_ = np.linalg.lstsq(terms, colours, rcond=None)
        off = np.hypot(*(colours - terms @ fitted).T).mean()
        return bool(off / max(light.mean(), 1) * 50 < ONE_TONE)

    @property
    def is_lined(self) -> bool:
        """Whether it is drawn with lines on paper."""
        white = (self._face[self._oval].min(axis=1) >= 235).mean()  # noqa: PLR2004 - paper
        return self.has_one_tone and bool(white > PAPER)

    @property
    def is_painted(self) -> bool:
        """Whether it has few levels, lines on flat ground, or hatching, from forehead to chin.

        A mask has that too, but leaves the forehead. So has all of a photo that is compressed, dark
        or overexposed beyond measure.
        """
        return all(map(self._is_painted_in, self._bands()))

    def _bands(self) -> Iterator[Pixels]:
        """Give forehead, cheeks and chin, each as a mask."""
        edge = len(self._face)
        borders = [round(edge * share) for share in BORDERS]
        for top, bottom in pairwise(borders):
            band = np.zeros_like(self._oval)
            band[top:bottom] = self._oval[top:bottom]
            yield band

    def _is_painted_in(self, band: Pixels) -> bool:
        low, middle, high = np.percentile(self._steps[band], (30, 50, 90))
        if high > FLAT_GROUND * max(low, 1) or middle > HATCHED:
            return True
        return _unevenness(self._grey[band]) > FEW_LEVELS

    def _level(self, percent: float) -> float:
        return float(np.percentile(self._grey[self._oval], percent))

    @cached_property
    def _grey(self) -> Pixels:
        return cast("Pixels", cv2.cvtColor(self._face, cv2.COLOR_RGB2GRAY))

    @cached_property
    def _steps(self) -> Pixels:
        near = np.ones((3, 3), np.uint8)
        return cast("Pixels", cv2.dilate(self._grey, near) - cv2.erode(self._grey, near))


def _unevenness(levels: Pixels) -> float:
    levels = levels[(levels > 8) & (levels < 247)]  # noqa: PLR2004 - black and white gather many
    counts = np.bincount(levels, minlength=256).astype(np.float32)[None]
    off = np.abs(counts - cv2.GaussianBlur(counts, (0, 0), 3)).sum()
    return float(off / max(levels.size, 1))
