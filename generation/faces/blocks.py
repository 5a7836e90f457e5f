"""How heavily a photo was compressed: JPEG's blocks of eight pixels, as far as they show."""

import cv2
import numpy as np

from generation.faces.yunet import Pixels

BLOCK = 8
"""Pixels of a block's side."""


def measure_blocks(photo: Pixels) -> float:
    """Divide the steps at the blocks' edges by those within them: 1 where no blocks show.

    Only a photo in its own pixels shows them: neither reduced nor rotated.
    """
    grey = cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY).astype(np.int16)
    return min(_steps(grey), _steps(grey.T))


def _steps(grey: Pixels) -> float:
    """Compare the columns' steps; the blocks may begin anywhere, for the photo may be cut."""
    steps = np.minimum(np.abs(np.diff(grey, axis=1)), 32).mean(axis=0)  # a contour is no block
    columns = len(steps) // BLOCK * BLOCK
    if columns < 4 * BLOCK:
        return 1.0
    phases = np.sort(steps[:columns].reshape(-1, BLOCK).mean(axis=0))
    return float(phases[-1] / max(phases[:-1].mean(), 0.25))
