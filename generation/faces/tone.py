"""A colour that was measured on a portrait, and what it is likely called."""

from typing import Any

import numpy as np

from generation.faces.calibration import Toning
from generation.faces.network import softmax

Tone = tuple[float, ...]
"""What was measured. The first number says how much it counts, 0 to 1, and what depends on that was
multiplied by it."""


def likely_by(tone: Tone, toning: Toning) -> dict[Any, float]:
    """Say how likely each value is by the tone."""
    (likely,) = softmax((np.array(list(toning.values())) @ tone)[None])
    return dict(zip(toning, map(float, likely), strict=True))
