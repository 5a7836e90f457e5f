"""Low-rank weights (LoRA), read from a file of any of the formats in use. Imports torch.

What they add to a layer's weights is `up @ down`, times alpha by their rank. Kohya's scripts,
diffusers and peft each name the layers in their own way: diffusers knows all of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

import torch
from diffusers import StableDiffusionPipeline
from diffusers.utils import convert_state_dict_to_peft, convert_unet_state_dict_to_peft
from diffusers.utils.state_dict_utils import StateDictType
from safetensors import safe_open

UNET, TEXT_ENCODER = "unet", "text_encoder"

_DOWN, _UP = ".lora_A.weight", ".lora_B.weight"
_OTHER_KINDS = ("dora_scale", "lora_magnitude_vector", "hada_", "lokr_", ".lora_B.bias")
"""Parts of names in files of other kinds than LoRA, of which diffusers would read a half."""


@dataclass(frozen=True, slots=True)
class LowRank:
    """What is added to one layer's weights."""

    down: torch.Tensor
    up: torch.Tensor
    factor: float
    """Alpha by the rank."""

    def fits(self, shape: Sequence[int]) -> bool:
        """Say whether it fits weights of a shape; a kernel of one place may be written or not."""
        outputs, *inputs = shape
        return (outputs, prod(inputs)) == (len(self.up), self.down[0].numel())

    def add_to(self, weight: torch.Tensor, scale: float) -> None:
        """Add it, `scale` times, to weights in float32, in place: no second copy is made."""
        up, down = (part.to(weight).flatten(1) for part in (self.up, self.down))
        weight.view(len(weight), -1).addmm_(up, down, alpha=scale * self.factor)


Layers = dict[str, LowRank]
"""By the layer's name in its network."""


def read(file: Path) -> dict[str, Layers]:
    """Read the layers of the UNet and of the text encoder, by the network's name.

    Raises ValueError or KeyError for a file of another kind, and what safetensors raises.
    """
    with safe_open(file, framework="pt") as tensors:
        names = list(tensors.keys())
    if any(kind in name for name in names for kind in _OTHER_KINDS):
        raise ValueError(f"{file.name} is not a plain LoRA")
    weights, alphas, about = StableDiffusionPipeline.lora_state_dict(
        file.parent, weight_name=file.name, local_files_only=True, return_lora_metadata=True
    )
    found = {
        network: _layers(
            network, _own(network, weights), _own(network, alphas or {}), _own(network, about or {})
        )
        for network in (UNET, TEXT_ENCODER)
    }
    if 2 * sum(map(len, found.values())) != len(weights):
        raise KeyError(f"{file.name} has weights for networks that Stable Diffusion 1.5 lacks")
    return found


def _own(network: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Take the values whose names begin with the network's, which is left out."""
    prefix = f"{network}."
    return {
        name.removeprefix(prefix): value
        for name, value in values.items()
        if name.startswith(prefix)
    }


def _layers(
    network: str,
    weights: Mapping[str, torch.Tensor],
    alphas: Mapping[str, float],
    about: Mapping[str, Any],
) -> Layers:
    """Pair a network's weights. `alphas` are as kohya's scripts give them, `about` is peft's."""
    named = _by_peft(network, {name.removesuffix(".alpha"): own for name, own in alphas.items()})
    given = {name.split(".lora_")[0]: alpha for name, alpha in named.items()}
    patterns: Mapping[str, float] = about.get("alpha_pattern") or {}
    paired = {}
    tensors = _by_peft(network, weights)
    for name, down in tensors.items():
        if not name.endswith(_DOWN):
            continue
        layer, rank = name.removesuffix(_DOWN), len(down)
        up = tensors[layer + _UP]
        if up[0].numel() != rank:
            raise ValueError(f"{layer}: {tuple(up.shape)} does not fit {tuple(down.shape)}")
        alpha = given.get(layer, patterns.get(layer, about.get("lora_alpha", rank)))
        paired[layer] = LowRank(down, up, alpha / (rank**0.5 if about.get("use_rslora") else rank))
    return paired


def _by_peft(network: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Name the values as peft does: `layer.lora_A.weight` for down and `lora_B` for up."""
    if network == UNET:
        return dict(convert_unet_state_dict_to_peft(values))
    named = convert_state_dict_to_peft(values, StateDictType.DIFFUSERS_OLD)
    return {name.removeprefix("text_model."): value for name, value in named.items()}
