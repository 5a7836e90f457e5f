"""Colours of things and places, which the pocket model would draw on the person."""

import pytest

from generation.models.catalogue import POCKET_WEIGHTS
from generation.words.things import THINGS, plain_things
from generation.words.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("words", "plain", "missed"),
    [
        ("in a black castle", "in a castle", ("black castle",)),
        ("holding Red flowers", "holding flowers", ("Red flowers",)),
        ("an orange beach", "a beach", ("orange beach",)),
        ("a black and white castle", "a castle", ("black and white castle",)),
        ("with a (red guitar:1.3)", "with a (guitar:1.3)", ("red guitar",)),
        ("in a hat on a blue background", "in a hat on a background", ("blue background",)),
        ("wearing red glasses", "wearing glasses", ("red glasses",)),
        ("by the blue sea", "by the sea", ()),
        ("a king with a golden crown", "a king with a crown", ()),
        ("at a pink and orange sunset", "at a sunset", ()),
        ("under the full moon in a forest", "in moonlight in a forest", ()),
        ("under a pale moon", "in moonlight", ()),
    ],
)
def test_a_thing_has_its_own_colour(words: str, plain: str, missed: tuple[str, ...]) -> None:
    """Another is left out, and known to be: white snow is white anyway."""
    assert plain_things(words) == (plain, missed)


@pytest.mark.parametrize(
    "words",
    [
        *("a black knight", "a pink princess", "in a red dress", "with red hair", "in red"),
        *("with a black cat", "a hero with a red cape", "in a green castle dress", "on the moon"),
        *("a dark forestry", "woman red hair green eyes", "an old castle", "a snowy forest"),
    ],
)
def test_the_colours_of_people_and_clothes_stay(words: str) -> None:
    assert plain_things(words) == (words, ())


def test_all_things_are_drawn() -> None:
    """What isn't goes with its colour anyway."""
    drawn = set(Vocabulary.of(POCKET_WEIGHTS).known or ())
    assert [thing for thing in THINGS if not {thing, f"{thing}s"} & drawn] == []
