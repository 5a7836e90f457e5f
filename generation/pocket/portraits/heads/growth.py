"""What grows on a textured head: beards, cropped and tied hair as strands, and longer hair.

Strands are points that stand off the skin. `x`, `y` and `z` are places on the neutral head, so that
each head's hair begins where it does on all: the parts were found by eye.
"""

from dataclasses import dataclass, field
from random import Random

import numpy as np
from numpy.typing import NDArray

from generation.character import Age, FacialHair, Gender, HairColor
from generation.faces.regions import Region
from generation.pocket.portraits.attributes import Cut, Person
from generation.pocket.portraits.heads.anatomy import Shape
from generation.pocket.portraits.heads.cloud import Cloud
from generation.pocket.portraits.heads.makehuman import Floats, MakeHuman, at
from generation.pocket.portraits.heads.surface import normals, spots_on, unit
from generation.pocket.portraits.photograph.tones import Colour

Where = NDArray[np.bool_]


@dataclass(slots=True)
class SkinPoints:
    """Points of the skin: where they are and face, their colours, and where on the neutral head.

    All are (n, 3). `dice` has chance for each, and `regions` (n,) what it is.
    """

    at: Floats
    facing: Floats
    colours: Floats
    neutral: Floats
    dice: np.random.Generator
    regions: NDArray[np.int8] = field(init=False)

    def __post_init__(self) -> None:
        self.regions = np.full(len(self.at), Region.SKIN, np.int8)

    def grow(
        self, region: Region, colour: Colour, share: NDArray[np.floating], least: float
    ) -> None:
        """Mix the colour of a region in, as far as `share` (n,) says; it is one from `least`."""
        part = np.asarray(share, np.float32)[:, None]
        self.colours = self.colours * (1 - part) + colour * part
        self.regions[part[:, 0] > least] = region

    @property
    def ears(self) -> Where:
        """Say which points are the ears'."""
        x, y, z = self.neutral.T
        return np.asarray((np.abs(x) > 0.93) & (np.abs(y - 0.25) < 0.5) & (z > -1.15))

    def uneven(self, random: Random) -> Floats:
        """Give by how much a hairline is higher or lower than a line."""
        x, y, _ = self.neutral.T
        first, second = random.uniform(0, 6), random.uniform(0, 6)
        return np.asarray(0.06 * np.sin(7 * x + first) + 0.05 * np.sin(9 * y + second), np.float32)


LENGTHS: dict[Cut, tuple[float, float]] = {
    Cut.BUZZ: (0.01, 0.05),
    Cut.RECEDING: (0.03, 0.12),
    Cut.BUN: (0.03, 0.1),
    Cut.PONYTAIL: (0.03, 0.1),
    Cut.AFRO: (0.25, 0.6),
    Cut.CURLY: (0.2, 0.5),
}
"""Least and greatest length of the strands of a cut."""

CROPPED = (0.08, 0.32)
"""The same of the others."""

STRANDS: dict[Cut, float] = {
    Cut.BUZZ: 1,
    Cut.RECEDING: 1,
    Cut.SHORT: 0.35,
    Cut.PARTED: 0.35,
    Cut.AFRO: 0.5,
    Cut.CURLY: 0.5,
    Cut.BUN: 0.65,
    Cut.PONYTAIL: 0.65,
}
"""Share of the heads of a cut whose hair is strands; the others wear MakeHuman's."""

WORN: dict[Cut, tuple[str, ...]] = {
    Cut.SHORT: ("short01", "short02", "short03", "short04"),
    Cut.PARTED: ("short01", "short02", "short04", "minoan"),
    Cut.AFRO: ("afro01",),
    Cut.CURLY: ("curly", "curly2", "southernbelleringlets", "afro01"),
    Cut.MEDIUM: ("bob01", "bob02", "curly2", "long01", "minoan"),
    Cut.LONG: ("long01", "long_alpha7", "blondwithheadband"),
    Cut.BUN: ("Wig_bun_blonde",),
    Cut.PONYTAIL: ("ponytail01", "Braid01"),
}
"""MakeHuman's hair that looks like a cut. `long2_alpha7` is left out: it covers faces with dots."""

_HAIR_POINTS = 90_000

