"""What comes with the years, where neither the words nor anybody says something else.

A small model knows "old", and which hair is gray, but not that they go together: an old man had the
black hair of his photo.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from generation.character import Age, HairColor, HairLength, Traits
from generation.words.agreement import of_another_age
from generation.words.named import names
from generation.words.roles import role_of

_OLD = r"(?:(?<!year[- ])(?<!years[- ])old(?![- ](?:fashioned|time|school|world|style))|elderly)"
"""An age, but not that of who is "30 years old", nor an "old-time gangster"."""

_ELDER = r"(?:grand(?:ma|pa|mother|father|dad)|grann(?:y|ie)|crone|hag)s?"
_YEARS = r"(?:[6-9]\d|1[01]\d)"
"""From 60 years on."""

_PERSON = (
    r"(?:wom[ae]n|m[ae]n|lady|ladies|gentlem[ae]n|persons?|couple|girl|boy|child|kid|guy|teenager)"
)
_SOMEBODY = re.compile(
    rf"(?:as |i am |i'm )?(?:an? |the |my )?(?:[\w-]+ ){{0,3}}?{_PERSON}\b"
    r"(?: aged \d+| in (?:his|her|their) \w+)?",
    re.IGNORECASE,
)
"""A phrase that begins with somebody, and what says how old they are."""

_IS_OLD = re.compile(
    rf"\b(?:{_OLD}|{_ELDER}|{_YEARS}[- ]years?[- ]old|aged {_YEARS}"
    r"|in (?:his|her|their) (?:[6-9]0s|sixties|seventies|eighties|nineties))\b",
    re.IGNORECASE,
)


def greyed(traits: Traits, texts: Sequence[Sequence[str]], said: str) -> Traits:
    """Give gray hair to who is old by a trait, or in one of several texts' phrases.

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
    if shown == Traits() or not any(map(of_another_age, scenes)):
        return shown
    old = any(is_old(re.split(r",\s*", scene)) for scene in scenes)
    color = HairColor.GRAY if old else None
    if old and shown.hair_length is HairLength.BALD:
        return replace(shown, hair_color=color)
    return replace(shown, hair_color=color, hair_length=None, facial_hair=None)


def is_old(scene: Sequence[str]) -> bool:
    """Say whether the first phrase that names somebody says that they are old.

    Who comes after them is somebody else: "a girl, an old lady".
    """
    return next((bool(_IS_OLD.search(who)) for who in map(_who, scene) if who), False)


def _who(phrase: str) -> str:
    """Give who a phrase begins with, as far as it may say their age; empty: it is nobody."""
    if found := _SOMEBODY.match(phrase):
        return found[0]
    if role := role_of(phrase):
        return role
    return (
        phrase if re.match(rf"(?:my |an? |the )?(?:old )?{_ELDER}\b", phrase, re.IGNORECASE) else ""
    )
