"""The network that marks the regions of a portrait: skin, hair and beard."""

import torch
from torch import nn
from torch.nn.functional import interpolate

from generation.faces.regions import Region

WIDTHS = (16, 32, 64, 96)
"""Channels of each size, from half of the picture's side down to a sixteenth."""


class RegionReader(nn.Module):
    """A small U-Net (Ronneberger et al., 2015): it enlarges again what it reduced."""

    def __init__(self) -> None:
        super().__init__()
        half, quarter, eighth, sixteenth = WIDTHS
        self.down = nn.ModuleList(
            [
                nn.Sequential(_step(3, half, 5, 2), _step(half, half)),
                nn.Sequential(_step(half, quarter, 3, 2), _step(quarter, quarter)),
                nn.Sequential(_step(quarter, eighth, 3, 2), _step(eighth, eighth)),
                nn.Sequential(
                    _step(eighth, sixteenth, 3, 2),
                    _step(sixteenth, sixteenth),
                    _step(sixteenth, sixteenth),
                ),
            ]
        )
        self.up = nn.ModuleList(
            [
                _step(sixteenth + eighth, eighth),
                _step(eighth + quarter, quarter),
                _step(quarter + half, half),
            ]
        )
        self.last = nn.Conv2d(half, len(Region), 1)

    def forward(self, portraits: torch.Tensor) -> torch.Tensor:
        """Read (n, 3, side, side), 0 to 255; give logits (n, regions, side / 2, side / 2)."""
        read = (portraits - 128) / 64
        levels = []
        for down in self.down:
            read = down(read)
            levels.append(read)
        for up, beside in zip(self.up, reversed(levels[:-1]), strict=True):
            read = up(torch.cat([interpolate(read, scale_factor=2.0), beside], dim=1))
        logits: torch.Tensor = self.last(read)
        return logits


def _step(read: int, given: int, size: int = 3, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(read, given, size, stride, size // 2, bias=False),
        nn.BatchNorm2d(given),
        nn.ReLU(),
    )