_BEARDED = 0.15
"""Least share of a beard's colour in what is called one: the shade of a shaven jaw is less."""

_HAIRY = 0.5
"""The same of hair: less of it is a forehead."""


def grow_beard(
    cloud: Cloud, skin: SkinPoints, person: Person, colour: Colour, random: Random
) -> None:
    """Let facial hair grow, or leave the shade of a shaven jaw."""
    x, y, z = skin.neutral.T
    wide, uneven = np.abs(x), skin.uneven(random)
    upper = 0.95 - 0.25 * np.clip(wide / 0.75, 0, 1)
    upper += (random.uniform(0.55, 0.95) - 0.75) * np.clip(wide / 0.75, 0, 1) + uneven
    lips = (x / 0.36) ** 2 + ((y - 1.06) / 0.13) ** 2 < 1
    jaw = (y > upper) & (z > -0.95) & (y < 1.75 + 0.2 * uneven) & ~lips & ~skin.ears
    lip = (wide < 0.4) & (y > 0.73 + 0.25 * x**2) & (y < 1 + 0.1 * wide) & ~lips
    sides = (wide > 0.78) & (z > -0.75) & (z < -0.25) & (y > 0.15) & (y <= upper) & ~skin.ears
    fading = np.where(lip | sides, 1, np.clip((y - upper) / 0.12, 0, 1))
    match person.facial_hair:
        case FacialHair.STUBBLE:
            strong = np.where(jaw | lip, random.uniform(0.25, 0.6), 0.2 * sides)
            _shade(skin, 0.8 * colour, strong * fading)
        case FacialHair.MOUSTACHE:
            _bristle(cloud, skin, lip, fading, colour, random.uniform(0.02, 0.07))
        case FacialHair.BEARD:
            kind = random.choice(("full", "full", "full", "short", "chin"))
            where = lip | (jaw & (wide < 0.35)) if kind == "chin" else jaw | lip | sides
            length = random.uniform(0.02, 0.05) if kind == "short" else random.uniform(0.04, 0.3)
            _bristle(cloud, skin, where, fading, colour, length)
        case _ if person.gender is Gender.MAN and person.age is not Age.CHILD:
            shaven = random.choice((0.0, random.uniform(0, 0.12)))
            _shade(skin, 0.5 * colour, shaven * (jaw | lip) * fading)


def _shade(skin: SkinPoints, colour: Colour, strong: NDArray[np.floating]) -> None:
    patches = 0.5 + 0.5 * skin.dice.random(len(skin.at))
    mixed = np.asarray(colour * np.float32(0.7), np.float32)
    skin.grow(Region.BEARD, mixed, np.clip(strong * patches, 0, 0.9), _BEARDED)


def _bristle(
    cloud: Cloud,
    skin: SkinPoints,
    where: Where,
    fading: NDArray[np.floating],
    colour: Colour,
    length: float,
) -> None:
    """Grow a beard's strands, which hang."""
    dice, count = skin.dice, len(skin.at)
    grown = where & (dice.random(count) < 0.35 + 0.65 * fading)
    skin.grow(Region.BEARD, colour, grown * (0.6 + 0.3 * dice.random(count)), _BEARDED)
    for _ in range(3):
        some = np.flatnonzero(grown & (dice.random(count) < 0.45))
        far = np.abs(dice.normal(size=(len(some), 1))) * (0.7 * length)
        at = skin.at[some] + (skin.facing[some] + np.array([0, 0.9, 0])) * far
        at += 0.02 * dice.normal(size=at.shape)
        facing = skin.facing[some] + 0.5 * dice.normal(size=at.shape)
        _strands(cloud, at, facing, colour, dice, Region.BEARD)


