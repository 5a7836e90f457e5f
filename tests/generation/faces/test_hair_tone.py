"""Where a portrait shows hair, and what colour it is."""

import cv2
import numpy as np
import pytest

from generation.character import HairColor, HairLength
from generation.faces.calibration import HAIR_TONING
from generation.faces.hair_tone import CLEAR, ENOUGH, Tone, hair_tone, likely_hair
from generation.faces.looks import READ, SIDE, Opinions, TraitReader, likeliest, views_of
from generation.faces.looks_file import REGIONS_FILE
from generation.faces.network import Network, softmax
from generation.faces.regions import Region
from tests.support.by_eye import BY_EYE, CAPPED, portrait, seen_in

HAIR = {
    HairColor.BLACK: (28, 24, 24),
    HairColor.BROWN: (96, 64, 44),
    HairColor.BLOND: (214, 178, 116),
    HairColor.RED: (168, 66, 30),
    HairColor.GRAY: (150, 150, 150),
    HairColor.WHITE: (236, 236, 234),
    HairColor.BLUE: (40, 70, 190),
    HairColor.PINK: (236, 110, 170),
}
"""A colour (sRGB) that anybody would call so."""


def wig(colour: tuple[int, int, int], share: float = 0.3) -> tuple[np.ndarray, np.ndarray]:
    """Give one view of a grey wall whose uppermost rows are hair, and its marks."""
    rows = round(SIDE / 2 * share)
    view = np.full((1, 3, SIDE, SIDE), 120, np.float32)
    view[0, :, : 2 * rows] = np.array(colour)[:, None, None]
    marked = np.zeros((1, len(Region), SIDE // 2, SIDE // 2), np.float32)
    marked[0, Region.HAIR, :rows] = marked[0, Region.OTHER, rows:] = 1
    return view, marked


@pytest.mark.parametrize("color", HAIR)
def test_hair_is_called_what_anybody_would_call_it(color: HairColor) -> None:
    tone = hair_tone(*wig(HAIR[color]), old=float(color in {HairColor.GRAY, HairColor.WHITE}))
    likely = likely_hair(tone, HAIR_TONING)
    assert max(likely, key=likely.__getitem__) is color
    assert sum(likely.values()) == pytest.approx(1)


def test_a_tone_is_measured_in_cielab() -> None:
    """As OpenCV converts sRGB; the wall doesn't count."""
    tone = hair_tone(*wig(HAIR[HairColor.RED]), old=0)
    red = cv2.cvtColor(np.full((1, 1, 3), HAIR[HairColor.RED], np.float32) / 255, cv2.COLOR_RGB2LAB)
    assert tone.lab == pytest.approx(tuple(red.ravel()), abs=0.1)
    assert tone.share == pytest.approx(0.3, abs=0.02)


def test_hair_in_the_shade_is_not_black() -> None:
    """Half of a head is darker than the lamp's side."""
    view, marked = wig(HAIR[HairColor.BLOND])
    view[..., : SIDE // 2] *= 0.3
    tone = hair_tone(view, marked, old=0)
    likely = likely_hair(tone, HAIR_TONING)
    assert max(likely, key=likely.__getitem__) is HairColor.BLOND


def test_where_there_is_no_hair_there_is_no_tone() -> None:
    """And a wisp of it proves little."""
    bare = hair_tone(*wig((0, 0, 0), share=0), old=0)
    assert set(likely_hair(bare, HAIR_TONING).values()) == {1 / len(HairColor)}
    little, enough = (Tone((10, 0, 0), share, old=0) for share in (ENOUGH / 10, ENOUGH))
    unsure, sure = (likely_hair(tone, HAIR_TONING)[HairColor.BLACK] for tone in (little, enough))
    assert unsure < 0.4 < sure


def test_hair_that_a_cap_hides_is_rather_grey_if_its_owner_is_old() -> None:
    """But not where the network that knows faces says nothing: age alone is no colour."""
    tone = hair_tone(*wig((0, 0, 0), share=0), old=1)
    likely = likely_hair(tone, HAIR_TONING)
    assert set(sorted(likely, key=likely.__getitem__)[-2:]) == {HairColor.GRAY, HairColor.WHITE}
    even = {"hair_color": dict.fromkeys(HairColor, 1 / len(HairColor))}
    known = Opinions({}, even, tone).pooled()["hair_color"]
    assert likeliest(known)[0] in {HairColor.GRAY, HairColor.WHITE}
    wisp = Tone((10, 0, 0), ENOUGH / 10, old=1)
    for unclear in (tone, wisp):
        assert Opinions(even, {}, unclear).pooled() == Opinions({}, {}, unclear).pooled() == {}


def test_a_lamp_on_a_bald_head_is_no_white_hair() -> None:
    """The colour is that of the beard then; who may as well have short hair is read as ever."""
    black = {HairColor.BLACK: 0.6} | dict.fromkeys(set(HairColor) - {HairColor.BLACK}, 0.05)
    lamp = Tone((95, 1, 1), share=ENOUGH, old=0)

    def color(length: HairLength) -> object:
        others = {other: 0.02 for other in (*HairLength, None) if other is not length}
        by_face = {"hair_color": black, "hair_length": {length: 0.92, **others}}
        return likeliest(Opinions(by_face, by_face, lamp).pooled()["hair_color"])[0]

    assert color(HairLength.BALD) is HairColor.BLACK
    assert color(HairLength.SHORT) is not HairColor.BLACK


def test_pale_hair_of_an_old_person_is_white() -> None:
    """In warm light it looks blond."""
    tones = (Tone((81, 7, 15), share=0.1, old=age) for age in (0, 1))
    young, old = (likely_hair(tone, HAIR_TONING) for tone in tones)
    assert max(young, key=young.__getitem__) is HairColor.BLOND
    assert old[HairColor.WHITE] + old[HairColor.GRAY] > old[HairColor.BLOND]


@pytest.mark.parametrize("name", ["astronaut", "hopper"])
def test_skin_and_hair_are_found_on_photographs(name: str) -> None:
    """The face is skin, and what is around it isn't; Grace Hopper's cap is no hair."""
    views = views_of(np.asarray(portrait(name)))
    logits = Network(REGIONS_FILE, views.shape).read(views)
    assert logits is not None
    marked = softmax(logits)
    found, side = marked.argmax(axis=1), marked.shape[-1]
    cheeks = found[:, side // 2 : 2 * side // 3, 2 * side // 5 : 3 * side // 5]
    assert (cheeks == Region.SKIN).mean() > 0.9
    assert (found[:, :, :2] == Region.SKIN).mean() < 0.1
    hair = (marked[:, Region.HAIR] > CLEAR).mean()
    assert (hair > 2 * ENOUGH) if name not in CAPPED else (hair < ENOUGH)


@pytest.mark.parametrize("name", sorted(set(BY_EYE) - CAPPED))
def test_the_hair_of_people_on_photographs_is_read(name: str) -> None:
    """As a person would say."""
    picture = portrait(name)
    likely = TraitReader().likely(np.asarray(picture), seen_in(picture))
    color, _ = likeliest(likely["hair_color"])
    assert color in BY_EYE[name][READ.index("hair_color")].split()
