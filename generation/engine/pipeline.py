"""Stable Diffusion with a face IP-Adapter on a device: words and a face in, pictures out.

Imports torch and diffusers: whoever imports this waits for them.
"""

import io
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

import torch
from PIL import Image

from generation.engine import memory, schedulers
from generation.engine.attention import slice_self_attention
from generation.engine.compilation import compile_unet
from generation.engine.conditions import Conditions
from generation.engine.denoiser import Denoiser, OnStep
from generation.engine.devices import Device
from generation.engine.face_reader import FaceReader
from generation.engine.face_tokens import FaceTokens, FaceTokensInMemory
from generation.engine.memory import MemoryFull
from generation.engine.memory_format import prefers_channels_last
from generation.engine.networks import Networks
from generation.engine.patch import Patch
from generation.engine.text_reader import TextReader
from generation.engine.tuning import Tuning
from generation.errors import Refusal
from generation.models.files import ModelFiles
from generation.models.sources import NoFewSteps
from generation.modes import MODES, Mode
from generation.request import Square
from generation.words.prompt import Prompt

_log = logging.getLogger(__name__)

Draw = Callable[[range, torch.dtype], torch.Tensor]
"""Draws these pictures, counted from 0, in a precision: (n, 3, height, width), 0 to 1."""


class PictureBlack(Refusal):
    """The model gave no picture, not even in full precision."""


