"""Where the pocket model draws somebody whose words don't say it.

Left alone, it draws four of ten in the rain: docs/decisions/0059-a-place-for-everybody.md.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from generation.words.known_part import BEHIND
from generation.words.named import GARMENTS, names
from generation.words.roles import is_role
from generation.words.vocabulary import forms_of, words_of

_FILE = Path(__file__).parent / "places.toml"

_PLACES: Sequence[Mapping[str, str]] = list(
    tomllib.loads(_FILE.read_text(encoding="utf-8")).values()
)

_NAMES = {place["say"]: place.get("names", "").split() for place in _PLACES}
"""What draws which place."""

_NAMED = frozenset(name for called in _NAMES.values() for name in called)

_MEANT = [
    {word: place["say"] for place in _PLACES for word in place.get(key, "").split()}
    for key in ("near", "home", "time")
]
"""What is said for which words: those that say more come first."""

PLAIN = "plain background"
"""Where nothing says more, and where no background is wanted."""

_NO_BACKGROUND = re.compile(r"(?:(?:an?|any|the) )?background", re.IGNORECASE)


_PRINT = re.compile(
    rf"\b(?P<what>[\w-]+) (?=(?:{GARMENTS}|tattoos?|prints?|patterns?|masks?|style|stickers?|toys?"
    r"|hats?|boots|shoes|necklace|ring|earrings?)\b)",
    re.IGNORECASE,
)
"""What something to wear is like, or shows: with a dragon tattoo nobody is in a castle."""


def place_for(wanted: str, unwanted: Sequence[str] = ()) -> str:
    """Give where somebody is; empty if what is wanted says it, or no place is left."""
    if any(map(rules_out_all, unwanted)):
        return PLAIN
    words = words_of(BEHIND.sub("", wanted).lower())
    forms = [form for word in _joined(words) for form in forms_of(word)]
    if not _NAMED.isdisjoint(forms):
        return ""
    bare = words_of(_PRINT.sub(_who_wears_it, " ".join(words)))
    forms = [form for word in _joined(bare) for form in forms_of(word)]
    said = [meant[form] for meant in _MEANT for form in forms if form in meant]
    places = dict.fromkeys((*said, PLAIN))
    return next((place for place in places if not _is_unwanted(place, unwanted)), "")


def _who_wears_it(found: re.Match[str]) -> str:
    """Keep of what is worn who does: a "pirate costume" is at sea."""
    return found[0] if is_role(found["what"]) else ""


def _joined(words: Sequence[str]) -> list[str]:
    """Give each three words in a row, each two and each one, as the file has them."""
    return [
        "-".join(words[at : at + count])
        for count in (3, 2, 1)
        for at in range(len(words) - count + 1)
    ]


def rules_out_all(unwanted: str) -> bool:
    """Say whether no background is wanted, whatever it is."""
    return bool(_NO_BACKGROUND.fullmatch(unwanted))


def _is_unwanted(place: str, unwanted: Sequence[str]) -> bool:
    """Say whether something of a place is ruled out: no books, no library."""
    called = [place, *(name.replace("-", " ") for name in _NAMES[place])]
    return any(
        names(", ".join(called), one) or names(one, name) for one in unwanted for name in called
    )
