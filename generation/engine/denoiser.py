"""The way from noise to pixels, which diffusers' pipeline goes step by step. Imports torch."""

from collections.abc import Callable, Sequence
from typing import Any, cast

import torch
from PIL import Image

from generation.engine import noise
from generation.engine.conditions import Conditions
from generation.engine.extension import Extension
from generation.engine.networks import image_to_image
from generation.modes import Mode

OnStep = Callable[[int], None]
Keep = Callable[[torch.Tensor, int], torch.Tensor]


class Denoiser:
    """Draws one batch after another, each of pictures of one size.

    It can also take a picture's last steps again. `guidance` holds two shares of a mode's guidance:
    of its early steps and of its late ones.
    """

    def __init__(self, pipe: Any, guidance: tuple[float, float]) -> None:  # noqa: ANN401 - diffusers ships no types
        self._pipe, self._guidance = pipe, guidance

    @torch.no_grad()
    def pixels(
        self,
        conditions: Conditions,
        mode: Mode,
        seeds: Sequence[int],
        on_step: OnStep,
        near: Sequence[int],
        pixels: tuple[int, int],
    ) -> torch.Tensor:
        """Draw pictures as (n, 3, height, width), 0 to 1; `pixels` are their width and height."""
        return self._drawn(conditions, mode, seeds, on_step, near, pixels, "pt")

    @torch.no_grad()
    def extended(
        self,
        conditions: Conditions,
        mode: Mode,
        seeds: Sequence[int],
        on_step: OnStep,
        near: Sequence[int],
        pixels: tuple[int, int],
    ) -> torch.Tensor:
        """Draw squares, and in the mode's last steps what is about them: as `pixels` does.

        The square stays as it was drawn; at each step it is given as much noise as what is about it
        still has (Avrahami, Lischinski, Fried: Blended Latent Diffusion, 2022).
        """
        squares = self._drawn(
            conditions, mode, seeds, on_step, near, (min(pixels), min(pixels)), "latent"
        )
        *_, height, width = shape = self._shape(pixels)
        whole = Extension(width, height)
        begun = mode.steps - mode.mending_steps
        strewn = noise.latents(shape, seeds).to(squares)
        scheduler = self._pipe.scheduler
        scheduler.set_timesteps(mode.steps)

        def keep(latents: torch.Tensor, done: int) -> torch.Tensor:
            left = scheduler.timesteps[done : done + 1]
            noised = scheduler.add_noise(squares, whole.of(strewn), left) if len(left) else squares
            return whole.put(noised, latents)

        first = scheduler.add_noise(
            whole.begun(squares), strewn, scheduler.timesteps[begun : begun + 1]
        )
        return self._continued(
            conditions,
            mode,
            first,
            seeds,
            lambda step: on_step(mode.steps + step),
            self._pipe.vae,
            keep,
        )

    @torch.no_grad()
    def redrawn(
        self,
        conditions: Conditions,
        mode: Mode,
        picture: Image.Image,
        seed: int,
        on_step: OnStep,
        vae: torch.nn.Module,
    ) -> torch.Tensor:
        """Draw a picture once more, in the mode's last steps: (1, 3, height, width).

        The autoencoder reads it, and noise of the seed is added, as much as these steps remove.
        """
        return self._continued(conditions, mode, picture, [seed], on_step, vae)

    def _drawn(
        self,
        conditions: Conditions,
        mode: Mode,
        seeds: Sequence[int],
        on_step: OnStep,
        near: Sequence[int],
        pixels: tuple[int, int],
        output_type: str,
    ) -> torch.Tensor:
        early, late = self._scales(mode)
        result = self._pipe(
            prompt_embeds=conditions.positive,
            negative_prompt_embeds=conditions.negative,
            ip_adapter_image_embeds=[conditions.face],
            num_inference_steps=mode.steps,
            guidance_scale=early,
            latents=noise.latents(self._shape(pixels), seeds, near).to(conditions.positive),
            generator=[torch.Generator("cpu").manual_seed(~seed) for seed in seeds],
            callback_on_step_end=self._after_step(mode, late, on_step),
            callback_on_step_end_tensor_inputs=["latents", "prompt_embeds"],
            output_type=output_type,
        )
        return cast("torch.Tensor", result.images)

    def _continued(
        self,
        conditions: Conditions,
        mode: Mode,
        begin: Image.Image | torch.Tensor,
        seeds: Sequence[int],
        on_step: OnStep,
        vae: torch.nn.Module,
        keep: Keep | None = None,
    ) -> torch.Tensor:
        """Take the mode's last steps from a picture, or from latents that have their noise."""
        steps = mode.mending_steps
        begun = mode.steps - steps
        early, late = self._scales(mode)
        if mode.guidance_scale > 1 and begun >= mode.guided_steps:
            conditions, early, late = conditions.unguided(), 1.0, 1.0
        result = image_to_image(self._pipe, vae)(
            prompt_embeds=conditions.positive,
            negative_prompt_embeds=conditions.negative,
            ip_adapter_image_embeds=[conditions.face],
            image=begin,
            num_inference_steps=mode.steps,
            strength=min((steps + 0.5) / mode.steps, 1.0),  # diffusers rounds the steps down
            guidance_scale=late if begun >= mode.early_steps else early,
            generator=[torch.Generator("cpu").manual_seed(seed) for seed in seeds],
            callback_on_step_end=self._after_step(mode, late, on_step, begun, keep),
            callback_on_step_end_tensor_inputs=["latents", "prompt_embeds"],
            output_type="pt",
        )
        return cast("torch.Tensor", result.images)

    def _shape(self, pixels: tuple[int, int]) -> tuple[int, int, int, int]:
        """Give the shape of a picture's latents."""
        width, height = (edge // self._pipe.vae_scale_factor for edge in pixels)
        return 1, self._pipe.unet.config.in_channels, height, width

    def _scales(self, mode: Mode) -> tuple[float, float]:
        """Give the scale of guidance in the mode's early steps, and that in its late ones."""
        early, late = (1 + share * (mode.guidance_scale - 1) for share in self._guidance)
        return early, late

    def _after_step(
        self,
        mode: Mode,
        late_scale: float,
        on_step: OnStep,
        begun: int = 0,
        keep: Keep | None = None,
    ) -> Callable[..., object]:
        """Make what diffusers calls after each step: it lets guidance fade, and cuts it.

        `begun` is the number of the mode's first steps that are not taken; `keep` is given the
        latents and the number of steps done, and gives the latents that the next step takes.
        """

        def after(
            pipe: Any,  # noqa: ANN401 - diffusers'
            index: int,
            _time: object,
            tensors: dict[str, torch.Tensor],
        ) -> dict[str, torch.Tensor]:
            with torch.enable_grad():
                on_step(index + 1)
            done = begun + index + 1
            kept = {"latents": keep(tensors["latents"], done)} if keep else {}
            if not pipe.do_classifier_free_guidance:
                return kept
            if done == mode.early_steps:
                pipe._guidance_scale = late_scale  # noqa: SLF001 - diffusers asks it at each step
            if done != mode.guided_steps:
                return kept
            pipe._guidance_scale = 1.0  # noqa: SLF001 - the UNet's front leaves the face's rows out
            return kept | {"prompt_embeds": tensors["prompt_embeds"].chunk(2)[1]}

        return after
