"""The draft of a person's traits that their photo gives."""

import logging
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from shutil import copytree

import cv2
import numpy as np
import pytest
from PIL import Image

from generation.character import CHOICES, FacialHair, Glasses, HairColor, HairLength, Skin, Traits
from generation.faces.calibration import AGES, CALIBRATIONS, Calibration, Likely, calibrated
from generation.faces.crop import crop_faces
from generation.faces.draft import Draft
from generation.faces.finder import FaceFinder
from generation.faces.looks import (
    READ,
    SIDE,
    VIEWS,
    TraitReader,
    bald_if_sure,
    draft_of,
    likeliest,
    mean_of,
    read_draft,
    shown_traits,
)
from generation.faces.looks_file import (
    AGE_FILE,
    FILE,
    FILES,
    FOLDER,
    REGIONS_FILE,
    SEEN_FILE,
    SUMS,
    read_looks,
)
from generation.faces.regions import Region
from generation.faces.sface import CHANNELS, EDGE, GRID, SFace
from tests.support.by_eye import BY_EYE, FREE, portrait, seen_in
from tests.support.photographs import Picture, astronaut, encode, hopper

PHOTOGRAPHS: dict[str, Callable[[], Picture]] = {"astronaut": astronaut, "hopper": hopper}


def read(picture: Picture) -> Traits:
    return read_draft(np.asarray(picture), seen_in(picture)).sure


def test_grace_hopper_wears_glasses() -> None:
    """And she is told nothing that is wrong."""
    traits = read(portrait("hopper"))
    assert traits.glasses is Glasses.GLASSES
    assert traits.skin in {None, Skin.PALE, Skin.FAIR, Skin.TAN}
    assert traits.facial_hair in {None, FacialHair.NONE}


def test_eileen_collins_has_neither_beard_nor_glasses() -> None:
    traits = read(portrait("astronaut"))
    assert (traits.glasses, traits.facial_hair) == (Glasses.NONE, FacialHair.NONE)
    assert traits.skin in {Skin.PALE, Skin.FAIR}


def test_most_of_what_is_said_is_right() -> None:
    """Of real people half of the traits or more are said, and five of six of these are right."""
    said, right = 0, 0
    files = [file for file in FREE.glob("*.jpg") if file.stem in BY_EYE]
    for file in files:
        traits = crop_faces(file.read_bytes())[0].draft.sure
        for name, allowed in zip(READ, BY_EYE[file.stem], strict=True):
            value = getattr(traits, name)
            said += bool(value)
            right += value in allowed.split()
    assert said >= len(files) * len(READ) / 2
    assert right >= said * 5 / 6


def test_a_draft_is_sure_of_some_and_guesses_what_pictures_are_drawn_with() -> None:
    """A picture has to have some skin; its length of hair may be left to the photo."""
    skin = dict.fromkeys(Skin, 0.0) | {Skin.FAIR: 0.45, Skin.BROWN: 0.55}
    length = {HairLength.SHORT: 0.55, HairLength.LONG: 0.45}
    shown = Traits(skin=Skin.BROWN, hair_length=HairLength.SHORT)
    assert draft_of({"skin": skin, "hair_length": length}) == Draft(guessed=shown)
    assert shown_traits({"skin": skin, "hair_length": length}) == shown
    sure = {"hair_length": {HairLength.SHORT: 0.85, HairLength.LONG: 0.15}}
    half = draft_of({"skin": skin, **sure})
    assert half == Draft(Traits(hair_length=HairLength.SHORT), Traits(skin=Skin.BROWN))
    assert half.whole == shown
    assert draft_of({}) == Draft(shown_traits({})) == Draft()


def test_the_draft_of_a_face_in_the_shade_guesses_the_skin() -> None:
    """A speaker before a bright wall looks brown, and is not: nobody says that for sure."""
    speaker = portrait("speaker")
    draft = read_draft(np.asarray(speaker), seen_in(speaker))
    assert draft.sure.skin is None
    assert draft.guessed.skin is not None
    assert draft.sure.hair_length is draft.whole.hair_length is HairLength.SHORT


def test_nobody_is_drawn_bald_who_may_have_hair() -> None:
    """Short hair is the nearest to it, whatever else is likely."""
    for bald, drawn in ((0.5, HairLength.SHORT), (0.7, HairLength.BALD)):
        length = {HairLength.BALD: bald, HairLength.SHORT: 0.05, HairLength.LONG: 0.95 - bald}
        assert shown_traits({"hair_length": length}) == Traits(hair_length=drawn)


def test_of_a_head_that_is_rather_bald_no_colour_is_said() -> None:
    """A shaven head before a wall was called brown."""
    color = {"hair_color": dict.fromkeys(HairColor, 0.0) | {HairColor.BROWN: 1.0}}
    for bald, said in ((0.6, None), (0.4, HairColor.BROWN)):
        length = {HairLength.BALD: bald, HairLength.SHORT: 1 - bald}
        assert draft_of({**color, "hair_length": length}).whole.hair_color is said
    assert draft_of(color).sure.hair_color is HairColor.BROWN


