"""How a person's traits are said: in one sentence, as a friend would describe somebody."""

from collections.abc import Iterable

from generation.character import CHOICES, Traits
from handlers.core.keyboards import trait_line
from handlers.texts import Say

WHO = ("gender", "age")
"""The traits that say who somebody is; their words agree, so they are said as one."""


def looks(say: Say, traits: Traits) -> str:
    """Describe the traits that the person has chosen; the rest is taken from their photo."""
    chosen = [trait for trait in CHOICES if getattr(traits, trait)]
    if not chosen:
        return say("looks-as-in-the-photo")
    sentence = described(say, traits)
    return sentence if len(chosen) == len(CHOICES) else f"{sentence}\n{say('looks-rest')}"


def described(say: Say, traits: Traits) -> str:
    """Describe the traits that are there, at least one."""
    chosen = [trait for trait in CHOICES if getattr(traits, trait)]
    parts = trait_parts(say, traits, [trait for trait in chosen if trait not in WHO])
    if not set(chosen).isdisjoint(WHO):
        parts.insert(
            0, say("looks-who", gender=traits.gender or "unset", age=traits.age or "unset")
        )
    sentence = "; ".join(parts)
    return sentence[0].upper() + sentence[1:] + "."


def trait_parts(say: Say, traits: Traits, names: Iterable[str]) -> list[str]:
    """Say each of the named traits, as a part of a sentence."""
    return [_lowered(trait_line(say, traits, name)) for name in names]


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:]
