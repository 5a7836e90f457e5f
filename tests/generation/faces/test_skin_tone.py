"""How skin is measured against the whites of the eyes."""

import numpy as np
import pytest

from generation.faces.looks import TraitReader
from generation.faces.sface import EDGE, PLACES
from generation.faces.skin_tone import DARKEST, skin_tone
from tests.support.by_eye import portrait, seen_in

FAIR, BROWN, WHITE = (226, 182, 158), (126, 84, 62), (225, 222, 218)
"""sRGB of skins, and of eyes."""

Colour = tuple[int, int, int]


def face(skin: Colour, eye: Colour = WHITE) -> np.ndarray:
    """Give an aligned face: skin, and eyes whose pupils are dark."""
    pixels = np.full((EDGE, EDGE, 3), skin, np.uint8)
    for x, y in PLACES[:2].round().astype(int):
        pixels[y - 2 : y + 3, x - 9 : x + 10] = eye
        pixels[y - 2 : y + 3, x - 2 : x + 3] = 20
    return pixels


def measures(pixels: np.ndarray) -> tuple[float, ...]:
    tone = skin_tone(pixels)
    assert tone
    counts, *measured = tone
    assert counts == 1
    return tuple(measured)


def test_dark_skin_is_darker_against_the_whites_of_the_eyes() -> None:
    """And more in blue than in red."""
    fair, brown = measures(face(FAIR)), measures(face(BROWN))
    assert all(dark < light < 0.1 for dark, light in zip(brown, fair, strict=True))
    assert brown[2] - brown[0] < fair[2] - fair[0]


@pytest.mark.parametrize("lamp", [(1.0, 0.85, 0.65), (0.8, 0.9, 1.0), (0.6, 0.6, 0.6)])
def test_a_lamp_changes_little(lamp: tuple[float, float, float]) -> None:
    """A candle, a blue sky, and half of the light."""
    lit = (face(FAIR) * np.array(lamp)).astype(np.uint8)
    assert measures(lit) == pytest.approx(measures(face(FAIR)), abs=0.06)
    assert not np.allclose(lit, face(FAIR), atol=20)


def test_the_brighter_cheek_counts() -> None:
    """Half of a face lies in the shade, and most of its eye does too."""
    shaded = face(FAIR)
    nose = round(float(PLACES[2, 0]))
    shaded[60:, nose + 4 :] //= 3
    assert measures(shaded) == pytest.approx(measures(face(FAIR)), abs=0.01)


@pytest.mark.parametrize("name", ["obama_1", "hopper", "speaker"])
def test_behind_dark_lenses_there_are_no_whites(name: str) -> None:
    for aligned in (seen_in(portrait(name)).aligned.copy(), face(FAIR)):
        for x, y in PLACES[:2].round().astype(int):
            aligned[y - 9 : y + 10, x - 16 : x + 17] = 15
        assert skin_tone(aligned) is None


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_a_plane_has_no_tone_that_would_mislead(shade: int) -> None:
    """Its skin is as bright as its eyes, and nothing is infinite."""
    plane = np.full((EDGE, EDGE, 3), shade, np.uint8)
    assert measures(plane) == pytest.approx((0, 0, 0))


@pytest.mark.parametrize("name", ["biden", "collins", "obama_1", "giunchedi", "hopper"])
def test_people_on_photographs_have_whites_of_their_eyes(name: str) -> None:
    picture = portrait(name)
    tones = TraitReader().opinions(np.asarray(picture), seen_in(picture)).tones
    assert max(tones["skin"][1:]) < DARKEST
