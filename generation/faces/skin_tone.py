"""Measures skin against the whites of the eyes: both are under the same lamp.

What a camera shows of a cheek says little of skin, for it meters faces, and lamps are warm or cold.
"""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.faces.sface import EDGE, EYES, PLACES
from generation.faces.tone import Tone
from generation.faces.yunet import Pixels

Mask = NDArray[np.bool_]

EYE = (0.32, 0.1)
"""Half the width and height of an eye, in distances between both."""

WHITE = 95
"""Percentile of an eye's pixels, of red, green and blue, that is its white."""

PATCH = 0.2
"""Radius of a patch of skin, in the same distances."""

PATCHES = ((-0.5, 0.55), (0.5, 0.55), (0, 0.29), (0, -0.45))
"""Where patches are, from the middle between the eyes to the right and down: cheeks, nose and
forehead. The brightest counts: the lamp shines on it, as on an eye."""

DARKEST = 0.7
"""From what measure of green on it is no white of an eye, but a dark lens: of 187 people without
sunglasses two have more."""

_NOISE = 12
"""What a camera sees in the dark, of 255."""


def skin_tone(aligned: Pixels) -> Tone | None:
    """Measure the skin of a face (EDGE, EDGE, 3), sRGB, that lies as SFace reads it.

    After 1 come logarithms of how much brighter skin is than the whites of the eyes in red, green
    and blue. None where there are no whites.
    """
    eyes, patches = _masks()
    white = np.mean([np.percentile(aligned[eye], WHITE, axis=0) for eye in eyes], axis=0)
    skin = max((np.median(aligned[patch], axis=0) for patch in patches), key=np.sum)
    red, green, blue = (float(part) for part in np.log((skin + _NOISE) / (white + _NOISE)))
    return (1, red, green, blue) if green < DARKEST else None


@cache
def _masks() -> tuple[list[Mask], list[Mask]]:
    right, left = PLACES[:2]
    middle = (right + left) / 2
    down, across = np.mgrid[:EDGE, :EDGE]

    def ellipse(at: NDArray[Any], wide: float, high: float) -> Mask:
        x, y = (across - at[0]) / (wide * EYES), (down - at[1]) / (high * EYES)
        return np.asarray(x**2 + y**2 < 1)

    eyes = [ellipse(eye, *EYE) for eye in (right, left)]
    return eyes, [ellipse(middle + np.array(at) * EYES, PATCH, PATCH) for at in PATCHES]
