"""What a person is drawn on: a layer of its own, measured by the person's head."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.pocket.portraits.colours import Colour
from generation.pocket.portraits.figure.pose import Pose
from generation.pocket.sizes import DRAWING_SIDE

Point = tuple[float, float]
Layer = NDArray[np.uint8]
"""Pixels with red, green, blue and alpha; the colours are multiplied by alpha."""

_SHIFT = 4
"""Bits behind the point in OpenCV's coordinates: edges lie between pixels, not on them."""

_BETWEEN = 7
"""Number of straight pieces between two points of a smooth line."""


def _catmull_rom() -> NDArray[np.float64]:
    """Give the weights of four neighbouring points for each piece between the middle two."""
    t = np.arange(_BETWEEN)[:, None] / _BETWEEN
    powers = np.concatenate([np.ones_like(t), t, t**2, t**3], axis=1)
    basis = np.array([[0, 2, 0, 0], [-1, 0, 1, 0], [2, -5, 4, -1], [-1, 3, -3, 1]]) / 2
    return np.asarray(powers @ basis, np.float64)


_WEIGHTS = _catmull_rom()


def smooth(points: Sequence[Point], *, closed: bool = True) -> list[Point]:
    """Lay a smooth line through points."""
    p = np.array(points, np.float64)
    if closed:
        around = np.stack([np.roll(p, 1, 0), p, np.roll(p, -1, 0), np.roll(p, -2, 0)])
    else:
        padded = np.concatenate([p[:1], p, p[-1:]])
        around = np.stack([padded[k : len(padded) - 3 + k] for k in range(4)])
    line = np.einsum("tk,knc->ntc", _WEIGHTS, around).reshape(-1, 2)
    ends = [] if closed else [tuple(p[-1])]
    return [*map(tuple, line.tolist()), *ends]


def symmetric(right: Sequence[Point]) -> list[Point]:
    """Add the left half to an outline's right half, which begins and ends in the middle."""
    return [*right, *((-x, y) for x, y in reversed(right) if abs(x) > 0)]


def mirrored(points: Sequence[Point]) -> list[Point]:
    return [(-x, y) for x, y in points]


