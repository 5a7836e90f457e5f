"""How a person's traits are said: in one sentence, as a friend would describe somebody."""

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
    parts = [_lowered(trait_line(say, traits, trait)) for trait in chosen if trait not in WHO]
    if not set(chosen).isdisjoint(WHO):
        parts.insert(
            0, say("looks-who", gender=traits.gender or "unset", age=traits.age or "unset")
        )
    sentence = "; ".join(parts)
    described = sentence[0].upper() + sentence[1:] + "."
    return described if len(chosen) == len(CHOICES) else f"{described}\n{say('looks-rest')}"


def _lowered(text: str) -> str:
    return text[0].lower() + text[1:]
