"""Where a model is taught: two CPU cores in hours, a GPU in minutes."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import torch
from torch.utils.data import DataLoader, Dataset

Lesson = TypeVar("Lesson")


@dataclass(frozen=True, slots=True)
class Workshop:
    """`helpers` are processes that draw ahead."""

    device: torch.device
    helpers: int

    def ahead(self, make: Callable[[int], Lesson], numbers: Sequence[int]) -> Iterable[Lesson]:
        """Make each number's lesson, in order, before it is asked for.

        Helpers are forked or given a pickled `make`, and never touch the device.
        """
        return DataLoader(
            _Made(make),
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
    if not torch.cuda.is_available():
        return CPU
    return Workshop(torch.device("cuda"), helpers=(os.cpu_count() or 2) - 1)


class _Made(Dataset[Lesson]):
    def __init__(self, make: Callable[[int], Lesson]) -> None:
        self.make = make

    def __getitem__(self, number: int) -> Lesson:
        return self.make(number)


def _as_it_is(lesson: Lesson) -> Lesson:
    return lesson
