"""Where a model is taught: on a CPU in hours, or on a GPU."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import torch
from torch.utils.data import DataLoader, Dataset

Made = TypeVar("Made")

MOST_HELPERS = 15
"""Each holds two lessons ready, in shared memory."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """`helpers` are processes that draw ahead of the one that teaches."""

    device: torch.device
    helpers: int

    def ahead(self, make: Callable[[int], Made], numbers: Sequence[int]) -> Iterable[Made]:
        """Make something of each number, in order; with helpers, before it is asked for.

        Helpers are forked, or given a pickled `make`, and never touch the device.
        """
        return DataLoader(
            _All(make),
            sampler=numbers,
            batch_size=None,
            num_workers=min(self.helpers, len(numbers)),
            collate_fn=_as_it_is,
        )

    def half_precision(self) -> torch.autocast:
        """Compute in bfloat16 where that is faster: on a GPU, and by AVX-512's instructions."""
        has = torch.cpu.get_capabilities()
        fast = bool(has.get("amx_bf16") or has.get("avx512_bf16"))
        kind = self.device.type
        return torch.autocast(kind, torch.bfloat16, enabled=fast or kind == "cuda")


CPU = Workshop(torch.device("cpu"), helpers=0)


def this_machine() -> Workshop:
    """Give a CUDA device if there is one, with helpers on the other cores."""
    if not torch.cuda.is_available():
        return CPU
    return Workshop(torch.device("cuda"), min((os.cpu_count() or 2) - 1, MOST_HELPERS))


class _All(Dataset[Made]):
    def __init__(self, make: Callable[[int], Made]) -> None:
        self.make = make

    def __getitem__(self, number: int) -> Made:
        return self.make(number)


def _as_it_is(made: Made) -> Made:
    """Stand in for the DataLoader's own conversion, which makes lists of tuples."""
    return made
