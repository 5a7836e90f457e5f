"""What a drawn portrait shows: a person, who stays the same, and a scene, which changes."""

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import cast

from generation.character import Age, Eyes, FacialHair, Gender, Glasses, HairColor, Skin


class Cut(StrEnum):
    BALD = "bald"
    BUZZ = "buzz cut"
    RECEDING = "receding"
    SHORT = "short"
    PARTED = "parted"
    AFRO = "afro"
    CURLY = "curly"
    MEDIUM = "medium"
    LONG = "long"
    BUN = "bun"
    PONYTAIL = "ponytail"


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


class Garment(StrEnum):
    SHIRT = "shirt"
    SWEATER = "sweater"
    JACKET = "jacket"
    HOODIE = "hoodie"
    DRESS = "dress"


class Place(StrEnum):
    STUDIO = "studio"
    SPACE = "space"
    MOON = "moon"
    SNOW = "snow"
    FOREST = "forest"
    BEACH = "beach"
    SEA = "sea"
    DESERT = "desert"
    MOUNTAINS = "mountains"
    CITY = "city"
    NIGHT = "night"
    UNDERWATER = "underwater"
    GARDEN = "garden"
    LIBRARY = "library"
    KITCHEN = "kitchen"
    STAGE = "stage"
    SUNSET = "sunset"
    RAIN = "rain"
    CASTLE = "castle"


class Role(StrEnum):
    """Who somebody is dressed as, with something to be known by."""

    NONE = "none"
    ASTRONAUT = "astronaut"
    KNIGHT = "knight"
    KING = "king"
    QUEEN = "queen"
    WIZARD = "wizard"
    PIRATE = "pirate"
    CHEF = "chef"
    DOCTOR = "doctor"
    DETECTIVE = "detective"
    SUPERHERO = "superhero"
    SAILOR = "sailor"
    PILOT = "pilot"
    SAMURAI = "samurai"
    PAINTER = "painter"
    MUSICIAN = "musician"
    SCIENTIST = "scientist"
    EXPLORER = "explorer"
    VIKING = "viking"
    FIREFIGHTER = "firefighter"
    COWBOY = "cowboy"
    GARDENER = "gardener"


DYED = frozenset(
    (
        *(Role.NONE, Role.KING, Role.QUEEN, Role.WIZARD, Role.PIRATE, Role.SUPERHERO),
        *(Role.SAMURAI, Role.MUSICIAN, Role.VIKING, Role.COWBOY, Role.GARDENER),
    )
)
"""Roles whose outfit has the colour of the clothes. A chef's or an astronaut's has its own."""


class Look(StrEnum):
    FLAT = "flat"
    OIL = "oil"
    WATERCOLOR = "watercolor"
    PENCIL = "pencil"
    PIXELS = "pixels"
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
    """What only words can ask for. With a role the garment isn't seen, and there is no hat."""

    place: Place
    clothes: Clothes
    garment: Garment = Garment.SHIRT
    expression: Expression
    hat: Hat
    role: Role = Role.NONE
    look: Look = Look.FLAT


@dataclass(frozen=True, slots=True)
class Portrait:
    person: Person
    scene: Scene


AGES = (Age.CHILD, Age.ADULT, Age.OLD)
"""Ages that are drawn. `young` is not among them: it is drawn as `adult`."""

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
    "garment": tuple(Garment),
    "expression": tuple(Expression),
    "hat": tuple(Hat),
    "role": tuple(Role),
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


def shown(portrait: Portrait, name: str) -> bool:
    """Say whether a drawing shows an attribute: a role hides the garment, some its colour."""
    match name:
        case "garment":
            return portrait.scene.role is Role.NONE
        case "clothes":
            return portrait.scene.role in DYED
        case "hair_color":
            return portrait.person.cut is not Cut.BALD
        case _:
            return True
