"""The light on a photographed face."""

from dataclasses import dataclass
from math import cos, pi, radians, sin
from random import Random

import numpy as np
from numpy.typing import NDArray

from generation.pocket.portraits.photograph.conditions import USUAL, Conditions
from generation.pocket.portraits.photograph.film import Noise, Plane, X, Y, soft

SHADOWED = 0.25
"""Share of the faces with a shadow over a part of them."""

Vector = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Lamp:
    """A light far away and what fills the shade.

    - towards: the direction to the lamp: right, down, and towards the camera
    - key, fill: linear red, green and blue of the lamp's light and of the light from all around
    - gloss: how much the skin shines
    """

    towards: Vector
    key: NDArray[np.float32]
    fill: NDArray[np.float32]
    gloss: float


def random_lamp(random: Random, conditions: Conditions = USUAL) -> Lamp:
    """Choose a lamp: most are above and beside the camera; some are a flash, some stand behind."""
    kind = random.choices(("soft", "side", "flash", "behind", "above"), conditions.lamps)[0]
    turn, rise = {
        "soft": (random.uniform(-50, 50), random.uniform(10, 50)),
        "side": (random.choice((-1, 1)) * random.uniform(50, 88), random.uniform(0, 40)),
        "flash": (random.uniform(-8, 8), random.uniform(0, 12)),
        "behind": (random.choice((-1, 1)) * random.uniform(95, 150), random.uniform(10, 50)),
        "above": (random.uniform(-40, 40), random.uniform(55, 80)),
    }[kind]
    fill = {
        "soft": random.uniform(0.4, 0.8),
        "side": random.uniform(*conditions.shade),
        "flash": random.uniform(0.1, 0.35),
        "behind": random.uniform(0.55, 0.85),
        "above": random.uniform(0.25, 0.55),
    }[kind]
    towards = (
        sin(radians(turn)) * cos(radians(rise)),
        -sin(radians(rise)),
        cos(radians(turn)) * cos(radians(rise)),
    )
    strength = {"behind": random.uniform(0.6, 1.4), "flash": 1.0 - fill * 0.6}.get(
        kind, 1.08 - fill * 0.75
    )
    return Lamp(
        towards,
        key=_warmth(random, 0.26, conditions.coloured) * np.float32(strength),
        fill=_warmth(random, 0.25, conditions.coloured) * np.float32(fill),
        gloss=random.uniform(0.02, 0.09) * (1.8 if kind == "flash" else 1.0),
    )


def shadow(noise: Noise, random: Random) -> Plane:
    """Give what a wall, a brim or leaves leave of the light on a part of the face, 0 to 1."""
    if random.random() >= SHADOWED:
        return np.ones_like(X)
    angle = random.uniform(0, 2 * pi)
    far = X * np.float32(cos(angle)) + Y * np.float32(sin(angle)) - random.uniform(-0.5, 0.8)
    far = far + random.choice((0.0, 0.0, 0.5)) * noise.cloud(random.choice((4, 7, 12)))
    return 1 - random.uniform(0.3, 0.75) * soft(far, random.choice((0.1, 0.4, 0.9)))


def _warmth(random: Random, spread: float, coloured: float) -> NDArray[np.float32]:
    """Give a lamp's colour: candles are orange, shade under a blue sky is blue."""
    if coloured and random.random() < coloured:
        spread *= 2
    warm = random.gauss(0, spread * 0.45)
    green = random.gauss(0, 0.025)
    return np.array((1 + warm * 0.5, 1 + green, 1 - warm * 0.8), np.float32).clip(0.35, 1.8)
