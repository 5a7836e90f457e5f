"""Reads a person's traits from their portrait: a draft to confirm, and what an album goes by.

The figures: docs/decisions/0023-traits-from-a-photo.md.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.character import Age, Glasses, HairLength, Skin, Traits
from generation.faces.calibration import AGES, CALIBRATIONS, HAIR_TONING, Likely, calibrated
from generation.faces.draft import Draft
from generation.faces.hair_tone import Tone, hair_tone, likely_hair
from generation.faces.looks_file import AGE_FILE, FILE, FOLDER, REGIONS_FILE, SEEN_FILE
from generation.faces.network import Network, softmax
from generation.faces.sface import CHANNELS, GRID, Maps, Seen
from generation.faces.surface import Surface
from generation.faces.yunet import Pixels

READ = tuple(CALIBRATIONS)
"""The traits that are read, in the networks' order. Gender, age and eyes are left to the person.
"""

SAID = dict.fromkeys(READ, 0.8)
"""How likely what a draft is sure of must be: of what is, 98 of 100 were right. The person confirms
it, and a wrong one offends; less likely values are called a guess."""

SHOWN = {"skin": 0.0, "hair_color": 0.0, "hair_length": 0.0, "facial_hair": 0.6, "glasses": 0.6}
"""How likely what a picture is drawn with must be, where nobody told it. It must have some skin and
some hair: there the likeliest is taken, if only that nobody can say the length. Glasses on one
photo of two leave it open."""

BALD_FROM = 0.6
"""How likely a bald head must be all the same; else hair is short. Who has some, and is drawn
without, is hurt."""

BALD_ALL_THE_SAME = 0.75
"""The same where hair is clearly seen: a woman whose photo ends at her forehead was 0.62, a man who
shouts under floodlights 0.82."""

UNSAID = Glasses.SUNGLASSES
"""What no draft says: who wears sunglasses on a photo doesn't always."""

MEANT: dict[StrEnum, StrEnum] = {Skin.OLIVE: Skin.TAN}
"""What is said instead: whether tanned skin is olive depends on the light, which no photo tells."""

COLOURED = ("skin", "hair_color")
"""Traits that a photo without colours, grey or toned, doesn't show. SFace would guess them, and
make dark people fair: it was asked to, and it did."""

LEAST_CONTRAST = 8.0
"""Least standard deviation of a picture that shows anything, of 255."""

SIDE = 96
"""Pixels of the side of what the networks of portraits read."""

PORTRAIT_SIDES = (128, 160)
"""Pixels of a portrait's side before its middle is read: networks look twice, the second time a
little closer, and into a mirror too. What they see once only they aren't sure of."""

VIEWS = 2 * len(PORTRAIT_SIDES)
"""Number of these looks."""


@dataclass(frozen=True, slots=True)
class Opinions:
    """What each network makes of a face.

    `by_portrait` is of the one that reads portraits, and `by_face` of the one that reads what SFace
    saw. `tone` is what was measured where a third one marked hair, and of what age is by a fourth
    one whose hair it is. What wasn't read is empty, or None.
    """

    by_portrait: Likely
    by_face: Likely
    tone: Tone | None

    def pooled(self) -> Likely:
        """Make one likelihood of all of them. Of hair that is hardly seen no tone alone tells.

        Where hair is clearly seen, whom it isn't sure to be bald isn't. On a head that is likeliest
        bald what was marked as hair is a lamp or a wall: its tone isn't believed.
        """
        likely = self._pooled(self.tone)
        if self.tone is None or "hair_length" not in likely:
            return likely
        lengths = likely["hair_length"]
        if self.tone.sure == 1:
            lengths = bald_if_sure(lengths)
        if likeliest(lengths)[0] is HairLength.BALD:
            return self._pooled(replace(self.tone, share=0.0))
        return {**likely, "hair_length": lengths}

    def _pooled(self, tone: Tone | None) -> Likely:
        by_tone: Likely = {}
        if tone and (tone.sure == 1 or "hair_color" in self.by_face):
            by_tone = {"hair_color": likely_hair(tone, HAIR_TONING)}
        return calibrated((self.by_portrait, self.by_face, by_tone))


