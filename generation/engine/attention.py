"""Self-attention that takes its queries in slices, for machines with little memory."""

from typing import Any

import torch
from diffusers.models.attention_processor import AttnProcessor2_0
from torch.nn.functional import scaled_dot_product_attention

SLICE = 1024
"""Queries at once. At 512 px the largest layers have 4096: their scores then take a quarter."""


class SlicedSelfAttention(AttnProcessor2_0):  # type: ignore[misc]
    """Gives what the whole attention gives.

    diffusers' own slicing takes the place of the face adapter's processors, and crashes
    (diffusers#7263). Those sit on the cross-attention, whose keys are few: they stay as they are.
    """

    def __call__(
        self,
        attn: Any,  # noqa: ANN401 - diffusers'
        hidden_states: torch.Tensor,
        *_: object,
        **__: object,  # what Stable Diffusion leaves empty: masks, and other keys than one's own
    ) -> torch.Tensor:
        def heads(rows: torch.Tensor) -> torch.Tensor:
            return torch.unflatten(rows, -1, (attn.heads, -1)).transpose(1, 2)

        key, value = heads(attn.to_k(hidden_states)), heads(attn.to_v(hidden_states))
        parts = [
            scaled_dot_product_attention(heads(attn.to_q(queries)), key, value)
            for queries in torch.split(hidden_states, SLICE, dim=1)
        ]
        joined = torch.cat(parts, dim=2).transpose(1, 2).flatten(2)
        projected: torch.Tensor = attn.to_out[1](attn.to_out[0](joined))
        return projected


def slice_self_attention(unet: torch.nn.Module) -> None:
    for name, layer in unet.named_modules():
        if name.endswith(".attn1"):
            layer.set_processor(SlicedSelfAttention())
