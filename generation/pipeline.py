"""Stable Diffusion with a face IP-Adapter, from a model's files on a device.

Imports torch and diffusers: whoever imports this waits for them.
"""

from collections.abc import Callable
from dataclasses import dataclass
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
)
from transformers import CLIPVisionModelWithProjection  # noqa: E402

from generation.device import Device  # noqa: E402
from generation.model_files import ModelFiles  # noqa: E402
from generation.models import ModelDamaged  # noqa: E402
from generation.presets import Preset  # noqa: E402
from generation.request import Prompt  # noqa: E402

if TYPE_CHECKING:
    from PIL.Image import Image

diffusers.logging.set_verbosity_error()
diffusers.logging.disable_progress_bar()


@dataclass(frozen=True, slots=True)
class Conditions:
    """What an album is drawn from.

    `positive` and `negative` are text embeddings (1, 77, width); `face` are image embeddings of
    the negative and the positive row, (2, 1, tokens, width). Without guidance (a scale of at
    most 1) nothing is subtracted: `negative` is None and `face` has the positive row only, for
    the pipeline would mix a negative one in.
    """

    positive: torch.Tensor
    negative: torch.Tensor | None
    face: torch.Tensor


class FacePipeline:
    """One pipeline, for one thread."""

    def __init__(self, files: ModelFiles, device: Device) -> None:
        self._device = device
        self._pipe = _load(files, device)

    def count_tokens(self, text: str) -> int:
        """Count the tokens of a text with the start and end tokens."""
        return len(self._pipe.tokenizer(text).input_ids)

    @torch.no_grad()
    def embed(self, prompt: Prompt, face: "Image", preset: Preset) -> Conditions:
        guided = preset.guidance_scale > 1
        positive, negative = self._pipe.encode_prompt(
            prompt.positive, self._device.name, 1, guided, prompt.negative
        )
        (embedded,) = self._pipe.prepare_ip_adapter_image_embeds(
            [face], None, self._device.name, 1, guided
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
        self, conditions: Conditions, preset: Preset, seed: int, on_step: Callable[[int], None]
    ) -> "Image":
        """Draw one picture of the model's own size.

        `on_step` is given the number of steps done, from 1; what it raises stops the drawing,
        and leaves nothing behind in the pipeline.
        """

        def after(_pipe: object, index: int, _time: object, _state: object) -> dict[str, Any]:
            on_step(index + 1)
            return {}

        result = self._pipe(
            prompt_embeds=conditions.positive,
            negative_prompt_embeds=conditions.negative,
            ip_adapter_image_embeds=[conditions.face],
            num_inference_steps=preset.steps,
            guidance_scale=preset.guidance_scale,
            generator=torch.Generator("cpu").manual_seed(seed),
            callback_on_step_end=after,
        )
        return cast("Image", result.images[0])

    def release_memory(self) -> None:
        """Give cached blocks back: between albums, for between steps it only costs time."""
        if self._device.name == "mps":
            torch.mps.empty_cache()
        elif self._device.name == "cuda":
            torch.cuda.empty_cache()


def _load(files: ModelFiles, device: Device) -> Any:  # noqa: ANN401 - diffusers ships no types
    dtype = getattr(torch, device.dtype)
    options = {"dtype": dtype, "use_safetensors": True, "local_files_only": True}
    try:
        pipe = StableDiffusionPipeline.from_pretrained(
            files.base,
            vae=AutoencoderKL.from_pretrained(files.vae, **options),
            image_encoder=CLIPVisionModelWithProjection.from_pretrained(
                files.image_encoder, **options
            ),
            feature_extractor=None,  # load_ip_adapter makes the one that the image encoder wants
            safety_checker=None,
            requires_safety_checker=False,
            **options,
        )
        pipe.load_ip_adapter(
            files.adapter.parent,
            subfolder="",
            weight_name=files.adapter.name,
            image_encoder_folder=None,
            local_files_only=True,
        )
    except torch.OutOfMemoryError:
        raise
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise ModelDamaged(model=files.name, file=files.base.name) from error
    pipe.set_progress_bar_config(disable=True)
    return pipe.to(device.name)
