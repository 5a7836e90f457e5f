"""The drawn portraits that the pocket model is taught with."""

from collections.abc import Iterator
from dataclasses import fields, replace
from enum import StrEnum
from itertools import pairwise
from random import Random
from typing import Any

import numpy as np
import pytest
from PIL import Image

from generation.character import Age, Eyes, FacialHair, Gender, Glasses, HairColor, Skin
from generation.pocket.portraits.attributes import (
    Clothes,
    Cut,
    Expression,
    Hat,
    Look,
    Person,
    Place,
    Portrait,
    Scene,
    random_person,
    random_scene,
)
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
UPRIGHT = Pose(x=128, y=124, half=58, turn=0)

CHEEK, HAIR_TOP, SHIRT = (54, 72), (64, 34), (40, 122)
"""Where an upright portrait shows them, in its 128 px."""


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
    assert int((difference.max(axis=2) > 24).sum()) >= 12


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
    dark = max(brightness(drawn(place=p)) for p in (Place.SPACE, Place.MOON, Place.NIGHT))
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
