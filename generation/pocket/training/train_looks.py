"""Trains the network that reads traits off a portrait when somebody sends a photograph.

It goes on from the network that is shipped, with heads in harsh light, heads that are turned aside,
heads in hats, and what taught before. What comes of it is a mean of both: one that was taught
further reads some people better and others worse, and the mean nearly all as well as the better
one. Without a shipped one it begins as the pocket model's image encoder.
"""

from copy import deepcopy
from functools import partial
from pathlib import Path

import torch

from generation.pocket.training.augmentation import varied
from generation.pocket.training.classifier import errors
from generation.pocket.training.labels import choices, wanted
from generation.pocket.training.looks_reader import LooksReader
from generation.pocket.training.machine import Machine
from generation.pocket.training.moving import move_weights
from generation.pocket.training.parts import Parts
from generation.pocket.training.pool import Pool
from generation.pocket.training.schedule import Schedule
from generation.pocket.training.trainer import SEED, Trainer

TAUGHT = 0.7
"""How far the mean goes from the shipped weights to those that were taught further."""

KEPT = 0.55
"""Share of a face's patches that are seen in three of four steps: see `train_photographs`."""


def train_looks(
    parts: Parts, pool: Pool, schedule: Schedule, directory: Path, machine: Machine
) -> LooksReader:
    """Teach a network to read looks; the parts' image encoder becomes a part of it."""
    from generation.pocket.training.shipped_looks import load_shipped  # noqa: PLC0415 - wants onnx

    torch.manual_seed(SEED)
    reader = LooksReader(parts.image_encoder, choices())
    shipped = deepcopy(reader) if load_shipped(reader) else reader
    shipped, reader = shipped.to(machine.device), reader.to(machine.device)
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
    move_weights(shipped, reader, TAUGHT)
    return shipped.eval()


def _mistakes(
    reader: LooksReader, faces: torch.Tensor, kept: torch.Tensor, labels: torch.Tensor
) -> torch.Tensor:
    return errors(reader(faces, kept), labels).mean()
