"""Reads a draft of a person's traits from their portrait: what is clear, for them to confirm.

The figures: docs/decisions/0023-traits-from-a-photo.md.
"""

from collections import defaultdict
from collections.abc import Collection
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.character import (
    CHOICES,
    FacialHair,
    Glasses,
    HairColor,
    HairLength,
    Skin,
    Traits,
)
from generation.faces.looks_file import FILE, read_looks
from generation.faces.yunet import Pixels

SAID: dict[str, dict[StrEnum, float]] = {
    "skin": {Skin.PALE: 0.95, Skin.FAIR: 0.95, Skin.TAN: 0.95, Skin.BROWN: 0.95},
    "hair_color": {HairColor.BLACK: 0.6, HairColor.BROWN: 0.6, HairColor.BLOND: 0.6},
    "hair_length": {HairLength.LONG: 0.6},
    "facial_hair": {FacialHair.NONE: 0.6, FacialHair.BEARD: 0.6},
    "glasses": {Glasses.NONE: 0.5, Glasses.GLASSES: 0.98},
}
"""The traits that are read, in the network's order; which values are said, and how likely each must
be for it. The others were not right often enough, or too few people have them: they are left to
the person, as gender, age and eyes are. Glasses must be surer than none: more of the faces that
taught the network wear some than the every sixth of 232 people on photographs."""

MEANT: dict[StrEnum, StrEnum] = {Skin.OLIVE: Skin.TAN}
"""What is said instead: whether tanned skin is olive depends on the light, which no photo tells."""

SKINS = (Skin.PALE, Skin.FAIR, Skin.TAN, Skin.BROWN, Skin.DARK)
"""Skins by lightness."""

PROOFS: dict[str, dict[StrEnum | None, tuple[StrEnum | None, ...]]] = {
    "skin": {skin: SKINS[max(place - 1, 0) : place + 2] for place, skin in enumerate(SKINS)},
    "glasses": {Glasses.GLASSES: (Glasses.GLASSES, Glasses.SUNGLASSES)},
}
"""Values that count together for how likely one is, where it isn't that one alone. Two people may
name neighbours for one skin, and tinted glasses look like both kinds."""

UNKNOWN: dict[str, tuple[None]] = {"hair_length": (None,)}
"""What the network knows of a trait besides its values: of tied hair nobody can say the length."""

COLOURED = ("skin", "hair_color")
"""Traits that a photo without colours doesn't show."""

LEAST_COLOUR = 6.0
"""Least difference between red, green and blue of a photo that has colours, in the mean, of 255."""

LEAST_CONTRAST = 8.0
"""Least standard deviation of a picture that shows anything, of 255."""

SIDE = 96
"""Pixels of the side of what the network reads."""

PORTRAIT_SIDES = (128, 160)
"""Pixels of a portrait's side before its middle is read: the network looks twice, the second time
a little closer, and into a mirror too. What it sees once only it isn't sure of."""

VIEWS = 2 * len(PORTRAIT_SIDES)
"""Number of these looks."""


class TraitReader:
    """Of one thread at a time: OpenCV's networks hold what they read."""

    def __init__(self, file: Path = FILE) -> None:
        """Load the network; a missing or damaged one reads nothing, and that is logged."""
        data = read_looks(file)
        self._network = cv2.dnn.readNetFromONNX(np.frombuffer(data, np.uint8)) if data else None
        if self._network:  # the first look takes memory that the others use again
            self._network.setInput(np.zeros((VIEWS, 3, SIDE, SIDE), np.float32))
            self._network.forward()

    def read(self, portrait: Pixels) -> Traits:
        """Read the clear traits of a square RGB portrait, as generation.faces.face has it."""
        views = _views(portrait)
        if self._network is None or views.mean(axis=1).std() < LEAST_CONTRAST:
            return Traits()
        self._network.setInput(views)
        logits = np.asarray(self._network.forward(), np.float32)
        is_coloured = np.ptp(views, axis=1).mean() >= LEAST_COLOUR
        return Traits(**clear_traits(logits, without=() if is_coloured else COLOURED))


@cache
def _shipped() -> TraitReader:
    return TraitReader()


def read_traits(portrait: Pixels) -> Traits:
    """Read with the network that is shipped."""
    return _shipped().read(portrait)


def clear_traits(logits: NDArray[np.float32], without: Collection[str]) -> dict[str, Any]:
    """Give the values that are sure enough.

    `logits` are the network's, (views, values of all traits in SAID's order); `without` names
    traits that are left open.
    """
    clear: dict[str, Any] = {}
    for name, said in SAID.items():
        values = [*CHOICES[name], *UNKNOWN.get(name, ())]
        own, logits = np.split(logits, [len(values)], axis=1)
        likely: dict[StrEnum | None, float] = defaultdict(float)
        for value, share in zip(values, _softmax(own).mean(axis=0), strict=True):
            likely[MEANT.get(value, value)] += float(share)
        best = max(likely, key=likely.__getitem__)
        sureness = sum(likely[proof] for proof in PROOFS.get(name, {}).get(best, (best,)))
        if best in said and name not in without and sureness >= said[best]:
            clear[name] = best
    return clear


def _views(portrait: Pixels) -> NDArray[np.float32]:
    """Give the middle of the portrait as the network reads it, (views, 3, SIDE, SIDE)."""
    views = []
    for side in PORTRAIT_SIDES:
        small = cv2.resize(portrait, (side, side), interpolation=cv2.INTER_AREA)
        start = (side - SIDE) // 2
        view = small[start : start + SIDE, start : start + SIDE]
        views += [view, view[:, ::-1]]
    return np.ascontiguousarray(np.stack(views).transpose(0, 3, 1, 2), np.float32)


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return cast("NDArray[np.float32]", powers / powers.sum(axis=1, keepdims=True))
