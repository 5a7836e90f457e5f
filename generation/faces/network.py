"""A small network that OpenCV runs."""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.faces.looks_file import read_looks


class Network:
    """One of `looks_file.FILES`. Of one thread at a time: OpenCV holds what a network read."""

    def __init__(self, file: Path, shape: tuple[int, ...]) -> None:
        """Load it for what has this shape; a missing or damaged one is logged and reads nothing."""
        data = read_looks(file)
        self._network = cv2.dnn.readNetFromONNX(np.frombuffer(data, np.uint8)) if data else None
        self.read(np.zeros(shape, np.float32))  # it takes memory that others use again

    def read(self, given: NDArray[np.float32]) -> NDArray[np.float32] | None:
        """Give what it makes of that, or None."""
        if self._network is None:
            return None
        self._network.setInput(given)
        return np.array(self._network.forward(), np.float32)


def softmax(logits: NDArray[Any]) -> NDArray[Any]:
    """Turn logits (n, values, ...) into shares."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    shares: NDArray[Any] = powers / powers.sum(axis=1, keepdims=True)
    return shares
