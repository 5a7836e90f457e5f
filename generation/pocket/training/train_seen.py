"""Trains the network that reads traits off what SFace, the face recogniser, sees of a photograph.

SFace has seen millions of real people, and stays as it is. So rendered heads teach no more than
which of what it sees is called a beard, glasses, dark skin or blond hair.
"""

from pathlib import Path

import torch

from generation.pocket.training.classifier import errors
from generation.pocket.training.labels import AGE, choices, wanted
from generation.pocket.training.machine import CPU
from generation.pocket.training.pool import Pool
from generation.pocket.training.schedule import Schedule
from generation.pocket.training.seen_reader import SeenReader
from generation.pocket.training.trainer import SEED, Trainer

GRAIN = 0.3
"""Deviation of what is added to the maps at each step, of theirs: no face is seen twice alike."""

LEFT_OUT = 0.3
"""Share of the maps that a step doesn't see, so that the network relies on no single one."""

BESIDES = 0.1
"""How much a mistake about somebody's age counts beside one about a trait: it serves grey hair
alone, and is seen easily."""


def train_seen(pool: Pool, schedule: Schedule, directory: Path) -> SeenReader:
    """Teach a network to read traits, on the CPU: it is so small."""
    taught = pool.seen()
    torch.manual_seed(SEED)  # after the drawing, which takes a number too
    maps = taught["maps"]
    labels = wanted(taught["shown"], AGE)
    reader = SeenReader(choices(AGE))
    reader.normalise_like(maps)
    trainer = Trainer("seen", reader, schedule, directory, CPU)
    for _, dice in trainer.steps():
        rows = torch.randint(len(maps), (schedule.batch_size,), generator=dice)
        seen = _spoilt(maps[rows].float(), reader, dice)
        *traits, age = errors(reader(seen), labels[rows])
        trainer.descend(torch.stack(traits).mean() + BESIDES * age)
    return reader.eval()


def _spoilt(maps: torch.Tensor, reader: SeenReader, dice: torch.Generator) -> torch.Tensor:
    """Add grain, and leave some of it out; the rest weighs more for it."""
    grain = GRAIN * reader.deviation * torch.randn(maps.shape, generator=dice)
    kept = (torch.rand(maps.shape, generator=dice) >= LEFT_OUT) / (1 - LEFT_OUT)
    return reader.mean + (maps + grain - reader.mean) * kept
