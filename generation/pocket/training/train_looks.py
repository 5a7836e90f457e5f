"""Trains the network that reads traits off a portrait when somebody sends a photograph.

It begins as the image encoder that reads photographs for the pocket model, and may forget all that
the traits don't need.
"""

from functools import partial
from pathlib import Path

import torch

from generation.pocket.training.augmentation import varied
from generation.pocket.training.classifier import errors
from generation.pocket.training.labels import choices, wanted
from generation.pocket.training.looks_reader import LooksReader
from generation.pocket.training.machine import Machine
from generation.pocket.training.parts import Parts
from generation.pocket.training.pool import Pool
from generation.pocket.training.schedule import Schedule
from generation.pocket.training.trainer import SEED, Trainer

KEPT = 0.55
"""Share of a face's patches that are seen in three of four steps: see `train_photographs`."""


def train_looks(
    parts: Parts, pool: Pool, schedule: Schedule, directory: Path, machine: Machine
) -> LooksReader:
    """Teach a network to read looks, beginning with the parts' image encoder; they are changed."""
    torch.manual_seed(SEED)
    reader = LooksReader(parts.image_encoder, choices()).to(machine.device)
    taught = {name: rows.to(machine.device) for name, rows in pool.looks().items()}
    faces, labels = taught["pixels"], wanted(taught["shown"])
    mistakes = machine.compiled(partial(_mistakes, reader))
    trainer = Trainer("looks", reader, schedule, directory, machine)
    patches = parts.image_encoder.vision_model.embeddings.num_patches
    for step, dice in trainer.steps():
        rows = torch.randint(
            len(faces), (schedule.batch_size,), generator=dice, device=machine.device
        )
        order = torch.randperm(patches, generator=dice, device=machine.device)
        kept = order if step % 4 == 0 else order[: round(patches * KEPT)]
        seen = varied(faces[rows], dice)
        with machine.half_precision():
            loss = mistakes(seen, kept, labels[rows])
        trainer.descend(loss)
    return reader.eval()


def _mistakes(
    reader: LooksReader, faces: torch.Tensor, kept: torch.Tensor, labels: torch.Tensor
) -> torch.Tensor:
    return errors(reader(faces, kept), labels).mean()
