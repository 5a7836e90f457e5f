"""The roles that somebody can be dressed as: a knight is one, a castle isn't."""

import re
from pathlib import Path

_LISTED = (Path(__file__).parent / "roles.txt").read_text(encoding="utf-8").split()
"""Roles, a word a line, with a capital if it is a name; with a minus before it a word is none,
though it ends like one."""

_ROLES = frozenset(word.lower() for word in _LISTED if not word.startswith("-"))
_NAMES = frozenset(word.lower() for word in _LISTED if word[0].isupper())
_NO_ROLES = frozenset(word[1:] for word in _LISTED if word.startswith("-"))

_MAKERS = re.compile(
    r"[\w-]{2,}(?:ist|ician|man|woman|men|naut|smith|herd|eer|ier|ter|der|ner|ler|ger|ker|per|ver"
    r"|ser|mer|ber|cer|rer|tor|sor|yer|cher|sher)$"
)
"""Endings of words for who does something."""

_PEOPLE = frozenset(("man", "woman", "men", "women", "gentleman"))
"""What everybody is."""

_HEAD = re.compile(
    r"(?:(?:dressed |disguised )?as )?((?:an? |the |one )?(?:(?!(?:with|and|in|on|at|of|from|to|who"
    r"|near|by|under|as|holding|wearing|for|against|over|inside|during|while|made|full|or|vs|is"
    r"|that)\b)[\w'-]+\)? ?){1,5})",
    re.IGNORECASE,
)
"""A phrase's noun and what stands before it."""


def role_of(phrase: str) -> str:
    """Give who one can be that a phrase begins with: "a knight", of "a knight in a forest".

    Empty: it begins with nobody.
    """
    head = _HEAD.match(phrase)
    if head is None:
        return ""
    words = head[1].split()
    for at in range(1, len(words)):
        if words[at].lower().endswith("ing") and is_role(words[at - 1]):
            return " ".join(words[:at])  # "a cowboy riding a horse"
    return " ".join(words) if words and is_role(words[-1]) else ""


def is_name(role: str) -> bool:
    """Say whether a role is somebody by name: "Sherlock Holmes"."""
    words = role.split()
    capitals = len(words) > 1 and all(word[:1].isupper() for word in words)
    return capitals or words[-1].lower() in _NAMES


def is_role(word: str) -> bool:
    """Say whether a single word is a role."""
    word = re.sub(r"\W+$", "", word.lower().removesuffix("'s")).rpartition("-")[2]
    if word in _PEOPLE:
        return False
    return word in _ROLES or (bool(_MAKERS.fullmatch(word)) and word not in _NO_ROLES)
