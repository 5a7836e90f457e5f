"""Who is in the picture."""

from dataclasses import dataclass
from enum import StrEnum


class Gender(StrEnum):
    WOMAN = "woman"
    MAN = "man"
    PERSON = "person"


class Age(StrEnum):
    CHILD = "child"
    YOUNG = "young"
    ADULT = "adult"
    OLD = "old"


class HairColor(StrEnum):
    BLACK = "black"
    BROWN = "brown"
    BLOND = "blond"
    RED = "red"
    GRAY = "gray"
    WHITE = "white"
    BLUE = "blue"
    PINK = "pink"


class HairLength(StrEnum):
    BALD = "bald"
    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


class Eyes(StrEnum):
    BROWN = "brown"
    BLUE = "blue"
    GREEN = "green"
    GRAY = "gray"


class Skin(StrEnum):
    PALE = "pale"
    FAIR = "fair"
    TAN = "tan"
    OLIVE = "olive"
    BROWN = "brown"
    DARK = "dark"


class FacialHair(StrEnum):
    NONE = "none"
    STUBBLE = "stubble"
    MOUSTACHE = "moustache"
    BEARD = "beard"


class Glasses(StrEnum):
    NONE = "none"
    GLASSES = "glasses"
    SUNGLASSES = "sunglasses"


FREE_WORDS_LIMIT = 200
"""Characters of a person's own words about their character."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What a character looks like, in the person's own choice; None leaves it to the face."""

    gender: Gender | None = None
    age: Age | None = None
    hair_color: HairColor | None = None
    hair_length: HairLength | None = None
    eyes: Eyes | None = None
    skin: Skin | None = None
    facial_hair: FacialHair | None = None
    glasses: Glasses | None = None
    words: str = ""


CHOICES: dict[str, type[StrEnum]] = {
    "gender": Gender,
    "age": Age,
    "hair_color": HairColor,
    "hair_length": HairLength,
    "eyes": Eyes,
    "skin": Skin,
    "facial_hair": FacialHair,
    "glasses": Glasses,
}
"""The traits that are chosen from a list, in the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class Character:
    """A face with a name and traits. `face` is one aligned square portrait, a PNG file's bytes."""

    name: str
    face: bytes
    traits: Traits = Traits()
