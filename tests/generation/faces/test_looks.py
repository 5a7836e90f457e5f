"""The draft of a person's traits that their photo gives."""

import logging
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from shutil import copytree

import cv2
import numpy as np
import pytest
from PIL import Image

from generation.character import CHOICES, FacialHair, Glasses, HairLength, Skin, Traits
from generation.faces.calibration import CALIBRATIONS, Likely, calibrated
from generation.faces.crop import crop_faces
from generation.faces.eyes import Eyes
from generation.faces.finder import FaceFinder
from generation.faces.looks import (
    READ,
    SIDE,
    VIEWS,
    TraitReader,
    drafted_traits,
    likeliest,
    mean_of,
    read_traits,
    shown_traits,
)
from generation.faces.looks_file import FILE, FILES, SEEN_FILE, SUMS, read_looks
from generation.faces.sface import CHANNELS, EDGE, GRID, Seen, SFace
from tests.support.photographs import Picture, astronaut, encode, hopper

PHOTOGRAPHS: dict[str, Callable[[], Picture]] = {"astronaut": astronaut, "hopper": hopper}


FREE = Path(__file__).parents[2] / "photographs"
"""Free photographs of people."""

SEEN = {
    "biden": ("pale fair tan", "gray white", "short", "none", "none"),
    "collins": ("pale fair", "brown blond", "short medium", "none", "none"),
    "giunchedi": ("pale fair", "black brown", "short", "beard", "none"),
    "hopper": ("pale fair tan", "gray white", "short medium", "none", "glasses"),
    "obama_1": ("brown tan", "gray black", "short", "none", "none"),
    "obama_2": ("brown tan", "gray black", "short", "none", "none"),
    "obama_3": ("brown tan", "gray black", "short", "none", "none"),
    "rossum": ("pale fair", "gray blond", "short medium", "stubble beard", "glasses"),
    "speaker": ("fair tan", "black brown", "short", "none stubble", "none"),
}
"""What a person would say of them, in the order of READ; several values where people would differ.
"""


@cache
def portrait(name: str) -> Picture:
    photo = PHOTOGRAPHS.get(name)
    file = encode(photo()) if photo else (FREE / f"{name}.jpg").read_bytes()
    (face,) = crop_faces(file)
    return Image.open(BytesIO(face.image)).convert("RGB")


def seen_in(picture: Picture) -> Seen:
    seen = _eyes().see(picture)
    assert seen
    return seen


@cache
def _eyes() -> Eyes:
    return Eyes()


def read(picture: Picture) -> Traits:
    return read_traits(np.asarray(picture), seen_in(picture))


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
    files = [file for file in FREE.glob("*.jpg") if file.stem in SEEN]
    for file in files:
        traits = crop_faces(file.read_bytes())[0].traits
        for name, allowed in zip(READ, SEEN[file.stem], strict=True):
            value = getattr(traits, name)
            said += bool(value)
            right += value in allowed.split()
    assert said >= len(files) * len(READ) / 2
    assert right >= said * 5 / 6


def test_a_draft_says_what_is_sure_and_a_picture_is_drawn_with_what_is_likeliest() -> None:
    """A picture has to have some skin; its length of hair may be left to the photo."""
    skin = dict.fromkeys(Skin, 0.0) | {Skin.FAIR: 0.45, Skin.BROWN: 0.55}
    length = {HairLength.SHORT: 0.55, HairLength.LONG: 0.45}
    assert drafted_traits({"skin": skin, "hair_length": length}) == Traits()
    shown = Traits(skin=Skin.BROWN, hair_length=HairLength.SHORT)
    assert shown_traits({"skin": skin, "hair_length": length}) == shown
    sure = {"hair_length": {HairLength.SHORT: 0.85, HairLength.LONG: 0.15}}
    assert drafted_traits(sure) == Traits(hair_length=HairLength.SHORT)
    assert shown_traits({}) == Traits()


def test_nobody_is_drawn_bald_who_may_have_hair() -> None:
    """Short hair is the nearest to it, whatever else is likely."""
    for bald, drawn in ((0.5, HairLength.SHORT), (0.7, HairLength.BALD)):
        length = {HairLength.BALD: bald, HairLength.SHORT: 0.05, HairLength.LONG: 0.95 - bald}
        assert shown_traits({"hair_length": length}) == Traits(hair_length=drawn)


def test_glasses_on_one_photo_of_two_leave_it_open() -> None:
    worn = {"glasses": {Glasses.NONE: 0.0, Glasses.GLASSES: 1.0, Glasses.SUNGLASSES: 0.0}}
    bare = {"glasses": {Glasses.NONE: 1.0, Glasses.GLASSES: 0.0, Glasses.SUNGLASSES: 0.0}}
    assert shown_traits(mean_of([worn, bare])) == Traits()


def test_olive_skin_is_called_tanned_and_both_prove_it() -> None:
    skin = dict.fromkeys(Skin, 0.0) | {Skin.FAIR: 0.4, Skin.OLIVE: 0.35, Skin.TAN: 0.25}
    assert shown_traits({"skin": skin}) == Traits(skin=Skin.TAN)


