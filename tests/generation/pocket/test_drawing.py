"""The drawn portraits that the pocket model is taught with."""

from collections.abc import Iterator
from dataclasses import fields, replace
from enum import StrEnum
from itertools import combinations, pairwise
from random import Random
from typing import Any

import numpy as np
import pytest
from PIL import Image

from generation.character import Age, Eyes, FacialHair, Gender, Glasses, HairColor, Skin
from generation.pocket.portraits.attributes import (
    CHOICES,
    DYED,
    Clothes,
    Cut,
    Expression,
    Hat,
    Look,
    Person,
    Place,
    Portrait,
    Role,
    Scene,
)
from generation.pocket.portraits.chance import random_person, random_scene
from generation.pocket.portraits.drawing import draw
from generation.pocket.portraits.figure.pose import Pose
from generation.pocket.portraits.palette import CLOTHES, HAIR, SKIN

SOMEBODY = Person(
    gender=Gender.PERSON,
    age=Age.ADULT,
    skin=Skin.FAIR,
    hair_color=HairColor.BROWN,
    cut=Cut.SHORT,
    eyes=Eyes.BLUE,
    facial_hair=FacialHair.NONE,
    glasses=Glasses.NONE,
)
SOMEWHERE = Scene(
    place=Place.KITCHEN, clothes=Clothes.BLUE, expression=Expression.SERIOUS, hat=Hat.NONE
)
UPRIGHT = Pose(x=256, y=243, half=100, turn=0)

CHEEK, HAIR_TOP, SHIRT = (110, 140), (128, 66), (88, 232)
"""Where an upright portrait shows them, in its 256 px."""


def drawn(**changes: Any) -> Image.Image:  # noqa: ANN401 - any attribute
    of_person = {field.name for field in fields(Person)}
    person = replace(SOMEBODY, **{k: v for k, v in changes.items() if k in of_person})
    scene = replace(SOMEWHERE, **{k: v for k, v in changes.items() if k not in of_person})
    return draw(Portrait(person, scene), Random(1), UPRIGHT)  # noqa: S311 - nothing secret


def away(picture: Image.Image, point: tuple[int, int], colour: tuple[int, int, int]) -> int:
    pixel = np.asarray(picture).astype(int)[point[1], point[0]]
    return int(np.abs(pixel - colour).max())


def brightness(picture: Image.Image) -> float:
    return float(np.asarray(picture.convert("L")).mean())


def test_the_same_seed_draws_the_same_portrait() -> None:
    """Training data are a function of their seed, to the pixel."""

    def some(seed: int) -> list[bytes]:
        random = Random(seed)  # noqa: S311 - nothing secret
        return [
            draw(Portrait(random_person(random), random_scene(random)), random).tobytes()
            for _ in range(8)
        ]

    assert some(5) == some(5)
    assert some(5) != some(6)


def neighbours() -> Iterator[tuple[str, StrEnum, StrEnum]]:
    for field in (*fields(Person), *fields(Scene)):
        assert isinstance(field.type, type)
        assert issubclass(field.type, StrEnum)
        values = [value for value in field.type if value is not Age.YOUNG]
        yield from ((field.name, one, other) for one, other in pairwise(values))


@pytest.mark.parametrize(("name", "one", "other"), neighbours())
def test_every_attribute_can_be_seen(name: str, one: StrEnum, other: StrEnum) -> None:
    """Two values of one attribute, all else the same, give two plainly different portraits."""
    difference = np.abs(
        np.asarray(drawn(**{name: one})).astype(int) - np.asarray(drawn(**{name: other}))
    )
    assert int((difference.max(axis=2) > 24).sum()) >= 50


@pytest.mark.parametrize("skin", Skin)
def test_skin_has_its_colour(skin: Skin) -> None:
    """The face is of the skin that the attributes name."""
    assert away(drawn(skin=skin), CHEEK, SKIN[skin]) <= 8


@pytest.mark.parametrize("hair", HairColor)
def test_hair_has_its_colour(hair: HairColor) -> None:
    """Red hair is red."""
    assert away(drawn(hair_color=hair), HAIR_TOP, HAIR[hair]) <= 10


@pytest.mark.parametrize("clothes", Clothes)
def test_clothes_have_their_colour(clothes: Clothes) -> None:
    """A green shirt is green."""
    assert away(drawn(clothes=clothes), SHIRT, CLOTHES[clothes]) <= 10


