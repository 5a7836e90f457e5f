"""The judge of the pocket model: a small convolutional network that names a portrait's attributes.

It is trained on drawings only, never on the model's pictures. A CPU trains it anew in minutes:
`python -m generation.pocket.judging.reader`. `python -m generation.pocket.score` says first how
often it is right about drawings.
"""

from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random

import torch
from PIL import Image, ImageFilter
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn.functional import cross_entropy

from generation.pocket.pixels import to_tensor
from generation.pocket.portraits.attributes import (
    CHOICES,
    Portrait,
    number,
    random_person,
    random_scene,
)
from generation.pocket.portraits.drawing import draw
from generation.pocket.sizes import PICTURE_SIDE
from generation.pocket.training.machine import CPU
from generation.pocket.training.schedule import Schedule
from generation.pocket.training.trainer import SEED, Trainer

WEIGHTS = Path(__file__).parent / "reader.safetensors"
SCHEDULE = Schedule(2200, 2e-3, 32)


class AttributeReader(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        widths = (3, 24, 48, 96, 128)
        layers = [
            nn.Sequential(
                nn.Conv2d(before, after, 3, stride=2, padding=1),
                nn.GroupNorm(8, after),
                nn.SiLU(),
                nn.Conv2d(after, after, 3, padding=1, groups=after),
                nn.Conv2d(after, after, 1),
                nn.SiLU(),
            )
            for before, after in pairwise(widths)
        ]
        self.features = nn.Sequential(*layers, nn.AvgPool2d(2), nn.Flatten(), nn.Linear(2048, 192))
        self.heads = nn.ModuleDict(
            {name: nn.Linear(192, len(values)) for name, values in CHOICES.items()}
        )

    def forward(self, pixels: torch.Tensor) -> dict[str, torch.Tensor]:
        """Read (n, 3, 128, 128), -1 to 1; give each attribute's logits, (n, values)."""
        seen = nn.functional.silu(self.features(pixels))
        return {name: head(seen) for name, head in self.heads.items()}

    @torch.no_grad()
    def likelihoods(self, pictures: Sequence[Image.Image]) -> dict[str, torch.Tensor]:
        """Give the probability of each value, (n, values); the pictures may have any size."""
        side = (PICTURE_SIDE, PICTURE_SIDE)
        pixels = to_tensor([picture.resize(side, Image.Resampling.BOX) for picture in pictures])
        return {name: logits.softmax(dim=1) for name, logits in self(pixels).items()}

    def read(self, pictures: Sequence[Image.Image]) -> list[dict[str, StrEnum]]:
        """Name the most likely value of each attribute of each picture."""
        likely = {name: p.argmax(dim=1) for name, p in self.likelihoods(pictures).items()}
        return [
            {name: CHOICES[name][int(chosen[k])] for name, chosen in likely.items()}
            for k in range(len(pictures))
        ]


def load_reader() -> AttributeReader:
    reader = AttributeReader()
    reader.load_state_dict({name: t.float() for name, t in load_file(WEIGHTS).items()})
    return reader.eval()


def train_reader(schedule: Schedule, directory: Path) -> AttributeReader:
    """Train it on drawings, blurred a little: a model's pictures are never quite as sharp."""
    torch.manual_seed(SEED)
    reader = AttributeReader()
    trainer = Trainer("reader", reader, schedule, directory, CPU)
    for pixels, wanted in trainer.batches(partial(_batch, schedule.batch_size)):
        with CPU.half_precision():
            logits = reader(pixels)
        errors = [cross_entropy(read.float(), wanted[name]) for name, read in logits.items()]
        trainer.descend(torch.stack(errors).mean())
    return reader.eval()


def _batch(batch_size: int, step: int) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
    random = Random(f"reader {SEED} {step}")  # noqa: S311 - nothing secret
    portraits = [Portrait(random_person(random), random_scene(random)) for _ in range(batch_size)]
    drawn = [draw(portrait, random) for portrait in portraits]
    blur = ImageFilter.GaussianBlur(random.uniform(0, 1))
    pixels = to_tensor([picture.filter(blur) for picture in drawn])
    dice = torch.Generator().manual_seed(step)
    pixels += 0.06 * random.random() * torch.randn(pixels.shape, generator=dice)
    return pixels, {name: torch.tensor([number(p, name) for p in portraits]) for name in CHOICES}


def main() -> None:
    reader = train_reader(SCHEDULE, Path("data/training"))
    save_file({name: t.half().contiguous() for name, t in reader.state_dict().items()}, WEIGHTS)


if __name__ == "__main__":
    main()