class TraitReader:
    """Of one thread at a time: its networks hold what they read."""

    def __init__(self, weights: Path = FOLDER) -> None:
        """Load the networks; a missing or damaged one reads nothing, and that is logged."""
        views, maps = (VIEWS, 3, SIDE, SIDE), (1, CHANNELS, GRID, GRID)
        self._looks = Network(weights / FILE.name, views)
        self._regions = Network(weights / REGIONS_FILE.name, views)
        self._seen = Network(weights / SEEN_FILE.name, maps)
        self._ages = Network(weights / AGE_FILE.name, maps)

    def read(self, portrait: Pixels, seen: Seen) -> Draft:
        """Read the draft of a face's traits: see `likely`."""
        return draft_of(self.likely(portrait, seen))

    def likely(self, portrait: Pixels, seen: Seen) -> Likely:
        """Say how likely each value is of the traits that a face shows.

        `portrait` is a square in RGB, as generation.faces.face has it; `seen` is what SFace saw.
        """
        return self.opinions(portrait, seen).pooled()

    def opinions(self, portrait: Pixels, seen: Seen) -> Opinions:
        """Give what each network makes of a face."""
        views = views_of(portrait)
        if views.mean(axis=1).std() < LEAST_CONTRAST:
            return Opinions({}, {}, None)
        read, tone, maps = READ, None, seen.maps[None]
        if Surface(views[0].transpose(1, 2, 0).astype(np.uint8)).has_one_tone:
            read = tuple(name for name in READ if name not in COLOURED)
        else:
            tone = self._tone(views, maps)
        by_portrait, by_face = self._looks.read(views), self._seen.read(maps)
        return Opinions(_likely(read, by_portrait), _likely(read, by_face), tone)

    def _tone(self, views: NDArray[np.float32], maps: Maps) -> Tone | None:
        regions, ages = self._regions.read(views), self._ages.read(maps)
        if regions is None or ages is None:
            return None
        return hair_tone(views, softmax(regions), float(softmax(ages)[0, AGES.index(Age.OLD)]))


@cache
def _shipped() -> TraitReader:
    return TraitReader()


def read_draft(portrait: Pixels, seen: Seen) -> Draft:
    """Read with the networks that are shipped."""
    return _shipped().read(portrait, seen)


def draft_of(likely: Likely) -> Draft:
    """Tell what is sure from what is drawn all the same.

    Of hair that may not be there no colour is said, and nothing of what may be worn today only.
    """
    sure, shown = Traits(**_clear(likely, SAID)), shown_traits(likely)
    if "hair_length" in likely and likeliest(likely["hair_length"])[0] is HairLength.BALD:
        sure, shown = replace(sure, hair_color=None), replace(shown, hair_color=None)
    said: dict[str, Any] = {name: None for name in READ if getattr(sure, name) is not None}
    return Draft(_without_unsaid(sure), _without_unsaid(replace(shown, **said)))


def shown_traits(likely: Likely) -> Traits:
    """Give what a picture is drawn with."""
    shown = Traits(**_clear(likely, SHOWN))
    if (
        shown.hair_length is HairLength.BALD
        and likely["hair_length"][shown.hair_length] < BALD_FROM
    ):
        return replace(shown, hair_length=HairLength.SHORT)
    return shown


def _without_unsaid(traits: Traits) -> Traits:
    return replace(traits, glasses=None) if traits.glasses is UNSAID else traits


def likeliest(values: Mapping[Any, float]) -> tuple[Any, float]:
    """Give the likeliest of one trait's values as it is said, and how likely it is."""
    meant: dict[Any, float] = defaultdict(float)
    for value, share in values.items():
        meant[MEANT.get(value, value)] += share
    best = max(meant, key=meant.__getitem__)
    return best, meant[best]


def _clear(likely: Likely, least: Mapping[str, float]) -> dict[str, Any]:
    found = {name: likeliest(values) for name, values in likely.items()}
    return {
        name: value
        for name, (value, share) in found.items()
        if value is not None and share >= least[name]
    }


def bald_if_sure(lengths: Mapping[Any, float]) -> Mapping[Any, float]:
    """Give how likely each length is of a head on which hair is clearly seen."""
    bald = lengths[HairLength.BALD]
    if bald >= BALD_ALL_THE_SAME:
        return lengths
    return {
        length: 0.0 if length is HairLength.BALD else share / (1 - bald)
        for length, share in lengths.items()
    }


def mean_of(several: Sequence[Likely]) -> Likely:
    """Give how likely each value is in the mean of those that know its trait."""
    known = {name: [likely[name] for likely in several if name in likely] for name in CALIBRATIONS}
    return {
        name: {value: fmean(one[value] for one in shares) for value in shares[0]}
        for name, shares in known.items()
        if shares
    }


def views_of(portrait: Pixels) -> NDArray[np.float32]:
    """Give the middle of the portrait as the network reads it, (views, 3, SIDE, SIDE)."""
    views = []
    for side in PORTRAIT_SIDES:
        small = cv2.resize(portrait, (side, side), interpolation=cv2.INTER_AREA)
        start = (side - SIDE) // 2
        view = small[start : start + SIDE, start : start + SIDE]
        views += [view, view[:, ::-1]]
    return np.ascontiguousarray(np.stack(views).transpose(0, 3, 1, 2), np.float32)


def _likely(names: Sequence[str], logits: NDArray[np.float32] | None) -> Likely:
    """Give the mean of several looks at one face, (looks, logits), of some of the traits."""
    if logits is None:
        return {}
    likely: dict[str, dict[StrEnum | None, float]] = {}
    for name, calibration in CALIBRATIONS.items():
        values = list(calibration.corrections)
        own, logits = np.split(logits, [len(values)], axis=1)
        likely[name] = dict(zip(values, map(float, softmax(own).mean(axis=0)), strict=True))
    return {name: likely[name] for name in names}
