"""Makes one likelihood of all that is read off a photo: `calibrated`.

Two networks name traits, and the tone of hair is measured. All learned from renderings first, where
grey hair and brown skin are as frequent as black and fair ones, and which are lit otherwise than
photographs. So they say some values too often, and are surer or less sure than they are right. A
logarithmic opinion pool (Genest and Zidek, "Combining Probability Distributions", Statistical
Science 1, 1986) with a correction for each value mends it:

    log likelihood = weight * log share, of each of them, + correction + what makes the sum 1

The numbers are what `python -m generation.pocket.train --from generation/pocket/weights --only seen
--people FOLDER` prints, by the 171 people of `benchmarks/photographs.csv`. They go with the last
layers of `seen.onnx`, which the same command teaches: docs/decisions/0023-traits-from-a-photo.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import exp, log
from typing import Any

from generation.character import Age, FacialHair, Glasses, HairColor, HairLength, Skin

Likely = Mapping[str, Mapping[Any, float]]
"""How likely each value of each trait is, 0 to 1; None is what nobody can say."""

AGES = (Age.CHILD, Age.ADULT, Age.OLD)
"""Ages that are told apart. Nobody hears of it: hair that looks blond in warm light is white if it
is an old man's."""

Toning = Mapping[HairColor, tuple[float, float, float, float, float]]
"""For each colour what is added up to how likely it is by a tone of hair, as a logarithm: a
constant, so much for each unit of L*, a* and b*, and so much times how likely somebody is old."""

LEAST_SHARE = 1e-4
"""Least share of a value, so that nobody forbids what others see."""

LEAST_WEIGHT = 0.2
"""Least weight of who is believed alone: by less all people would have the hair that most have."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What one trait's likelihoods are made with.

    `weights` are of the network that reads the portrait, of the one that reads what SFace saw, and
    of the hair's tone. `corrections` has the values that they name, in their order.
    """

    weights: tuple[float, float, float]
    corrections: Mapping[Any, float]


CALIBRATIONS: dict[str, Calibration] = {
    "skin": Calibration(
        (0.68, 0.87, 0.0),
        {
            Skin.PALE: -0.17,
            Skin.FAIR: 1.5,
            Skin.TAN: -0.06,
            Skin.OLIVE: -0.35,
            Skin.BROWN: -0.95,
            Skin.DARK: 0.03,
        },
    ),
    "hair_color": Calibration(
        (0.11, 0.66, 1.67),
        {
            HairColor.BLACK: -0.26,
            HairColor.BROWN: 0.4,
            HairColor.BLOND: 0.08,
            HairColor.RED: 0.09,
            HairColor.GRAY: -0.15,
            HairColor.WHITE: -0.07,
            HairColor.BLUE: -0.05,
            HairColor.PINK: -0.02,
        },
    ),
    "hair_length": Calibration(
        (0.59, 0.42, 0.0),
        {
            HairLength.BALD: 0.08,
            HairLength.SHORT: -0.01,
            HairLength.MEDIUM: -0.11,
            HairLength.LONG: 1.16,
            None: -1.12,
        },
    ),
    "facial_hair": Calibration(
        (0.34, 0.76, 0.0),
        {
            FacialHair.NONE: -0.18,
            FacialHair.STUBBLE: 0.1,
            FacialHair.MOUSTACHE: -0.13,
            FacialHair.BEARD: 0.21,
        },
    ),
    "glasses": Calibration(
        (0.32, 0.85, 0.0), {Glasses.NONE: -0.07, Glasses.GLASSES: 0.03, Glasses.SUNGLASSES: 0.04}
    ),
}

HAIR_TONING: Toning = {
    HairColor.BLACK: (10.437, -0.137, -0.227, -0.11, 1.039),
    HairColor.BROWN: (6.076, -0.08, 0.056, 0.089, -0.278),
    HairColor.BLOND: (-2.063, 0.062, -0.037, 0.153, -1.452),
    HairColor.RED: (-2.162, -0.053, 0.289, 0.144, -1.483),
    HairColor.GRAY: (0.792, 0.041, -0.153, -0.046, 1.703),
    HairColor.WHITE: (-5.089, 0.106, -0.122, -0.025, 1.688),
    HairColor.BLUE: (-1.873, 0.013, -0.041, -0.205, -0.663),
    HairColor.PINK: (-6.118, 0.048, 0.234, 0.0, -0.554),
}
"""What tones of hair are called (`hair_tone.py`)."""


def calibrated(
    opinions: tuple[Likely, Likely, Likely], calibrations: Mapping[str, Calibration] | None = None
) -> Likely:
    """Give the likelihoods of all traits that were read by somebody who is believed.

    `opinions` are in the order of a Calibration's weights; who hasn't read a trait isn't asked.
    """
    return {
        name: _pooled(calibration, [opinion.get(name) for opinion in opinions])
        for name, calibration in (calibrations or CALIBRATIONS).items()
        if any(
            name in opinion and weight >= LEAST_WEIGHT
            for opinion, weight in zip(opinions, calibration.weights, strict=True)
        )
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
