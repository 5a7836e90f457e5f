"""pymorphy3's knowledge of Russian forms: 30 MB, read when the first Russian word needs it."""

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import pymorphy3

if TYPE_CHECKING:
    from pymorphy3.analyzer import Parse

NAMED = "字"
"""A letter of no alphabet that has a name."""


@cache
def analyzer() -> pymorphy3.MorphAnalyzer:
    """Give the one that all share."""
    return pymorphy3.MorphAnalyzer()


def readings_of(word: str) -> "list[Parse]":
    """Give the readings of a word, the likeliest first. Of a word in another language there is one.

    pymorphy3 asks for the name of each letter, and fails if it has none, as 6,145 Tangut ones in
    Python 3.11: such a letter is read as another one.
    """
    named = "".join(
        NAMED if letter.isalpha() and not unicodedata.name(letter, "") else letter
        for letter in word
    )
    found = analyzer().parse(named)
    return found if named == word else [one._replace(word=word, normal_form=word) for one in found]
