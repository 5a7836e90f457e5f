"""What pictures and people are as numbers: the rows of a pool."""

from collections.abc import Iterable, Sequence

import numpy as np
import torch
from PIL import Image

from generation.pocket.portraits.attributes import Portrait, number, shown

Tensors = dict[str, torch.Tensor]

UNSEEN = -1
"""Stands for the number of an attribute that a picture does not show."""


def numbers_shown(portraits: Iterable[Portrait], names: Sequence[str]) -> torch.Tensor:
    """Give the numbers of what each portrait shows, (n, names), or UNSEEN."""
    rows = [
        [number(portrait, name) if shown(portrait, name) else UNSEEN for name in names]
        for portrait in portraits
    ]
    return torch.tensor(rows, dtype=torch.int8)


def pixels(pictures: list[Image.Image]) -> torch.Tensor:
    """Give pictures of one size, (n, 3, side, side), 0 to 255."""
    stacked = np.stack([np.asarray(picture) for picture in pictures])
    return torch.from_numpy(stacked).permute(0, 3, 1, 2).contiguous()
