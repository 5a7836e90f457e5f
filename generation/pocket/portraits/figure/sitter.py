"""A person who sits for a portrait: what every part of the figure is drawn from."""

from dataclasses import dataclass
from random import Random

from generation.character import Age, FacialHair, Gender, Skin
from generation.pocket.portraits.attributes import Hat, Person, Portrait, Role, Scene
from generation.pocket.portraits.colours import Colour, blend, darker, lightness_varied
from generation.pocket.portraits.palette import CLOTHES, HAIR, SHADE, SKIN, WHITE


@dataclass(frozen=True, slots=True)
class Sitter:
    """The person and the scene, with this drawing's own tones of skin, hair and clothes."""

    person: Person
    scene: Scene
    skin: Colour
    hair: Colour
    clothes: Colour
    lit: int

    @property
    def child(self) -> bool:
        return self.person.age is Age.CHILD

    @property
    def old(self) -> bool:
        return self.person.age is Age.OLD

    @property
    def man(self) -> bool:
        return self.person.gender is Gender.MAN

    @property
    def woman(self) -> bool:
        return self.person.gender is Gender.WOMAN

    @property
    def bearded(self) -> bool:
        return self.person.facial_hair is FacialHair.BEARD

    @property
    def covered(self) -> bool:
        """Whether something is worn on the head."""
        return self.scene.hat is Hat.HAT or self.scene.role not in _BARE_HEADED

    @property
    def skin_shade(self) -> Colour:
        return SHADE[self.person.skin]

    @property
    def skin_deep(self) -> Colour:
        """The darkest tone of the skin: nostrils, folds."""
        return blend(darker(self.skin_shade, 0.72), (90, 20, 20), 0.12)

    @property
    def skin_light(self) -> Colour:
        return blend(self.skin, (255, 240, 220), 0.28)

    @property
    def lips(self) -> Colour:
        """Lips that are seen at 256 px: redder than skin, and lighter where that is dark."""
        red = (196, 44, 66) if self.woman else (184, 60, 60)
        if self.person.skin is Skin.DARK:
            red = (208, 66, 92) if self.woman else (196, 100, 96)
        return blend(self.skin, red, 0.62 if self.woman else 0.55)

    @property
    def hair_shade(self) -> Colour:
        return blend(darker(self.hair, 0.72), (40, 20, 60), 0.1)

    @property
    def hair_light(self) -> Colour:
        return blend(self.hair, WHITE, 0.22 if sum(self.hair) < 180 else 0.3)

    @property
    def brows(self) -> Colour:
        return blend(darker(self.hair, 0.62), self.skin_shade, 0.1)

    @property
    def chin(self) -> float:
        """The chin's height below the middle of the head, in halves of the head's width."""
        return 1.1 if self.child else 1.27 if self.woman else 1.33

    @property
    def shoulders(self) -> float:
        """Half of the shoulders' width, in halves of the head's width."""
        return 1.4 if self.child else 1.62 if self.woman else 1.88 if self.man else 1.75


_BARE_HEADED = frozenset((Role.NONE, Role.DOCTOR, Role.SUPERHERO, Role.MUSICIAN, Role.ASTRONAUT))
"""Roles that wear nothing over their hair."""


def seat(portrait: Portrait, random: Random, lit: int) -> Sitter:
    person = portrait.person
    return Sitter(
        person,
        portrait.scene,
        skin=lightness_varied(SKIN[person.skin], random, 4),
        hair=lightness_varied(HAIR[person.hair_color], random),
        clothes=lightness_varied(CLOTHES[portrait.scene.clothes], random),
        lit=lit,
    )
