"""Pictures as tensors."""

from collections.abc import Sequence

import numpy as np
import torch
from PIL import Image


def to_tensor(pictures: Sequence[Image.Image]) -> torch.Tensor:
    """Turn RGB pictures of one size into (n, 3, height, width), -1 to 1."""
    pixels = np.stack([np.asarray(picture) for picture in pictures])
    return torch.from_numpy(pixels).permute(0, 3, 1, 2).float() / 127.5 - 1
