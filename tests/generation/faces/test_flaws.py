"""The coach: what a bad photo of a face is told, and that a good one is told nothing."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from random import Random

import numpy as np
import pytest
from PIL import Image

from generation.errors import Refusal
from generation.faces.finder import FaceFinder
from generation.pocket.portraits.attributes import Portrait
from generation.pocket.portraits.chance import random_person, random_scene
from generation.pocket.portraits.drawing import draw
from tests.support import made_bad
from tests.support.photographs import encode, portrait, sample, side_by_side

GOOD = "good"
TWO = "a choice of two"
GOOD_PHOTOS = (
    "collins", "hopper", "obama_1", "obama_2", "obama_3", "biden", "giunchedi", "rossum",
)  # fmt: skip

RIGHT_AT_LEAST = 37


def exif_turned(name: str, orientation: int) -> bytes:
    """Write a photo as a phone does that was held another way: only EXIF says so."""
    back = {6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = BytesIO()
    portrait(name).transpose(back).save(file, "JPEG", quality=92, exif=exif)
    return file.getvalue()


def changed(name: str, change: Callable[..., Image.Image], *how: object) -> Callable[[], bytes]:
    return lambda: encode(change(portrait(name), *how))


def turned(name: str, degrees: int) -> Callable[[], bytes]:
    return lambda: encode(portrait(name).rotate(degrees, expand=True))


def noise() -> bytes:
    dice = np.random.default_rng(4)
    return encode(Image.fromarray(dice.integers(0, 256, (480, 640, 3), np.uint8)))


def drawn_by_us() -> bytes:
    """Draw a face as the pocket model's teachers do."""
    dice = Random(3)  # noqa: S311 - repeatable
    picture = draw(Portrait(random_person(dice), random_scene(dice, looks=False)), dice)
    return encode(picture.resize((512, 512), Image.Resampling.LANCZOS))


CASES: dict[str, tuple[Callable[[], bytes], set[str]]] = {
    "out of focus": (changed("collins", made_bad.blurred, 4), {"face-blurred", "soft"}),
    "far out of focus": (changed("biden", made_bad.blurred, 5.5), {"face-blurred"}),
    "a little out of focus": (changed("rossum", made_bad.blurred, 3), {"face-blurred", "soft"}),
    "shaken": (changed("hopper", made_bad.shaken, 12), {"face-blurred", "soft"}),
    "shaken more": (changed("obama_1", made_bad.shaken, 16), {"face-blurred", "soft"}),
    "dark": (changed("biden", made_bad.brightened, 0.25), {"dark"}),
    "a dark room": (changed("obama_1", made_bad.lit, 3.5), {"dark"}),
    "nearly black": (changed("giunchedi", made_bad.brightened, 0.16), {"dark", "no-face"}),
    "overexposed": (changed("biden", made_bad.brightened, 2.6), {"overexposed"}),
    "against the light": (changed("collins", made_bad.brightened, 2.4), {"overexposed"}),
    "burnt out": (changed("hopper", made_bad.brightened, 3), {"overexposed", "no-face"}),
    "tiny": (changed("rossum", made_bad.reduced, 50), {"face-too-small"}),
    "small": (changed("obama_2", made_bad.reduced, 72), {"face-too-small"}),
    "on its side": (turned("collins", 90), {GOOD}),
    "upside down": (turned("biden", 180), {GOOD}),
    "on its other side": (turned("hopper", 270), {GOOD}),
    "turned by EXIF": (lambda: exif_turned("obama_1", 6), {GOOD}),
    "turned by EXIF the other way": (lambda: exif_turned("rossum", 8), {GOOD}),
    "cut at the left": (changed("obama_1", made_bad.cut, "left", 0.4), {"face-cut"}),
    "cut at the right": (changed("rossum", made_bad.cut, "right", 0.35), {"face-cut", "no-face"}),
    "cut below": (changed("biden", made_bad.cut, "bottom", 0.35), {"face-cut", "no-face"}),
    "cut a little": (changed("collins", made_bad.cut, "right", 0.13), {"face-cut", "cut"}),
    "two people": (lambda: encode(side_by_side(portrait("collins"), portrait("biden"))), {TWO}),
    "two others": (lambda: encode(side_by_side(portrait("rossum"), portrait("obama_3"))), {TWO}),
    "half profile": (lambda: encode(portrait("speaker")), {"turned"}),
    "profile": (changed("giunchedi", made_bad.squeezed, "right", 0.15), {"turned"}),
    "profile to the left": (changed("biden", made_bad.squeezed, "left", 0.2), {"turned"}),
    "nobody": (lambda: encode(sample("coffee")), {"no-face"}),
    "noise": (noise, {"no-face"}),
    "a pencil drawing": (changed("hopper", made_bad.sketched), {"drawn"}),
    "a comic": (changed("collins", made_bad.cartoon), {"drawn"}),
    "a painting": (changed("obama_1", made_bad.painted), {"drawn"}),
    "a drawing of ours": (drawn_by_us, {"drawn", "no-face"}),
    "a statue": (changed("biden", made_bad.carved), {"colourless", "drawn"}),
    "a cat": (lambda: encode(sample("chelsea")), {"no-face"}),
    "sunglasses": (changed("collins", made_bad.sunglasses), {"sunglasses"}),
    "brown sunglasses": (changed("biden", made_bad.sunglasses, (60, 35, 20), 0.95), {"sunglasses"}),
    "a mask": (changed("obama_1", made_bad.masked), {"covered"}),
    "a hand": (changed("biden", made_bad.hand), {"covered"}),
    "heavy compression": (changed("hopper", made_bad.compressed, 8), {"compressed"}),
}  # fmt: skip


def advice(photo: bytes) -> str:
    """Give what a person is told first of a photo."""
    try:
        faces = FaceFinder().find(photo)
    except Refusal as refusal:
        return refusal.text_id()
    if len(faces) > 1:
        return TWO
    return str(faces[0].flaws[0]) if faces[0].flaws else GOOD


@cache
def given(name: str) -> str:
    make, _ = CASES[name]
    return advice(make())


def test_forty_bad_photos_are_advised() -> None:
    """At least 37 of them rightly; the others are the known misses, and no more."""
    assert len(CASES) == 40
    wrong = {name: given(name) for name, (_, right) in CASES.items() if given(name) not in right}
    assert wrong == MISSES
    assert len(CASES) - len(wrong) >= RIGHT_AT_LEAST


MISSES = {"profile to the left": GOOD, "a painting": GOOD}
"""A squeezed half of a face is no profile, and an oil painter's strokes look like grain."""


@pytest.mark.parametrize("name", GOOD_PHOTOS)
def test_a_good_photo_has_no_flaw(name: str) -> None:
    """Whoever is in it: with glasses or a cap, bald, bearded, smiling, dark-skinned, old."""
    assert advice(encode(portrait(name))) == GOOD
