"""Makes one likelihood of all that is read off a photo: `calibrated`.

Two networks name traits, and the tones of skin and hair are measured. The networks learned from
renderings first, where grey hair and brown skin are as frequent as black and fair ones, and which
are lit otherwise than photographs. So they say some values too often, and are surer or less sure
than they are right. A
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

Toning = Mapping[Any, tuple[float, ...]]
"""For each value what is added up to how likely it is by a tone, as a logarithm: so much for each
unit of what was measured."""

LEAST_SHARE = 1e-4
"""Least share of a value, so that nobody forbids what others see."""

LEAST_WEIGHT = 0.1
"""Least weight of who is believed alone: by less all people would have the hair that most have."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What one trait's likelihoods are made with.

    `weights` are of the network that reads the portrait, of the one that reads what SFace saw, and
    of the tone. `corrections` has the values that they name, in their order.
    """

    weights: tuple[float, float, float]
    corrections: Mapping[Any, float]


CALIBRATIONS: dict[str, Calibration] = {
    "skin": Calibration(
        (1.07, 1.15, 1.54),
        {
            Skin.PALE: -0.08,
            Skin.FAIR: 0.25,
            Skin.TAN: 0.07,
            Skin.OLIVE: -0.08,
            Skin.BROWN: -0.17,
            Skin.DARK: 0.01,
        },
    ),
    "hair_color": Calibration(
        (0.04, 0.58, 1.6),
        {
            HairColor.BLACK: -0.38,
            HairColor.BROWN: 0.5,
            HairColor.BLOND: 0.08,
            HairColor.RED: 0.08,
            HairColor.GRAY: -0.12,
            HairColor.WHITE: -0.07,
            HairColor.BLUE: -0.06,
            HairColor.PINK: -0.03,
        },
    ),
    "hair_length": Calibration(
        (0.33, 0.26, 0.0),
        {
            HairLength.BALD: -0.22,
            HairLength.SHORT: 0.12,
            HairLength.MEDIUM: 0.09,
            HairLength.LONG: 1.15,
            None: -1.13,
        },
    ),
    "facial_hair": Calibration(
        (0.43, 0.73, 0.0),
        {
            FacialHair.NONE: -0.17,
            FacialHair.STUBBLE: 0.08,
            FacialHair.MOUSTACHE: -0.12,
            FacialHair.BEARD: 0.21,
        },
    ),
    "glasses": Calibration(
        (0.64, 0.96, 0.0), {Glasses.NONE: -0.02, Glasses.GLASSES: -0.02, Glasses.SUNGLASSES: 0.04}
    ),
}

TONINGS: dict[str, Toning] = {
    "skin": {
        Skin.PALE: (0.498, -1.83, -1.265, -1.165),
        Skin.FAIR: (1.496, 0.346, -0.312, -2.707),
        Skin.TAN: (-0.496, -0.998, 1.464, 3.704),
        Skin.OLIVE: (-0.361, 0.709, -0.527, -0.141),
        Skin.BROWN: (-1.148, 1.61, 0.627, 0.309),
        Skin.DARK: (0.01, 0.162, 0.013, 0.0),
    },
    "hair_color": {
        HairColor.BLACK: (10.241, -0.131, -0.224, -0.108, 0.556),
        HairColor.BROWN: (5.749, -0.073, 0.061, 0.087, -0.123),
        HairColor.BLOND: (-2.185, 0.062, -0.027, 0.151, -1.615),
        HairColor.RED: (-2.893, -0.052, 0.3, 0.154, -1.417),
        HairColor.GRAY: (0.486, 0.042, -0.149, -0.06, 1.878),
        HairColor.WHITE: (-4.247, 0.096, -0.136, -0.029, 1.66),
        HairColor.BLUE: (-1.373, 0.016, -0.072, -0.206, -0.513),
        HairColor.PINK: (-5.779, 0.04, 0.247, 0.011, -0.426),
    },
}
"""What tones are called: of skin (`skin_tone.py`) and of hair (`hair_tone.py`)."""


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
