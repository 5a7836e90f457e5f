"""Reads a person's traits from their portrait: a draft to confirm, and what an album goes by.

The figures: docs/decisions/0023-traits-from-a-photo.md.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from itertools import accumulate
from pathlib import Path
from statistics import fmean
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
from generation.faces.looks_file import FILE, SEEN_FILE, read_looks
from generation.faces.sface import CHANNELS, GRID, Seen
from generation.faces.yunet import Pixels

Limits = Mapping[str, Mapping[Any, float]]
"""Which values count, and how likely each must be for it."""

SAID: Limits = {
    "skin": {Skin.PALE: 0.95, Skin.FAIR: 0.95, Skin.TAN: 0.95, Skin.BROWN: 0.95},
    "hair_color": {HairColor.BLACK: 0.6, HairColor.BROWN: 0.6, HairColor.BLOND: 0.6},
    "hair_length": {HairLength.LONG: 0.6},
    "facial_hair": {FacialHair.NONE: 0.65, FacialHair.BEARD: 0.4},
    "glasses": {Glasses.NONE: 0.7, Glasses.GLASSES: 0.7},
}
"""The traits that are read, in the networks' order, and which values the draft says. The others
were not right often enough, or too few people have them: they are left to the person, as gender,
age and eyes are."""

SHOWN: Limits = {**SAID, "glasses": dict.fromkeys(Glasses, 0.7)}
"""What a picture is drawn with where nobody told it."""

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

ON_PORTRAITS = ("skin", "hair_color", "hair_length", "facial_hair")
"""What a network of our own reads off the portrait. It tells glasses too, but not as well as the
next one."""

ON_FACES = ("facial_hair", "glasses")
"""What another network reads off what SFace saw. Of beards the mean of both is right oftenest."""

UNKNOWN: dict[str, tuple[None]] = {"hair_length": (None,)}
"""What the first network knows besides a value: of tied hair nobody can say the length."""

COLOURED = ("skin", "hair_color")
"""Traits that a photo without colours doesn't show."""

LEAST_COLOUR = 6.0
"""Least difference between red, green and blue of a photo that has colours, in the mean, of 255."""

LEAST_CONTRAST = 8.0
"""Least standard deviation of a picture that shows anything, of 255."""

SIDE = 96
"""Pixels of the side of what the first network reads."""

PORTRAIT_SIDES = (128, 160)
"""Pixels of a portrait's side before its middle is read: the network looks twice, the second time
a little closer, and into a mirror too. What it sees once only it isn't sure of."""

VIEWS = 2 * len(PORTRAIT_SIDES)
"""Number of these looks."""

Likely = Mapping[str, Mapping[Any, float]]
"""How likely each value of each trait is; None is what nobody can say."""


class TraitReader:
    """Of one thread at a time: OpenCV's networks hold what they read."""

    def __init__(self, looks: Path = FILE, seen: Path = SEEN_FILE) -> None:
        """Load the networks; a missing or damaged one reads nothing, and that is logged."""
        self._looks = _Network(looks, ON_PORTRAITS, (VIEWS, 3, SIDE, SIDE))
        self._seen = _Network(seen, ON_FACES, (1, CHANNELS, GRID, GRID))

    def read(self, portrait: Pixels, seen: Seen) -> Traits:
        """Read the draft of a face's traits: see `likely`."""
        return Traits(**clear_traits(self.likely(portrait, seen), SAID))

    def likely(self, portrait: Pixels, seen: Seen) -> Likely:
        """Say how likely each value is of the traits that a face shows.

        `portrait` is a square in RGB, as generation.faces.face has it; `seen` is what SFace saw.
        """
        views = _views(portrait)
        if views.mean(axis=1).std() < LEAST_CONTRAST:
            return {}
        likely = _together(self._looks.read(views), self._seen.read(seen.maps[None]))
        is_coloured = np.ptp(views, axis=1).mean() >= LEAST_COLOUR
        return {name: likely[name] for name in likely if is_coloured or name not in COLOURED}


class _Network:
    """Reads some traits: the first logits are theirs, in that order, and others aren't asked."""

    def __init__(self, file: Path, traits: tuple[str, ...], shape: tuple[int, ...]) -> None:
        data = read_looks(file)
        self._traits = traits if data else ()
        if data:
            self._network = cv2.dnn.readNetFromONNX(np.frombuffer(data, np.uint8))
            self.read(np.zeros(shape, np.float32))  # it takes memory that others use again

    def read(self, looks: NDArray[np.float32]) -> dict[str, dict[StrEnum | None, float]]:
        """Give the mean of several looks at one face."""
        likely: dict[str, dict[StrEnum | None, float]] = {}
        if self._traits:
            self._network.setInput(looks)
            logits = np.asarray(self._network.forward(), np.float32)
        for name in self._traits:
            values = [*CHOICES[name], *UNKNOWN.get(name, ())]
            own, logits = np.split(logits, [len(values)], axis=1)
            shares = _softmax(own).mean(axis=0)
            likely[name] = dict(zip(values, map(float, shares), strict=True))
        return likely


@cache
def _shipped() -> TraitReader:
    return TraitReader()


def read_traits(portrait: Pixels, seen: Seen) -> Traits:
    """Read with the networks that are shipped."""
    return _shipped().read(portrait, seen)


def shown_traits(likely: Likely) -> Traits:
    """Give what a picture is drawn with.

    It must have some skin. Where none is clear it is the middle one, half of what is likely being
    lighter: fair or brown are tan, so that no picture is far off.
    """
    shown = clear_traits(likely, SHOWN)
    if "skin" in likely and "skin" not in shown:
        skins = _meant(likely["skin"])
        half, so_far = sum(skins.values()) / 2, accumulate(skins[skin] for skin in SKINS)
        shown["skin"] = SKINS[sum(share < half for share in so_far)]
    return Traits(**shown)


def clear_traits(likely: Likely, limits: Limits) -> dict[str, Any]:
    """Give the values that are likely enough."""
    clear: dict[str, Any] = {}
    for name, values in likely.items():
        sure = _meant(values)
        best = max(sure, key=sure.__getitem__)
        sureness = sum(sure[proof] for proof in PROOFS.get(name, {}).get(best, (best,)))
        least = limits[name].get(best)
        if least is not None and sureness >= least:
            clear[name] = best
    return clear


def _meant(values: Mapping[Any, float]) -> dict[Any, float]:
    """Count values as what is said instead."""
    meant: dict[Any, float] = defaultdict(float)
    for value, share in values.items():
        meant[MEANT.get(value, value)] += share
    return meant


def mean_of(several: Sequence[Likely]) -> Likely:
    """Give how likely each value is in the mean of those that know its trait."""
    known = {name: [likely[name] for likely in several if name in likely] for name in SAID}
    return {
        name: {value: fmean(one[value] for one in shares) for value in shares[0]}
        for name, shares in known.items()
        if shares
    }


def _together(looks: Likely, seen: Likely) -> Likely:
    """Give the mean of what both networks read: its limits are none for one of them alone."""
    mean = mean_of([looks, seen])
    both = looks.keys() & seen.keys()
    alone = set(ON_PORTRAITS) & set(ON_FACES) - both
    return {name: mean[name] for name in mean if name not in alone}


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
