"""The machine that a model is trained on: a CPU, which takes hours, or a GPU."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import torch
from torch.utils.data import DataLoader, Dataset

Made = TypeVar("Made")

MOST_WORKERS = 15
"""Largest number of worker processes: each holds two batches ready, in shared memory."""


@dataclass(frozen=True, slots=True)
class Machine:
    """The device that trains, and the number of processes that prepare batches for it."""

    device: torch.device
    workers: int

    def ahead(self, make: Callable[[int], Made], numbers: Sequence[int]) -> Iterable[Made]:
        """Call `make` for each number, in order; workers do it before the result is asked for.

        Workers are forked or are sent a pickled `make`, and never touch the device.
        """
        return DataLoader(
            _Results(make),
            sampler=numbers,
            batch_size=None,
            num_workers=min(self.workers, len(numbers)),
            collate_fn=_unchanged,
        )

    def half_precision(self) -> torch.autocast:
        """Compute in bfloat16 where that is faster: on a GPU, or a CPU with instructions for it."""
        has = torch.cpu.get_capabilities()
        fast = bool(has.get("amx_bf16") or has.get("avx512_bf16"))
        kind = self.device.type
        return torch.autocast(kind, torch.bfloat16, enabled=fast or kind == "cuda")


CPU = Machine(torch.device("cpu"), workers=0)


def this_machine() -> Machine:
    """Give the CUDA device, with workers on all other CPU cores, or else the CPU alone."""
    if not torch.cuda.is_available():
        return CPU
    return Machine(torch.device("cuda"), min((os.cpu_count() or 2) - 1, MOST_WORKERS))


class _Results(Dataset[Made]):
    def __init__(self, make: Callable[[int], Made]) -> None:
        self.make = make

    def __getitem__(self, number: int) -> Made:
        return self.make(number)


def _unchanged(made: Made) -> Made:
    """Replace the DataLoader's own conversion, which would turn tuples into lists."""
    return made
