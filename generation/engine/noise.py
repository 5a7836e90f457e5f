"""The noise that pictures begin as. Imports torch."""

from collections.abc import Sequence
from functools import reduce
from math import sqrt

import torch

VARIATION = 0.4
"""The share of another noise in a variation: scenery and colours stay, details change."""


def latents(
    shape: tuple[int, int, int, int], seeds: Sequence[int], near: Sequence[int] = ()
) -> torch.Tensor:
    """Draw noise of `shape` for each seed; with `near`, variations of these seeds' noise.

    On the CPU and in float32, so that a seed means the same picture on every device.
    """

    def noise(seed: int) -> torch.Tensor:
        generator = torch.Generator("cpu").manual_seed(seed)
        return torch.randn(shape, generator=generator, dtype=torch.float32)

    drawn = torch.cat([noise(seed) for seed in seeds])
    return _varied(reduce(_varied, map(noise, near)), drawn) if near else drawn


def _varied(base: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
    """Mix two noises so that the sum has a variance of one again."""
    return sqrt(1 - VARIATION**2) * base + VARIATION * other
