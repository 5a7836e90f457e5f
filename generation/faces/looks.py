"""Reads a draft of a person's traits from their portrait: what is clear, for them to confirm.

The figures: docs/decisions/0023-traits-from-a-photo.md.
"""

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.character import CHOICES, Traits
from generation.faces.looks_file import FILE, read_looks
from generation.faces.yunet import Pixels

SURE: dict[str, float] = {
    "skin": 0.6,
    "hair_color": 0.6,
    "hair_length": 0.6,
    "facial_hair": 0.6,
    "glasses": 0.6,
}
"""The traits that are read, in the network's order, and how likely the likeliest value of each must
be to be said."""

UNKNOWN = {"hair_length": 1}
"""Values of a trait that the network knows besides ours: of tied hair nobody can say the length."""

COLOURED = ("skin", "hair_color")
"""Traits that a photo without colours doesn't show."""

LEAST_COLOUR = 6.0
"""Least difference between red, green and blue of a photo that has colours, in the mean, of 255."""

LEAST_CONTRAST = 8.0
"""Least standard deviation of a picture that shows anything, of 255."""

SIDE = 96
"""Pixels of the side of what the network reads."""

PORTRAIT_SIDES = (130, 144, 158)
"""Pixels of a portrait's side before its middle is read: the network looks three times, each time
a little closer, and into a mirror too. What it sees once only it isn't sure of."""

VIEWS = 2 * len(PORTRAIT_SIDES)
"""Number of these looks."""


class TraitReader:
    """Of one thread at a time: OpenCV's networks hold what they read."""

    def __init__(self, file: Path = FILE) -> None:
        """Load the network; a missing or damaged one reads nothing, and that is logged."""
        data = read_looks(file)
        self._network = cv2.dnn.readNetFromONNX(np.frombuffer(data, np.uint8)) if data else None

    def read(self, portrait: Pixels) -> Traits:
        """Read the clear traits of a square RGB portrait, as generation.faces.face has it."""
        if self._network is None or portrait.mean(axis=2).std() < LEAST_CONTRAST:
            return Traits()
        self._network.setInput(_views(portrait))
        logits = np.asarray(self._network.forward(), np.float32)
        return Traits(**_clear(logits, without=() if _is_coloured(portrait) else COLOURED))


@cache
def _shipped() -> TraitReader:
    return TraitReader()


def read_traits(portrait: Pixels) -> Traits:
    """Read with the network that is shipped."""
    return _shipped().read(portrait)


def _clear(logits: NDArray[np.float32], without: Collection[str]) -> dict[str, Any]:
    """Give the values of the traits that are sure enough."""
    clear = {}
    start = 0
    for name, sure in SURE.items():
        values = list(CHOICES[name])
        end = start + len(values) + UNKNOWN.get(name, 0)
        shares = _softmax(logits[:, start:end]).mean(axis=0)
        start = end
        best = int(shares.argmax())
        if best < len(values) and shares[best] >= sure and name not in without:
            clear[name] = values[best]
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


def _is_coloured(portrait: Pixels) -> bool:
    return float(np.ptp(portrait, axis=2).mean()) >= LEAST_COLOUR
