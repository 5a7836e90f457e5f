"""Measures what colour the hair on a portrait is: where it is, a network has marked.

The other networks that read traits see the middle of a face, and judge hair by what goes with it:
they called red curls brown, and fair hair of an Asian woman black.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.character import HairColor
from generation.faces.calibration import Toning
from generation.faces.network import softmax
from generation.faces.regions import Region

LEAST, CLEAR = 0.5, 0.8
"""Least share of hair in a pixel that is measured, and in one that is clearly hair: around a cap
there is much that might be some."""

BRIGHT = 75
"""Percentile of the hair's pixels, of each of L*, a* and b*, that is its tone: in its shade any
hair is black."""

ENOUGH = 0.05
"""Share of the views that must clearly be hair, at least, for its tone to count in full. Short hair
takes a tenth."""


@dataclass(frozen=True, slots=True)
class Tone:
    """Hair's colour, `lab` in CIELAB (D65), and the share of the views that clearly is hair.

    `old` is how likely it is that its owner is old: without that a tone misleads.
    """

    lab: tuple[float, float, float]
    share: float
    old: float

    @property
    def sure(self) -> float:
        """How much it counts, 0 to 1."""
        return min(self.share / ENOUGH, 1)


def hair_tone(views: NDArray[np.float32], marked: NDArray[np.float32], old: float) -> Tone:
    """Measure the hair in views (n, 3, side, side), sRGB to 255.

    `marked` (n, regions, side / 2, side / 2) are shares.
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
        return Tone((0, 0, 0), 0, old)
    lightness, green_red, blue_yellow = np.percentile(
        lab[hair], BRIGHT, axis=0, weights=share[hair], method="inverted_cdf"
    )
    color = (float(lightness), float(green_red), float(blue_yellow))
    return Tone(color, float((share > CLEAR).mean()), old)


def likely_hair(tone: Tone, toning: Toning) -> dict[HairColor, float]:
    """Say how likely each colour is by the tone; the less hair is seen, the less sure.

    But its owner's age counts in full: an old person's is rather grey under a cap, too.
    """
    *of_color, of_age = np.array(list(toning.values())).T
    logits = tone.sure * ((1, *tone.lab) @ np.array(of_color)) + tone.old * of_age
    return dict(zip(toning, map(float, softmax(logits[None])[0]), strict=True))
