"""What comes with the years, where neither the words nor anybody says something else.

A small model knows "old", and which hair is gray, but not that they go together: an old man had the
black hair of his photo.
"""

from collections.abc import Sequence
from dataclasses import replace

from generation.character import Age, HairColor, HairLength, Traits
from generation.words.age import is_old
from generation.words.agreement import of_another_age
from generation.words.named import names


def of_that_age(told: Traits, shown: Traits, words: str) -> Traits:
    """Leave out the colour of hair that somebody has today, if words make them old.

    Who told a colour that their photos don't show wants it at any age.
    """
    today = told.hair_color is shown.hair_color and told.age is not Age.OLD
    return replace(told, hair_color=None) if today and is_old(words) else told


def greyed(traits: Traits, texts: Sequence[str], said: str) -> Traits:
    """Give gray hair to who is old by a trait, or in one of several texts.

    `said` is all that is wanted, and what isn't: who names a colour of hair, or of the beard, knows
    what they want; and a head that the words make bald has none.
    """
    dyed = traits.hair_color or names(said, "color") or names(said, "beard_color")
    shaved = names(said, "bald") and traits.hair_length is not HairLength.BALD
    if dyed or shaved or not (traits.age is Age.OLD or any(map(is_old, texts))):
        return traits
    return replace(traits, hair_color=HairColor.GRAY)


def shown_at_their_age(shown: Traits, scenes: Sequence[str]) -> Traits:
    """Give what photos show of who has the age that one of a story's scenes names, in all of them.

    Photos that show nothing stay so.
    """
    if shown == Traits() or not any(of_another_age(shown, scene) for scene in scenes):
        return shown
    old = any(map(is_old, scenes))
    color = HairColor.GRAY if old else None
    if old and shown.hair_length is HairLength.BALD:
        return replace(shown, hair_color=color)
    return replace(shown, hair_color=color, hair_length=None, facial_hair=None)
