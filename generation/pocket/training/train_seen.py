"""Trains the networks that read traits, and ages, off what SFace, the face recogniser, sees.

SFace has seen millions of real people, and stays as it is. So rendered heads teach no more than
which of what it sees is called a beard, glasses, dark skin or blond hair.
"""

from collections.abc import Callable
from pathlib import Path

import torch

from generation.faces.calibration import AGES
from generation.pocket.portraits.attributes import PERSON_NAMES
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


def train_seen(pool: Pool, schedule: Schedule, directory: Path) -> SeenReader:
    """Teach a network to read traits."""
    return _taught("seen", choices(), wanted, pool, schedule, directory)


def train_age(pool: Pool, schedule: Schedule, directory: Path) -> SeenReader:
    """Teach another one to tell AGES apart: together with the traits both are read worse."""
    place = PERSON_NAMES.index(AGE)
    ages = {AGE: len(AGES)}
    return _taught(AGE, ages, lambda shown: shown[:, place : place + 1], pool, schedule, directory)


def _taught(
    name: str,
    choices: dict[str, int],
    wanted: Callable[[torch.Tensor], torch.Tensor],
    pool: Pool,
    schedule: Schedule,
    directory: Path,
) -> SeenReader:
    """Teach a network, on the CPU: it is so small. `wanted` gives its labels by what is shown."""
    taught = pool.seen()
    torch.manual_seed(SEED)  # after the drawing, which takes a number too
    maps, labels = taught["maps"], wanted(taught["shown"])
    reader = SeenReader(choices)
    reader.normalise_like(maps)
    trainer = Trainer(name, reader, schedule, directory, CPU)
    for _, dice in trainer.steps():
        rows = torch.randint(len(maps), (schedule.batch_size,), generator=dice)
        seen = _spoilt(maps[rows].float(), reader, dice)
        trainer.descend(errors(reader(seen), labels[rows]).mean())
    return reader.eval()


def _spoilt(maps: torch.Tensor, reader: SeenReader, dice: torch.Generator) -> torch.Tensor:
    """Add grain, and leave some of it out; the rest weighs more for it."""
    grain = GRAIN * reader.deviation * torch.randn(maps.shape, generator=dice)
    kept = (torch.rand(maps.shape, generator=dice) >= LEFT_OUT) / (1 - LEFT_OUT)
    return reader.mean + (maps + grain - reader.mean) * kept
