"""What stands before the autoencoder's decoder. Imports torch."""

import logging
import time
from typing import Any

import torch

from generation.engine import compilation, memory
from generation.engine.devices import Device
from generation.engine.fastest import Fastest
from generation.engine.trial import Clock

_log = logging.getLogger(__name__)


class DecoderFront:
    """Takes the place of a decoder's forward: it decodes a batch at once where memory allows.

    A memory that is full after all costs no picture: the batch is decoded one by one.
    """

    def __init__(
        self,
        vae: Any,  # noqa: ANN401 - diffusers ships no types
        device: Device,
        clock: Clock = time.perf_counter,
        *,
        at_once: bool,
    ) -> None:
        self._vae, self._device = vae, device
        forward = vae.decoder.forward
        self.fastest = Fastest("autoencoder", forward, vae.dtype, clock=clock)
        vae.decoder.forward = self._forward
        (vae.disable_slicing if at_once else vae.enable_slicing)()

    def example(self, pictures: int, side: int) -> tuple[torch.Tensor, ...]:
        """Make up an input of square latents."""
        shape = (pictures, self._vae.config.latent_channels, side, side)
        noise = torch.randn(shape, generator=torch.Generator("cpu").manual_seed(0))
        return (noise.to(self._vae.device, self._vae.dtype),)

    def _forward(self, latents: torch.Tensor, *_: object) -> torch.Tensor:
        try:
            return self.fastest(latents)
        except Exception as error:
            if len(latents) == 1 or not memory.is_full(error):
                raise
        # Only here, once the error's frames are gone, is their memory free.
        if not compilation.is_going_on():  # it takes memory only for a while
            _log.warning("Out of memory: pictures are decoded one by one from now on")
            self._vae.enable_slicing()
        self._device.backend.release_memory()
        return torch.cat([self.fastest(one) for one in torch.split(latents, 1)])
