"""What a camera makes of light: exposure, colour balance, blur, noise and JPEG."""

from dataclasses import dataclass
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.pocket.portraits.photograph.film import MIDDLE, REACH, SIDE, Colours

Pixels = NDArray[np.uint8]

COLOURED = 0.08
"""Share of the photographs in coloured light, as on a stage or at a fire."""


@dataclass(frozen=True, slots=True, eq=False)
class Crop:
    """What of a rendering is cut out: how it moves (2, 3), and the side of what comes of it."""

    movement: NDArray[np.float64]
    side: int

    def of(self, planes: Colours) -> Colours:
        """Cut it out of (SIDE, SIDE, channels)."""
        size, border = (self.side, self.side), cv2.BORDER_REPLICATE
        moved = cv2.warpAffine(planes, self.movement, size, borderMode=border)
        return np.asarray(moved, np.float32)


def random_crop(random: Random, side: int) -> Crop:
    """Choose what the image encoder sees, as the face finder and the image processor crop it.

    On photographs whose faces the bot had cropped the eyes were 0.26 to 0.31 of its width apart,
    half way down.
    """
    wide = random.uniform(2.7, 3.5)
    scale = side / wide * 2 * REACH / SIDE
    angle = random.gauss(0, 3)
    x, y = random.gauss(0, 0.08), random.gauss(0.04, 0.07)
    mirror = random.choice((-1.0, 1.0))
    unit = SIDE / (2 * REACH)
    middle = SIDE / 2 + x * unit, SIDE / 2 + (y - MIDDLE) * unit
    turned = np.asarray(cv2.getRotationMatrix2D(middle, angle, scale), np.float64)
    turned[:, 2] += side / 2 - np.array(middle)
    if mirror < 0:
        turned[0] *= -1
        turned[0, 2] += side
    return Crop(turned, side)


def taken(light: Colours, crop: Crop, random: Random) -> Pixels:
    """Take the photograph: crop it, then spoil it."""
    light, side = crop.of(light), crop.side
    balance = np.array([1 + random.gauss(0, 0.05) for _ in range(3)], np.float32)
    if random.random() < COLOURED:
        balance *= np.array([2 ** random.gauss(0, 0.5) for _ in range(3)], np.float32)
    exposure = np.float32(2 ** random.gauss(0.42, 0.4))
    middle = light[side // 4 : 3 * side // 4, side // 4 : 3 * side // 4].mean()
    exposure *= np.float32(
        (0.3 / max(float(middle), 0.01)) ** random.uniform(0.1, 0.6)
    )  # automatic
    picture = np.clip(
        light * (balance * exposure) + random.choice((0, 0, 0, 0, 0.01, 0.03)), 0, None
    )
    picture = picture / (1 + 0.12 * picture)  # film's shoulder
    picture = np.clip(picture, 0, 1) ** np.float32(random.gauss(1, 0.1) / 2.2)
    contrast, saturation = random.gauss(1.28, 0.17), random.gauss(0.95, 0.16)
    grey = picture.mean(axis=2, keepdims=True)
    picture = grey + (picture - grey) * np.float32(saturation)
    picture = (picture - 0.45) * np.float32(contrast) + 0.45
    if random.random() < 0.4:
        picture = cv2.GaussianBlur(picture, (0, 0), random.uniform(0.3, 1.0))
    elif random.random() < 0.6:
        picture += (picture - cv2.GaussianBlur(picture, (0, 0), 1.2)) * np.float32(
            random.uniform(0.2, 0.8)
        )
    noise = np.random.default_rng(random.getrandbits(32))
    strength = np.float32(random.choice((0.003, 0.008, 0.014, 0.028)))
    picture = picture + noise.standard_normal(picture.shape, np.float32) * strength
    pixels = (np.clip(picture, 0, 1) * 255).astype(np.uint8)
    if random.random() < 0.03:
        pixels = np.repeat(pixels.mean(axis=2, keepdims=True), 3, axis=2).astype(np.uint8)
    if random.random() < 0.5:
        _, file = cv2.imencode(".jpg", pixels, (cv2.IMWRITE_JPEG_QUALITY, random.randint(35, 92)))
        pixels = np.asarray(cv2.imdecode(file, cv2.IMREAD_COLOR), np.uint8)
    return np.asarray(pixels, np.uint8)
