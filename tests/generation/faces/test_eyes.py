"""What somebody's photos show, for the album that is drawn from them."""

from functools import cache
from io import BytesIO

import pytest
from PIL import Image, ImageEnhance

from generation.character import FacialHair, Glasses, Skin, Traits
from generation.faces.finder import FaceFinder
from generation.faces.sight import Sights
from tests.support.photographs import Picture, astronaut, encode, hopper, portrait

SIGHTS = Sights()


@cache
def face(of: str) -> bytes:
    match of:
        case "hopper":
            picture = hopper()
        case "astronaut":
            picture = astronaut()
        case _:
            picture = portrait(of)
    return FaceFinder().find(encode(picture))[0].image


def opened(of: str) -> Picture:
    return Image.open(BytesIO(face(of))).convert("RGB")


def seen(*of: str) -> Traits:
    return SIGHTS.read_traits([face(one) for one in of])


def test_an_album_goes_by_the_draft_and_what_it_guesses() -> None:
    """Of what colour Grace Hopper's hair is isn't sure; a picture has to have some."""
    sent = FaceFinder().find(encode(hopper()))[0].draft
    assert sent.sure.hair_color is None
    shown = seen("hopper")
    assert sent.whole == shown
    assert (shown.facial_hair, shown.glasses) == (FacialHair.NONE, Glasses.GLASSES)
    assert shown.skin in {Skin.PALE, Skin.FAIR, Skin.TAN}
    assert shown.hair_color


@pytest.mark.parametrize("of", ["astronaut", "obama_1", "speaker"])
def test_a_photo_without_colours_leaves_skin_and_hair_open(of: str) -> None:
    """Then the face alone says them; beside another photo it changes nothing of them."""
    grey = encode(opened(of).convert("L").convert("RGB"))
    alone = SIGHTS.read_traits([grey])
    assert (alone.skin, alone.hair_color, alone.glasses) == (None, None, Glasses.NONE)
    both = SIGHTS.read_traits([face(of), grey, grey])
    assert (both.skin, both.hair_color) == (seen(of).skin, seen(of).hair_color)


def test_several_photos_are_read_in_their_mean() -> None:
    """With glasses today and none tomorrow leaves glasses open; a dark photo changes no skin."""
    both = seen("astronaut", "hopper")
    assert both.glasses is None
    assert both.facial_hair is FacialHair.NONE
    dark = encode(ImageEnhance.Brightness(opened("astronaut")).enhance(0.55))
    assert SIGHTS.read_traits([face("astronaut"), dark]).skin is Skin.FAIR


@pytest.mark.parametrize("broken", [b"", b"x", face("hopper")[:3000]])
def test_a_broken_face_among_good_ones_says_nothing(broken: bytes) -> None:
    assert SIGHTS.read_traits([broken, face("hopper")]) == seen("hopper")


def test_without_a_face_nothing_is_shown() -> None:
    """Nobody in particular, and an old portrait in which no face is found any more."""
    wall = encode(Image.new("RGB", (300, 300), "gray"))
    assert SIGHTS.read_traits([]) == SIGHTS.read_traits([wall]) == Traits()


def test_gender_age_and_eyes_are_never_read() -> None:
    """A guess of these would offend."""
    shown = seen("hopper")
    assert (shown.gender, shown.age, shown.eyes) == (None, None, None)
