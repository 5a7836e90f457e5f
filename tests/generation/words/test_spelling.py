"""Misspelt English words."""

import pytest

from generation.models.catalogue import POCKET_WEIGHTS
from generation.words.spelling import mended
from generation.words.vocabulary import Vocabulary

KNOWN = Vocabulary.of(POCKET_WEIGHTS).known or {}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("an astronuat on the moon", "an astronaut on the moon"),
        ("Firefigher in a kichen", "firefighter in a kitchen"),
        ("two wizzards, a samuri", "two wizards, a samurai"),
        ("kinght in shinning armor", "knight in shining armor"),
        ("in the (moutains:1.2)", "in the (mountains:1.2)"),
    ],
)
def test_a_word_with_one_wrong_letter_is_understood(written: str, meant: str) -> None:
    """People write on telephones."""
    assert mended(written, KNOWN) == meant


@pytest.mark.parametrize(
    "words",
    [
        *("on a bench by a tower", "a house mouse", "a chief of staff", "Mr Pirat", "a vase"),
        *("astro-nuat", "knight's", "glases", "x" * 4000, "рыцырь", ""),
    ],
)
def test_real_words_and_names_stay(words: str) -> None:
    """So does what may be one of several."""
    assert mended(words, KNOWN) == words
