"""The light of a place on the person before it."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.pocket.portraits.attributes import Place
from generation.pocket.portraits.colours import Colour
from generation.pocket.portraits.figure.pose import Pose
from generation.pocket.sizes import DRAWING_SIDE, PICTURE_SIDE

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Light:
    """What a place does to a person.

    - tint: factors of red, green and blue
    - shade: how much darker the side is that the light doesn't reach, 0 to 1
    - rim, edge: the colour of the line of light along the lit side, and how strong it is
    """

    tint: tuple[float, float, float] = (1.0, 1.0, 1.0)
    shade: float = 0.14
    rim: Colour = (255, 255, 255)
    edge: float = 0.3


_LIGHTS: dict[Place, Light] = {
    Place.SPACE: Light((0.9, 0.9, 1.02), 0.3, (170, 190, 255), 0.75),
    Place.MOON: Light((0.97, 0.98, 1.02), 0.3, (220, 232, 255), 0.7),
    Place.SNOW: Light((0.98, 1.0, 1.04), 0.08, (255, 255, 255), 0.4),
    Place.FOREST: Light((0.97, 1.0, 0.92), 0.18, (236, 255, 170), 0.4),
    Place.BEACH: Light((1.04, 1.0, 0.95), 0.12, (255, 250, 214), 0.5),
    Place.DESERT: Light((1.05, 0.99, 0.9), 0.14, (255, 240, 180), 0.5),
    Place.NIGHT: Light((0.87, 0.86, 1.0), 0.26, (255, 214, 130), 0.65),
    Place.UNDERWATER: Light((0.86, 0.97, 1.03), 0.14, (170, 240, 255), 0.45),
    Place.LIBRARY: Light((1.0, 0.94, 0.84), 0.2, (255, 226, 160), 0.4),
    Place.STAGE: Light((0.98, 0.9, 0.96), 0.26, (255, 190, 120), 0.8),
    Place.SUNSET: Light((1.04, 0.92, 0.84), 0.24, (255, 206, 120), 0.85),
    Place.RAIN: Light((0.91, 0.94, 0.98), 0.1, (220, 232, 246), 0.25),
}
"""The light of each place; all others have a plain day's."""

_REACH = 7
"""How far into the person the line of light reaches, in pixels of the picture."""


def place_in_light(behind: Pixels, person: Pixels, place: Place, pose: Pose) -> Pixels:
    """Lay a person, with alpha, over a place at the size of a drawing; give the picture."""
    light = _LIGHTS.get(place, Light())
    background = cv2.resize(behind, (PICTURE_SIDE, PICTURE_SIDE), interpolation=cv2.INTER_AREA)
    alpha = person[..., 3]
    across = np.arange(PICTURE_SIDE, dtype=np.float32) - pose.x * PICTURE_SIDE / DRAWING_SIDE
    away = np.clip(-across * pose.lit / (0.45 * PICTURE_SIDE) + 0.1, 0, 1)
    factors = (1 - light.shade * away)[:, None] * np.array(light.tint, np.float32)
    lit = person[..., :3] * factors
    rim = _rim(alpha, pose.lit) * light.edge
    lit += (np.array(light.rim, np.float32) - lit) * rim[..., None]
    shadow = cv2.GaussianBlur(alpha, (0, 0), 5).astype(np.float32) / 255
    share = (1 - alpha.astype(np.float32) / 255) * (1 - 0.34 * shadow)
    lit += background * share[..., None]
    return np.asarray(np.clip(lit, 0, 255), np.uint8)


def _rim(alpha: Pixels, lit: int) -> NDArray[np.float32]:
    """Give, 0 to 1, where the person ends towards the light."""
    soft = cv2.GaussianBlur(alpha, (0, 0), _REACH / 2.5).astype(np.float32) / 255
    moved = np.roll(soft, (3, -lit * _REACH), (0, 1))
    inside = alpha.astype(np.float32) / 255
    return np.asarray(np.clip(inside - moved, 0, 1) * inside * 0.8, np.float32)
