"""Trains the network that marks where a portrait shows skin, hair and a beard.

Renderings alone teach it: they know to which of these each point belongs.
"""

from pathlib import Path

import torch
from torch.nn.functional import avg_pool2d

from generation.pocket.training.augmentation import Limits, varied
from generation.pocket.training.machine import Machine
from generation.pocket.training.pool import Pool
from generation.pocket.training.region_reader import RegionReader
from generation.pocket.training.schedule import Schedule
from generation.pocket.training.trainer import SEED, Trainer

LIMITS = Limits(
    turn=0.2,
    size=0.2,
    shift=0.1,
    light=0.15,
    tint=0.12,
    grain=0.05,
    gamma=0.4,
    contrast=0.4,
    saturation=0.6,
    covered=0.25,
)
"""More than other networks are shown: where hair is, its colour doesn't matter."""


def train_regions(
    pool: Pool, schedule: Schedule, directory: Path, machine: Machine
) -> RegionReader:
    """Teach a network to mark regions."""
    taught = pool.regions()
    torch.manual_seed(SEED)  # after the drawing, which takes a number too
    planes = torch.cat([taught["pixels"], taught["marked"]], dim=1).to(machine.device)
    reader = RegionReader().to(machine.device)
    trainer = Trainer("regions", reader, schedule, directory, machine)
    for _, dice in trainer.steps():
        rows = torch.randint(
            len(planes), (schedule.batch_size,), generator=dice, device=machine.device
        )
        seen = varied(planes[rows], dice, LIMITS)
        logits = reader(seen[:, :3])
        trainer.descend(-(shares(seen[:, 3:]) * logits.log_softmax(dim=1)).sum(dim=1).mean())
    return reader.eval()


def shares(marked: torch.Tensor) -> torch.Tensor:
    """Give how much of each two by two pixels is of each region, (n, regions, side / 2, side / 2).

    `marked` is (n, 3, side, side), 0 to 255, as Pool.regions has it.
    """
    halved = avg_pool2d(marked.float() / 255, 2)
    other = (1 - halved.sum(dim=1, keepdim=True)).clamp(min=0)
    every = torch.cat([other, halved], dim=1)
    return every / every.sum(dim=1, keepdim=True)
