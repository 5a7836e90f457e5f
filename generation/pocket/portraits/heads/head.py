"""Photographs of textured heads: MakeHuman's faces, skins and hair, under our lamps and cameras.

They look far more like real photographs than `photograph/`, whose faces are hills and lines; so the
image encoder learns from both.
"""

from functools import cache
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image

from generation.character import Age, Eyes, Gender, HairColor
from generation.pocket.portraits.attributes import Person
from generation.pocket.portraits.heads.anatomy import Shape, neutral, random_shape
from generation.pocket.portraits.heads.cloud import Cloud
from generation.pocket.portraits.heads.eyewear import put_on
from generation.pocket.portraits.heads.growth import SkinPoints, grow_beard, grow_hair, wear_hair
from generation.pocket.portraits.heads.headwear import wear_perhaps
from generation.pocket.portraits.heads.makehuman import Floats, MakeHuman, Quads, at
from generation.pocket.portraits.heads.surface import Spots, normals, spots, spots_on
from generation.pocket.portraits.photograph import film, worn
from generation.pocket.portraits.photograph.backdrop import random_backdrop
from generation.pocket.portraits.photograph.camera import Pixels, random_crop, taken
from generation.pocket.portraits.photograph.conditions import USUAL, Conditions
from generation.pocket.portraits.photograph.film import Colours, Noise
from generation.pocket.portraits.photograph.light import random_lamp, shadow
from generation.pocket.portraits.photograph.tones import Colour, hair_of, linear, skin_of

SKIN_POINTS = 130_000
"""Points of head, neck and shoulders: enough that few pixels are holes."""

DRESSED = 0.95
"""Share of the people whose shoulders are covered."""

EXPOSED = 0.3
"""The light of a face that a camera aims at. Cheeks of 82 people on photographs had a lightness of
49 to 84 (CIELAB, the middle eight of ten); those of heads under our lamps were darker by 14."""

EXPOSED_WHOLE = (0.18, 0.4)
"""The light of a whole picture that other cameras aim at, from the grey card's to bright."""

METERED = (0.3, 0.9)
"""How far a camera gets there, least and most: as a power of what is missing."""

ROSY = np.array([1.07, 0.97, 1.03], np.float32)
"""What makes the skin of rendered heads as red, and as little yellow, as on photographs."""

_FACE = np.abs(film.X) + np.abs(film.Y - 0.45) < 0.6
"""Nose and cheeks."""

_NEAR = (np.abs(film.X) < 1.6) & (np.abs(film.Y) < 1.6)
"""What of a rendering a photograph shows."""

_NECK = 1.2
"""Decimetres of the body that are drawn below the neck."""

_IRISES: dict[Eyes, tuple[str, ...]] = {
    Eyes.BROWN: ("brown", "brownlight"),
    Eyes.BLUE: ("blue", "lightblue", "deepblue"),
    Eyes.GREEN: ("green", "bluegreen"),
    Eyes.GRAY: ("grey", "ice"),
}
_EYES_LIGHT = np.array([0.62, 0.62, 0.62, 1], np.float32)
"""Real eyes lie in the shade of lids and lashes, which are not drawn on them."""

_TEXTURED_AS = {"caucasian": ("caucasian", "caucasian", "asian"), "asian": ("asian", "caucasian")}
"""Skins that a face of some descent may have, as often as they are named; others have their own."""

_LASHES = ("Eyelashes01", "eyelashes02", "eyelashes03", "eyelashes04")


def photographed_head(
    person: Person, random: Random, side: int, data: MakeHuman, conditions: Conditions = USUAL
) -> Image.Image:
    """Give a photograph's crop around a textured head; the same state gives the same pixels."""
    photo, _ = marked_head(person, random, side, data, conditions=conditions)
    return photo


