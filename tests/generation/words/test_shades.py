"""Colours of hair that people call more exactly than a small model knows."""

import pytest

from generation.words.shades import plain_shades


@pytest.mark.parametrize(
    ("exactly", "plain"),
    [
        ("a woman with snow-white hair", "a woman with white hair"),
        ("a Jet black beard", "a black beard"),
        ("a man with a long salt and pepper beard", "a man with a long gray beard"),
        ("a fiery red-haired queen", "a red-haired queen"),
        ("strawberry blonde wavy hair", "blonde wavy hair"),
        ("an ash blond beard", "a blond beard"),
        ("a silvery grey moustache", "a grey moustache"),
    ],
)
def test_hair_is_called_by_a_plain_colour(exactly: str, plain: str) -> None:
    assert plain_shades(exactly) == plain


@pytest.mark.parametrize(
    "words",
    [
        "a snow-white castle",
        "a chef with salt and pepper",
        "jet black armor",
        "Snow White with hair",
        "a girl in a bright red dress with long hair",
        "bright red lips and black hair",
    ],
)
def test_what_is_no_hair_keeps_its_colour(words: str) -> None:
    assert plain_shades(words) == words
