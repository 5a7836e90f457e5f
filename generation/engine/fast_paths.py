"""What makes the networks of a pipeline fast on its device. Imports torch."""

from collections.abc import Iterator
from typing import Any

import torch

from generation.engine import compilation
from generation.engine.compilation import Compilation, Part
from generation.engine.cuda_graphs import CudaGraphs
from generation.engine.decoder_front import DecoderFront
from generation.engine.devices import Device
from generation.engine.fastest import Call
from generation.engine.memory_format import try_channels_last
from generation.engine.tuning import Tuning
from generation.engine.unet_front import UnetFront


class FastPaths:
    """Stands before the UNet and the autoencoder of a pipeline for albums.

    Most often `at_once` squares of `side` pixels are drawn: it is them that code is compiled for.
    `few_steps`: some modes aren't guided. One thread draws; it calls `begin_album` before each.
    """

    def __init__(
        self, pipe: Any, device: Device, tuning: Tuning, at_once: int, side: int, *, few_steps: bool  # noqa: ANN401 - diffusers ships no types
    ) -> None:  # fmt: skip
        self._unet, self._vae, self._device = pipe.unet, pipe.vae, device
        self._at_once, self._side = at_once, side
        self._latents = side // pipe.vae_scale_factor
        self._few_steps = few_steps
        if _is_channels_last(tuning, pipe.unet, device):
            pipe.unet.to(memory_format=torch.channels_last)
        captures = device.backend.captures
        self._graphs = CudaGraphs(device, pipe.vae_scale_factor) if captures else None
        self._compilation: Compilation | None = None
        self._front = UnetFront(pipe.unet, self._capture)
        self._decoded = at_once if self._has_room(decoded=at_once) else 1
        self._decoder = DecoderFront(pipe.vae, device, at_once=self._decoded > 1)
        if self._is_compiled(tuning):
            parts = list(self._parts())
            self._compilation = Compilation(parts, tuning.compiled_in, tuning.compiler)

    def begin_album(self) -> None:
        """Use what was compiled meanwhile, if it is right and faster."""
        for front in (self._front, self._decoder):
            front.fastest.begin_album()
        if self._compilation and self._compilation.ended:
            for front in (self._front, self._decoder):
                front.fastest.adopt()
            self._device.backend.release_memory()  # of the trials

    def finish(self) -> None:
        """Wait until nothing is being compiled any more."""
        if self._compilation:
            self._compilation.wait()
        self.begin_album()

    def stop(self) -> None:
        """Compile no further part, and wait for the one that is being compiled."""
        if self._compilation:
            self._compilation.stop()

    def forget(self, *, compiled: bool = False) -> None:
        """Forget what was captured: weights were moved. With `compiled`: a network was changed."""
        for front in (self._front, self._decoder):
            front.fastest.forget(compiled=compiled)

    def save_memory(self) -> None:
        """Give back the memory of what is captured, and capture no more."""
        for front in (self._front, self._decoder):
            front.fastest.stop_capturing()

    def _capture(self, call: Call, given: tuple[torch.Tensor, ...]) -> Call | None:
        """Capture a call, but not while a thread compiles: its use of the card can spoil it."""
        if self._graphs is None or compilation.is_going_on():
            return None
        return self._graphs.capture(call, given)

    def _parts(self) -> Iterator[Part]:
        """Give what is compiled, what most albums need first."""
        front, decoder, count, side = self._front, self._decoder, self._at_once, self._latents

        def unet(rows: int) -> Part:
            return Part(f"UNet for {rows} rows", front.fastest, lambda: front.example(rows, side))

        yield unet(2 * count)
        yield Part("autoencoder", decoder.fastest, lambda: decoder.example(self._decoded, side))
        if self._few_steps:
            yield unet(count)

    def _is_compiled(self, tuning: Tuning) -> bool:
        if tuning.compiled is False or not self._device.backend.compiles():
            return False
        return bool(tuning.compiled) or self._has_room(decoded=1)

    def _has_room(self, decoded: int) -> bool:
        return self._device.backend.has_room(
            pictures=self._at_once,
            decoded=decoded,
            pixels=self._side**2,
            dtype=self._device.dtype,
        )


def _is_channels_last(
    tuning: Tuning, unet: Any, device: Device  # noqa: ANN401 - diffusers ships no types
) -> bool:  # fmt: skip
    """Choose the order of numbers in memory by what is best without compiled code.

    Inside of what it compiles torch chooses an order itself.
    """
    if tuning.channels_last is None and device.backend.tries_channels_last:
        return try_channels_last(unet, device).better
    return bool(tuning.channels_last)
