"""Stable Diffusion with a face IP-Adapter, from a model's files on a device.

Imports torch and diffusers: whoever imports this waits for them.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import torch
import transformers

transformers.logging.set_verbosity_error()  # diffusers has it warn about parts that nobody uses
transformers.logging.disable_progress_bar()

import diffusers  # noqa: E402
from diffusers import (  # noqa: E402
    AutoencoderKL,
    DPMSolverMultistepScheduler,
    StableDiffusionPipeline,
    UNet2DConditionModel,
)
from safetensors import SafetensorError  # noqa: E402
from transformers import CLIPTextModel, CLIPVisionModelWithProjection  # noqa: E402

from generation.device import Device  # noqa: E402
from generation.face_projection import OncePerPicture  # noqa: E402
from generation.model_files import ModelFiles  # noqa: E402
from generation.models import ModelDamaged  # noqa: E402
from generation.presets import Preset  # noqa: E402
from generation.request import Prompt  # noqa: E402

if TYPE_CHECKING:
    from PIL.Image import Image

diffusers.logging.set_verbosity_error()
diffusers.logging.disable_progress_bar()


_log = logging.getLogger(__name__)

VARIATION = 0.4
"""Of another noise, in a variation: its place and colours stay, its details change."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What an album is drawn from.

    Of n pictures, `positive` and `negative` are text embeddings (n, 77, width); `face` are image
    embeddings of the negative rows and then the positive ones, (2 n, 1, tokens, width). Without
    guidance (a scale of at most 1) nothing is subtracted: `negative` is None and `face` has the
    positive rows only, for the pipeline would mix negative ones in.
    """

    positive: torch.Tensor
    negative: torch.Tensor | None
    face: torch.Tensor

    def to(self, dtype: torch.dtype) -> "Conditions":
        negative = None if self.negative is None else self.negative.to(dtype)
        return Conditions(self.positive.to(dtype), negative, self.face.to(dtype))

    @classmethod
    def together(cls, several: "Sequence[Conditions]") -> "Conditions":
        """Join the conditions of several pictures: all with guidance, or all without."""
        halves = zip(
            *(one.face.chunk(1 if one.negative is None else 2) for one in several), strict=True
        )
        negatives = [one.negative for one in several if one.negative is not None]
        return cls(
            torch.cat([one.positive for one in several]),
            torch.cat(negatives) if negatives else None,
            torch.cat([row for half in halves for row in half]),
        )


class _ManyFaces(StableDiffusionPipeline):  # type: ignore[misc]
    """Takes a face for each picture of a batch.

    diffusers repeats what it is given for every picture, so that each picture of a batch would see
    all the batch's faces at once, and look like none of them.
    """

    def prepare_ip_adapter_image_embeds(
        self,
        ip_adapter_image: "list[Image] | None",
        ip_adapter_image_embeds: list[torch.Tensor] | None,
        *rest: object,
    ) -> list[torch.Tensor]:
        if ip_adapter_image_embeds is not None:
            return list(ip_adapter_image_embeds)  # a list of its own: see OncePerPicture
        embedded = super().prepare_ip_adapter_image_embeds(ip_adapter_image, None, *rest)
        return cast("list[torch.Tensor]", embedded)


class FacePipeline:
    """One pipeline, for one thread."""

    def __init__(self, files: ModelFiles, device: Device) -> None:
        self._device = device
        self._guidance = files.guidance
        self._pipe = _load(files, device)

    def count_tokens(self, text: str) -> int:
        """Count the tokens of a text with the start and end tokens."""
        return len(self._pipe.tokenizer(text).input_ids)

    @torch.no_grad()
    def embed(self, prompt: Prompt, face: "Image", preset: Preset) -> Conditions:
        guided = preset.guidance_scale > 1
        positive, negative = self._pipe.encode_prompt(
            prompt.positive, self._device.place, 1, guided, prompt.negative
        )
        (embedded,) = self._pipe.prepare_ip_adapter_image_embeds(
            [face], None, self._device.place, 1, guided
        )
        return Conditions(positive, negative, embedded)

    def begin(self, preset: Preset) -> None:
        """Set what the pipeline remembers between calls: the adapter's weight, the scheduler."""
        self._pipe.set_ip_adapter_scale(preset.ip_adapter_scale)
        self._pipe.scheduler = DPMSolverMultistepScheduler.from_config(
            self._pipe.scheduler.config,
            algorithm_type="dpmsolver++",
            solver_order=2,
            use_karras_sigmas=True,
            lower_order_final=True,
        )

    def draw(
        self,
        conditions: Conditions,
        preset: Preset,
        seed: int,
        on_step: Callable[[int], None],
        near: Sequence[int] = (),
    ) -> "Image":
        """Draw one picture of the model's own size; see `draw_together`."""
        return self.draw_together(conditions, preset, [seed], on_step, near)[0]

    def draw_together(
        self,
        conditions: Conditions,
        preset: Preset,
        seeds: Sequence[int],
        on_step: Callable[[int], None],
        near: Sequence[int] = (),
    ) -> "list[Image]":
        """Draw a picture for each seed: each is the one that is drawn alone from its conditions.

        With `near` the pictures are variations of the one of these seeds.

        `on_step` is given the number of steps done, from 1; what it raises stops the drawing,
        and leaves nothing behind in the pipeline.

        Half precision can overflow, on Metal above all, which gives a black picture: such a one
        is drawn again in full precision, its steps counted from 1 again.
        """
        pixels = self._pixels(conditions, preset, seeds, on_step, near)
        if self._device.dtype == "float16" and any(map(_is_lost, pixels)):
            _log.warning("Half precision lost a picture of %s: drawing in full precision", seeds)
            self._pipe.to(torch.float32)
            try:
                pixels = self._pixels(conditions.to(torch.float32), preset, seeds, on_step, near)
            finally:
                self._pipe.to(torch.float16)
        processor = self._pipe.image_processor
        return cast("list[Image]", processor.numpy_to_pil(processor.pt_to_numpy(pixels)))

    def _pixels(
        self,
        conditions: Conditions,
        preset: Preset,
        seeds: Sequence[int],
        on_step: Callable[[int], None],
        near: Sequence[int],
    ) -> torch.Tensor:
        """Draw pictures as (n, 3, height, width), 0 to 1."""

        def after(_pipe: object, index: int, _time: object, _state: object) -> dict[str, Any]:
            on_step(index + 1)
            return {}

        result = self._pipe(
            prompt_embeds=conditions.positive,
            negative_prompt_embeds=conditions.negative,
            ip_adapter_image_embeds=[conditions.face],
            num_inference_steps=preset.steps,
            guidance_scale=1 + (preset.guidance_scale - 1) * self._guidance,
            latents=self._latents(seeds, near).to(conditions.positive),
            callback_on_step_end=after,
            output_type="pt",
        )
        return cast("torch.Tensor", result.images)

    def _latents(self, seeds: Sequence[int], near: Sequence[int]) -> torch.Tensor:
        """Draw noise so that a seed means the same picture on every device, in every precision."""
        config = self._pipe.unet.config
        shape = (1, config.in_channels, config.sample_size, config.sample_size)

        def noise(seed: int) -> torch.Tensor:
            return torch.randn(shape, generator=torch.Generator("cpu").manual_seed(seed))

        def varied(base: torch.Tensor, other: torch.Tensor) -> torch.Tensor:
            """Mix so that the sum is noise of a variance of one again."""
            return sqrt(1 - VARIATION**2) * base + VARIATION * other

        latents = torch.cat([noise(seed) for seed in seeds])
        return varied(reduce(varied, map(noise, near)), latents) if near else latents

    def release_memory(self) -> None:
        """Give cached blocks back: between albums, for between steps it only costs time."""
        if self._device.name == "mps":
            torch.mps.empty_cache()
        elif self._device.name == "cuda":
            torch.cuda.empty_cache()


