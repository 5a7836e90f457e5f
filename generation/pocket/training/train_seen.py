"""Trains the network that drafts glasses and beards when somebody sends a photograph.

It reads what SFace, the face recogniser, sees: that has seen millions of real people, and stays as
it is. So rendered heads teach no more than which of what it sees is called a beard or glasses.
"""

from pathlib import Path

import torch

from generation.pocket.portraits.attributes import PERSON_NAMES
from generation.pocket.training.classifier import counts, errors
from generation.pocket.training.machine import CPU
from generation.pocket.training.pool import Pool
from generation.pocket.training.schedule import Schedule
from generation.pocket.training.seen_reader import SeenReader
from generation.pocket.training.trainer import SEED, Trainer

READ = ("facial_hair", "glasses")
"""Traits that are read."""

GRAIN = 0.3
"""Deviation of what is added to the maps at each step, of theirs: no face is seen twice alike."""

LEFT_OUT = 0.3
"""Share of the maps that a step doesn't see, so that the network relies on no single one."""


def train_seen(pool: Pool, schedule: Schedule, directory: Path) -> SeenReader:
    """Teach a network to read glasses and beards, on the CPU: it is so small."""
    taught = pool.seen()
    torch.manual_seed(SEED)  # after the drawing, which takes a number too
    maps = taught["maps"]
    wanted = taught["shown"][:, [PERSON_NAMES.index(name) for name in READ]]
    reader = SeenReader(counts(READ))
    reader.normalise_like(maps)
    trainer = Trainer("seen", reader, schedule, directory, CPU)
    for _, dice in trainer.steps():
        rows = torch.randint(len(maps), (schedule.batch_size,), generator=dice)
        seen = _spoilt(maps[rows].float(), reader, dice)
        trainer.descend(errors(reader(seen), wanted[rows]).mean())
    return reader.eval()


def _spoilt(maps: torch.Tensor, reader: SeenReader, dice: torch.Generator) -> torch.Tensor:
    """Add grain, and leave some of it out; the rest weighs more for it."""
    grain = GRAIN * reader.deviation * torch.randn(maps.shape, generator=dice)
    kept = (torch.rand(maps.shape, generator=dice) >= LEFT_OUT) / (1 - LEFT_OUT)
    return reader.mean + (maps + grain - reader.mean) * kept