class Canvas:
    """Draws shapes. Lengths are halves of the head's width, and (0, 0) is the head's middle."""

    def __init__(self, pose: Pose) -> None:
        self.pixels: Layer = np.zeros((DRAWING_SIDE, DRAWING_SIDE, 4), np.uint8)
        self.half = pose.half
        self.turn = pose.turn / pose.half
        """How far the features are moved sideways."""
        self._pose = pose

    def at(self, x: float, y: float) -> Point:
        """Give a point's pixels."""
        return self._pose.x + x * self.half, self._pose.y + y * self.half

    def polygon(self, points: Sequence[Point], colour: Colour) -> None:
        cv2.fillPoly(self.pixels, [self._fixed(points)], (*colour, 255), cv2.LINE_AA, _SHIFT)

    def blob(self, points: Sequence[Point], colour: Colour) -> None:
        """Fill the smooth outline through some points."""
        self.polygon(smooth(points), colour)

    def pair(self, points: Sequence[Point], colour: Colour) -> None:
        """Fill a smooth outline on the right side and its mirror image on the left."""
        line = smooth(points)
        self.polygon(line, colour)
        self.polygon(mirrored(line), colour)

    def line(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """Draw a line with round ends."""
        thick = max(round(width * self.half), 1)
        cv2.polylines(
            self.pixels,
            [self._fixed(points)],
            isClosed=False,
            color=(*colour, 255),
            thickness=thick,
            lineType=cv2.LINE_AA,
            shift=_SHIFT,
        )

    def curve(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """Draw a smooth line through some points."""
        self.line(smooth(points, closed=False), colour, width)

    def outline(self, points: Sequence[Point], colour: Colour, width: float) -> None:
        """Draw a smooth closed line."""
        line = smooth(points)
        self.line([*line, line[0]], colour, width)

    def oval(
        self, x: float, y: float, rx: float, ry: float, colour: Colour, angle: float = 0
    ) -> None:
        self._ellipse(x, y, rx, ry, colour, -1, angle, 0, 360)

    def chord(
        self, x: float, y: float, rx: float, ry: float, start: float, end: float, colour: Colour
    ) -> None:
        """Fill an ellipse between two angles, in degrees, clockwise from the right."""
        angles = np.radians(np.linspace(start, end, 32))
        self.polygon([(x + rx * np.cos(a), y + ry * np.sin(a)) for a in angles], colour)

    def ring(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        colour: Colour,
        width: float,
        start: float = 0,
        end: float = 360,
    ) -> None:
        """Draw the line of an ellipse, between two angles as for `chord`."""
        thick = max(round(width * self.half), 1)
        self._ellipse(x, y, rx, ry, colour, thick, 0, start, end)

    def block(
        self, left: float, top: float, right: float, bottom: float, radius: float, colour: Colour
    ) -> None:
        """Fill a rectangle with rounded corners."""
        self.polygon(rounded(left, top, right, bottom, radius), colour)

    def glow(
        self, x: float, y: float, rx: float, ry: float, colour: Colour, strength: float
    ) -> None:
        """Colour softly what is already drawn there, most in the middle."""
        (cx, cy), (wx, wy) = self.at(x, y), (rx * self.half, ry * self.half)
        left, top = max(int(cx - wx), 0), max(int(cy - wy), 0)
        part = self.pixels[top : int(cy + wy) + 1, left : int(cx + wx) + 1]
        if not part.size:
            return
        height, width = part.shape[:2]
        across = ((np.arange(left, left + width, dtype=np.float32) - cx) / wx) ** 2
        down = ((np.arange(top, top + height, dtype=np.float32) - cy) / wy) ** 2
        share = np.clip(1 - across[None] - down[:, None], 0, 1) ** 1.5 * strength
        share = share[..., None]
        alpha = part[..., 3:].astype(np.float32) / 255
        mixed = part[..., :3] * (1 - share) + np.array(colour, np.float32) * alpha * share
        part[..., :3] = mixed.astype(np.uint8)

    @contextmanager
    def inside(self, points: Sequence[Point]) -> Iterator[None]:
        """Draw only inside an outline, whose points are not smoothed."""
        whole = self.pixels
        self.pixels = whole.copy()
        yield
        drawn, self.pixels = self.pixels, whole
        fixed = self._fixed(points)
        left, top = np.clip(fixed.min(axis=0) // (1 << _SHIFT) - 1, 0, DRAWING_SIDE)
        right, bottom = np.clip(fixed.max(axis=0) // (1 << _SHIFT) + 2, 0, DRAWING_SIDE)
        if left >= right or top >= bottom:
            return
        part = np.s_[top:bottom, left:right]
        mask = np.zeros((bottom - top, right - left), np.uint8)
        shifted = fixed - np.array((left, top), np.int32) * (1 << _SHIFT)
        cv2.fillPoly(mask, [shifted], (255,), cv2.LINE_AA, _SHIFT)
        share = mask.astype(np.float32) / 255
        whole[part] = cv2.blendLinear(drawn[part].copy(), whole[part].copy(), share, 1 - share)

    def _fixed(self, points: Sequence[Point]) -> NDArray[np.int32]:
        pixels = np.array(points, np.float64) * self.half + (self._pose.x, self._pose.y)
        return np.asarray(np.rint(pixels * (1 << _SHIFT)), np.int32)

    def _ellipse(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        colour: Colour,
        thick: int,
        angle: float,
        start: float,
        end: float,
    ) -> None:
        ((cx, cy),) = self._fixed([(x, y)]).tolist()
        axes = (round(rx * self.half * (1 << _SHIFT)), round(ry * self.half * (1 << _SHIFT)))
        cv2.ellipse(
            self.pixels,
            (cx, cy),
            axes,
            angle,
            start,
            end,
            (*colour, 255),
            thick,
            cv2.LINE_AA,
            _SHIFT,
        )


def rounded(left: float, top: float, right: float, bottom: float, radius: float) -> list[Point]:
    """Give the outline of a rectangle with rounded corners."""
    radius = min(radius, (right - left) / 2, (bottom - top) / 2)
    corners = (
        (right - radius, top + radius, -90),
        (right - radius, bottom - radius, 0),
        (left + radius, bottom - radius, 90),
        (left + radius, top + radius, 180),
    )
    return [
        (x + radius * float(np.cos(a)), y + radius * float(np.sin(a)))
        for x, y, start in corners
        for a in np.radians(np.linspace(start, start + 90, 7))
    ]
