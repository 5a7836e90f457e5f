"""What colour of hair a measured tone is called: renderings and people teach it together."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch.nn.functional import cross_entropy

from generation.character import Age, HairColor
from generation.faces.calibration import AGES, LEAST_SHARE, Toning
from generation.faces.hair_tone import Tone, hair_tone
from generation.faces.looks import SIDE
from generation.faces.looks_file import REGIONS_FILE
from generation.faces.network import Network, softmax
from generation.pocket.portraits.attributes import PERSON_NAMES
from generation.pocket.training.labels import AGE
from generation.pocket.training.pool import Pool
from generation.pocket.training.rows import UNSEEN

COLORS = list(HairColor)

_OLD = 3
"""Which of a tone's measures is its owner's age."""

RENDERED = 0.1
"""How much a mistake about renderings counts beside one about people: nobody on the photographs has
blue hair, and few have red or grey. By 0.03 and 0.1 people are read equally well who taught
nothing; by 0.3 and more, worse."""

PULL = 1e-4
"""How much the squares of what a tone's units count cost; enough to keep them finite."""


@dataclass(frozen=True, slots=True, eq=False)
class RenderedHair:
    """Rendered hair as `measured` gives it, and its colours' numbers, (n,)."""

    tones: torch.Tensor
    sure: torch.Tensor
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
    return RenderedHair(*measured(tones), torch.tensor(colors))


class ToneTeacher:
    """Lines from tones to colours, while they are taught."""

    def __init__(self, rendered: RenderedHair) -> None:
        seen = rendered.tones[rendered.sure[:, 0] > 0]
        spread = seen.std(dim=0)
        self._middle = seen.mean(dim=0)
        self._middle[_OLD] = 0  # nobody's age says nothing
        self._scale = torch.where(spread > 0, spread, 1)  # perhaps nobody is old
        self._rendered = rendered
        self._slopes = torch.zeros(len(COLORS), 4, dtype=torch.float64, requires_grad=True)
        self._constants = torch.zeros(len(COLORS), dtype=torch.float64, requires_grad=True)
        self.parameters = [self._slopes, self._constants]

    def logs(self, tones: torch.Tensor, sure: torch.Tensor) -> torch.Tensor:
        """Give logarithms of shares (n, colors) by what `measured` gives."""
        return (self._logits(tones, sure).softmax(dim=1) + LEAST_SHARE).log()

    def mistakes(self) -> torch.Tensor:
        """Give what mistakes about renderings cost, and steep lines."""
        logits = self._logits(self._rendered.tones, self._rendered.sure)
        wrong = cross_entropy(logits, self._rendered.colors)
        return RENDERED * wrong + PULL * self._slopes.square().sum()

    def toning(self) -> Toning:
        """Give the lines by units of CIELAB and of age."""
        slopes = self._slopes.detach() / self._scale
        constants = self._constants.detach() - slopes @ self._middle
        rows = torch.cat([constants[:, None], slopes], dim=1)
        rows = rows - rows.mean(dim=0)  # what all colours have in common says nothing
        return {
            color: tuple(round(number, 3) for number in row)
            for color, row in zip(COLORS, rows.tolist(), strict=True)
        }

    def _logits(self, tones: torch.Tensor, sure: torch.Tensor) -> torch.Tensor:
        """See `likely_hair`."""
        parts = ((tones - self._middle) / self._scale)[:, None] * self._slopes
        by_color = sure * (parts[..., :_OLD].sum(dim=2) + self._constants)
        return by_color + parts[..., _OLD]


def measured(tones: Sequence[Tone | None]) -> tuple[torch.Tensor, torch.Tensor]:
    """Give L*, a*, b* and age of tones, (n, 4), and how sure each is, (n, 1).

    All are 0 where there is none.
    """
    known = [(*tone.lab, tone.old) if tone else (0.0,) * 4 for tone in tones]
    sure = [[tone.sure if tone else 0.0] for tone in tones]
    return torch.tensor(known, dtype=torch.float64), torch.tensor(sure, dtype=torch.float64)
