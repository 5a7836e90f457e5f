"""What pictures are drawn from, once words and faces are embedded. Imports torch."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch


@dataclass(frozen=True, slots=True)
class Conditions:
    """What n pictures are drawn from.

    `positive` and `negative` are text embeddings (n, 77, width); `face` holds the adapter's
    tokens, first the n negative rows and then the n positive ones: (2 n, 1, tokens, width).
    Without guidance (a scale of at most 1) `negative` is None and `face` has the positive rows
    only, for the pipeline would mix negative ones in.
    """

    positive: torch.Tensor
    negative: torch.Tensor | None
    face: torch.Tensor

    def to(self, dtype: torch.dtype) -> "Conditions":
        negative = None if self.negative is None else self.negative.to(dtype)
        return Conditions(self.positive.to(dtype), negative, self.face.to(dtype))

    def times(self, count: int) -> "Conditions":
        """Repeat the conditions of one picture for `count` of them."""
        return Conditions.together([self] * count)

    def split(self) -> "list[Conditions]":
        """Give the conditions of each single picture."""
        n = len(self.positive)
        negatives = [None] * n if self.negative is None else torch.split(self.negative, 1)
        rows = [torch.split(half, 1) for half in self.halves()]
        faces = [torch.cat(own) for own in zip(*rows, strict=True)]
        return [
            Conditions(*own)
            for own in zip(torch.split(self.positive, 1), negatives, faces, strict=True)
        ]

    def unguided(self) -> "Conditions":
        """Leave the negative half out."""
        return Conditions(self.positive, None, self.halves()[-1])

    @classmethod
    def together(cls, several: Sequence["Conditions"]) -> "Conditions":
        """Join the conditions of several pictures: all with guidance, or all without."""
        halves = zip(*(one.halves() for one in several), strict=True)
        negatives = [one.negative for one in several if one.negative is not None]
        return cls(
            torch.cat([one.positive for one in several]),
            torch.cat(negatives) if negatives else None,
            torch.cat([row for half in halves for row in half]),
        )

    def halves(self) -> tuple[torch.Tensor, ...]:
        """Give the face's negative rows, if there are any, and its positive ones."""
        return self.face.chunk(1 if self.negative is None else 2)
