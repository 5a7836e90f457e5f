"""What comes with the years, where neither the words nor anybody says something else.

A small model knows "old", and which hair is gray, but not that they go together: an old man had the
black hair of his photo.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from generation.character import Age, HairColor, Traits
from generation.words.adjectives import COMPANY
from generation.words.named import names
from generation.words.roles import role_of
from generation.words.subject import in_all_scenes

OLD_ROLE = re.compile(r"\b(?:old|elderly|aged|ancient)\b", re.IGNORECASE)
"""What makes a role an old one: "an old pirate", but not "the king of an old castle"."""

_ELDER = re.compile(
    r"\b(?:grand(?:ma|pa|mother|father|dad)|grann(?:y|ie)|crone|hag)s?\b", re.IGNORECASE
)
"""Who is old already."""

_ELDERLY = re.compile(
    r"(?:as )?(?:an? |the )?(?:[\w-]+ )?(?:elderly|aged|ancient|old) (?:[\w-]+ )?"
    r"(?:wom[ae]n|m[ae]n|lady|ladies|gentlem[ae]n|persons?)\b",
    re.IGNORECASE,
)
"""A phrase that begins with somebody old."""

_YEARS = re.compile(r"\b(?:[6-9]\d[- ]years?[- ]old|aged [6-9]\d)\b", re.IGNORECASE)


def greyed(traits: Traits, scene: Sequence[str], said: str) -> Traits:
    """Give gray hair to who is old, in phrases of a scene or by a trait.

    `said` is all that is wanted, and what isn't: who names a colour of hair, or of the beard, knows
    what they want.
    """
    dyed = traits.hair_color or names(said, "color") or names(said, "beard_color")
    if dyed or not _is_old(traits, scene):
        return traits
    return replace(traits, hair_color=HairColor.GRAY)


def _is_old(traits: Traits, scene: Sequence[str]) -> bool:
    if in_all_scenes(traits, scene).age is Age.OLD or any(map(_ELDERLY.match, scene)):
        return True
    roles = [role_of(phrase) for phrase in scene]
    if any(OLD_ROLE.search(role) or _ELDER.search(role) for role in roles):
        return True
    return any(_YEARS.search(COMPANY.split(phrase)[0]) for phrase in scene)
