"""Things and places that the pocket model draws in colours of their own.

It takes another colour for the person's: "in a black castle" dressed everybody in black.
"""

import re
from collections.abc import Mapping

from generation.words.named import COLOURS, GARMENTS
from generation.words.subject import article

_NATURAL: Mapping[str, str] = {
    "forest jungle woods garden meadow field palm island": "green dark",
    "sea ocean water": "blue green turquoise dark",
    "snow winter": "white",
    "beach sand dunes desert": "yellow golden white",
    "sunset sunrise dawn": "red orange golden pink yellow purple",
    "moon moonlight": "white pale gray grey silver yellow light",
    "space galaxy night": "black dark",
    "star": "white yellow golden light",
    "rain storm": "gray grey dark light",
    "mountain": "gray grey brown",
    "castle": "gray grey",
    "light": "white golden yellow",
    "sunglasses": "black dark",
    "crown": "gold golden yellow",
    "axe sabre katana helm flask": "silver gray grey",
    "guitar palette lasso": "brown",
    "stethoscope binoculars": "black dark gray grey",
    "glasses goggles hat flower ship stage theater theatre library book bookshelves": "",
    "city street town kitchen studio background": "",
}
"""What colours each of them has anyway."""

_COLOURS = {
    thing: frozenset(natural.split())
    for things, natural in _NATURAL.items()
    for thing in things.split()
}

THINGS = frozenset(_COLOURS)

_LOOK = rf"(?:{COLOURS}|long|short)"
_COLOURED = re.compile(
    rf"(?<![\w-])(?P<a>an? )?(?P<looks>{_LOOK}(?:(?:,? and |,? |-){_LOOK}){{0,4}})[ -]"
    rf"(?P<called>(?P<thing>{'|'.join(THINGS)})s?)(?![\w'-]| (?:{GARMENTS}|hair|eyes|captain)\b)",
    re.IGNORECASE,
)
_UNDER_THE_MOON = re.compile(
    r"\b(?:under|beneath|below) (?:an? |the )?(?:full )?moon\b", re.IGNORECASE
)
"""What drew books and woods: captions have people under palms and water only."""

_NO_COLOUR = re.compile(r"\b(?:long|short|and)\b|[,-]")


def plain_things(text: str) -> tuple[str, tuple[str, ...]]:
    """Leave out their colours; give the things that are drawn in others: "black castle"."""
    missed: list[str] = []

    def plain(found: re.Match[str]) -> str:
        natural = _COLOURS[found["thing"].lower()]
        colours = _NO_COLOUR.sub(" ", found["looks"].lower()).split()
        if not natural.issuperset(colours):
            missed.append(f"{found['looks'].replace(',', '')} {found['called']}")
        a = f"{article(found['called'])} " if found["a"] else ""
        return f"{a}{found['called']}"

    return _UNDER_THE_MOON.sub("in moonlight", _COLOURED.sub(plain, text)), tuple(missed)
