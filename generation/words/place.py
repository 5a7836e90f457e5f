"""Where the pocket model draws somebody whose words don't say it.

Left alone, it draws four of ten in the rain: docs/decisions/0059-a-place-for-everybody.md.
"""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from generation.words.named import names
from generation.words.vocabulary import forms_of, words_of

_FILE = Path(__file__).parent / "places.toml"

_PLACES = tomllib.loads(_FILE.read_text(encoding="utf-8")).values()

_NAMED = frozenset(name for place in _PLACES for name in place["names"].split(", "))

_MEANT = [
    {word: place["say"] for place in _PLACES for word in place.get(key, "").split()}
    for key in ("near", "home", "time")
]
"""What is said for which words: those that say more come first."""

PLAIN = "plain background"
"""Where nothing says more."""


def place_for(wanted: str, unwanted: Sequence[str] = ()) -> str:
    """Give where somebody is; empty if what is wanted says it, or no place is left."""
    words = words_of(wanted.lower())
    forms = [form for word in words for form in forms_of(word)]
    whole = f" {' '.join(words)} "
    if not _NAMED.isdisjoint(forms) or any(f" {name} " in whole for name in _NAMED if " " in name):
        return ""
    said = [meant[form] for meant in _MEANT for form in forms if form in meant]
    places = dict.fromkeys((*said, PLAIN))
    return next((one for one in places if not any(names(one, no) for no in unwanted)), "")
