"""The faces that the image encoder will be taught with."""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from random import Random
from typing import Any

import cv2
import numpy as np
import pytest

from generation.character import Age, FacialHair, Gender, Glasses, HairColor, Skin
from generation.faces.yunet import YuNet
from generation.pocket.portraits.attributes import Cut, Person
from generation.pocket.portraits.chance import likely_person, random_person
from generation.pocket.portraits.photograph.face import photographed
from generation.pocket.portraits.reference import clean_face, normalised, reference
from generation.pocket.sizes import FACE_SIDE, PORTRAIT_SIDE


def test_the_same_seed_gives_the_same_face() -> None:
    """Faces are a function of their seed, to the pixel, however hard they are treated."""

    def some(seed: int) -> list[bytes]:
        random = Random(seed)  # noqa: S311 - nothing secret
        return [reference(random_person(random), random).tobytes() for _ in range(6)]

    assert some(1) == some(1)
    assert len(set(some(1))) == 6


def test_faces_are_what_the_encoder_reads() -> None:
    """Square, 96 px, normalised as CLIP's processor does: about nought on average."""
    random = Random(2)  # noqa: S311 - nothing secret
    faces = [reference(random_person(random), random) for _ in range(40)]
    pixels = normalised(faces)
    assert pixels.shape == (40, 3, FACE_SIDE, FACE_SIDE)
    assert pixels.dtype == np.float32
    assert abs(float(pixels.mean())) < 0.6


def test_the_face_finder_takes_them_for_faces() -> None:
    """YuNet, which was taught with photographs, finds the face in nearly all of them."""
    random, yunet = Random(5), YuNet()  # noqa: S311 - nothing secret
    found = 0
    for _ in range(20):
        face = np.asarray(photographed(random_person(random), random, 144))
        wide = cv2.copyMakeBorder(cv2.resize(face, (240, 240)), *(80,) * 4, cv2.BORDER_REPLICATE)
        found += bool(yunet.detect(np.asarray(wide, np.uint8)))
    assert found >= 18


def lightness(skin: Skin) -> float:
    """Give the median lightness of ten cheeks."""
    random = Random(7)  # noqa: S311 - nothing secret
    person = replace(random_person(random), skin=skin, facial_hair=FacialHair.NONE)
    faces = [np.asarray(photographed(person, random, FACE_SIDE).convert("L")) for _ in range(10)]
    return float(np.median([face[52:62, 28:38] for face in faces]))


def test_skin_is_as_light_on_photographs_as_people_say() -> None:
    """Under many lamps pale skin is lighter than tanned, and tanned lighter than dark."""
    pale, tan, dark = (lightness(skin) for skin in (Skin.PALE, Skin.TAN, Skin.DARK))
    assert pale > tan + 15 > dark + 40


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("cut", Cut.BALD, Cut.BUZZ),
        ("cut", Cut.SHORT, Cut.AFRO),
        ("facial_hair", FacialHair.NONE, FacialHair.BEARD),
        ("facial_hair", FacialHair.NONE, FacialHair.STUBBLE),
        ("glasses", Glasses.NONE, Glasses.GLASSES),
        ("hair_color", HairColor.BLACK, HairColor.WHITE),
        ("age", Age.ADULT, Age.OLD),
    ],
)
def test_a_photograph_shows_who_it_is(name: str, one: StrEnum, other: StrEnum) -> None:
    """Two people who differ in one trait are photographed differently, all else the same.

    That shows in most lights, not in all.
    """
    random = Random(3)  # noqa: S311 - nothing secret
    person = replace(
        random_person(random),
        gender=Gender.MAN,
        age=Age.ADULT,
        skin=Skin.BROWN,
        cut=Cut.SHORT,
        facial_hair=FacialHair.NONE,
        glasses=Glasses.NONE,
    )
    changes: tuple[dict[str, Any], ...] = ({name: one}, {name: other})
    differ = []
    for seed in range(8):
        pictures = [
            np.asarray(photographed(replace(person, **change), Random(seed), FACE_SIDE), float)  # noqa: S311
            for change in changes
        ]
        differ.append((np.abs(pictures[0] - pictures[1]).max(axis=2) > 24).mean() > 0.002)
    assert sum(differ) >= 5


def test_people_on_photographs_are_likely_ones() -> None:
    """Blond hair goes with light skin, grey with age; women and children have no beards."""
    random = Random(6)  # noqa: S311 - nothing secret
    people = [likely_person(random) for _ in range(2000)]

    def share(name: str, value: StrEnum, among: Callable[[Person], bool]) -> float:
        group = [person for person in people if among(person)]
        return sum(getattr(person, name) is value for person in group) / len(group)

    def light(person: Person) -> bool:
        return person.skin in (Skin.PALE, Skin.FAIR)

    assert share("hair_color", HairColor.BLOND, light) > 0.15
    assert share("hair_color", HairColor.BLOND, lambda p: not light(p)) < 0.05
    assert share("hair_color", HairColor.GRAY, lambda p: p.age is Age.OLD) > 0.3
    assert share("hair_color", HairColor.GRAY, lambda p: p.age is Age.CHILD) == 0
    beardless = (lambda p: p.gender is Gender.WOMAN), (lambda p: p.age is Age.CHILD)
    assert all(share("facial_hair", FacialHair.NONE, among) == 1 for among in beardless)
    assert {person.skin for person in people} == set(Skin)


def test_a_shaven_mouth_is_no_beard_however_it_smiles() -> None:
    """Around a shaven mouth the skin is lighter than a beard: its folds and its shade are thin."""

    def darkness(facial_hair: FacialHair) -> float:
        random = Random(8)  # noqa: S311 - nothing secret
        person = replace(likely_person(random), gender=Gender.MAN, age=Age.ADULT, skin=Skin.FAIR)
        person = replace(person, hair_color=HairColor.BLACK, facial_hair=facial_hair)
        faces = [
            np.asarray(photographed(person, random, FACE_SIDE).convert("L"), float)
            for _ in range(20)
        ]
        return float(np.median([face[40:50].mean() - face[78:86, 40:56].mean() for face in faces]))

    assert darkness(FacialHair.BEARD) > darkness(FacialHair.NONE) + 25


def test_a_drawing_is_cropped_as_the_bot_crops_it() -> None:
    """A clean face is 144 px and shows the head in its middle, whoever it is."""
    random = Random(4)  # noqa: S311 - nothing secret
    for _ in range(6):
        assert clean_face(random_person(random), random).size == (PORTRAIT_SIDE, PORTRAIT_SIDE)
