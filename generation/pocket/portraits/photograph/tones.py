"""Colours of real skin, hair, eyes and lips, in linear light.

Skin lies in the range that is measured of people (CIELAB under daylight; Del Bino's angle of
lightness against yellow, Monk's ten tones): from 20 to 80 in lightness. Sallow skin is yellower and
less red than tanned skin of the same lightness.
"""

from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.character import Eyes, HairColor, Skin

Colour = NDArray[np.float32]
"""Linear red, green and blue, 0 to 1."""

_SKIN: dict[Skin, tuple[tuple[float, float], tuple[float, float], tuple[float, float]]] = {
    Skin.PALE: ((74, 83), (6, 13), (6, 13)),
    Skin.FAIR: ((63, 75), (9, 19), (11, 20)),
    Skin.OLIVE: ((57, 65), (6, 10), (19, 25)),
    Skin.TAN: ((53, 62), (12, 18), (18, 26)),
    Skin.BROWN: ((36, 54), (10, 17), (14, 25)),
    Skin.DARK: ((20, 32), (6, 12), (7, 14)),
}
"""Least and greatest lightness, red and yellow of each skin, in CIELAB."""

_HAIR: dict[HairColor, tuple[tuple[int, int, int], tuple[int, int, int]]] = {
    HairColor.BLACK: ((12, 10, 10), (44, 36, 34)),
    HairColor.BROWN: ((56, 38, 28), (122, 86, 60)),
    HairColor.BLOND: ((146, 114, 74), (232, 208, 168)),
    HairColor.RED: ((122, 46, 16), (190, 92, 48)),
    HairColor.GRAY: ((92, 90, 90), (168, 166, 168)),
    HairColor.WHITE: ((196, 194, 190), (240, 238, 236)),
    HairColor.BLUE: ((20, 46, 130), (60, 120, 220)),
    HairColor.PINK: ((190, 70, 130), (246, 150, 196)),
}
"""Darkest and lightest sRGB of each hair."""

_EYES: dict[Eyes, tuple[int, int, int]] = {
    Eyes.BROWN: (74, 46, 28),
    Eyes.BLUE: (92, 134, 178),
    Eyes.GREEN: (92, 124, 76),
    Eyes.GRAY: (128, 138, 142),
}


def linear(colour: tuple[float, float, float]) -> Colour:
    """Turn sRGB, 0 to 255, into linear light."""
    return np.asarray((np.array(colour, np.float32) / 255) ** 2.2, np.float32)


def skin_of(skin: Skin, random: Random) -> Colour:
    light, red, yellow = (random.uniform(*limits) for limits in _SKIN[skin])
    lab = np.array([[[light, red, yellow]]], np.float32)
    return np.asarray(
        np.clip(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB)[0, 0], 0.01, 1) ** 2.2, np.float32
    )


def hair_of(hair: HairColor, random: Random) -> Colour:
    low, high = _HAIR[hair]
    share = random.random()
    return linear(tuple(a + (b - a) * share for a, b in zip(low, high, strict=True)))  # type: ignore[arg-type]


def eyes_of(eyes: Eyes, random: Random) -> Colour:
    return linear(_EYES[eyes]) * np.float32(random.uniform(0.6, 1.4))
