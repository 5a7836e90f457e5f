"""Caps, beanies, hats and headbands on a textured head: surfaces that go round its skull."""

from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.character import HairColor
from generation.pocket.portraits.heads.cloud import Cloud
from generation.pocket.portraits.heads.makehuman import Floats
from generation.pocket.portraits.heads.surface import unit
from generation.pocket.portraits.photograph.tones import Colour, hair_of, linear
from generation.pocket.portraits.photograph.worn import METALS, random_cloth

Many = NDArray[Any]

CROWNS: dict[str, tuple[tuple[float, float], ...]] = {
    "beanie": ((1, 0), (1.03, 0.3), (0.96, 0.6), (0.72, 0.87), (0.36, 0.98), (0, 1)),
    "cap": ((1, 0), (1, 0.35), (0.88, 0.68), (0.62, 0.9), (0.3, 0.99), (0, 1)),
    "uniform": ((1, 0), (1, 0.4), (1.25, 0.75), (1.2, 0.88), (0.7, 0.96), (0, 1)),
    "hat": ((1, 0), (0.97, 0.5), (0.86, 0.9), (0.7, 1), (0.3, 0.92), (0, 0.85)),
    "pillbox": ((1, 0), (1.06, 0.85), (0.98, 1), (0.5, 1), (0, 1)),
    "turban": ((1, 0), (1.22, 0.3), (1.18, 0.65), (0.8, 0.95), (0, 1)),
    "helmet": ((1.1, 0), (1.12, 0.4), (1, 0.72), (0.7, 0.93), (0, 1)),
    "headband": ((1.02, 0), (1.05, 0.12), (1.02, 0.24)),
}
"""How wide each is, in radii of the skull, and at which height: 0 is its edge, 1 its top."""

FREQUENT = {"beanie": 6, "cap": 5, "uniform": 4, "hat": 6}
"""How frequent some are; the others have 1 each."""

ABOVE = {"uniform": 0.35, "hat": 0.75, "turban": 0.7, "pillbox": 0.35, "beanie": 0.55}
"""How far above the skull the top is at most; 0.25 of the others."""

PEAKED, BRIMMED, KNITTED = {"cap", "uniform", "helmet"}, {"hat"}, {"beanie", "headband"}

LIKE_HAIR = 0.35
"""Share of the cloths in a colour of hair: by its colour alone neither must be known."""

_CROWN_POINTS, _BRIM_POINTS = 70_000, 40_000

_SKULL = -0.3
"""Height above which a head is skull: over the brows."""


@dataclass(frozen=True, slots=True)
class _Hat:
    """Where it is: half of the skull's width and depth, its middle, and the hat's top and edge.

    The edge lies `before` the forehead, `behind` on the nape, and `tilt` lower on the right.
    """

    wide: float
    deep: float
    middle: float
    top: float
    before: float
    behind: float
    tilt: float

    def angle(self, at: Floats) -> Many:
        """Say in which direction from the middle points (n, 3) lie: 0 is the forehead."""
        return np.asarray(np.arctan2(at[:, 0] / self.wide, (at[:, 2] - self.middle) / self.deep))

    def edge(self, angle: Many) -> Many:
        front = (1 + np.cos(angle)) / 2
        return self.before * front + self.behind * (1 - front) + self.tilt * np.sin(angle)

    def at(self, angle: Many, radius: Many, height: Many) -> Many:
        """Give points (n, 3), by how high they are between the edge and the top."""
        edge = self.edge(angle)
        return np.stack(
            [
                self.wide * radius * np.sin(angle),
                edge + (self.top - edge) * height,
                self.middle + self.deep * radius * np.cos(angle),
            ],
            axis=1,
        )


def wear_perhaps(cloud: Cloud, head: Floats, share: float, random: Random) -> None:
    """Cover a share of the heads, whose vertices are (n, 3)."""
    own = Random(random.getrandbits(32))  # noqa: S311 - for all else to stay as it is
    if own.random() < share:
        kinds = list(CROWNS)
        (kind,) = own.choices(kinds, [FREQUENT.get(kind, 1) for kind in kinds])
        wear_hat(cloud, head, kind, own)


def wear_hat(cloud: Cloud, head: Floats, kind: str, random: Random) -> None:
    """Put one of CROWNS on, and hide the hair beneath."""
    hat = _random_hat(kind, head, random)
    highest = max(height for _, height in CROWNS[kind])

    def beneath(at: Floats) -> Many:
        edge = hat.edge(hat.angle(at))
        above = at[:, 1] < edge + (hat.top - edge) * highest
        return (at[:, 1] < edge) & ~(above & (highest < 1))

    cloud.hide_hair(beneath)
    dice = np.random.default_rng(random.getrandbits(32))
    cloth, second = _cloth(random), _cloth(random)
    _add_crown(cloud, hat, kind, (cloth, second), dice, random)
    if kind in PEAKED and random.random() < 0.85:
        peak = random.choice((cloth, second))
        _add_brim(cloud, hat, (random.uniform(0.7, 1.1), random.uniform(0.2, 0.6)), peak, dice)
    if kind in BRIMMED:
        _add_brim(cloud, hat, (np.pi, random.uniform(0.25, 1)), cloth, dice)


