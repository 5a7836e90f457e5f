"""What stands before the UNet: diffusers calls it, and it calls the fastest way. Imports torch."""

import time
from typing import Any

import torch

from generation.engine.fastest import Capture, Fastest
from generation.engine.trial import Clock

WORDS = 77
"""Tokens that a text encoder makes of a prompt."""


class UnetFront:
    """Takes the place of a UNet's forward.

    diffusers' pipeline goes on giving a face's negative rows when guidance was cut: of the face's
    tokens only the last rows, as many as there are latents, are passed on.
    """

    def __init__(
        self,
        unet: Any,  # noqa: ANN401 - diffusers ships no types
        capture: Capture | None = None,
        clock: Clock = time.perf_counter,
    ) -> None:
        self._unet = unet
        forward = unet.forward

        def plain(
            latents: torch.Tensor, step: torch.Tensor, words: torch.Tensor, face: torch.Tensor
        ) -> torch.Tensor:
            conditions = {"image_embeds": [face]}
            (output,) = forward(
                latents, step, words, added_cond_kwargs=conditions, return_dict=False
            )
            return output  # type: ignore[no-any-return]

        self.fastest = Fastest("UNet", plain, unet.dtype, capture, clock)
        unet.forward = self._forward

    def example(self, rows: int, side: int) -> tuple[torch.Tensor, ...]:
        """Make up an input of so many rows, for square latents."""
        config, (adapter, *_) = self._unet.config, self._adapters()
        noise = torch.Generator("cpu").manual_seed(0)

        def random(*shape: int) -> torch.Tensor:
            return torch.randn(shape, generator=noise).to(self._unet.device, self._unet.dtype)

        return (
            random(rows, config.in_channels, side, side),
            torch.tensor(500, device=self._unet.device),
            random(rows, WORDS, config.cross_attention_dim),
            random(rows, 1, adapter.num_tokens[0], config.cross_attention_dim),
        )

    def _adapters(self) -> list[Any]:
        several = self._unet.attn_processors.values()
        return [one for one in several if hasattr(one, "to_v_ip")]

    def _forward(
        self,
        sample: torch.Tensor,
        timestep: torch.Tensor | float,
        encoder_hidden_states: torch.Tensor,
        *,
        added_cond_kwargs: dict[str, list[torch.Tensor]],
        **_: object,  # what Stable Diffusion 1.5 leaves empty
    ) -> tuple[torch.Tensor]:
        step = torch.as_tensor(timestep, device=sample.device)
        face = added_cond_kwargs["image_embeds"][0][-len(sample) :]
        return (self.fastest(sample, step, encoder_hidden_states, face),)