def marked_head(
    person: Person,
    random: Random,
    side: int,
    data: MakeHuman,
    hatted: float = worn.CAPPED,
    conditions: Conditions = USUAL,
) -> tuple[Image.Image, Pixels]:
    """Give the same, and how much of each pixel is skin, hair and beard: (side, side, 3), to 255.

    What a cap, a hood or a collar covers is none of these. `hatted` is the share of heads that wear
    something.
    """
    noise, lamp = Noise(random), random_lamp(random, conditions)
    picture = random_backdrop(noise, random)
    if conditions.glaring and random.random() < conditions.glaring:
        picture *= 2 ** random.uniform(-0.5, 2)
    most = conditions.most_turned
    turn, nod = max(-most, min(most, random.gauss(0, conditions.turn))), random.gauss(0, 0.12)
    seen = _cloud(person, data, hatted, random).seen(lamp, turn, nod)
    picture, regions = picture * (1 - seen.covered[..., None]) + seen.colours, seen.regions
    if random.random() < DRESSED:
        dressed = picture.copy()
        bare = worn.laid_over(
            lambda plate: worn.draw_collar(plate, lamp, noise, random), dressed, random
        )
        below = np.where(film.Y < 1, 0, 1 - seen.before)[..., None]
        picture = picture * (1 - below) + dressed * below
        regions = regions * (1 - below * (1 - bare))
    if random.random() < worn.HOODED:
        regions = regions * worn.laid_over(
            lambda plate: worn.draw_hood(plate, lamp, noise, random), picture, random
        )
    picture *= shadow(noise, random)[..., None]
    picture *= _exposure(picture, random, conditions)
    crop = random_crop(random, side)
    photo = taken(picture.astype(np.float32), crop, random)
    shares = crop.of(regions.astype(np.float32)).clip(0, 1)
    return Image.fromarray(photo), np.rint(shares * 255).astype(np.uint8)


def _exposure(picture: Colours, random: Random, conditions: Conditions) -> float:
    """Say by how much a camera brightens the light that falls on it."""
    if conditions.by_whole and random.random() < conditions.by_whole:
        near = picture[_NEAR]
        light = float(near.mean()) * random.uniform(0.5, 1)
        light += float(np.quantile(near, 0.8)) * random.uniform(0, 0.4)
        return float((random.uniform(*EXPOSED_WHOLE) / light) ** random.uniform(0.5, 1))
    return float((EXPOSED / float(np.median(picture[_FACE]))) ** random.uniform(*METERED))


@cache
def makehuman(directory: Path) -> MakeHuman:
    """Read MakeHuman's data once in each process."""
    return MakeHuman(directory)


def _cloud(person: Person, data: MakeHuman, hatted: float, random: Random) -> Cloud:
    shape = random_shape(person, data, random)
    colour = hair_of(person.hair_color, random)
    skin, cloud = _skin(person, shape, data, random), Cloud()
    grow_beard(cloud, skin, person, colour, random)
    hair = grow_hair(cloud, skin, person, colour, random)
    if hair:
        wear_hair(cloud, hair, shape, person, colour, data, random)
    cloud.add(skin.at, skin.facing, skin.colours, gloss=1, one_sided=True, region=skin.regions)
    _details(cloud, person, shape, colour, data, random)
    head = shape.vertices[np.unique(_surface(data).corners)]
    put_on(cloud, person.glasses, head, random)
    wear_perhaps(cloud, head, hatted, random)
    return cloud


def _skin(person: Person, shape: Shape, data: MakeHuman, random: Random) -> SkinPoints:
    points, places = _skin_points(data)
    colours = at(data.texture(_texture(person, shape, data, random)), points.places)[:, :3]
    x, y, z = places.T
    cheeks = (np.abs(np.abs(x) - 0.55) < 0.2) & (np.abs(y - 0.5) < 0.2) & (z > -0.3)
    relative = np.clip(colours / np.median(colours[cheeks], axis=0), 0, None)
    return SkinPoints(
        points.of(shape.vertices),
        points.of(normals(shape.vertices, _surface(data))),
        relative ** np.float32(random.uniform(0.8, 1.1)) * skin_of(person.skin, random) * ROSY,
        places,
        np.random.default_rng(random.getrandbits(32)),
    )