def _random_hat(kind: str, head: Floats, random: Random) -> _Hat:
    skull = head[head[:, 1] < _SKULL]
    low, high = skull.min(axis=0), skull.max(axis=0)
    loose, before = random.uniform(1.04, 1.14), random.uniform(-0.85, -0.22)
    return _Hat(
        wide=float(high[0] - low[0]) / 2 * loose,
        deep=float(high[2] - low[2]) / 2 * loose,
        middle=float(high[2] + low[2]) / 2,
        top=float(low[1]) - random.uniform(0.05, ABOVE.get(kind, 0.25)),
        before=before,
        behind=before + random.uniform(0.1, 0.8),
        tilt=random.gauss(0, 0.07),
    )


def _add_crown(
    cloud: Cloud,
    hat: _Hat,
    kind: str,
    cloths: tuple[Colour, Colour],
    dice: np.random.Generator,
    random: Random,
) -> None:
    radii, heights = np.array(CROWNS[kind]).T
    tall = (hat.before - hat.top) / hat.wide
    lengths = np.hypot(np.diff(radii), tall * np.diff(heights))
    areas = lengths * (radii[1:] + radii[:-1] + 0.1)
    part = dice.choice(len(areas), _CROWN_POINTS, p=areas / areas.sum())
    along, angle = dice.random(_CROWN_POINTS), dice.random(_CROWN_POINTS) * 2 * np.pi - np.pi
    radius = radii[part] + along * np.diff(radii)[part]
    height = heights[part] + along * np.diff(heights)[part]
    out, down = tall * np.diff(heights)[part], np.diff(radii)[part]
    facing = np.stack([out * np.sin(angle), down, out * np.cos(angle)], axis=1)
    facing = unit(facing) + random.choice((0.1, 0.3)) * dice.normal(size=facing.shape)
    colours = _coloured(kind, angle, height, cloths, dice, random)
    at = hat.at(angle, radius * (1 + 0.01 * dice.normal(size=len(radius))), height)
    gloss = 1.5 if kind == "helmet" else 0.1
    cloud.add(at.astype(np.float32), unit(facing), colours, gloss=gloss)


def _coloured(
    kind: str,
    angle: Many,
    height: Many,
    cloths: tuple[Colour, Colour],
    dice: np.random.Generator,
    random: Random,
) -> Many:
    """Give the crown's colours (n, 3): ribs, folds or weave, and a cuff, a band or a badge."""
    cloth, second = cloths
    coarse = random.choice((0.03, 0.08, 0.2))
    shade = 1 + coarse * dice.normal(size=len(angle))
    if kind in KNITTED:
        shade *= 1 + random.uniform(0.05, 0.3) * np.sin(random.randint(30, 70) * angle)
    if kind == "turban":
        shade *= 1 + 0.25 * np.sin(random.uniform(12, 30) * height + 3 * np.sin(angle))
    colours = np.broadcast_to(cloth, (len(angle), 3)) * shade.clip(0.3, 1.8)[:, None]
    if random.random() < 0.5:  # a beanie's cuff, a hat's band
        colours = np.where((height < random.uniform(0.15, 0.4))[:, None], second, colours)
    if kind not in KNITTED and random.random() < 0.5:
        middle, wide = random.uniform(0.3, 0.6), random.uniform(0.1, 0.25)
        badge = ((angle / random.uniform(0.15, 0.4)) ** 2 + ((height - middle) / wide) ** 2) < 1
        sign = linear(random.choice(METALS)) if random.random() < 0.5 else _cloth(random)
        speckled = sign * (0.6 + 0.8 * dice.random((len(angle), 1)))
        colours = np.where(badge[:, None], speckled, colours)
    return np.asarray(colours)


def _add_brim(
    cloud: Cloud,
    hat: _Hat,
    reach: tuple[float, float],
    colour: Colour,
    dice: np.random.Generator,
) -> None:
    """Add a brim that reaches so far round to each side, and so far out."""
    around, out = reach
    angle = (2 * dice.random(_BRIM_POINTS) - 1) * around
    narrower = np.sqrt(np.cos(angle / around * np.pi / 2)) if around < np.pi else 1
    far = dice.random(_BRIM_POINTS) * out * narrower
    at = hat.at(angle, 1 + far, np.zeros(_BRIM_POINTS))
    at[:, 1] += 0.15 * far - 0.12 * np.sin(angle) ** 2 * far
    at += 0.01 * dice.normal(size=at.shape)
    facing = np.stack([0.2 * np.sin(angle), np.full(_BRIM_POINTS, -0.9), 0.3 * np.cos(angle)], 1)
    cloud.add(at.astype(np.float32), unit(facing), colour * (0.9 + 0.2 * dice.random((len(at), 1))))


def _cloth(random: Random) -> Colour:
    if random.random() < LIKE_HAIR:
        return hair_of(random.choice(list(HairColor)), random)
    return random_cloth(random)
