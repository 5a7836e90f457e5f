"""Moves a network's weights towards those of another."""

import torch
from torch import nn


@torch.no_grad()
def move_weights(network: nn.Module, target: nn.Module, share: float) -> None:
    """Move the weights by a share of the way. Raises ValueError if the other has another shape."""
    weights: list[torch.Tensor] = [*network.parameters()]
    towards: list[torch.Tensor] = [*target.parameters()]
    if [tensor.shape for tensor in weights] != [tensor.shape for tensor in towards]:
        raise ValueError(f"{type(network).__name__} has another shape")
    torch._foreach_lerp_(weights, towards, share)
