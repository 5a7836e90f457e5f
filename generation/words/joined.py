"""Adjectives that "and" joins before somebody: "an old and wise king" is an old, wise king."""

import re

from generation.words.people import PEOPLE
from generation.words.roles import is_role

_PAIR = re.compile(
    r"(?P<start>(?:^|\b(?:an?|the|as|my|one) )(?:(?:as )?(?:an?|the) )?(?:very )?(?P<one>[\w'-]+))"
    r" and (?=(?P<rest>(?:[\w'-]+ ?){2,4}))",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(PEOPLE, re.IGNORECASE)
_ENDS = re.compile(
    r"(?:an?|the|his|her|my|their|of|in|on|at|with|to|from|who|is|\w+ing)", re.IGNORECASE
)
"""What doesn't stand between an adjective and its noun."""


def without_and(text: str) -> str:
    """Leave out such an "and". Of who is two persons it stays: "a king and old queen"."""
    return _PAIR.sub(_joined, text)


def _joined(found: re.Match[str]) -> str:
    if _is_somebody(found["one"]):
        return found[0]
    for place, word in enumerate(found["rest"].split()):
        if _is_somebody(word):
            return f"{found['start']} " if place else found[0]
        if _ENDS.fullmatch(word):
            break
    return found[0]


def _is_somebody(word: str) -> bool:
    return bool(_SOMEBODY.fullmatch(word)) or is_role(word)
