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
"""Greatest length of what a person writes about their looks, in Unicode characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What the person says about their looks; None leaves a trait to the face's picture."""

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
"""The traits that are chosen from lists, in the order in which the bot asks for them."""


@dataclass(frozen=True, slots=True)
class Character:
    """A person to draw: a name, photos of the face, and traits.

    `faces` are PNG files: square portraits with the eyes level, as `generation.faces.face`
    describes them; without any, nobody in particular is drawn. `embeddings` say who is on each, as
    far as that is known already: see `generation.faces.sface`. `shown` is what the faces show of
    traits that may be open: it is read for one album, and is no trait of the person's.
    """

    name: str
    faces: tuple[bytes, ...]
    traits: Traits = Traits()
    embeddings: tuple[bytes | None, ...] = ()
    shown: Traits = Traits()