class FacePipeline:
    """One pipeline, for one thread.

    `at_once` is how many pictures it draws together; `lost` counts those that half precision
    lost, and that were drawn again.
    """

    def __init__(
        self,
        files: ModelFiles,
        device: Device,
        tuning: Tuning | None = None,
        face_tokens: FaceTokens | None = None,
    ) -> None:
        self._device = device
        self._files = files
        self._tuning = tuning or Tuning()
        self._dtype: torch.dtype = getattr(torch, device.dtype)
        self._networks = Networks(files, self._dtype)
        self._pipe = self._networks.pipeline().to(device.torch_name)
        self._schedule = dict(self._pipe.scheduler.config)
        self._faces = FaceReader(
            self._pipe, self._networks, files, device, face_tokens or FaceTokensInMemory()
        )
        self._vae = self._pipe.vae
        self._tiny_vae = self._load_tiny_vae()
        low_memory = _or(self._tuning.low_memory, device.cramped)
        self._words = TextReader(self._pipe, self._networks, device, low_memory=low_memory)
        self._sliced = _or(self._tuning.attention_slicing, device.cramped)
        self._set_up_unet()
        self._denoiser = Denoiser(self._pipe, files.guidance, self.size)
        self.at_once = self._tuning.at_once or device.batch(
            device.backend.free_memory(), self.size**2, self._pipe.unet.num_parameters()
        )
        self.lost = 0
        if self._tuning.compiled and device.backend.compiles:
            modes = [mode for mode in MODES.values() if files.few_steps or not mode.few_steps]
            compile_unet(self._pipe.unet, self._draw_unseen, modes, self.at_once)

    @property
    def has_few_steps(self) -> bool:
        return self._files.few_steps is not None

    @property
    def size(self) -> int:
        """The height and the width of a picture in pixels."""
        own: int = self._pipe.unet.config.sample_size * self._pipe.vae_scale_factor
        return self._tuning.size or own

    def count_tokens(self, text: str) -> int:
        """Count the tokens of a text with the start and end tokens."""
        return len(self._pipe.tokenizer(text).input_ids)

    @torch.no_grad()
    def embed(self, prompt: Prompt, faces: Sequence[bytes], mode: Mode) -> Conditions:
        """Embed a prompt and a person's faces, which are image files, for one picture.

        Raises MemoryFull.
        """
        guided = mode.guidance_scale > 1
        with memory.refusal_when_full():
            positive, negative = self._words.embeddings(prompt, guided=guided)
            tokens = self._faces.tokens(faces)
        return Conditions(positive, negative, tokens if guided else tokens.chunk(2)[1])

    def begin(self, mode: Mode) -> None:
        """Set the pipeline up for a mode.

        Raises NoFewSteps if the model has no few-step weights for it.
        """
        pipe = self._pipe
        if mode.few_steps and not self._files.few_steps:
            raise NoFewSteps(mode=mode.name)
        pipe.set_ip_adapter_scale(mode.ip_adapter_scale)
        if self._files.few_steps:
            (pipe.enable_lora if mode.few_steps else pipe.disable_lora)()
        if mode.few_steps:
            pipe.scheduler = schedulers.few_steps(self._schedule, self._files.sampler)
        else:
            pipe.scheduler = schedulers.dpm_solver(self._schedule)
        pipe.vae = self._tiny_vae if mode.few_steps and self._tiny_vae else self._vae

    def draw(
        self,
        conditions: Conditions,
        mode: Mode,
        seed: int,
        on_step: OnStep,
        near: Sequence[int] = (),
    ) -> Image.Image:
        """Draw one picture; see `draw_together`."""
        return self.draw_together(conditions, mode, [seed], on_step, near)[0]

    def draw_together(
        self,
        conditions: Conditions,
        mode: Mode,
        seeds: Sequence[int],
        on_step: OnStep,
        near: Sequence[int] = (),
    ) -> list[Image.Image]:
        """Draw a picture for each seed, the same as if it were drawn alone.

        With `near` the pictures are variations of the picture that these seeds give.

        `on_step` is given the number of steps done, from 1. What it raises stops the drawing,
        and leaves nothing behind in the pipeline.

        A batch that is too large for the device's memory is drawn in halves, and these in halves
        again; a single picture is then drawn with sliced attention. Half precision can overflow,
        on Metal above all, which gives a black picture: it is drawn again in full precision. In
        both cases steps are counted from 1 again. Raises MemoryFull, or PictureBlack.
        """
        several = conditions.split()

        def draw(which: range, dtype: torch.dtype) -> torch.Tensor:
            own = Conditions.together([several[k].to(dtype) for k in which])
            return self._denoiser.pixels(own, mode, [seeds[k] for k in which], on_step, near)

        return self._pictures(draw, seeds)

    def mend(
        self,
        conditions: Conditions,
        mode: Mode,
        picture: Image.Image,
        square: Square,
        seed: int,
        on_step: OnStep,
    ) -> Image.Image:
        """Draw a square of a picture once more, at the model's own size, and put it back.

        `on_step` is as in `draw_together`, and so are a full memory and half precision; if nothing
        helps, the picture stays as it is.
        """
        patch = Patch(picture, square)
        enlarged = patch.enlarged(self._denoiser.size)

        def draw(_which: range, dtype: torch.dtype) -> torch.Tensor:
            own = conditions.to(dtype)
            return self._denoiser.redrawn(own, mode, enlarged, seed, on_step, self._vae)

        try:
            (drawn,) = self._pictures(draw, [seed])
        except (MemoryFull, PictureBlack) as refusal:
            _log.warning("A face of seed %s stays as it was drawn: %r", seed, refusal)
            return picture
        return patch.put_back(drawn)

    def release_memory(self) -> None:
        """Give back cached memory: between albums, for between steps it only costs time."""
        self._device.backend.release_memory()

    def _pictures(self, draw: Draw, seeds: Sequence[int]) -> list[Image.Image]:
        """Draw a picture for each seed. Raises MemoryFull, or PictureBlack."""
        pixels = list(self._within_memory(draw, range(len(seeds)), self._dtype))
        lost = [k for k, picture in enumerate(pixels) if _is_lost(picture)]
        if lost and self._dtype == torch.float32:
            raise PictureBlack
        for k in lost:
            self.lost += 1
            _log.warning(
                "%s lost the picture of seed %s, the %s. so far: drawing it in full precision",
                *(self._device.dtype, seeds[k], self.lost),
            )
            with self._full_precision():
                (pixels[k],) = self._within_memory(draw, range(k, k + 1), torch.float32)
            if _is_lost(pixels[k]):
                raise PictureBlack
        processor = self._pipe.image_processor
        arrays = processor.pt_to_numpy(torch.stack(pixels))
        return cast("list[Image.Image]", processor.numpy_to_pil(arrays))

    def _within_memory(
        self, draw: Draw, which: range, dtype: torch.dtype
    ) -> Sequence[torch.Tensor]:
        """Draw each picture as (3, height, width), 0 to 1."""
        try:
            return draw(which, dtype).unbind()
        except Exception as error:
            if not memory.is_full(error):
                raise
        # Only here, once the error's frames are gone, is their memory free.
        self.release_memory()
        if len(which) > 1:
            half = len(which) // 2
            self.at_once = min(self.at_once, half)
            _log.warning("Out of memory: drawing %s pictures at once from now on", self.at_once)
            return [
                picture
                for part in (which[:half], which[half:])
                for picture in self._within_memory(draw, part, dtype)
            ]
        if self._sliced:
            raise MemoryFull
        _log.warning("Out of memory: attention is sliced from now on")
        self._sliced = True
        slice_self_attention(self._pipe.unet)
        return self._within_memory(draw, which, dtype)

    @contextmanager
    def _full_precision(self) -> Iterator[None]:
        """Have the networks in full precision meanwhile. Raises MemoryFull."""
        try:
            with memory.refusal_when_full():
                self._pipe.to(torch.float32)
            yield
        finally:
            self._pipe.to(self._dtype)

    def _load_tiny_vae(self) -> Any:  # noqa: ANN401 - diffusers ships no types
        if not (self._files.few_steps and self._tuning.tiny_vae):
            return None
        tiny = self._networks.tiny_vae()
        return tiny and tiny.to(self._device.torch_name)

    def _set_up_unet(self) -> None:
        unet = self._pipe.unet
        if self._sliced:
            slice_self_attention(unet)
        self._vae.enable_slicing()  # decodes a batch one by one
        wanted = self._tuning.channels_last
        if wanted or (wanted is None and prefers_channels_last(unet, self._device)):
            unet.to(memory_format=torch.channels_last)

    def _draw_unseen(self, mode: Mode, count: int) -> None:
        """Draw pictures that nobody gets to see."""
        face = io.BytesIO()
        Image.new("RGB", (64, 64)).save(face, "PNG")
        self.begin(mode)
        conditions = self.embed(Prompt("a person", ""), [face.getvalue()], mode)
        self._denoiser.pixels(conditions.times(count), mode, range(count), lambda _step: None)


def _or(wanted: bool | None, found: bool) -> bool:  # noqa: FBT001 - they are the values
    return found if wanted is None else wanted


def _is_lost(pixels: torch.Tensor) -> bool:
    return not (pixels.isfinite().all() and pixels.any())
