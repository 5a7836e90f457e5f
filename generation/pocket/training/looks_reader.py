"""The network that reads a person's looks from a photograph: the image encoder, and lines on it."""

import torch
from torch import nn
from transformers import CLIPVisionModelWithProjection

from generation.pocket.training import architecture
from generation.pocket.training.augmentation import normalised
from generation.pocket.training.classifier import Classifier
from generation.pocket.training.train_image_encoder import seen_on


class LooksReader(nn.Module):
    """Names looks; `choices` has the number of values of each.

    For each of the looks it weighs what the encoder saw, patch by patch: glasses are at the eyes.
    """

    def __init__(self, encoder: CLIPVisionModelWithProjection, choices: dict[str, int]) -> None:
        super().__init__()
        self.encoder = encoder
        self.norm = nn.LayerNorm(architecture.WIDTH)
        self.queries = nn.Parameter(torch.zeros(architecture.WIDTH, len(choices)))
        self.classifier = Classifier(choices, architecture.WIDTH)

    def forward(self, faces: torch.Tensor, kept: torch.Tensor | None = None) -> list[torch.Tensor]:
        """Read (n, 3, 96, 96), 0 to 255; give each look's logits, (n, values)."""
        seen = self.norm(seen_on(normalised(faces), self.encoder, kept))
        weights = (seen @ self.queries).softmax(dim=1)
        read = weights.transpose(1, 2) @ seen
        return [head(read[:, k]) for k, head in enumerate(self.classifier.heads.values())]
