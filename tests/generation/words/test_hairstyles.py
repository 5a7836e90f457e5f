"""Hairstyles as the pocket model draws them."""

import pytest

from generation.words.hairstyles import plain_hairstyles


@pytest.mark.parametrize(
    ("words", "plain", "missed"),
    [
        ("a girl with two blonde braids", "a girl with long blonde hair", ("braids",)),
        ("with short dreadlocks on a beach", "with short hair on a beach", ("dreadlocks",)),
        ("golden locks", "long golden hair", ("locks",)),
        ("a woman with a Blonde Bob", "a woman with short Blonde hair", ("Bob",)),
        ("dreadlocks, smiling", "long hair, smiling", ("dreadlocks",)),
        ("with a pixie cut", "with short hair", ("pixie cut",)),
        ("in a blue wig", "in blue hair", ("wig",)),
        ("with curls", "with curly hair", ()),
        ("long golden curls", "curly long golden hair", ()),
        ("with a long red ponytail", "with long red hair and a ponytail", ()),
        ("with a gray bun", "with gray hair and a bun", ()),
        ("with a red afro", "with red hair and an afro", ()),
        ("wavy brown hair", "curly brown hair", ()),
        ("silver hair elf princess", "silver-haired elf princess", ()),
        ("a red hair girl at sea", "a red-haired girl at sea", ()),
    ],
)
def test_hair_that_is_drawn_stands_for_it(words: str, plain: str, missed: tuple[str, ...]) -> None:
    """Its colour stays, and what isn't drawn is known."""
    assert plain_hairstyles(words) == (plain, missed)


@pytest.mark.parametrize(
    "words",
    [
        *("Bob at sea", "a castle with locks", "a cinnamon bun", "a ponytail", "with a bun"),
        *("a knight on the wavy sea", "dreadful", "bobsleigh", "a curling rink", ""),
        *("red hair and king", "with red hair on a man", "black hair dye"),
    ],
)
def test_other_words_stay(words: str) -> None:
    assert plain_hairstyles(words) == (words, ())
