"""What a face is rendered on: linear light in a square around the head.

Lengths are halves of the face's width; (0, 0) lies between the eyes. All masks are soft: 0 to 1.
"""

from random import Random
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.floating[Any]]
"""One number for each pixel, (side, side)."""

Colours = NDArray[np.floating[Any]]
"""Linear red, green and blue of each pixel, (side, side, 3)."""

SIDE = 116
"""Pixels of the rendering's side."""

REACH = 1.86
"""Half of the side, in halves of the face's width."""

MIDDLE = 0.1
"""Height of the rendering's middle below the eyes."""

_PIXEL = 2 * REACH / SIDE

_LINE = (np.arange(SIDE, dtype=np.float32) + 0.5) * _PIXEL - REACH
X: Plane = np.ascontiguousarray(np.broadcast_to(_LINE, (SIDE, SIDE)))
Y: Plane = np.ascontiguousarray(np.broadcast_to(_LINE[:, None] + MIDDLE, (SIDE, SIDE)))


def soft(distance: Plane, width: float = 1.2 * _PIXEL) -> Plane:
    """Turn a distance, positive inside, into a mask whose edge is `width` wide."""
    mask: Plane = np.clip(distance * np.float32(1 / width) + np.float32(0.5), 0, 1)
    return mask


def ellipse(x: float, y: float, rx: float, ry: float, width: float = 0.05) -> Plane:
    """Give a filled ellipse with a soft edge."""
    r = np.sqrt(
        ((X - np.float32(x)) / np.float32(rx)) ** 2 + ((Y - np.float32(y)) / np.float32(ry)) ** 2
    )
    return soft((1 - r) * np.float32(min(rx, ry)), width)


def bump(x: float, y: float, rx: float, ry: float) -> Plane:
    """Give a smooth hill of height 1."""
    return hill(X, Y, (x, y), (rx, ry))


def hill(
    across: Plane, down: Plane, middle: tuple[float, float], reach: tuple[float, float]
) -> Plane:
    """Give a smooth hill of height 1 in a part of the picture, by that part of X and Y."""
    right = np.exp(-(((across[0] - np.float32(middle[0])) / np.float32(reach[0])) ** 2))
    low = np.exp(-(((down[:, 0] - np.float32(middle[1])) / np.float32(reach[1])) ** 2))
    return np.asarray(low[:, None] * right, np.float32)


def around(x: float, y: float, rx: float, ry: float) -> tuple[slice, slice]:
    """Give the part of the picture around a point: what is small need not be computed in all."""
    left, right = ((x + side * rx + REACH) / _PIXEL for side in (-1, 1))
    top, bottom = ((y + side * ry - MIDDLE + REACH) / _PIXEL for side in (-1, 1))
    return np.s_[
        max(int(top), 0) : max(int(bottom) + 2, 1), max(int(left), 0) : max(int(right) + 2, 1)
    ]


def lay(below: Colours, colour: Colours | tuple[float, float, float], mask: Plane) -> None:
    """Lay a colour over an image, as far as the mask says."""
    over = np.asarray(colour, np.float32)
    below += (over - below) * mask[..., None]


class Noise:
    """Random textures, cut out of a few large ones that were made once."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def cloud(self, cells: int) -> Plane:
        """Give soft noise of about `cells` x `cells` spots; deviation 1."""
        start = self._random.randrange(0, 512 - cells)
        row = self._random.randrange(0, 512 - cells)
        small = _GRAINS[row : row + cells, start : start + cells]
        large = cv2.resize(small, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
        return np.asarray(large, np.float32)

    def grain(self) -> Plane:
        return self._cut(_GRAINS)

    def strands(self) -> Plane:
        """Give noise that is drawn out from top to bottom, as straight hair is."""
        return self._cut(_STRANDS)

    def curls(self) -> Plane:
        return self._cut(_CURLS)

    def combed(self, crown: tuple[float, float], density: float) -> Plane:
        """Give strands that flow away from a point."""
        x, y = X - np.float32(crown[0]), Y - np.float32(crown[1])
        angle, radius = cv2.cartToPolar(x, y)
        across = angle * np.float32(density * 512 / (2 * np.pi)) + np.float32(
            self._random.uniform(0, 512)
        )
        along = radius * np.float32(70) + np.float32(self._random.uniform(0, 512))
        flowing = cv2.remap(
            _STRANDS, across % 511, along % 511, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP
        )
        return np.asarray(flowing, np.float32)

    def _cut(self, texture: Plane) -> Plane:
        x, y = self._random.randrange(512 - SIDE), self._random.randrange(512 - SIDE)
        return texture[y : y + SIDE, x : x + SIDE]


def _made(width: float, height: float) -> Plane:
    noise: Plane = np.random.default_rng(3).normal(0, 1, (512, 512)).astype(np.float32)
    if width or height:
        noise = np.asarray(
            cv2.GaussianBlur(
                noise,
                (0, 0),
                sigmaX=max(width, 0.01),
                sigmaY=max(height, 0.01),
                borderType=cv2.BORDER_REFLECT,
            ),
            np.float32,
        )
    return np.asarray((noise - noise.mean()) / noise.std(), np.float32)


_GRAINS = _made(0, 0)
_STRANDS = _made(0.8, 9)
_CURLS = _made(1.7, 1.7)
