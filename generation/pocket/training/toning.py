"""What measured tones are called: people teach it, and of hair renderings too."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch.nn.functional import cross_entropy

from generation.character import Age
from generation.faces.calibration import AGES, LEAST_SHARE, Toning
from generation.faces.hair_tone import hair_tone
from generation.faces.looks import SIDE
from generation.faces.looks_file import REGIONS_FILE
from generation.faces.network import Network, softmax
from generation.faces.tone import Tone
from generation.pocket.portraits.attributes import PERSON_NAMES
from generation.pocket.training.labels import AGE
from generation.pocket.training.pool import Pool
from generation.pocket.training.rows import UNSEEN

RENDERED = 0.1
"""How much a mistake about renderings counts beside one about people: nobody on the photographs has
blue hair, and few have red or grey. By 0.03 and 0.1 people are read equally well who taught
nothing; by 0.3 and more, worse."""

RENDERED_PULL = 1e-4
"""How much the squares of what a tone's units count cost; enough to keep them finite."""

PULL = 0.003
"""The same where people alone teach it."""


@dataclass(frozen=True, slots=True, eq=False)
class RenderedHair:
    """Tones of rendered hair, (n, 5), and its colours' numbers, (n,)."""

    tones: torch.Tensor
    colors: torch.Tensor


def rendered_hair(pool: Pool) -> RenderedHair:
    """Measure the hair of a pool's renderings; under hats little of it is seen, or none.

    Whether they are old is known here, and read of people. Exit if the network that marks hair
    isn't whole.
    """
    network = Network(REGIONS_FILE, (1, 3, SIDE, SIDE))
    taught, tones, colors = pool.regions(), [], []
    shown = [taught["shown"][:, PERSON_NAMES.index(name)].tolist() for name in ("hair_color", AGE)]
    for pixels, color, age in zip(taught["pixels"].float().numpy(), *shown, strict=True):
        regions = network.read(pixels[None])
        if regions is None:
            sys.exit(f"{REGIONS_FILE} isn't the network that was shipped")
        tone = hair_tone(pixels[None], softmax(regions), float(age == AGES.index(Age.OLD)))
        if color != UNSEEN:
            tones.append(tone)
            colors.append(color)
    return RenderedHair(torch.tensor(tones, dtype=torch.float64), torch.tensor(colors))


class ToneTeacher:
    """Lines from people's tones to the values of a trait, while they are taught.

    Of whom nothing was measured, `tones` has None.
    """

    def __init__(
        self, values: Sequence[Any], tones: Sequence[Tone | None], rendered: RenderedHair | None
    ) -> None:
        self._values, self._rendered = values, rendered
        known = [tone for tone in tones if tone]
        basis = rendered.tones if rendered else torch.tensor(known, dtype=torch.float64)
        spread = basis.std(dim=0)
        self._scale = torch.where(spread > 0, spread, 1)  # perhaps nobody is old
        self._middle = basis.mean(dim=0)
        self._middle[0] = 0
        nothing = (0.0,) * basis.shape[1]
        self._tones = torch.tensor([tone or nothing for tone in tones], dtype=torch.float64)
        self.lines = torch.zeros(len(values), len(nothing), dtype=torch.float64, requires_grad=True)

    def logs(self) -> torch.Tensor:
        """Give logarithms of shares (n, values): the less a tone counts, the more alike."""
        return (self._logits(self._tones).softmax(dim=1) + LEAST_SHARE).log()

    def cost(self) -> torch.Tensor:
        """Give what mistakes about renderings cost, and steep lines."""
        steep = self.lines.square().sum()
        if not self._rendered:
            return PULL * steep
        logits = self._logits(self._rendered.tones)
        return RENDERED * cross_entropy(logits, self._rendered.colors) + RENDERED_PULL * steep

    def toning(self) -> Toning:
        """Give the lines by units of what was measured."""
        rows = self.lines.detach() / self._scale
        rows[:, 0] -= rows @ self._middle
        rows = rows - rows.mean(dim=0)  # what all values have in common says nothing
        return {
            value: tuple(round(number, 3) for number in row)
            for value, row in zip(self._values, rows.tolist(), strict=True)
        }

    def _logits(self, tones: torch.Tensor) -> torch.Tensor:
        return (tones - tones[:, :1] * self._middle) / self._scale @ self.lines.T
