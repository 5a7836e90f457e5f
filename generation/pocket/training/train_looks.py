"""Trains the network that drafts skin and hair when somebody sends a photograph.

It begins as the image encoder that reads photographs for the pocket model, and may forget all that
the traits don't need.
"""

from functools import partial
from pathlib import Path

import torch

from generation.character import HairLength
from generation.pocket.portraits.attributes import CHOICES, PERSON_NAMES, Cut
from generation.pocket.training.augmentation import varied
from generation.pocket.training.classifier import errors
from generation.pocket.training.looks_reader import LooksReader
from generation.pocket.training.machine import Machine
from generation.pocket.training.parts import Parts
from generation.pocket.training.pool import Pool
from generation.pocket.training.schedule import Schedule
from generation.pocket.training.trainer import SEED, Trainer

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

READ = ("skin", "hair_color", "hair_length", "facial_hair", "glasses")
"""Traits that are read."""

KEPT = 0.55
"""Share of a face's patches that are seen in three of four steps: see `train_photographs`."""


def choices() -> dict[str, int]:
    """Give the number of values of each trait that is read."""
    return {name: HIDDEN + 1 if name == "hair_length" else len(CHOICES[name]) for name in READ}


def train_looks(
    parts: Parts, pool: Pool, schedule: Schedule, directory: Path, machine: Machine
) -> LooksReader:
    """Teach a network to read looks, beginning with the parts' image encoder; they are changed."""
    torch.manual_seed(SEED)
    reader = LooksReader(parts.image_encoder, choices()).to(machine.device)
    taught = {name: rows.to(machine.device) for name, rows in pool.looks().items()}
    faces, wanted = taught["pixels"], _wanted(taught["shown"])
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
            loss = mistakes(seen, kept, wanted[rows])
        trainer.descend(loss)
    return reader.eval()


def _mistakes(
    reader: LooksReader, faces: torch.Tensor, kept: torch.Tensor, wanted: torch.Tensor
) -> torch.Tensor:
    return errors(reader(faces, kept), wanted).mean()


def _wanted(shown: torch.Tensor) -> torch.Tensor:
    """Turn the numbers of a person's attributes into those of the traits that are read."""
    lengths = torch.tensor(
        [list(HairLength).index(LENGTHS[cut]) if cut in LENGTHS else HIDDEN for cut in Cut],
        dtype=shown.dtype,
        device=shown.device,
    )
    columns = {name: shown[:, number] for number, name in enumerate(PERSON_NAMES)}
    columns["hair_length"] = lengths[columns["cut"].long()]
    return torch.stack([columns[name] for name in READ], dim=1)
