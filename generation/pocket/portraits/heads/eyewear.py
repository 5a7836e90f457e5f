"""Glasses on a textured head."""

from dataclasses import dataclass
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

_CURVED = 0.35
"""How much glasses bend back, by the square of the distance from the middle of a lens."""

_HALF_RIMMED, _GLEAMING = 0.2, 0.12
"""Shares of the glasses without a lower rim, and of those whose lenses mirror a window."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """Halves of a lens's sides, the rim's thickness, how square a lens is, and where all lies."""

    colour: Floats
    wide: float
    high: float
    thick: float
    power: float
    half_rim: bool
    low: float
    front: float

    def back(self, x: Many, middle: float) -> Many:
        """Say how near the camera a point of a lens is whose middle is there."""
        return np.asarray(self.front - _CURVED * np.abs(x - 0.3 * middle) ** 2)


def put_on(cloud: Cloud, glasses: Glasses, face: Floats, random: Random) -> None:
    """Add the points of glasses to a cloud whose face has these vertices (n, 3)."""
    if glasses is Glasses.NONE:
        return
    frame = _random_frame(face, random)
    dice = np.random.default_rng(random.getrandbits(32))
    tint = linear((random.randint(8, 50),) * 3) * np.array((1.1, 1, 0.9), np.float32)
    cover, gleams = random.uniform(0.88, 1), random.random() < _GLEAMING
    for side in (-1, 1):
        _add_rim(cloud, frame, side, dice)
        _add_arm(cloud, frame, side, dice)
        if glasses is Glasses.SUNGLASSES:
            _add_lens(cloud, frame, side, tint, dice.random(_LENS) < cover, dice)
        elif gleams:
            bright = np.full(3, random.uniform(0.3, 1), np.float32)
            _add_lens(cloud, frame, side, bright, _streak(dice, random), dice)
    x = (2 * dice.random(_BRIDGE) - 1) * (EYES - frame.wide + 0.04)
    y = frame.low - 0.05 - 0.05 * np.cos(8 * x) + dice.normal(size=_BRIDGE) * frame.thick * 0.6
    at = (x, y, np.full(_BRIDGE, frame.front + 0.02))
    _add(cloud, at, (0 * x, 0 * x, 0 * x + 1), frame.colour)


def _random_frame(face: Floats, random: Random) -> _Frame:
    bridge = (np.abs(face[:, 0]) < 0.1) & (np.abs(face[:, 1] - 0.05) < 0.15)
    nose = float(face[bridge, 2].max(initial=0))
    return _Frame(
        colour=linear(random.choice(FRAMES)) * np.float32(random.uniform(0.7, 1.2)),
        wide=random.uniform(0.29, 0.42),
        high=random.uniform(0.18, 0.36),
        thick=random.choice((0.02, 0.025, 0.03, 0.045, 0.06)),
        power=random.choice((2.0, 2.6, 4.0)),
        half_rim=random.random() < _HALF_RIMMED,
        low=random.uniform(0, 0.12),
        front=max(0.42 + random.uniform(0, 0.08), nose + 0.02),
    )


def _add_rim(cloud: Cloud, frame: _Frame, side: int, dice: np.random.Generator) -> None:
    middle = side * (EYES + 0.01)
    angle, off = dice.random(_RIM) * 2 * np.pi, dice.normal(size=_RIM) * 0.5
    c, s = np.cos(angle), np.sin(angle)
    r = (np.abs(c) ** frame.power + np.abs(s) ** frame.power) ** (-1 / frame.power)
    x = middle + (frame.wide * r + off * frame.thick) * c
    y = frame.low + (frame.high * r + off * frame.thick) * s
    kept = (np.abs(off) < 1) & ((y < frame.low + 0.05) | (not frame.half_rim))
    facing = (c * off, s * off, np.ones(_RIM))
    _add(cloud, (x, y, frame.back(x, middle)), facing, frame.colour, kept)


def _add_arm(cloud: Cloud, frame: _Frame, side: int, dice: np.random.Generator) -> None:
    middle = side * (EYES + 0.01)
    along, off = dice.random(_ARM), dice.normal(size=_ARM) * frame.thick * 0.6
    x = middle + side * (frame.wide + 0.33 * along)
    z = frame.back(np.full(_ARM, middle + side * frame.wide), middle) - 1.3 * along
    facing = (np.full(_ARM, 0.9 * side), 0 * along, np.full(_ARM, 0.4))
    _add(cloud, (x, frame.low - 0.08 + off, z), facing, frame.colour)


def _add_lens(
    cloud: Cloud, frame: _Frame, side: int, colour: Floats, shown: Many, dice: np.random.Generator
) -> None:
    """Add those points of a lens that are `shown` (_LENS,)."""
    middle = side * (EYES + 0.01)
    across, down = (2 * dice.random(_LENS) - 1 for _ in range(2))
    x, y = middle + frame.wide * across, frame.low + frame.high * down
    inside = np.abs(across) ** frame.power + np.abs(down) ** frame.power < 1
    up = (np.zeros(_LENS), np.full(_LENS, -0.2), np.ones(_LENS))
    _add(cloud, (x, y, frame.back(x, middle) - 0.01), up, colour, inside & shown, gloss=2)


def _streak(dice: np.random.Generator, random: Random) -> Many:
    """Choose the points of a lens that mirror a window; one sees through between them."""
    return np.asarray(dice.random(_LENS) < random.uniform(0.05, 0.4))


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
