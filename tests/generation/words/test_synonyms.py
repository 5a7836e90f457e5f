"""What people call things that the pocket model draws."""

import tomllib

import pytest

from generation.models.catalogue import POCKET_WEIGHTS
from generation.words.synonyms import FILE, plain_names
from generation.words.vocabulary import Vocabulary, words_of

POCKET = Vocabulary.of(POCKET_WEIGHTS)


@pytest.mark.parametrize(
    ("words", "plain"),
    [
        ("as Batman in Paris", "as superhero in Paris"),
        ("an Empress", "a queen"),
        ("a surgeon and two mages", "a doctor and two wizards"),
        ("Wonder Woman at night", "woman superhero at night"),
        ("Captain Jack Sparrow", "pirate"),
        ("in a red T-shirt and a cowboy hat", "in a red shirt and a hat"),
        ("a black leather jacket", "a black jacket"),
        ("a captain of a plane", "a pilot"),
        ("a Santa hat", "a hat"),
        ("Snow White in a forest", "princess in a forest"),
        ("a female knight", "a woman knight"),
        ("a middle aged man", "an adult man"),
        ("a Batman costume", "a superhero outfit"),
        ("a pirate in shades", "a pirate in sunglasses"),
    ],
)
def test_they_are_called_as_the_model_knows_them(words: str, plain: str) -> None:
    assert plain_names(words) == plain


@pytest.mark.parametrize(
    "words",
    [
        "a santa outfit",
        "shades of blue",
        "a magenta robot",
        "vetoed",
        "count the stars",
        "investing",
        "",
    ],
)
def test_other_words_stay(words: str) -> None:
    assert plain_names(words) == words


def test_every_synonym_is_for_words_that_it_draws() -> None:
    """And for none that it knows by itself, which its captions have taught."""
    tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    listed = {drawn: said.split() for table in tables.values() for drawn, said in table.items()}
    assert [drawn for drawn in listed if POCKET.unknown(drawn)] == []
    known = POCKET.known or {}
    assert [said for synonyms in listed.values() for said in synonyms if said in known] == []
    assert all(words_of(said) for synonyms in listed.values() for said in synonyms)
