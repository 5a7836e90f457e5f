"""A person who sits for a portrait: what every part of the figure is drawn from."""

from dataclasses import dataclass
from random import Random

from generation.character import Age, Gender
from generation.pocket.portraits.attributes import Person, Portrait, Scene
from generation.pocket.portraits.colours import Colour, darker, lightness_varied
from generation.pocket.portraits.figure.manner import Manner
from generation.pocket.portraits.palette import HAIR, SKIN


@dataclass(frozen=True, slots=True)
class Sitter:
    """The person, the scene and the manner, with this drawing's own tones of skin and hair."""

    person: Person
    scene: Scene
    manner: Manner
    skin: Colour
    hair: Colour

    @property
    def child(self) -> bool:
        return self.person.age is Age.CHILD

    @property
    def man(self) -> bool:
        return self.person.gender is Gender.MAN

    @property
    def woman(self) -> bool:
        return self.person.gender is Gender.WOMAN

    @property
    def shaded_skin(self) -> Colour:
        return darker(self.skin, 0.86)

    @property
    def chin(self) -> float:
        """The chin's height below the middle of the head, in halves of the head's width."""
        return 1.12 if self.child else 1.3


def seat(portrait: Portrait, manner: Manner, random: Random) -> Sitter:
    person = portrait.person
    return Sitter(
        person,
        portrait.scene,
        manner,
        skin=lightness_varied(SKIN[person.skin], random, 5),
        hair=lightness_varied(HAIR[person.hair_color], random),
    )
