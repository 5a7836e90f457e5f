"""Looks that words name of the person, which the pocket model is told twice.

In front, where its captions have them, and where they stand: said behind the scene alone they were
often drawn as on the face (docs/decisions/0056-looks-in-the-words.md).
"""

import re
from collections.abc import Sequence

from generation.words.adjectives import OTHERS
from generation.words.company import without_company
from generation.words.named import COLOURS, names
from generation.words.phrases import Phrase

_KIND = (
    rf"(?:very|{COLOURS}|long|short|shoulder[- ]length|medium|curly|wavy|straight|thick|thin|bushy"
    r"|big|small|huge|full|messy|shiny|silky|fluffy|wild|shaggy|scruffy|braided|flowing|bright|deep"
    r"|trimmed|neat|beautiful|great|freckled|tanned|wrinkled)"
)
_LOOKS_SAID = {
    "hair": rf"(?:{_KIND}[- ]?){{1,4}} hair|bald head",
    "skin": rf"(?:{_KIND}[- ]?){{1,4}} skin",
    "beard": rf"(?:{_KIND}[- ]?){{0,4}} ?(?:beard|mo?ustache|goatee|stubble)",
    "glasses": rf"(?:{_KIND}[- ]?){{0,4}} ?(?:sun)?glasses",
}
"""What somebody looks like, in the order of the captions."""

_EYES = rf"(?:{_KIND}[- ]?){{1,4}} eyes"
"""What is believed when it is said once; said twice, "green eyes" dressed everybody in green."""

_LOOK = rf"(?:(?:an?|his|her|their|my) )?(?:{'|'.join((*_LOOKS_SAID.values(), _EYES))})"
_LIST = rf"{_LOOK}(?:(?:,? and(?: with)?| with) {_LOOK})*"
_WHO = (
    rf"(?:(?!(?:{OTHERS}|and|or|of|with|at|in|on|before|like|over|under|for|has|have|is|not|no"
    r"|without|my|his|her|their)\b|(?!(?:vi)?king\b)\w+ing\b)"
    r"[\w'-]+ ){1,5}"
)
_THEN = (
    r"(?=$| (?:in (?!hand)|at|by|near|under|and|\w+ing\b"
    r"|on (?!(?:\w+ )?(?:table|tray|desk|head|shelf|bar)\b)))"
)
_OWN = re.compile(
    rf"(?:(?:with|wearing|in) )?(?P<alone>{_LIST}){_THEN}|"
    rf"{_WHO}(?:with|wearing) (?P<own>{_LIST}){_THEN}",
    re.IGNORECASE,
)
"""A phrase that begins with a look, or names somebody and their looks first of all: "a king with
dark skin in a castle", but not "a king fighting a demon with red skin"."""


def own_looks(phrases: Sequence[Phrase]) -> list[str]:
    """List what phrases name of the person's looks, in the order of the captions.

    They have been through `looks_apart` (`generation.words.adjectives`). Of whom a phrase tells
    that isn't the first nobody knows, unless it is nothing but a look. What is weakened isn't
    listed, and nothing is where a beard is named otherwise: a bald head that was said twice, and
    its beard once, was drawn without the beard.
    """
    found: dict[str, list[str]] = {kind: [] for kind in _LOOKS_SAID}
    for place, phrase in enumerate(phrases):
        said = _OWN.match(without_company(phrase.text))
        if said is None or phrase.glue == " " or float(phrase.weight or 1) < 1:
            continue
        listed = said["alone"] or ("" if place else said["own"])
        for kind, words in _LOOKS_SAID.items():
            looks = re.findall(rf"(?:^|\b)(?:{words})(?![\w'-])", listed.lower())
            found[kind] += [f"wearing {one}" if kind == "glasses" else one for one in looks]
    text = ", ".join(phrase.text for phrase in phrases)
    if names(text, "facial_hair") and not found["beard"]:
        return []
    return list(dict.fromkeys(look.strip() for looks in found.values() for look in looks))