def test_places_have_their_light() -> None:
    """Space, the moon and the night are dark; snow and a kitchen are bright."""
    dark = max(brightness(drawn(place=p)) for p in (Place.SPACE, Place.NIGHT, Place.STAGE))
    bright = min(brightness(drawn(place=p)) for p in (Place.SNOW, Place.KITCHEN))
    assert dark + 40 < bright
    assert brightness(drawn(look=Look.NIGHT_LIGHT)) + 40 < brightness(drawn())


def test_people_are_as_people_are() -> None:
    """Chance draws every value of every attribute, but no beard on a child or a woman."""
    random = Random(0)  # noqa: S311 - nothing secret
    people = [random_person(random) for _ in range(3000)]
    for field in fields(Person):
        assert isinstance(field.type, type)
        seen = {getattr(person, field.name) for person in people}
        assert seen == set(field.type) - {Age.YOUNG}  # type: ignore[call-overload]
    bare = [p for p in people if p.age is Age.CHILD or p.gender is Gender.WOMAN]
    assert {person.facial_hair for person in bare} == {FacialHair.NONE}


def every_pair(pictures: dict[StrEnum, Image.Image]) -> Iterator[tuple[str, float]]:
    for one, other in combinations(pictures, 2):
        pair = (np.asarray(pictures[key]).astype(int) for key in (one, other))
        yield f"{one} and {other}", float(np.abs(next(pair) - next(pair)).mean())


@pytest.mark.parametrize("name", ["role", "place", "look"])
def test_every_role_place_and_look_is_its_own(name: str) -> None:
    """No two of them are drawn nearly alike: even doctor and scientist, space and moon."""
    pictures = {value: drawn(**{name: value}) for value in CHOICES[name]}
    alike = {pair: distance for pair, distance in every_pair(pictures) if distance < 3}
    assert not alike


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.NONE])
def test_a_role_leaves_the_face_free(role: Role) -> None:
    """Whoever somebody is dressed as, their eyes, nose and mouth are drawn as without a role."""
    bare, dressed = (np.asarray(drawn(role=r)).astype(int) for r in (Role.NONE, role))
    face = np.s_[118:184, 96:160]
    assert float(np.abs(bare[face] - dressed[face]).max(axis=2).mean()) < 6


@pytest.mark.parametrize("role", sorted(DYED - {Role.NONE}))
def test_some_outfits_have_the_colour_of_the_clothes(role: Role) -> None:
    """A wizard in green is green, and a chef in green would be no chef."""
    green, red = (
        np.asarray(drawn(role=role, clothes=c)).astype(int) for c in (Clothes.GREEN, Clothes.RED)
    )
    assert float((np.abs(green - red).max(axis=2) > 60).mean()) > 0.008
    white = (np.asarray(drawn(role=Role.CHEF, clothes=c)) for c in (Clothes.GREEN, Clothes.RED))
    assert (next(white) == next(white)).all()


def test_the_light_comes_from_where_the_pose_says() -> None:
    """The cheek away from the light is darker, whichever side that is."""
    for lit, (bright, dark) in ((-1, (88, 170)), (1, (168, 86))):
        picture = draw(Portrait(SOMEBODY, SOMEWHERE), Random(1), replace(UPRIGHT, lit=lit))  # noqa: S311
        grey = np.asarray(picture.convert("L")).astype(int)
        assert grey[142, bright] > grey[142, dark] + 10


def test_edges_are_smooth() -> None:
    """A pixel at an edge is between both sides' colours: lines have no steps."""
    row = np.asarray(drawn(place=Place.STUDIO, clothes=Clothes.BLACK).convert("L")).astype(int)[240]
    steps = np.abs(np.diff(row))
    edge = int(steps.argmax())
    assert abs(row[edge + 2] - row[edge - 1]) > 60  # the shoulder's edge
    assert (
        min(row[edge - 1], row[edge + 2])
        < row[edge : edge + 2].mean()
        < max(row[edge - 1], row[edge + 2])
    )


def test_people_at_home() -> None:
    """Chance draws every role, look and place; a role has no hat, and the night no second night."""
    random = Random(0)  # noqa: S311 - nothing secret
    scenes = [random_scene(random) for _ in range(3000)]
    for name in ("role", "look", "place", "garment", "hat"):
        assert {getattr(scene, name) for scene in scenes} == set(CHOICES[name])
    assert all(s.hat is Hat.NONE for s in scenes if s.role is not Role.NONE)
    assert not [s for s in scenes if s.look is Look.NIGHT_LIGHT and s.place is Place.NIGHT]
    assert {random_scene(random, roles=False).role for _ in range(50)} == {Role.NONE}
