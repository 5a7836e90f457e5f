"""How heavily a photo was compressed: JPEG's blocks of eight pixels, as far as they show."""

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.faces.yunet import Pixels

BLOCK = 8
"""Pixels of a block's side."""

LEAST = 4
"""So many blocks say something."""

CONTOUR = 32
"""A greater step, in levels, is a contour of what is in the picture."""

LEAST_STEP = 0.25
"""What even the smoothest photo has within its blocks, in levels."""


def measure_blocks(photo: Pixels) -> float:
    """Divide the steps at the blocks' edges by those within them: 1 where no blocks show.

    Only a photo in its own pixels shows them: neither reduced nor rotated.
    """
    grey = cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY).astype(np.int16)
    return min(_steps(grey), _steps(grey.T))


def _steps(grey: NDArray[np.int16]) -> float:
    """Compare the columns' steps; the blocks may begin anywhere, for the photo may be cut."""
    steps = np.minimum(np.abs(np.diff(grey, axis=1)), CONTOUR).mean(axis=0)
    columns = len(steps) // BLOCK * BLOCK
    if columns < LEAST * BLOCK:
        return 1.0
    phases = np.sort(steps[:columns].reshape(-1, BLOCK).mean(axis=0))
    return float(phases[-1] / max(phases[:-1].mean(), LEAST_STEP))
