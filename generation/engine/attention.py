"""Self-attention that takes its queries in slices, for machines with little memory."""

from typing import Any

import torch
from diffusers.models.attention_processor import AttnProcessor2_0
from torch.nn.functional import scaled_dot_product_attention

SLICE = 1024
"""How many queries are taken at once: at 512 px a quarter of those of the largest layers."""


class SlicedSelfAttention(AttnProcessor2_0):  # type: ignore[misc]
    """Gives the same result as attention that takes all queries at once.

    diffusers' own slicing also replaces the face adapter's processors, and crashes
    (diffusers#7263). They belong to the cross-attention, which has few keys and isn't sliced here.
    """

    def __call__(
        self,
        attn: Any,  # noqa: ANN401 - diffusers'
        hidden_states: torch.Tensor,
        *_: object,
        **__: object,  # masks and other keys, which Stable Diffusion leaves empty
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
