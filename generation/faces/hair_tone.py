"""Measures what colour the hair on a portrait is: where it is, a network has marked.

The other networks that read traits see the middle of a face, and judge hair by what goes with it:
they called red curls brown, and fair hair of an Asian woman black.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.faces.regions import Region
from generation.faces.tone import Tone

LEAST, CLEAR = 0.5, 0.8
"""Least share of hair in a pixel that is measured, and in one that is clearly hair: around a cap
there is much that might be some."""

BRIGHT = 75
"""Percentile of the hair's pixels, of each of L*, a* and b*, that is its tone: in its shade any
hair is black."""

ENOUGH = 0.05
"""Share of the views that must clearly be hair, at least, for its tone to count in full. Short hair
takes a tenth."""


def hair_tone(views: NDArray[np.float32], marked: NDArray[np.float32], old: float) -> Tone:
    """Measure the hair in views (n, 3, side, side), sRGB to 255.

    `marked` (n, regions, side / 2, side / 2) are shares, and `old` is how likely it is that the
    hair's owner is old: without that a tone misleads. After how much of it is clearly seen come L*,
    a* and b* (CIELAB, D65), and `old`, which counts in full: where no hair is seen too.
    """
    side = marked.shape[-1]
    small = [
        cv2.resize(view.transpose(1, 2, 0), (side, side), interpolation=cv2.INTER_AREA)
        for view in views
    ]
    lab = np.concatenate(
        [cv2.cvtColor(view / 255, cv2.COLOR_RGB2LAB).reshape(-1, 3) for view in small]
    )
    share = marked[:, Region.HAIR].ravel()
    hair = share > LEAST
    if not hair.any():
        return (0, 0, 0, 0, old)
    measured = np.percentile(lab[hair], BRIGHT, axis=0, weights=share[hair], method="inverted_cdf")
    sure = min(float((share > CLEAR).mean()) / ENOUGH, 1)
    lightness, green_red, blue_yellow = (sure * float(number) for number in measured)
    return (sure, lightness, green_red, blue_yellow, old)
