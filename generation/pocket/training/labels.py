"""What the networks that read traits off a photograph are taught: the traits of who sat for it."""

import torch

from generation.character import HairLength
from generation.faces.calibration import CALIBRATIONS
from generation.pocket.portraits.attributes import PERSON_NAMES, Cut

LENGTHS: dict[Cut, HairLength] = {
    Cut.BALD: HairLength.BALD,
    Cut.BUZZ: HairLength.SHORT,
    Cut.RECEDING: HairLength.SHORT,
    Cut.SHORT: HairLength.SHORT,
    Cut.PARTED: HairLength.SHORT,
    Cut.CURLY: HairLength.MEDIUM,
    Cut.MEDIUM: HairLength.MEDIUM,
    Cut.LONG: HairLength.LONG,
}
"""How long the hair of a cut is; of the others nobody can say it."""

HIDDEN = len(HairLength)
"""Number of a length that nobody can say: tied hair may be any."""

READ = tuple(CALIBRATIONS)
"""Traits that are read."""

AGE = "age"
"""What another network reads, for hair's sake: who is old has gray hair."""


def choices() -> dict[str, int]:
    """Give the number of values of each trait that is read."""
    return {name: len(calibration.corrections) for name, calibration in CALIBRATIONS.items()}


def wanted(shown: torch.Tensor) -> torch.Tensor:
    """Turn the numbers of people's attributes into those of the traits that are read.

    `shown` is (n, PERSON_NAMES), as Pool.looks and Pool.seen have it.
    """
    lengths = torch.tensor(
        [list(HairLength).index(LENGTHS[cut]) if cut in LENGTHS else HIDDEN for cut in Cut],
        dtype=shown.dtype,
        device=shown.device,
    )
    columns = {name: shown[:, number] for number, name in enumerate(PERSON_NAMES)}
    columns["hair_length"] = lengths[columns["cut"].long()]
    return torch.stack([columns[name] for name in READ], dim=1)
