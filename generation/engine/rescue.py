"""Pictures that are drawn in spite of a full memory or of half precision. Imports torch."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch

from generation.engine import memory
from generation.engine.attention import slice_self_attention
from generation.engine.batches import Batches
from generation.engine.devices import Device
from generation.engine.memory import MemoryFull
from generation.errors import Refusal

_log = logging.getLogger(__name__)

Draw = Callable[[range, torch.dtype], torch.Tensor]
"""Draws these pictures, counted from 0, in a precision: (n, 3, height, width), 0 to 1."""


class PictureBlack(Refusal):
    """The model gave no picture, not even in full precision."""


class Rescue:
    """Draws pictures, and again what was too much for the memory or for half precision.

    `lost` counts the pictures that half precision lost. With `sliced` attention is sliced from the
    first picture on.
    """

    def __init__(self, pipe: Any, device: Device, batches: Batches, *, sliced: bool) -> None:  # noqa: ANN401 - diffusers ships no types
        self._pipe, self._device, self._batches = pipe, device, batches
        self._dtype: torch.dtype = getattr(torch, device.dtype)
        self._sliced = sliced
        if sliced:
            slice_self_attention(pipe.unet)
        self.lost = 0

    def pictures(self, draw: Draw, seeds: Sequence[int], pixels: int) -> list[torch.Tensor]:
        """Draw a picture of so many pixels for each seed, as (3, height, width), 0 to 1.

        Raises MemoryFull, or PictureBlack.
        """
        drawn = list(self._within_memory(draw, range(len(seeds)), pixels, self._dtype))
        lost = [k for k, picture in enumerate(drawn) if _is_lost(picture)]
        if lost and self._dtype == torch.float32:
            raise PictureBlack
        for k in lost:
            self.lost += 1
            _log.warning(
                "%s lost the picture of seed %s, the %s. so far: drawing it in full precision",
                *(self._device.dtype, seeds[k], self.lost),
            )
            with self._full_precision():
                (drawn[k],) = self._within_memory(draw, range(k, k + 1), pixels, torch.float32)
            if _is_lost(drawn[k]):
                raise PictureBlack
        return drawn

    def _within_memory(
        self, draw: Draw, which: range, pixels: int, dtype: torch.dtype
    ) -> Sequence[torch.Tensor]:
        try:
            return draw(which, dtype).unbind()
        except Exception as error:
            if not memory.is_full(error):
                raise
        # Only here, once the error's frames are gone, is their memory free.
        self._device.backend.release_memory()
        if len(which) > 1:
            half = len(which) // 2
            self._batches.halve(len(which), pixels)
            return [
                picture
                for part in (which[:half], which[half:])
                for picture in self._within_memory(draw, part, pixels, dtype)
            ]
        if self._sliced:
            raise MemoryFull
        _log.warning("Out of memory: attention is sliced from now on")
        self._sliced = True
        slice_self_attention(self._pipe.unet)
        return self._within_memory(draw, which, pixels, dtype)

    @contextmanager
    def _full_precision(self) -> Iterator[None]:
        """Have the networks in full precision meanwhile. Raises MemoryFull."""
        try:
            with memory.refusal_when_full():
                self._pipe.to(torch.float32)
            yield
        finally:
            self._pipe.to(self._dtype)


def _is_lost(pixels: torch.Tensor) -> bool:
    return not (pixels.isfinite().all() and pixels.any())
