"""What the pocket model is asked to leave out, and to keep: `python -m benchmarks.words`."""

import pytest

from benchmarks.words import DENIED, HELD, STORIES, Albums, Denied, count_alike, count_shown
from generation.engine.devices import Device
from generation.engine.generator import DiffusionGenerator
from generation.pocket.judging.reader import load_reader


@pytest.fixture(scope="module")
def albums() -> Albums:
    return Albums(DiffusionGenerator("pocket", Device("cpu", "float32")), load_reader())


SOME = [DENIED[0], DENIED[3], DENIED[6], DENIED[9]]


@pytest.mark.parametrize("denied", SOME, ids=lambda denied: denied.attribute)
def test_what_is_not_wanted_is_drawn_in_one_of_six_at_most(albums: Albums, denied: Denied) -> None:
    """Glasses and a beard that the face shows, a hat, and a place."""
    face = albums.face(denied.whose)
    assert count_shown(albums.read(face, denied.words), denied) <= 1


def test_a_story_shows_one_person_in_the_same_clothes(albums: Albums) -> None:
    """In eight scenes whose words name no clothes."""
    pictures = albums.read(albums.face(), scenes=STORIES[0])
    for attribute in HELD:
        assert count_alike(pictures, attribute) == len(STORIES[0]) == 8
