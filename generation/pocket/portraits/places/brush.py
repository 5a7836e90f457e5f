"""What places are painted with. Lengths are 256ths of the picture's side, whatever its pixels."""

from collections.abc import Sequence
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.pocket.portraits.colours import Colour
from generation.pocket.portraits.figure.canvas import Point, smooth
from generation.pocket.sizes import DRAWING_SIDE

SIDE = 256
"""The picture's side in the unit of this file."""

_UNIT = DRAWING_SIDE / SIDE
_SHIFT = 4


class Brush:
    def __init__(self, random: Random, lit: int) -> None:
        self.pixels: NDArray[np.uint8] = np.zeros((DRAWING_SIDE, DRAWING_SIDE, 3), np.uint8)
        self.random = random
        self.lit = lit

    def sky(self, *colours: Colour, bottom: float = SIDE) -> None:
        """Paint a gradient through some colours, from the top down to `bottom`."""
        rows = np.linspace(0, len(colours) - 1, round(bottom * _UNIT))
        stops = np.array(colours, np.float64)
        column = np.stack(
            [np.interp(rows, np.arange(len(colours)), stops[:, k]) for k in range(3)], axis=1
        )
        strip = column[:, None].astype(np.uint8)
        self.pixels[: len(column)] = cv2.resize(strip, (DRAWING_SIDE, len(column)), interpolation=0)

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        cv2.fillPoly(self.pixels, [_fixed(points)], colour, cv2.LINE_AA, _SHIFT)

    def blob(self, points: Sequence[Point], colour: Colour) -> None:
        self.polygon(smooth(points), colour)

    def rectangle(
        self, left: float, top: float, right: float, bottom: float, colour: Colour
    ) -> None:
        self.polygon([(left, top), (right, top), (right, bottom), (left, bottom)], colour)

    def oval(
        self, x: float, y: float, rx: float, ry: float, colour: Colour, angle: float = 0
    ) -> None:
        self._ellipse(x, y, rx, ry, colour, -1, angle)

    def disc(self, x: float, y: float, radius: float, colour: Colour) -> None:
        self.oval(x, y, radius, radius, colour)

    def ring(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        colour: Colour,
        width: float,
        angle: float = 0,
    ) -> None:
        self._ellipse(x, y, rx, ry, colour, max(round(width * _UNIT), 1), angle)

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        thick = max(round(width * _UNIT), 1)
        cv2.polylines(
            self.pixels,
            [_fixed(points)],
            isClosed=False,
            color=colour,
            thickness=thick,
            lineType=cv2.LINE_AA,
            shift=_SHIFT,
        )

    def curve(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        self.line(smooth(points, closed=False), colour, width)

    def glow(self, x: float, y: float, radius: float, colour: Colour, strength: float) -> None:
        """Add soft light around a point."""
        cx, cy, reach = x * _UNIT, y * _UNIT, radius * _UNIT
        left, top = max(int(cx - reach), 0), max(int(cy - reach), 0)
        part = self.pixels[top : max(int(cy + reach), 0), left : max(int(cx + reach), 0)]
        if not part.size:
            return
        height, width = part.shape[:2]
        across = ((np.arange(left, left + width, dtype=np.float32) - cx) / reach) ** 2
        down = ((np.arange(top, top + height, dtype=np.float32) - cy) / reach) ** 2
        share = (np.clip(1 - across[None] - down[:, None], 0, 1) ** 2 * strength)[..., None]
        part[:] = (part + (np.array(colour, np.float32) - part) * share).astype(np.uint8)

    def scattered(self, count: int, top: float = 0, bottom: float = SIDE) -> list[Point]:
        return [
            (self.random.uniform(0, SIDE), self.random.uniform(top, bottom)) for _ in range(count)
        ]

    def moved(self, places: Sequence[float], most: float) -> list[float]:
        """Move each number by chance, by at most `most`."""
        return [place + self.random.uniform(-most, most) for place in places]

    def beside(self, reach: float = 52) -> float:
        """Give the x of a point on the left or right: the head covers the middle."""
        x = self.random.uniform(10, reach)
        return self.random.choice((x, SIDE - x))

    def _ellipse(
        self, x: float, y: float, rx: float, ry: float, colour: Colour, thick: int, angle: float
    ) -> None:
        ((cx, cy),) = _fixed([(x, y)]).tolist()
        scale = _UNIT * (1 << _SHIFT)
        axes = (round(rx * scale), round(ry * scale))
        cv2.ellipse(self.pixels, (cx, cy), axes, angle, 0, 360, colour, thick, cv2.LINE_AA, _SHIFT)


def _fixed(points: Sequence[Point]) -> NDArray[np.int32]:
    return np.asarray(np.rint(np.array(points, np.float64) * (_UNIT * (1 << _SHIFT))), np.int32)