def _is_lost(pixels: torch.Tensor) -> bool:
    return not (pixels.isfinite().all() and pixels.any())


# What the libraries raise at weights that are not what their config.json promises.
_UNREADABLE = (OSError, ValueError, KeyError, RuntimeError, SafetensorError)


def _load(files: ModelFiles, device: Device) -> Any:  # noqa: ANN401 - diffusers ships no types
    dtype = getattr(torch, device.dtype)
    kinds = {
        "unet": (UNet2DConditionModel, files.base / "unet"),
        "vae": (AutoencoderKL, files.vae),
        "text_encoder": (CLIPTextModel, files.base / "text_encoder"),
        "image_encoder": (CLIPVisionModelWithProjection, files.image_encoder),
    }
    networks = {}
    for name, (kind, folder) in kinds.items():
        try:
            networks[name] = _network(kind, folder, dtype)
        except _UNREADABLE as error:
            raise ModelDamaged(model=files.name, file=name) from error
    try:
        pipe = _ManyFaces.from_pretrained(
            files.base,
            **networks,
            feature_extractor=None,  # load_ip_adapter makes the one that the image encoder wants
            safety_checker=None,
            requires_safety_checker=False,
            local_files_only=True,
        )
    except Exception as error:  # what is read here is the tokenizer, which raises nothing narrower
        raise ModelDamaged(model=files.name, file="tokenizer") from error
    try:
        pipe.load_ip_adapter(
            files.adapter.parent,
            subfolder="",
            weight_name=files.adapter.name,
            image_encoder_folder=None,  # it is in the pipeline already
            local_files_only=True,
        )
    except _UNREADABLE as error:
        raise ModelDamaged(model=files.name, file="ip_adapter") from error
    pipe.unet.encoder_hid_proj = OncePerPicture(pipe.unet.encoder_hid_proj)
    pipe.set_progress_bar_config(disable=True)
    return pipe.to(device.place)


def _network(kind: Any, folder: Path, dtype: torch.dtype) -> Any:  # noqa: ANN401
    """Read one network. Weights that its file lacks would be random, so they are an error."""
    network, loading = kind.from_pretrained(
        folder,
        dtype=dtype,
        use_safetensors=True,
        local_files_only=True,
        output_loading_info=True,
    )
    if loading["missing_keys"]:
        raise KeyError(*loading["missing_keys"])
    return network