def test_glasses_on_one_photo_of_two_leave_it_open() -> None:
    worn = {"glasses": {Glasses.NONE: 0.0, Glasses.GLASSES: 1.0, Glasses.SUNGLASSES: 0.0}}
    bare = {"glasses": {Glasses.NONE: 1.0, Glasses.GLASSES: 0.0, Glasses.SUNGLASSES: 0.0}}
    assert shown_traits(mean_of([worn, bare])) == Traits()


def test_olive_skin_is_called_tanned_and_both_prove_it() -> None:
    skin = dict.fromkeys(Skin, 0.0) | {Skin.FAIR: 0.4, Skin.OLIVE: 0.35, Skin.TAN: 0.25}
    assert shown_traits({"skin": skin}) == Traits(skin=Skin.TAN)


def test_who_shows_hair_is_bald_only_if_that_is_sure() -> None:
    """A photo that ends at the forehead looks bald to those who don't mark hair."""
    for bald, said in ((0.7, HairLength.LONG), (0.8, HairLength.BALD)):
        lengths = {HairLength.BALD: bald, HairLength.SHORT: 0.05, HairLength.LONG: 0.95 - bald}
        assert shown_traits({"hair_length": lengths}).hair_length is HairLength.BALD
        seen = bald_if_sure(lengths)
        assert shown_traits({"hair_length": seen}).hair_length is said
        assert sum(seen.values()) == pytest.approx(1)


def test_hair_of_which_nobody_can_say_the_length_has_none() -> None:
    """Whoever tied it may have any."""
    assert shown_traits({"hair_length": {None: 0.7, HairLength.SHORT: 0.3}}) == Traits()


@pytest.mark.parametrize(
    ("weights", "said"), [((1.1, 0.8, 0.0), Skin.BROWN), ((0.8, 1.1, 0.0), Skin.PALE)]
)
def test_a_network_that_reads_better_weighs_more(
    weights: tuple[float, float, float], said: Skin
) -> None:
    """The other makes it less sure."""
    trusted = {"skin": Calibration(weights, dict.fromkeys(Skin, 0.0))}
    even = dict.fromkeys(Skin, 1 / len(Skin))
    brown, pale = ({**dict.fromkeys(Skin, 0.02), one: 0.9} for one in (Skin.BROWN, Skin.PALE))
    alone = (brown, even) if said is Skin.BROWN else (even, pale)
    sure, both = (
        calibrated(({"skin": one}, {"skin": other}, {}), trusted)["skin"]
        for one, other in (alone, (brown, pale))
    )
    assert likeliest(sure)[0] is likeliest(both)[0] is said
    assert both[said] < sure[said]
    assert sum(both.values()) == pytest.approx(1)


def test_what_one_network_alone_has_read_is_likely_too() -> None:
    sure = {"glasses": {Glasses.NONE: 0.01, Glasses.GLASSES: 0.98, Glasses.SUNGLASSES: 0.01}}
    assert shown_traits(calibrated((sure, {}, {}))) == Traits(glasses=Glasses.GLASSES)
    assert shown_traits(calibrated(({}, sure, {}))) == Traits(glasses=Glasses.GLASSES)
    assert calibrated(({}, {}, {})) == {}


def test_who_is_old_is_told_by_renderings_alone() -> None:
    """Nobody hears of it; their hair is rather white for it."""
    reader = TraitReader()
    for name, old in (("biden", True), ("collins", False), ("giunchedi", False)):
        picture = portrait(name)
        tone = reader.opinions(np.asarray(picture), seen_in(picture)).tone
        assert tone
        assert (tone.old > 0.8) is old
        assert (tone.old < 0.5) is not old


def hidden(name: str) -> tuple[None, ...]:
    """Give what is read besides the values: of tied hair nobody can say the length."""
    return (None,) if name == "hair_length" else ()


def test_every_value_that_is_read_has_its_correction() -> None:
    """Else it would never be said."""
    for name, calibration in CALIBRATIONS.items():
        assert list(calibration.corrections) == [*CHOICES[name], *hidden(name)]


def test_sunglasses_are_drawn_and_never_drafted() -> None:
    """Who wears some on a photo doesn't always. That isn't guessed either."""
    for share in (0.7, 1.0):
        glasses = {Glasses.SUNGLASSES: share, Glasses.NONE: 1 - share}
        likely: Likely = {"glasses": glasses, "skin": {Skin.TAN: 1.0}}
        assert shown_traits(likely) == Traits(skin=Skin.TAN, glasses=Glasses.SUNGLASSES)
        assert draft_of(likely) == Draft(Traits(skin=Skin.TAN))


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_a_photo_that_is_sent_brings_its_draft(name: str) -> None:
    """The child process reads it, and it is what the stored portrait shows."""
    (face,) = FaceFinder().find(encode(PHOTOGRAPHS[name]()))
    stored = read(portrait(name))
    assert face.draft.sure.glasses is stored.glasses is not None
    assert face.draft.sure.facial_hair is FacialHair.NONE


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_a_picture_without_contrast_claims_nothing(shade: int) -> None:
    """A wall has no traits."""
    wall = np.full((EDGE, EDGE, 3), shade, np.uint8)
    wall[::2] = min(shade + 6, 255)
    assert read_draft(wall, SFace().see(wall)) == Draft()


