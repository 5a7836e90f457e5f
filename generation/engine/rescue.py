"""Pictures that are drawn in spite of a full memory or of half precision. Imports torch."""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch

from generation.engine import compilation, memory
from generation.engine.attention import slice_self_attention
from generation.engine.batches import Batches
from generation.engine.fast_paths import FastPaths
from generation.engine.memory import MemoryFull
from generation.engine.precision import Precision
from generation.errors import Refusal

_log = logging.getLogger(__name__)

Draw = Callable[[range, torch.dtype], torch.Tensor]
"""Draws these pictures, counted from 0, in a precision: (n, 3, height, width), 0 to 1."""


class PictureBlack(Refusal):
    """The model gave no picture, not even in full precision."""


class Rescue:
    """Draws pictures, and again what was too much for the memory or for half precision.

    `move` has all the networks in a precision. With `sliced` attention is sliced from the first
    picture on.
    """

    def __init__(
        self,
        pipe: Any,  # noqa: ANN401 - diffusers ships no types
        precision: Precision,
        move: Callable[[torch.dtype], None],
        batches: Batches,
        fast: FastPaths,
        *,
        sliced: bool,
    ) -> None:
        self._pipe, self._precision, self._move = pipe, precision, move
        self._batches, self._fast = batches, fast
        self._sliced = False
        if sliced:
            self._slice()

    def pictures(self, draw: Draw, seeds: Sequence[int], pixels: int) -> list[torch.Tensor]:
        """Draw a picture of so many pixels for each seed, as (3, height, width), 0 to 1.

        Raises MemoryFull, or PictureBlack.
        """
        drawn = list(self._within_memory(draw, range(len(seeds)), pixels, self._precision.dtype))
        lost = _lost(drawn)
        if lost and self._precision.is_full:
            raise PictureBlack
        for k in lost:
            self._precision.lost += 1
            _log.warning(
                "%s lost the picture of seed %s, the %s. so far: drawing it in full precision",
                *(self._precision.device.dtype, seeds[k], self._precision.lost),
            )
            with self._full_precision():
                (drawn[k],) = self._within_memory(draw, range(k, k + 1), pixels, torch.float32)
                if _lost([drawn[k]]):
                    raise PictureBlack
                if self._precision.give_up_if_hopeless():
                    self._batches.in_full_precision()
                    _log.warning("Half precision is given up: it loses too many pictures here")
        return drawn

    def _within_memory(
        self, draw: Draw, which: range, pixels: int, dtype: torch.dtype, *, first: bool = True
    ) -> Sequence[torch.Tensor]:
        try:
            return draw(which, dtype).unbind()
        except Exception as error:
            if not memory.is_full(error):
                raise
        # Only here, once the error's frames are gone, is their memory free.
        self._precision.device.backend.release_memory()
        if first and compilation.is_going_on():  # it takes memory only for a while
            return self._within_memory(draw, which, pixels, dtype, first=False)
        self._fast.save_memory()
        self._precision.device.backend.release_memory()
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
        self._slice()
        return self._within_memory(draw, which, pixels, dtype)

    def _slice(self) -> None:
        self._sliced = True
        slice_self_attention(self._pipe.unet)
        self._fast.forget(compiled=True)

    @contextmanager
    def _full_precision(self) -> Iterator[None]:
        """Have the networks in full precision meanwhile. Raises MemoryFull."""
        try:
            with memory.refusal_when_full():
                self._move(torch.float32)
            yield
        finally:
            self._move(self._precision.dtype)


def _lost(pictures: Sequence[torch.Tensor]) -> list[int]:
    """Count, from 0, those that are no pictures. The device is waited for once."""
    right = torch.stack([one.isfinite().all() & one.any() for one in pictures])
    return [k for k, is_right in enumerate(right.tolist()) if not is_right]
