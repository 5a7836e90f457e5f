"""The way from noise to pixels, which diffusers' pipeline goes step by step. Imports torch."""

from collections.abc import Callable, Sequence
from typing import Any, cast

import torch

from generation.engine import noise
from generation.engine.conditions import Conditions
from generation.modes import Mode

OnStep = Callable[[int], None]


class Denoiser:
    """Draws one batch after another, each of pictures with a height and width of `size` pixels.

    `guidance` holds two shares of a mode's guidance: of its early steps and of its late ones.
    """

    def __init__(self, pipe: Any, guidance: tuple[float, float], size: int) -> None:  # noqa: ANN401 - diffusers ships no types
        self._pipe, self._guidance = pipe, guidance
        side = size // pipe.vae_scale_factor
        self._shape = (1, pipe.unet.config.in_channels, side, side)

    @torch.no_grad()
    def pixels(
        self,
        conditions: Conditions,
        mode: Mode,
        seeds: Sequence[int],
        on_step: OnStep,
        near: Sequence[int] = (),
    ) -> torch.Tensor:
        """Draw pictures as (n, 3, height, width), 0 to 1."""
        early, late = (1 + share * (mode.guidance_scale - 1) for share in self._guidance)
        result = self._pipe(
            prompt_embeds=conditions.positive,
            negative_prompt_embeds=conditions.negative,
            ip_adapter_image_embeds=[conditions.face],
            num_inference_steps=mode.steps,
            guidance_scale=early,
            latents=noise.latents(self._shape, seeds, near).to(conditions.positive),
            generator=[torch.Generator("cpu").manual_seed(~seed) for seed in seeds],
            callback_on_step_end=self._after_step(mode, late, on_step),
            callback_on_step_end_tensor_inputs=["latents", "prompt_embeds"],
            output_type="pt",
        )
        return cast("torch.Tensor", result.images)

    def _after_step(self, mode: Mode, late_scale: float, on_step: OnStep) -> Callable[..., object]:
        """Make what diffusers calls after each step: it lets guidance fade, and cuts it."""
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

        return after