def grow_hair(
    cloud: Cloud, skin: SkinPoints, person: Person, colour: Colour, random: Random
) -> str | None:
    """Grow the hair's roots, and its strands; or name MakeHuman's hair that is worn instead."""
    if person.cut is Cut.BALD:
        return None
    x, y, z = skin.neutral.T
    wide, uneven = np.abs(x), skin.uneven(random)
    line = random.uniform(-1.05, -0.8) + 0.75 * np.clip((wide - 0.55) / 0.4, 0, 1) ** 1.5
    line = line + 0.5 * uneven
    scalp = (y < line) | ((z < -0.72) & (y < 0.35))
    scalp |= (wide > 0.86) & (z < -0.42) & (y < random.uniform(-0.1, 0.25))
    scalp &= ~skin.ears & (z < 0.35)
    if person.cut is Cut.RECEDING:
        scalp &= (y >= -0.6) | (z <= -0.9 + 0.5 * (wide > 0.75))
    thin = random.uniform(0.6, 0.95) if person.cut is Cut.BUZZ else 0.97
    edge = np.where(z < -0.6, 1, np.clip((line - y) / 0.1, 0.25, 1))
    roots = np.asarray(colour * np.float32(0.55), np.float32)
    skin.grow(Region.HAIR, roots, thin * edge * scalp, _HAIRY)
    if random.random() >= STRANDS.get(person.cut, 0):
        return f"hair/{random.choice(WORN[person.cut])}"
    curly = person.cut in (Cut.AFRO, Cut.CURLY)
    length = random.uniform(*LENGTHS.get(person.cut, CROPPED))
    combed = np.array(
        [random.uniform(-0.6, 0.6), random.uniform(-0.3, 0.2), random.uniform(-0.2, 0.6)]
    )
    dice, count = skin.dice, len(skin.at)
    high = np.clip((0.2 - y) / 1.1, 0.3 if curly else 0.12, 1)
    for _ in range(4):
        some = np.flatnonzero(scalp & (dice.random(count) < 0.4))
        far = np.abs(dice.normal(size=len(some))) * 0.5 + 0.3 * dice.random(len(some))
        off = skin.facing[some] + (0 if curly else combed)
        at = skin.at[some] + off * (far * length * high[some])[:, None]
        at += (0.05 if curly else 0.02) * dice.normal(size=at.shape)
        streaks = 0 if curly else np.sin(60 * x[some] + 20 * combed[0] * z[some]) - 1
        _strands(
            cloud,
            at,
            skin.facing[some] + 0.55 * dice.normal(size=at.shape),
            colour * (1 + 0.25 * np.broadcast_to(streaks, len(some))[:, None]),
            dice,
            Region.HAIR,
            gloss=0.3,
        )
    return None


def _strands(
    cloud: Cloud,
    at: NDArray[np.floating],
    facing: NDArray[np.floating],
    colour: NDArray[np.floating],
    dice: np.random.Generator,
    region: Region,
    gloss: float = 0.0,
) -> None:
    colours = colour * (0.5 + 0.55 * dice.random((len(at), 1)))
    cloud.add(at.astype(np.float32), unit(facing), colours, gloss=gloss, region=region)


def wear_hair(
    cloud: Cloud,
    hair: str,
    shape: Shape,
    person: Person,
    colour: Colour,
    data: MakeHuman,
    random: Random,
) -> None:
    """Put MakeHuman's hair on a head, in a colour of ours."""
    dice = np.random.default_rng(random.getrandbits(32))
    worn = data.worn(hair)
    texture = data.texture(data.textures(*hair.split("/"))[0])
    vertices = worn.placed(shape.vertices, shape.scale)
    points = spots_on(hair, data, _HAIR_POINTS)
    seen = at(texture, points.places)
    bright = seen[:, :3].mean(axis=1)
    there = seen[:, 3] > 0.4 + 0.2 * dice.random(len(seen))
    places = points.of(vertices)
    facing = unit(points.of(normals(vertices, worn.quads)))
    out = (facing * (places - np.array([0, -0.2, -0.8], np.float32))).sum(axis=1, keepdims=True)
    facing = np.where(out < 0, -facing, facing)
    shades = np.clip(bright / (np.median(bright[there]) + 1e-4), 0.25, 2.2)[:, None]
    colours = colour * shades ** random.uniform(0.5, 1)
    if person.hair_color is HairColor.BLOND or random.random() < 0.2:  # its roots are darker
        colours = colours * np.clip(0.7 + 0.4 * (places[:, 1:2] + 1.2), 0.6, 1.1)
    cloud.add(places[there], facing[there], colours[there], gloss=0.35, region=Region.HAIR)
