"""Glasses on a textured head."""

from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.character import Glasses
from generation.pocket.portraits.heads.cloud import Cloud
from generation.pocket.portraits.heads.makehuman import Floats
from generation.pocket.portraits.heads.surface import unit
from generation.pocket.portraits.photograph.head import EYES
from generation.pocket.portraits.photograph.tones import linear
from generation.pocket.portraits.photograph.worn import FRAMES

Many = NDArray[Any]

_RIM, _ARM, _LENS, _BRIDGE = 9000, 3000, 14_000, 1500
"""Points of each part."""

_CURVED = np.float32(0.35)
"""How much glasses bend back, by the square of the distance from the middle of a lens."""

_LOOKING = np.array([[0, -0.2, 0.97]], np.float32)


def put_on(cloud: Cloud, glasses: Glasses, face: Floats, random: Random) -> None:
    """Add the points of glasses to a cloud whose face has these vertices (n, 3)."""
    if glasses is Glasses.NONE:
        return
    dice = np.random.default_rng(random.getrandbits(32))
    frame = linear(random.choice(FRAMES)) * np.float32(random.uniform(0.7, 1.2))
    wide, high = random.uniform(0.29, 0.42), random.uniform(0.18, 0.36)
    thick = random.choice((0.02, 0.025, 0.03, 0.045, 0.06))
    power = random.choice((2.0, 2.6, 4.0))
    half_rim = random.random() < 0.2
    low = random.uniform(0, 0.12)
    nose = (np.abs(face[:, 0]) < 0.1) & (np.abs(face[:, 1] - 0.05) < 0.15)
    front = max(0.42 + random.uniform(0, 0.08), float(face[nose, 2].max(initial=0)) + 0.02)
    tint = linear((random.randint(8, 50),) * 3) * np.array((1.1, 1, 0.9), np.float32)
    cover, gleams = random.uniform(0.88, 1), random.random() < 0.12
    for side in (-1, 1):
        middle = side * (EYES + 0.01)

        def back(x: Many, middle: float = middle) -> Many:
            return np.asarray(front - _CURVED * np.abs(x - 0.3 * middle) ** 2)

        angle, along = dice.random(_RIM) * 2 * np.pi, dice.normal(size=_RIM) * 0.5
        c, s = np.cos(angle), np.sin(angle)
        r = (np.abs(c) ** power + np.abs(s) ** power) ** (-1 / power)
        x, y = middle + wide * c * r + along * thick * c, low + high * s * r + along * thick * s
        kept = (np.abs(along) < 1) & ((y < low + 0.05) | (not half_rim))
        _add(cloud, (x, y, back(x)), (c * along, s * along, np.ones(_RIM)), frame, kept)
        a, off = dice.random(_ARM), dice.normal(size=_ARM) * thick * 0.6
        x = np.abs(middle + side * (wide + 0.33 * a)) * side
        z = back(np.full(_ARM, middle + side * wide)) - 1.3 * a
        _add(
            cloud, (x, low - 0.08 + off, z), (np.full(_ARM, 0.9 * side), 0 * a, 0 * a + 0.4), frame
        )
        across, down = (2 * dice.random(_LENS) - 1 for _ in range(2))
        x, y = middle + wide * across, low + high * down
        shown = np.abs(across) ** power + np.abs(down) ** power < 1
        colour, gloss = tint, 2.0
        if glasses is Glasses.SUNGLASSES:
            shown &= dice.random(_LENS) < cover
        elif gleams:
            streak = across * random.uniform(-1, 1) + down - random.uniform(-0.5, 0.5)
            shown &= (np.abs(streak) < random.uniform(0.1, 0.5)) & (dice.random(_LENS) < 0.5)
            colour, gloss = np.full(3, random.uniform(0.3, 1), np.float32), 0.0
        else:
            continue
        looking = tuple(np.full(_LENS, part) for part in _LOOKING[0])
        _add(cloud, (x, y, back(x) - 0.01), looking, colour, shown, gloss)
    x = (2 * dice.random(_BRIDGE) - 1) * (EYES - wide + 0.04)
    y = low - 0.05 - 0.05 * np.cos(8 * x) + dice.normal(size=_BRIDGE) * thick * 0.6
    _add(cloud, (x, y, np.full(_BRIDGE, front + 0.02)), (0 * x, 0 * x, 0 * x + 1), frame)


def _add(
    cloud: Cloud,
    at: tuple[Many, ...],
    facing: tuple[Many, ...],
    colour: Floats,
    kept: Many | None = None,
    gloss: float = 1.0,
) -> None:
    positions, directions = (np.stack(parts, axis=1).astype(np.float32) for parts in (at, facing))
    if kept is not None:
        positions, directions = positions[kept], directions[kept]
    cloud.add(positions, unit(directions), colour, gloss=gloss)