def test_hair_of_which_nobody_can_say_the_length_has_none() -> None:
    """Whoever tied it may have any."""
    assert shown_traits({"hair_length": {None: 0.7, HairLength.SHORT: 0.3}}) == Traits()


def test_a_network_that_reads_better_weighs_more() -> None:
    """SFace overlooks colours, so of skin the network of portraits has the last word."""
    even = dict.fromkeys(Skin, 1 / len(Skin))
    brown, pale = ({**dict.fromkeys(Skin, 0.02), one: 0.9} for one in (Skin.BROWN, Skin.PALE))
    alone = calibrated(({"skin": brown}, {"skin": even}, {}))["skin"]
    both = calibrated(({"skin": brown}, {"skin": pale}, {}))["skin"]
    assert likeliest(alone)[0] is likeliest(both)[0] is Skin.BROWN
    assert both[Skin.BROWN] < alone[Skin.BROWN]
    assert sum(both.values()) == pytest.approx(1)


def test_what_one_network_alone_has_read_is_likely_too() -> None:
    sure = {"glasses": {Glasses.NONE: 0.01, Glasses.GLASSES: 0.98, Glasses.SUNGLASSES: 0.01}}
    assert shown_traits(calibrated((sure, {}, {}))) == Traits(glasses=Glasses.GLASSES)
    assert shown_traits(calibrated(({}, sure, {}))) == Traits(glasses=Glasses.GLASSES)
    assert calibrated(({}, {}, {})) == {}


def test_who_is_old_is_told_by_renderings_alone() -> None:
    """Nobody hears of it; their hair is rather white for it."""
    reader = TraitReader()
    old = {
        name: reader.opinions(np.asarray(picture), seen_in(picture)).old
        for name in ("biden", "collins", "giunchedi")
        for picture in [portrait(name)]
    }
    assert old["biden"] > 0.8
    assert max(old["collins"], old["giunchedi"]) < 0.5


def hidden(name: str) -> tuple[None, ...]:
    """Give what is read besides the values: of tied hair nobody can say the length."""
    return (None,) if name == "hair_length" else ()


def test_every_value_that_is_read_has_its_correction() -> None:
    """Else it would never be said."""
    for name, calibration in CALIBRATIONS.items():
        assert list(calibration.corrections) == [*CHOICES[name], *hidden(name)]


def test_sunglasses_are_drawn_and_never_drafted() -> None:
    """Who wears some on a photo doesn't always."""
    likely: Likely = {"glasses": {Glasses.SUNGLASSES: 1.0}, "skin": {Skin.TAN: 1.0}}
    assert shown_traits(likely) == Traits(skin=Skin.TAN, glasses=Glasses.SUNGLASSES)
    assert drafted_traits(likely) == Traits(skin=Skin.TAN)


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_a_photo_that_is_sent_brings_its_draft(name: str) -> None:
    """The child process reads it, and it is what the stored portrait shows."""
    (face,) = FaceFinder().find(encode(PHOTOGRAPHS[name]()))
    stored = read(portrait(name))
    assert face.traits.glasses is stored.glasses is not None
    assert face.traits.facial_hair is FacialHair.NONE


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_a_picture_without_contrast_claims_nothing(shade: int) -> None:
    """A wall has no traits."""
    wall = np.full((EDGE, EDGE, 3), shade, np.uint8)
    wall[::2] = min(shade + 6, 255)
    assert read_traits(wall, SFace().see(wall)) == Traits()


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_a_photo_without_colours_has_no_colour_of_skin_or_hair(name: str) -> None:
    """What else it shows is read all the same."""
    traits = read(portrait(name).convert("L").convert("RGB"))
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


@pytest.mark.parametrize(
    ("file", "shape"), [(FILE, (VIEWS, 3, SIDE, SIDE)), (SEEN_FILE, (1, CHANNELS, GRID, GRID))]
)
def test_a_network_gives_a_number_for_each_value(file: Path, shape: tuple[int, ...]) -> None:
    """Else every trait after the first wrong one would be another's."""
    data = read_looks(file)
    assert data
    network = cv2.dnn.readNetFromONNX(np.frombuffer(data, np.uint8))
    network.setInput(np.zeros(shape, np.float32))
    values = sum(len(CHOICES[name]) + len(hidden(name)) for name in READ)
    assert network.forward().shape == (shape[0], values)


@pytest.mark.parametrize("harm", ["missing", "cut short", "changed", "another", "no checksum"])
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
        case _:
            (tmp_path / SUMS).unlink()
    with caplog.at_level(logging.WARNING):
        reader = TraitReader(tmp_path)
    eileen = portrait("astronaut")
    traits = reader.read(np.asarray(eileen), seen_in(eileen))
    assert "Not all traits are read" in caplog.text
    if harm == "no checksum":
        assert traits == Traits()
    else:
        assert traits.glasses is Glasses.NONE