TONED = {
    "grey": ((0, 0, 0), (255, 255, 255)),
    "sepia": ((30, 15, 5), (255, 240, 210)),
    "blue": ((10, 20, 60), (225, 240, 255)),
}
"""What black and white of a photo without colours may be, sRGB."""


@pytest.mark.parametrize("tone", TONED)
@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_a_photo_without_colours_has_no_colour_of_skin_or_hair(name: str, tone: str) -> None:
    """What else it shows is read all the same; who tones it gives it none, nor does JPEG."""
    black, white = (np.array(end) for end in TONED[tone])
    grey = np.asarray(portrait(name).convert("L"))[..., None] / 255
    toned = Image.fromarray((black + (white - black) * grey).astype(np.uint8))
    traits = read(Image.open(BytesIO(encode(toned, "JPEG", quality=60))).convert("RGB"))
    assert (traits.skin, traits.hair_color) == (None, None)
    assert traits.glasses is not None


@pytest.mark.parametrize("name", PHOTOGRAPHS)
@pytest.mark.parametrize("edge", [224, 300, 512])
def test_the_size_of_the_portrait_changes_nothing_that_is_said_twice(name: str, edge: int) -> None:
    """A trait may become unclear; it never becomes another one."""
    first, second = read(portrait(name)), read(portrait(name).resize((edge, edge)))
    for trait in READ:
        said = {getattr(first, trait), getattr(second, trait)} - {None}
        assert len(said) <= 1, trait


def test_only_these_traits_are_ever_said() -> None:
    """Gender, age and eyes are no business of a guess; words are the person's own."""
    assert set(READ) == {"skin", "hair_color", "hair_length", "facial_hair", "glasses"}
    assert set(READ) < set(CHOICES)


VALUES = sum(len(one.corrections) for one in CALIBRATIONS.values())


@pytest.mark.parametrize(
    ("file", "shape", "given"),
    [
        (FILE, (VIEWS, 3, SIDE, SIDE), (VIEWS, VALUES)),
        (SEEN_FILE, (1, CHANNELS, GRID, GRID), (1, VALUES)),
        (AGE_FILE, (1, CHANNELS, GRID, GRID), (1, len(AGES))),
        (REGIONS_FILE, (VIEWS, 3, SIDE, SIDE), (VIEWS, len(Region), SIDE // 2, SIDE // 2)),
    ],
)
def test_a_network_gives_a_number_for_each_value(
    file: Path, shape: tuple[int, ...], given: tuple[int, ...]
) -> None:
    """Else every trait after the first wrong one would be another's."""
    data = read_looks(file)
    assert data
    network = cv2.dnn.readNetFromONNX(np.frombuffer(data, np.uint8))
    network.setInput(np.zeros(shape, np.float32))
    assert network.forward().shape == given


@pytest.mark.parametrize(
    "harm", ["missing", "cut short", "changed", "another", "no checksum", "no text"]
)
@pytest.mark.parametrize("name", [file.name for file in FILES])
def test_a_damaged_network_reads_nothing_and_is_logged(
    name: str, harm: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A registration never fails for a draft; what the other network reads is said."""
    copytree(FILE.parent, tmp_path, dirs_exist_ok=True)
    file = tmp_path / name
    data = file.read_bytes()
    match harm:
        case "missing":
            file.unlink()
        case "cut short":
            file.write_bytes(data[:-1000])
        case "changed":
            file.write_bytes(data[:99] + b"?" + data[100:])
        case "another":
            other = SEEN_FILE if name == FILE.name else FILE
            file.write_bytes(other.read_bytes())
        case "no text":
            (tmp_path / SUMS).write_bytes(b"\xff\xfe" * 40)
        case _:
            (tmp_path / SUMS).unlink()
    with caplog.at_level(logging.WARNING):
        reader = TraitReader(tmp_path)
    biden = portrait("biden")
    seen = seen_in(biden)
    opinions = reader.opinions(np.asarray(biden), seen)
    likely = reader.likely(np.asarray(biden), seen)
    traits = draft_of(likely).sure
    assert "Not all traits are read" in caplog.text
    if harm in {"no checksum", "no text"}:
        assert (likely, traits) == ({}, Traits())
        return
    assert bool(opinions.by_portrait) is (name != FILE.name)
    assert bool(opinions.by_face) is (name != SEEN_FILE.name)
    assert bool(opinions.tone) is (name not in {REGIONS_FILE.name, AGE_FILE.name})
    assert traits.glasses is Glasses.NONE
    assert traits.hair_color in {None, HairColor.GRAY, HairColor.WHITE}


def test_hair_is_left_to_the_photo_where_nobody_is_believed(tmp_path: Path) -> None:
    """The network of portraits alone would call all hair brown."""
    copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    for file in FILES[1:]:
        (tmp_path / file.name).unlink()
    biden = portrait("biden")
    shown = shown_traits(TraitReader(tmp_path).likely(np.asarray(biden), seen_in(biden)))
    assert shown.hair_color is None
    assert shown.skin is not None
