"""Chooses what the UNet sees in a row of a batch: a portrait, a caption and a face."""

from dataclasses import dataclass
from random import Random
from typing import NamedTuple

import torch

from generation.pocket.portraits.attributes import Portrait
from generation.pocket.portraits.captions import caption, without
from generation.pocket.training.train_encoders import RULED_OUT, words

NO_FACE = 0.2
"""Share of the captions that stand without a face: the adapter then sees what the "plus" adapter
sees beside negative words, the encoding of zeros."""

OTHER_FACE = 0.15
"""Share of the faces that are somebody else's, while the caption tells everything: hair that the
words call red must come out red, whatever the photo shows."""

ALWAYS_TOLD = frozenset({"hat", "look"})
"""Attributes that no caption leaves out: nobody gets a hat who did not ask for one."""


class Row(NamedTuple):
    """A portrait's number, its caption, and the number of the portrait whose face is shown."""

    portrait: int
    text: str
    face: int | None


@dataclass(frozen=True, slots=True)
class Sampler:
    """All portraits, and for each (n,) whether its face was drawn with other glasses."""

    portraits: list[Portrait]
    changed: torch.Tensor

    def row(self, scale: float, random: Random) -> Row:
        """Choose a row for a step that has the adapter at `scale`."""
        k = random.randrange(len(self.portraits))
        portrait = self.portraits[k]
        if random.random() < RULED_OUT:  # the bot shows no face beside its negative words either
            return Row(k, without(portrait, random).text, None)
        if random.random() < NO_FACE:
            return Row(k, words(portrait, random, ALWAYS_TOLD).text, None)
        if random.random() < OTHER_FACE:
            other = random.randrange(len(self.portraits))
            return Row(k, caption(portrait, random, 1.0).text, other)
        while self.changed[k] and random.random() >= _kept(scale):
            k = random.randrange(len(self.portraits))
        return Row(k, words(self.portraits[k], random, ALWAYS_TOLD).text, k)


def _kept(scale: float) -> float:
    """Give the share of the faces with other glasses that is kept at the adapter's scale.

    All are kept up to 0.5, where FAST draws, and none at 1: the higher the scale, the more a face
    must be believed.
    """
    return min(1.0, 2 * (1 - scale))
