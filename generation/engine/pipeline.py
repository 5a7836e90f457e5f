"""Stable Diffusion with a face IP-Adapter on a device: words and a face in, pictures out.

Imports torch and diffusers: whoever imports this waits for them.
"""

import io
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, cast

import torch
from PIL import Image

from generation.engine import memory, noise, schedulers
from generation.engine.attention import slice_self_attention
from generation.engine.conditions import Conditions
from generation.engine.devices import Device
from generation.engine.face_reader import FaceReader
from generation.engine.face_tokens import FaceTokens, FaceTokensInMemory
from generation.engine.memory import MemoryFull
from generation.engine.memory_format import prefers_channels_last
from generation.engine.networks import Networks
from generation.engine.tuning import Tuning
from generation.errors import Refusal
from generation.models.files import ModelFiles
from generation.models.sources import NoFewSteps
from generation.modes import MODES, Mode
from generation.request import Prompt

_log = logging.getLogger(__name__)

OnStep = Callable[[int], None]


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
        self._lets_words_go = _or(self._tuning.low_memory, device.cramped)
        if not self._lets_words_go:
            self._pipe.text_encoder = self._networks.text_encoder().to(device.torch_name)
        self._sliced = _or(self._tuning.attention_slicing, device.cramped)
        self._set_up_unet()
        self.at_once = self._tuning.at_once or device.batch(
            device.backend.free_memory(), self.size**2, self._pipe.unet.num_parameters()
        )
        self.lost = 0
        if self._compiles:
            self._compile()

    @property
    def has_few_steps(self) -> bool:
        return self._files.few_steps is not None

    @property
    def size(self) -> int:
        """Of a picture: its height and width in pixels."""
        own: int = self._pipe.unet.config.sample_size * self._pipe.vae_scale_factor
        return self._tuning.size or own

    @property
    def _shape(self) -> tuple[int, int, int, int]:
        """Of one picture's latents."""
        side = self.size // self._pipe.vae_scale_factor
        return 1, self._pipe.unet.config.in_channels, side, side

    def count_tokens(self, text: str) -> int:
        """Count the tokens of a text with the start and end tokens."""
        return len(self._pipe.tokenizer(text).input_ids)

    @torch.no_grad()
    def embed(self, prompt: Prompt, face: bytes, mode: Mode) -> Conditions:
        """Embed a prompt and a face, which is an image file, for one picture.

        Raises MemoryFull.
        """
        guided = mode.guidance_scale > 1
        with memory.refusal_when_full():
            positive, negative = self._words(prompt, guided=guided)
            tokens = self._faces.tokens(face)
        return Conditions(positive, negative, tokens if guided else tokens.chunk(2)[1])

    def begin(self, mode: Mode) -> None:
        """Set what the pipeline remembers between calls.

        Raises NoFewSteps for a mode that the model has no weights for.
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
        """Draw a picture for each seed: each is the one that is drawn alone from its conditions.

        With `near` the pictures are variations of the one of these seeds.

        `on_step` is given the number of steps done, from 1; what it raises stops the drawing,
        and leaves nothing behind in the pipeline.

        What is too much for the device's memory is drawn in two halves, and in halves of these;
        then with attention in slices. Half precision can overflow, on Metal above all, which
        gives a black picture: such a one is drawn again in full precision. In both cases steps are
        counted from 1 again. Raises MemoryFull, or PictureBlack.
        """
        several = conditions.split()
        pixels = list(self._within_memory(several, mode, seeds, on_step, near))
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
                own = [several[k].to(torch.float32)]
                (pixels[k],) = self._within_memory(own, mode, [seeds[k]], on_step, near)
            if _is_lost(pixels[k]):
                raise PictureBlack
        processor = self._pipe.image_processor
        arrays = processor.pt_to_numpy(torch.stack(pixels))
        return cast("list[Image.Image]", processor.numpy_to_pil(arrays))

    def release_memory(self) -> None:
        """Give cached blocks back: between albums, for between steps it only costs time."""
        self._device.backend.release_memory()

    def _within_memory(
        self,
        several: Sequence[Conditions],
        mode: Mode,
        seeds: Sequence[int],
        on_step: OnStep,
        near: Sequence[int],
    ) -> Sequence[torch.Tensor]:
        """Draw each picture as (3, height, width), 0 to 1."""
        try:
            return self._pixels(Conditions.together(several), mode, seeds, on_step, near).unbind()
        except Exception as error:
            if not memory.is_full(error):
                raise
        # Only here, once the error's frames are gone, is their memory free.
        self.release_memory()
        if len(seeds) > 1:
            half = len(seeds) // 2
            self.at_once = min(self.at_once, half)
            _log.warning("Out of memory: drawing %s pictures at once from now on", self.at_once)
            return [
                picture
                for part in (slice(half), slice(half, None))
                for picture in self._within_memory(several[part], mode, seeds[part], on_step, near)
            ]
        if self._sliced:
            raise MemoryFull
        _log.warning("Out of memory: attention is sliced from now on")
        self._sliced = True
        slice_self_attention(self._pipe.unet)
        return self._within_memory(several, mode, seeds, on_step, near)

    @torch.no_grad()
    def _pixels(
        self,
        conditions: Conditions,
        mode: Mode,
        seeds: Sequence[int],
        on_step: OnStep,
        near: Sequence[int],
    ) -> torch.Tensor:
        """Draw pictures as (n, 3, height, width), 0 to 1."""
        projected = self._pipe.unet.encoder_hid_proj
        projected.positive_only = False

        def after(
            pipe: Any,  # noqa: ANN401 - diffusers'
            index: int,
            _time: object,
            tensors: dict[str, torch.Tensor],
        ) -> dict[str, torch.Tensor]:
            with torch.enable_grad():
                on_step(index + 1)
            if not pipe.do_classifier_free_guidance:
                return {}
            if index + 1 == mode.early_steps:
                pipe._guidance_scale = late_scale  # noqa: SLF001 - diffusers asks it at each step
            if index + 1 != mode.guided_steps:
                return {}
            # diffusers' SDCFGCutoffCallback forgets the face's rows.
            pipe._guidance_scale = 1.0  # noqa: SLF001
            projected.positive_only = True
            return {"prompt_embeds": tensors["prompt_embeds"].chunk(2)[1]}

        above = mode.guidance_scale - 1
        scale, late_scale = (1 + share * above for share in self._files.guidance)
        result = self._pipe(
            prompt_embeds=conditions.positive,
            negative_prompt_embeds=conditions.negative,
            ip_adapter_image_embeds=[conditions.face],
            num_inference_steps=mode.steps,
            guidance_scale=scale,
            latents=noise.latents(self._shape, seeds, near).to(conditions.positive),
            generator=[torch.Generator("cpu").manual_seed(~seed) for seed in seeds],
            callback_on_step_end=after,
            callback_on_step_end_tensor_inputs=["latents", "prompt_embeds"],
            output_type="pt",
        )
        return cast("torch.Tensor", result.images)

    def _words(self, prompt: Prompt, *, guided: bool) -> tuple[torch.Tensor, torch.Tensor | None]:
        """Embed the words; in full precision, if half of it overflows."""
        pipe = self._pipe
        if pipe.text_encoder is None:
            pipe.text_encoder = self._networks.text_encoder().to(self._device.torch_name)

        def embedded() -> tuple[torch.Tensor, torch.Tensor | None]:
            positive, negative = pipe.encode_prompt(
                prompt.positive, self._device.torch_name, 1, guided, prompt.negative
            )
            return positive.to(self._dtype), None if negative is None else negative.to(self._dtype)

        try:
            positive, negative = embedded()
            if not all(one.isfinite().all() for one in (positive, negative) if one is not None):
                _log.warning("%s lost the words: reading them in full precision", self._dtype)
                pipe.text_encoder.to(torch.float32)
                positive, negative = embedded()
                pipe.text_encoder.to(self._dtype)
            return positive, negative
        finally:
            if self._lets_words_go:
                pipe.text_encoder = None

    @contextmanager
    def _full_precision(self) -> Iterator[None]:
        """Draw in it. Raises MemoryFull; the networks are in their own precision afterwards."""
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

    @property
    def _compiles(self) -> bool:
        return self._tuning.compiled and self._device.backend.compiles

    def _compile(self) -> None:
        """Compile now, by drawing, and not in somebody's job: it takes minutes.

        torch compiles for the first batch's size, at the second one for any, and for 1 by itself.
        """
        self._pipe.unet.compile()
        try:
            for mode in MODES.values():
                if self._files.few_steps or not mode.few_steps:
                    for count in sorted({1, max(1, self.at_once - 1), self.at_once}, reverse=True):
                        self._try(replace(mode, steps=2, guidance_until=0.5), count)
        except Exception as error:  # noqa: BLE001 - no compiler, or one that fails: it works without
            _log.warning("torch can't compile here, drawing without: %s", error)
            self._pipe.unet._compiled_call_impl = None  # noqa: SLF001 - torch has no way back

    def _try(self, mode: Mode, count: int) -> None:
        """Draw a batch of `count` that nobody sees, guided and unguided."""
        face = io.BytesIO()
        Image.new("RGB", (64, 64)).save(face, "PNG")
        self.begin(mode)
        conditions = self.embed(Prompt("a person", ""), face.getvalue(), mode)
        seeds = range(count)
        self._pixels(conditions.times(count), mode, seeds, lambda _step: None, ())


def _or(wanted: bool | None, found: bool) -> bool:  # noqa: FBT001 - they are the values
    return found if wanted is None else wanted


def _is_lost(pixels: torch.Tensor) -> bool:
    return not (pixels.isfinite().all() and pixels.any())
