"""A square picture that becomes the middle, or the lower part, of a longer one. Imports torch."""

from dataclasses import dataclass

import torch
from torch.nn.functional import pad


@dataclass(frozen=True, slots=True)
class Extension:
    """Where a square lies in longer latents.

    The person in it is cut off by its lower edge, and stays there: what is new in a portrait is
    above it, and in a landscape on both sides.
    """

    width: int
    height: int

    def begun(self, squares: torch.Tensor) -> torch.Tensor:
        """Give longer latents, whose edges go on as they end: sky is sky further up."""
        right, below = self.width - self._side - self._left, self.height - self._side - self._top
        return pad(squares, (self._left, right, self._top, below), mode="replicate")

    def of(self, latents: torch.Tensor) -> torch.Tensor:
        """Give the part of longer latents that is the square's."""
        rows = slice(self._top, self._top + self._side)
        return latents[:, :, rows, self._left : self._left + self._side]

    def put(self, squares: torch.Tensor, latents: torch.Tensor) -> torch.Tensor:
        """Give the longer latents with the squares in their place."""
        whole = latents.clone()
        self.of(whole).copy_(squares)
        return whole

    @property
    def _side(self) -> int:
        return min(self.width, self.height)

    @property
    def _left(self) -> int:
        return (self.width - self._side) // 2

    @property
    def _top(self) -> int:
        return self.height - self._side
