"""What photos show of the traits that their person left open."""

from dataclasses import replace
from functools import cache
from io import BytesIO

import pytest
from PIL import Image

from generation.character import Character, FacialHair, Glasses, HairColor, Skin, Traits
from generation.faces.finder import FaceFinder
from generation.faces.sight import Sights
from generation.work.photos import as_on_photos
from tests.support.photographs import astronaut, encode, hopper

SIGHTS = Sights()


@cache
def face(of: str) -> bytes:
    picture = hopper() if of == "hopper" else astronaut()
    return FaceFinder().find(encode(picture))[0].image


def seen(*of: str, told: Traits | None = None) -> Traits:
    faces = tuple(face(one) for one in of)
    return as_on_photos(Character("Ann", faces, told or Traits()), SIGHTS).traits


def test_what_was_left_open_is_as_on_the_photo() -> None:
    """What the draft says of it when it is sent, and where that says no skin, the likeliest."""
    sent = FaceFinder().find(encode(hopper()))[0].traits
    assert sent == Traits(facial_hair=FacialHair.NONE, glasses=Glasses.GLASSES)
    assert seen("hopper") == replace(sent, skin=seen("hopper").skin)
    assert seen("hopper").skin in {Skin.PALE, Skin.FAIR, Skin.TAN}


def test_a_photo_without_colours_leaves_the_skin_open() -> None:
    """Then the face alone says it."""
    grey = encode(Image.open(BytesIO(face("astronaut"))).convert("L").convert("RGB"))
    shown = as_on_photos(Character("Ann", (grey,)), SIGHTS).traits
    assert (shown.skin, shown.glasses) == (None, Glasses.NONE)


def test_what_was_told_stays() -> None:
    """Who wants blue hair and glasses has them, whatever the photo shows."""
    told = Traits(hair_color=HairColor.BLUE, glasses=Glasses.GLASSES, words="a scar")
    shown = seen("astronaut", told=told)
    assert (shown.hair_color, shown.glasses) == (HairColor.BLUE, Glasses.GLASSES)
    assert shown.words == "a scar"
    assert shown.skin is Skin.FAIR


def test_photos_that_differ_leave_it_open() -> None:
    """With glasses today and without them tomorrow: then the model chooses as it did."""
    both = seen("astronaut", "hopper")
    assert both.glasses is None
    assert both.facial_hair is FacialHair.NONE


def test_gender_age_and_eyes_stay_open() -> None:
    """A guess of these would offend."""
    shown = seen("hopper")
    assert (shown.gender, shown.age, shown.eyes) == (None, None, None)


@pytest.mark.parametrize("faces", [(), ("astronaut",)])
def test_nothing_of_it_is_kept_in_the_character(faces: tuple[str, ...]) -> None:
    """The character that the job has stays as it was stored; nobody in particular stays nobody."""
    stored = Character("Ann", tuple(face(one) for one in faces))
    as_on_photos(stored, SIGHTS)
    assert stored.traits == Traits()
    if not faces:
        assert as_on_photos(stored, SIGHTS) == stored


def test_a_picture_without_a_face_shows_nothing() -> None:
    """An old portrait that no face is found in any more is drawn as before."""
    wall = Character("Ann", (encode(Image.new("RGB", (300, 300), "gray")),))
    assert as_on_photos(wall, SIGHTS) == wall