def _texture(person: Person, shape: Shape, data: MakeHuman, random: Random) -> str:
    years = {Age.CHILD: ("young",), Age.OLD: ("old",)}.get(
        person.age, ("young", "young", "middleage")
    )
    kind = random.choice(_TEXTURED_AS.get(shape.descent, (shape.descent,)))
    gender = "male" if shape.male > 0.5 else "female"
    folder = f"skins/{random.choice(years)}_{kind}_{gender}/"
    return random.choice([name for name in data.skins if name.startswith(folder)])


@cache
def _surface(data: MakeHuman) -> Quads:
    """Give the quads of head, neck and shoulders."""
    low = data.vertices[data.joint("neck02____tail")].mean(axis=0)[1] - _NECK
    return data.skin.only(data.vertices[data.skin.corners][:, :, 1].min(axis=1) > low)


@cache
def _skin_points(data: MakeHuman) -> tuple[Spots, Floats]:
    """Choose the points of the skin, denser on the face; give also where they are on it, neutral.

    The mouth's inside is seen little.
    """
    vertices, quads = neutral(data), _surface(data)
    x, y, z = vertices[quads.corners].mean(axis=1).T
    face = (z > -0.9) & (y < 1.9)
    inside = (np.abs(x) < 0.5) & (y > 0.7) & (y < 1.4) & (z > -0.9) & (z < -0.02)
    points = spots(vertices, quads, SKIN_POINTS, np.where(inside, 0.3, np.where(face, 3.5, 1)))
    return points, points.of(vertices)


def _details(
    cloud: Cloud, person: Person, shape: Shape, hair: Colour, data: MakeHuman, random: Random
) -> None:
    """Add eyes, brows, lashes and teeth."""
    dice = np.random.default_rng(random.getrandbits(32))

    def put(
        name: str, texture: Floats, count: int, colour: Colour | None = None, gloss: float = 0.0
    ) -> None:
        thing = data.worn(name)
        vertices = thing.placed(shape.vertices, shape.scale)
        points = spots_on(name, data, count)
        seen = at(texture, points.places)
        colours = seen[:, :3] if colour is None else colour * (0.6 + 0.5 * dice.random((count, 1)))
        there = np.ones(count, bool) if colour is None else seen[:, 3] > dice.random(count)
        cloud.add(
            points.of(vertices)[there],
            points.of(normals(vertices, thing.quads))[there],
            colours[there],
            gloss=gloss,
            one_sided=name.startswith("eyes/"),
            eye=name.startswith("eyes/"),
        )

    iris = f"{random.choice(_IRISES[person.eyes])}_eye.png"
    put("eyes/Low-Poly", data.texture(f"eyes/Low-Poly/{iris}") * _EYES_LIGHT, 9000, gloss=1.3)
    put("teeth/Teeth_Base", data.texture("teeth/Teeth_Base/teeth.png"), 16_000, gloss=0.6)
    dyed = person.hair_color in (HairColor.BLUE, HairColor.PINK)
    grey = person.hair_color in (HairColor.GRAY, HairColor.WHITE)
    brows = linear((60, 44, 36)) if dyed else hair * np.float32(0.8 if grey else 0.5)
    name = f"eyebrow{random.randint(1, 12):03}"
    texture = data.texture(f"eyebrows/{name}/{name}.png")
    put(f"eyebrows/{name}", texture, random.choice((2500, 4000, 5500, 8000)), brows)
    name = random.choice(_LASHES)
    texture = data.texture(data.textures("eyelashes", name)[0])
    many = 4800 if person.gender is Gender.WOMAN else 2100
    put(f"eyelashes/{name}", texture, many, linear((24, 18, 16)))
