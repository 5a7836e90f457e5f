"""The draft of a person's traits that their photo gives."""

import logging
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from generation.character import CHOICES, FacialHair, Glasses, HairColor, Skin, Traits
from generation.faces.crop import crop_faces
from generation.faces.finder import FaceFinder
from generation.faces.looks import (
    SAID,
    SIDE,
    UNKNOWN,
    VIEWS,
    TraitReader,
    clear_traits,
    read_traits,
)
from generation.faces.looks_file import FILE, SUMS, read_looks
from generation.faces.yunet import Pixels
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
"""What a person would say of them, in the order of SAID; several values where people would differ.
"""


@cache
def portrait(name: str) -> Pixels:
    (face,) = crop_faces(encode(PHOTOGRAPHS[name]()))
    return np.asarray(Image.open(BytesIO(face.image)).convert("RGB"))


def test_grace_hopper_wears_glasses() -> None:
    """And she is told nothing that is wrong."""
    read = read_traits(portrait("hopper"))
    assert read.glasses is Glasses.GLASSES
    assert read.skin in {None, Skin.PALE, Skin.FAIR, Skin.TAN}
    assert read.facial_hair in {None, FacialHair.NONE}


def test_eileen_collins_has_neither_beard_nor_glasses() -> None:
    read = read_traits(portrait("astronaut"))
    assert (read.glasses, read.facial_hair) == (Glasses.NONE, FacialHair.NONE)
    assert read.skin in {Skin.PALE, Skin.FAIR}


def test_most_of_what_is_said_is_right() -> None:
    """Of real people half of the traits or more are said, and five of six of these are right."""
    said, right = 0, 0
    files = [file for file in FREE.glob("*.jpg") if file.stem in SEEN]
    for file in files:
        traits = crop_faces(file.read_bytes())[0].traits
        for name, allowed in zip(SAID, SEEN[file.stem], strict=True):
            value = getattr(traits, name)
            said += bool(value)
            right += value in allowed.split()
    assert said >= len(files) * len(SAID) / 2
    assert right >= said * 5 / 6


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ((0.52, 0.47, 0.01), Glasses.NONE),
        ((0.45, 0.35, 0.2), None),
        ((0.1, 0.89, 0.01), None),
        ((0.015, 0.61, 0.375), Glasses.GLASSES),
        ((0.015, 0.4, 0.585), None),
    ],
)
def test_glasses_need_more_proof_than_none(
    shares: tuple[float, float, float], said: Glasses | None
) -> None:
    """Most people who send a photo wear none. Tinted glasses are a proof of either kind.

    The shares are those of none, glasses and sunglasses; the last three numbers are theirs.
    """
    logits = undecided()
    logits[:, -3:] = np.log(shares)
    assert clear_traits(logits, without=()) == ({"glasses": said} if said else {})


def test_neighbouring_skins_count_together_and_brown_hair_is_no_skin() -> None:
    """Whether skin is fair or tan people judge differently; hair is brown by itself alone."""
    logits = undecided()
    logits[:, [list(Skin).index(skin) for skin in (Skin.FAIR, Skin.TAN)]] = 9, 8
    first_hair = len(Skin)
    logits[:, first_hair + list(HairColor).index(HairColor.BROWN)] = 2.2
    assert clear_traits(logits, without=()) == {"skin": Skin.FAIR}


def undecided() -> NDArray[np.float32]:
    """Give logits by which every value of a trait is as likely as the others."""
    values = sum(len(CHOICES[name]) + len(UNKNOWN.get(name, ())) for name in SAID)
    return np.zeros((VIEWS, values), np.float32)


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_a_photo_that_is_sent_brings_its_draft(name: str) -> None:
    """The child process reads it, and it is what the stored portrait shows."""
    (face,) = FaceFinder().find(encode(PHOTOGRAPHS[name]()))
    stored = read_traits(portrait(name))
    assert face.traits.glasses is stored.glasses is not None
    assert face.traits.facial_hair is FacialHair.NONE


@pytest.mark.parametrize("shade", [0, 128, 255])
def test_a_picture_without_contrast_claims_nothing(shade: int) -> None:
    """A wall has no traits."""
    wall = np.full((300, 300, 3), shade, np.uint8)
    wall[::2] = min(shade + 6, 255)
    assert read_traits(wall) == Traits()


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_a_photo_without_colours_has_no_colour_of_skin_or_hair(name: str) -> None:
    """What else it shows is read all the same."""
    grey = portrait(name).mean(axis=2, keepdims=True).astype(np.uint8).repeat(3, axis=2)
    read = read_traits(grey)
    assert (read.skin, read.hair_color) == (None, None)
    assert read.glasses is not None


@pytest.mark.parametrize("name", PHOTOGRAPHS)
@pytest.mark.parametrize("edge", [224, 300, 512])
def test_the_size_of_the_portrait_changes_nothing_that_is_said_twice(name: str, edge: int) -> None:
    """A trait may become unclear; it never becomes another one."""
    small = cv2.resize(portrait(name), (edge, edge), interpolation=cv2.INTER_AREA)
    first, second = read_traits(portrait(name)), read_traits(np.asarray(small, np.uint8))
    for trait in SAID:
        said = {getattr(first, trait), getattr(second, trait)} - {None}
        assert len(said) <= 1, trait


def test_only_these_traits_are_ever_said() -> None:
    """Gender, age and eyes are no business of a guess; words are the person's own."""
    assert set(SAID) == {"skin", "hair_color", "hair_length", "facial_hair", "glasses"}
    assert set(SAID) < set(CHOICES)


def test_the_network_gives_a_number_for_each_value() -> None:
    """Else every trait after the first wrong one would be another's."""
    data = read_looks()
    assert data
    network = cv2.dnn.readNetFromONNX(np.frombuffer(data, np.uint8))
    network.setInput(np.zeros((VIEWS, 3, SIDE, SIDE), np.float32))
    values = sum(len(CHOICES[name]) + len(UNKNOWN.get(name, ())) for name in SAID)
    assert network.forward().shape == (VIEWS, values)


@pytest.mark.parametrize("harm", ["missing", "cut short", "changed", "no checksum"])
def test_a_damaged_network_reads_nothing_and_is_logged(
    harm: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A registration never fails for a draft."""
    file = tmp_path / FILE.name
    data = FILE.read_bytes()
    spoilt = {"cut short": data[:-1000], "changed": data[:99] + b"?" + data[100:]}
    if harm != "missing":
        file.write_bytes(spoilt.get(harm, data))
    if harm != "no checksum":
        (tmp_path / SUMS).write_bytes(FILE.with_name(SUMS).read_bytes())
    with caplog.at_level(logging.WARNING):
        assert TraitReader(file).read(portrait("hopper")) == Traits()
    assert "No traits are read" in caplog.text
