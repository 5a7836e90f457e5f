"""Makes one likelihood of what two networks read off a photo: `calibrated`.

Both learned from renderings first, where grey hair and brown skin are as frequent as black and fair
ones, and which are lit otherwise than photographs. So a network says some values too often, and is
surer or less sure than it is right. A logarithmic opinion pool (Genest and Zidek, "Combining
Probability Distributions", Statistical Science 1, 1986) with a correction for each value mends it:

    log likelihood = weight * log share, of each network, + correction + what makes the sum 1

The numbers are what `python -m generation.pocket.train --from generation/pocket/weights --only seen
--people FOLDER` prints, by the 171 people of `benchmarks/photographs.csv`; gray and white hair have
1 more (`SELDOM` in `generation/pocket/training/last_layers.py`). They go with the last layers of
`seen.onnx`, which the same command teaches: docs/decisions/0023-traits-from-a-photo.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, log
from typing import Any

from generation.character import FacialHair, Glasses, HairColor, HairLength, Skin

Likely = Mapping[str, Mapping[Any, float]]
"""How likely each value of each trait is, 0 to 1; None is what nobody can say."""

LEAST_SHARE = 1e-4
"""Least share of a value, so that no network forbids what the other sees."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What one trait's likelihoods are made with.

    `weights` are of the network that reads the portrait, and of the one that reads what SFace saw.
    `corrections` has the values that both name, in their order.
    """

    weights: tuple[float, float]
    corrections: Mapping[Any, float]


CALIBRATIONS: dict[str, Calibration] = {
    "skin": Calibration(
        (1.1, 0.84),
        {
            Skin.PALE: -0.18,
            Skin.FAIR: 1.07,
            Skin.TAN: -0.06,
            Skin.OLIVE: -0.18,
            Skin.BROWN: -0.66,
            Skin.DARK: 0.01,
        },
    ),
    "hair_color": Calibration(
        (0.54, 0.62),
        {
            HairColor.BLACK: -0.9,
            HairColor.BROWN: 0.84,
            HairColor.BLOND: 0.42,
            HairColor.RED: 0.34,
            HairColor.GRAY: 0.63,
            HairColor.WHITE: 0.93,
            HairColor.BLUE: -0.2,
            HairColor.PINK: -0.06,
        },
    ),
    "hair_length": Calibration(
        (0.33, 0.26),
        {
            HairLength.BALD: -0.22,
            HairLength.SHORT: 0.12,
            HairLength.MEDIUM: 0.09,
            HairLength.LONG: 1.15,
            None: -1.13,
        },
    ),
    "facial_hair": Calibration(
        (0.43, 0.73),
        {
            FacialHair.NONE: -0.17,
            FacialHair.STUBBLE: 0.08,
            FacialHair.MOUSTACHE: -0.12,
            FacialHair.BEARD: 0.21,
        },
    ),
    "glasses": Calibration(
        (0.64, 0.96), {Glasses.NONE: -0.02, Glasses.GLASSES: -0.02, Glasses.SUNGLASSES: 0.04}
    ),
}


def calibrated(
    opinions: tuple[Likely, Likely], calibrations: Mapping[str, Calibration] | None = None
) -> Likely:
    """Give the likelihoods of all traits that one of both networks read.

    `opinions` are in the order of a Calibration's weights; what a network hasn't read isn't asked.
    """
    return {
        name: _pooled(calibration, [opinion.get(name) for opinion in opinions])
        for name, calibration in (calibrations or CALIBRATIONS).items()
        if any(name in opinion for opinion in opinions)
    }


def _pooled(
    calibration: Calibration, opinions: Iterable[Mapping[Any, float] | None]
) -> dict[Any, float]:
    read = [
        (weight, shares)
        for weight, shares in zip(calibration.weights, opinions, strict=True)
        if shares
    ]
    powers = {
        value: exp(
            correction + sum(weight * log(shares[value] + LEAST_SHARE) for weight, shares in read)
        )
        for value, correction in calibration.corrections.items()
    }
    whole = sum(powers.values())
    return {value: power / whole for value, power in powers.items()}
