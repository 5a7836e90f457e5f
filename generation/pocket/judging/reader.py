"""The judge of the pocket model: a small convolutional network that names a portrait's attributes.

It is trained on drawings only, never on the model's pictures:
`python -m generation.pocket.judging.reader`, which takes a minute on a GPU.
`python -m generation.pocket.score` says first how often it is right about drawings.
"""

from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from itertools import pairwise
from pathlib import Path

import torch
from PIL import Image
from safetensors.torch import load_file, save_file
from torch import nn
from torch.nn.functional import avg_pool2d

from generation.pocket.pixels import to_tensor
from generation.pocket.portraits.attributes import CHOICES
from generation.pocket.training.classifier import error
from generation.pocket.training.machine import CPU, Machine, this_machine
from generation.pocket.training.pool import Pool
from generation.pocket.training.schedule import POOL, Schedule
from generation.pocket.training.trainer import SEED, Trainer
from generation.pocket.training.vocabulary import build_tokenizer

WEIGHTS = Path(__file__).parent / "reader.safetensors"
SCHEDULES = {"cpu": Schedule(6000, 2e-3, 32), "cuda": Schedule(4000, 3e-3, 256)}

READ_SIDE = 128
"""Side of what it reads, in pixels: half of a picture's, which shows all that it is asked for."""


class AttributeReader(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        widths = (3, 24, 48, 96, 144)
        layers = [
            nn.Sequential(
                nn.Conv2d(before, after, 3, stride=2, padding=1),
                nn.GroupNorm(8, after),
                nn.SiLU(),
                nn.Conv2d(after, after, 3, padding=1),
                nn.GroupNorm(8, after),
                nn.SiLU(),
            )
            for before, after in pairwise(widths)
        ]
        flat = widths[-1] * (READ_SIDE // 2 ** len(layers) // 2) ** 2
        self.features = nn.Sequential(*layers, nn.AvgPool2d(2), nn.Flatten(), nn.Linear(flat, 192))
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
        side = (READ_SIDE, READ_SIDE)
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


def train_reader(
    pool: Pool, schedule: Schedule, directory: Path, machine: Machine
) -> AttributeReader:
    """Train it on drawings, softened and grainy: a model's pictures are never quite as sharp."""
    torch.manual_seed(SEED)
    reader = AttributeReader()
    machine.fast(reader)
    trainer = Trainer("reader", reader, schedule, directory, machine)
    mistakes = machine.compiled(partial(_mistakes, reader))
    drawn = pool.portraits()
    pixels = torch.cat(
        [_halved(part.to(machine.device)) for part in torch.split(drawn["pixels"], 500)]
    )
    shown = drawn["shown"].to(machine.device)
    for _step, dice in trainer.steps():
        rows = torch.randint(
            len(pixels), (schedule.batch_size,), generator=dice, device=machine.device
        )
        softer, grainier = (
            torch.rand(len(rows), 1, 1, 1, generator=dice, device=machine.device) for _ in range(2)
        )
        seen = pixels[rows].float() / 127.5 - 1
        seen = torch.lerp(seen, avg_pool2d(seen, 3, 1, 1, count_include_pad=False), softer)
        grain = torch.randn(seen.shape, generator=dice, device=machine.device)
        with machine.half_precision():
            loss = mistakes(seen + 0.06 * grainier * grain, shown[rows])
        trainer.descend(loss)
    return reader.eval()


def _mistakes(reader: AttributeReader, pixels: torch.Tensor, shown: torch.Tensor) -> torch.Tensor:
    return error(list(reader(pixels).values()), shown)


def _halved(pixels: torch.Tensor) -> torch.Tensor:
    """Halve the sides of (n, 3, 256, 256), 0 to 255."""
    return avg_pool2d(pixels.float(), pixels.shape[-1] // READ_SIDE).round().byte()


def main() -> None:
    machine, directory = this_machine(), Path("data/training")
    kind = machine.device.type
    pool = Pool(build_tokenizer(), POOL[kind], directory, machine)
    reader = train_reader(pool, SCHEDULES[kind], directory, machine)
    save_reader(reader.to(CPU.device))


def save_reader(reader: AttributeReader, file: Path = WEIGHTS) -> None:
    save_file({name: t.half().contiguous() for name, t in reader.state_dict().items()}, file)


if __name__ == "__main__":
    main()
