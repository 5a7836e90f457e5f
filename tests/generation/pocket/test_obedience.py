"""What the pocket model is asked to leave out, and to keep: `python -m benchmarks.words`."""

import pytest

from benchmarks.words import (
    DENIED,
    DYED,
    EVERYDAY,
    HELD,
    LOOKS,
    STORIES,
    Albums,
    Asked,
    count_alike,
    count_shown,
)
from generation.engine.devices import Device
from generation.engine.generator import DiffusionGenerator
from generation.pocket.judging.reader import load_reader


@pytest.fixture(scope="module")
def generator() -> DiffusionGenerator:
    return DiffusionGenerator("pocket", Device("cpu", "float32"))


@pytest.fixture
def albums(generator: DiffusionGenerator) -> Albums:
    """Draw the same people in whatever order the tests come."""
    return Albums(generator, load_reader())


SOME = [DENIED[0], DENIED[3], DENIED[6], DENIED[9]]


@pytest.mark.parametrize("denied", SOME, ids=lambda denied: denied.attribute)
def test_what_is_not_wanted_is_drawn_in_one_of_six_at_most(albums: Albums, denied: Asked) -> None:
    """Glasses and a beard that the face shows, a hat, and a place."""
    face = albums.face(denied.whose)
    assert count_shown(albums.read(face, denied.words), denied) <= 1


@pytest.mark.parametrize("looks", [LOOKS[0], LOOKS[6]], ids=lambda looks: looks.attribute)
def test_looks_before_a_person_are_drawn_in_five_of_six(albums: Albums, looks: Asked) -> None:
    """Whatever hair and chin the face has."""
    assert count_shown(albums.read(albums.face(looks.whose), looks.words), looks) >= 5


@pytest.mark.parametrize("asked", [EVERYDAY[0], EVERYDAY[-1]], ids=lambda asked: asked.attribute)
def test_words_that_it_does_not_know_make_nobody_a_king(albums: Albums, asked: Asked) -> None:
    """A doctor, whose words name no place, isn't in the rain, and who climbs has no crown."""
    assert count_shown(albums.read(albums.face(asked.whose), asked.words), asked) == 6


@pytest.mark.parametrize("asked", [DYED[0], DYED[3], DYED[8]], ids=lambda asked: asked.words)
def test_a_colour_is_that_of_what_it_is_said_of(albums: Albums, asked: Asked) -> None:
    """All six had red clothes for red hair, and black ones in a black castle."""
    assert count_shown(albums.read(albums.face(asked.whose), asked.words), asked) >= 4


def test_a_story_shows_one_person_in_the_same_clothes(albums: Albums) -> None:
    """In eight scenes whose words name no clothes."""
    pictures = albums.read(albums.face(), scenes=STORIES[0])
    for attribute in HELD:
        assert count_alike(pictures, attribute) == len(STORIES[0]) == 8
