"""The network that reads traits from what SFace sees of a photograph."""

import torch
from torch import nn

from generation.faces.sface import CHANNELS, GRID
from generation.pocket.training.classifier import Classifier

WIDTH = 128
"""Numbers that are kept of each cell."""


class SeenReader(nn.Module):
    """Names looks; `choices` has the number of values of each.

    For each of the looks it weighs what SFace saw, cell by cell: glasses are at the eyes.
    """

    def __init__(self, choices: dict[str, int]) -> None:
        super().__init__()
        self.mean = nn.Buffer(torch.zeros(CHANNELS, 1, 1))
        self.deviation = nn.Buffer(torch.ones(CHANNELS, 1, 1))
        self.reduce = nn.Sequential(nn.Conv2d(CHANNELS, WIDTH, 1), nn.ReLU())
        self.places = nn.Parameter(torch.zeros(GRID * GRID, WIDTH))
        self.norm = nn.LayerNorm(WIDTH)
        self.queries = nn.Parameter(torch.zeros(WIDTH, len(choices)))
        self.classifier = Classifier(choices, WIDTH)

    def normalise_like(self, maps: torch.Tensor) -> None:
        """Bring maps (n, CHANNELS, GRID, GRID) like these to a mean of 0 and a deviation of 1."""
        flat = maps.float().transpose(0, 1).flatten(1)
        self.mean.copy_(flat.mean(dim=1)[:, None, None])
        self.deviation.copy_(flat.std(dim=1)[:, None, None] + 1e-3)

    def read(self, maps: torch.Tensor) -> torch.Tensor:
        """Read (n, CHANNELS, GRID, GRID); give what the last layers get, (n, looks, WIDTH)."""
        cells = self.reduce((maps - self.mean) / self.deviation).flatten(2)
        seen = self.norm(cells.transpose(1, 2) + self.places)
        weights = (seen @ self.queries).softmax(dim=1)
        read: torch.Tensor = weights.transpose(1, 2) @ seen
        return read

    def forward(self, maps: torch.Tensor) -> list[torch.Tensor]:
        """Read (n, CHANNELS, GRID, GRID); give each look's logits, (n, values)."""
        read = self.read(maps)
        return [head(read[:, k]) for k, head in enumerate(self.classifier.heads.values())]
