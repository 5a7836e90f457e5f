"""Names attributes of what an encoder has read: what the encoders are trained by."""

import torch
from torch import nn
from torch.nn.functional import cross_entropy

from generation.pocket.portraits.attributes import CHOICES
from generation.pocket.training.rows import UNSEEN


class Classifier(nn.Module):
    """Names attributes, each by a linear layer; `choices` has the number of values of each."""

    def __init__(self, choices: dict[str, int], width: int) -> None:
        super().__init__()
        self.heads = nn.ModuleDict(
            {name: nn.Linear(width, count) for name, count in choices.items()}
        )

    def forward(self, read: torch.Tensor) -> list[torch.Tensor]:
        """Read (batch, width); give each attribute's logits, (batch, values)."""
        return [head(read) for head in self.heads.values()]


def error(logits: list[torch.Tensor], wanted: torch.Tensor) -> torch.Tensor:
    """Average the cross-entropy over the attributes; `wanted` (batch, attributes) are numbers."""
    return errors(logits, wanted).mean()


def errors(logits: list[torch.Tensor], wanted: torch.Tensor) -> torch.Tensor:
    """Give the cross-entropy of each attribute, (attributes,)."""
    found = [
        # An attribute that no picture of the batch shows is no error.
        cross_entropy(read.float(), wanted[:, k].long(), ignore_index=UNSEEN, reduction="sum")
        / (wanted[:, k] != UNSEEN).sum().clamp(min=1)
        for k, read in enumerate(logits)
    ]
    return torch.stack(found)


def counts(names: tuple[str, ...], more: int = 0) -> dict[str, int]:
    """Give the number of values of each attribute, and `more` for others."""
    return {name: len(CHOICES[name]) + more for name in names}
