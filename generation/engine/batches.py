"""How many pictures are drawn at once."""

import logging
from dataclasses import replace

from generation.engine.devices import Device

_log = logging.getLogger(__name__)


class Batches:
    """The batches of one loaded model.

    `parameters` are its UNet's; `wanted` is the number of pictures in a batch, whatever their size,
    and None leaves it to the device.
    """

    def __init__(self, device: Device, parameters: int, wanted: int | None) -> None:
        self._device, self._parameters, self._wanted = device, parameters, wanted
        self._free_memory = device.backend.free_memory()
        self._most_pixels: int | None = None
        """The pixels of the largest batch that is tried since a larger one did not fit."""

    def at_once(self, pixels: int) -> int:
        """Say how many pictures of so many pixels are drawn together."""
        fit = self._wanted or self._device.batch(self._free_memory, pixels, self._parameters)
        return fit if self._most_pixels is None else max(1, min(fit, self._most_pixels // pixels))

    def in_full_precision(self) -> None:
        """Size batches for float32 from now on; the networks take their memory in it already."""
        self._device = replace(self._device, dtype="float32")
        self._device.backend.release_memory()
        self._free_memory = self._device.backend.free_memory()

    def halve(self, pictures: int, pixels: int) -> None:
        """Try no more than half of this batch from now on: it was more than the memory holds."""
        tried = self._most_pixels
        half = pictures // 2 * pixels
        self._most_pixels = half if tried is None else min(tried, half)
        _log.warning("Out of memory: drawing %s pictures at once from now on", self.at_once(pixels))
