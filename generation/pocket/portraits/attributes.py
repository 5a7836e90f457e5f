"""What a drawn portrait shows: a person, who stays the same, and a scene, which changes."""

from dataclasses import dataclass, fields
from enum import StrEnum
from random import Random
from typing import cast

from generation.character import Age, Eyes, FacialHair, Gender, Glasses, HairColor, Skin


class Cut(StrEnum):
    BALD = "bald"
    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"
    CURLY = "curly"
    BUN = "bun"


class Expression(StrEnum):
    SMILING = "smiling"
    SERIOUS = "serious"
    SURPRISED = "surprised"


class Clothes(StrEnum):
    RED = "red"
    ORANGE = "orange"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PURPLE = "purple"
    BLACK = "black"
    WHITE = "white"


class Place(StrEnum):
    SPACE = "space"
    MOON = "moon"
    SNOW = "snow"
    FOREST = "forest"
    BEACH = "beach"
    DESERT = "desert"
    MOUNTAINS = "mountains"
    CITY = "city"
    NIGHT = "night"
    UNDERWATER = "underwater"
    GARDEN = "garden"
    LIBRARY = "library"
    KITCHEN = "kitchen"
    SUNSET = "sunset"
    RAIN = "rain"
    CASTLE = "castle"


class Look(StrEnum):
    FLAT = "flat"
    PENCIL = "pencil"
    NIGHT_LIGHT = "night light"


class Hat(StrEnum):
    NONE = "none"
    HAT = "hat"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What a photo of a face shows, and so what the face adapter must pass on."""

    gender: Gender
    age: Age
    skin: Skin
    hair_color: HairColor
    cut: Cut
    eyes: Eyes
    facial_hair: FacialHair
    glasses: Glasses


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """What only words can ask for."""

    place: Place
    clothes: Clothes
    expression: Expression
    hat: Hat
    look: Look = Look.FLAT


@dataclass(frozen=True, slots=True)
class Portrait:
    person: Person
    scene: Scene


AGES = (Age.CHILD, Age.ADULT, Age.OLD)
"""Ages that are drawn. `young` is not among them: it is drawn as `adult`."""


def random_person(random: Random) -> Person:
    """Choose a person by chance. Children and women have no beard; anybody may be bald."""
    gender = random.choice(list(Gender))
    age = random.choices(AGES, (1, 3, 1))[0]
    bearded = gender is not Gender.WOMAN and age is not Age.CHILD
    return Person(
        gender=gender,
        age=age,
        skin=random.choice(list(Skin)),
        hair_color=random.choice(list(HairColor)),
        cut=random.choices(list(Cut), (1, 2, 2, 2, 1.5, 1.5))[0],
        eyes=random.choice(list(Eyes)),
        facial_hair=random.choices(list(FacialHair), (3, 1, 1.5, 3))[0]
        if bearded
        else FacialHair.NONE,
        glasses=random.choices(list(Glasses), (5, 3, 2))[0],
    )


def random_scene(random: Random, *, looks: bool = True) -> Scene:
    """Choose a scene by chance; with `looks=False` its look is flat."""
    return Scene(
        place=random.choice(list(Place)),
        clothes=random.choice(list(Clothes)),
        expression=random.choice(list(Expression)),
        hat=random.choices(list(Hat), (3, 1))[0],
        look=random.choices(list(Look), (12, 1, 1))[0] if looks else Look.FLAT,
    )


CHOICES: dict[str, tuple[StrEnum, ...]] = {
    "gender": tuple(Gender),
    "age": AGES,
    "skin": tuple(Skin),
    "hair_color": tuple(HairColor),
    "cut": tuple(Cut),
    "eyes": tuple(Eyes),
    "facial_hair": tuple(FacialHair),
    "glasses": tuple(Glasses),
    "place": tuple(Place),
    "clothes": tuple(Clothes),
    "expression": tuple(Expression),
    "hat": tuple(Hat),
    "look": tuple(Look),
}
"""The values of every attribute, in the order in which classifiers number them."""

PERSON_NAMES = tuple(field.name for field in fields(Person))
"""Names of the attributes that a person has; a scene has the others."""


def value(portrait: Portrait, name: str) -> StrEnum:
    owner = portrait.person if name in PERSON_NAMES else portrait.scene
    return cast("StrEnum", getattr(owner, name))


def number(portrait: Portrait, name: str) -> int:
    """Give the number of an attribute's value in CHOICES."""
    return CHOICES[name].index(value(portrait, name))
