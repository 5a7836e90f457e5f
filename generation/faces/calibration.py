"""Makes one likelihood of what two networks read off a photo: `calibrated`.

Both learned from renderings, where grey hair and brown skin are as frequent as black and fair ones,
and which are lit otherwise than photographs. So a network says some values too often, and is surer
or less sure than it is right. A logarithmic opinion pool (Genest and Zidek, "Combining Probability
Distributions", Statistical Science 1, 1986) with a correction for each value mends that:

    log likelihood = weight * log share, of each network, + correction + what makes the sum 1

The numbers are `python -m benchmarks.calibration FOLDER`'s, by the 144 people of
`benchmarks/photographs.csv`: docs/decisions/0023-traits-from-a-photo.md.
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
        (1.17, 0.85),
        {
            Skin.PALE: -0.49,
            Skin.FAIR: 1.09,
            Skin.TAN: 0.09,
            Skin.OLIVE: 0.01,
            Skin.BROWN: -0.85,
            Skin.DARK: 0.15,
        },
    ),
    "hair_color": Calibration(
        (0.57, 0.69),
        {
            HairColor.BLACK: -1.18,
            HairColor.BROWN: 0.32,
            HairColor.BLOND: 0.88,
            HairColor.RED: 1.05,
            HairColor.GRAY: -0.71,
            HairColor.WHITE: -0.04,
            HairColor.BLUE: -0.25,
            HairColor.PINK: -0.08,
        },
    ),
    "hair_length": Calibration(
        (0.36, 0.54),
        {
            HairLength.BALD: 0.11,
            HairLength.SHORT: -0.31,
            HairLength.MEDIUM: 0.13,
            HairLength.LONG: 1.8,
            None: -1.73,
        },
    ),
    "facial_hair": Calibration(
        (0.43, 0.76),
        {
            FacialHair.NONE: -0.95,
            FacialHair.STUBBLE: 0.2,
            FacialHair.MOUSTACHE: -0.36,
            FacialHair.BEARD: 1.11,
        },
    ),
    "glasses": Calibration(
        (0.63, 0.8), {Glasses.NONE: -0.11, Glasses.GLASSES: -0.07, Glasses.SUNGLASSES: 0.18}
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
