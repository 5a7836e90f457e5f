"""The machine that a model is trained on: a CPU, which takes hours, or a GPU."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import cv2
import torch
from torch.utils.data import DataLoader, Dataset

Made = TypeVar("Made")
Function = TypeVar("Function", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Machine:
    """The device that trains, and the number of processes that draw for it."""

    device: torch.device
    workers: int

    @property
    def is_gpu(self) -> bool:
        return self.device.type == "cuda"

    def ahead(self, make: Callable[[int], Made], numbers: Sequence[int]) -> Iterable[Made]:
        """Call `make` for each number, in order; workers do it before the result is asked for.

        Workers are forked or are sent a pickled `make`, and never touch the device.
        """
        cv2.setNumThreads(1)  # threads that a process had before it forks would hang its children
        return DataLoader(
            _Results(make),
            sampler=numbers,
            batch_size=None,
            num_workers=min(self.workers, len(numbers)),
            collate_fn=_unchanged,
        )

    def compiled(self, function: Function) -> Function:
        """Compile what a step computes, for a GPU, and record it as a CUDA graph.

        Networks so small keep a GPU busy for a quarter of the time that Python takes to start their
        many kernels one by one. A CPU would compile as long as the training takes.
        """
        if not self.is_gpu:
            return function
        return torch.compile(function, dynamic=False, mode="reduce-overhead")  # type: ignore[return-value]

    def fast(self, network: torch.nn.Module) -> torch.nn.Module:
        """Put a network's weights into the order in which the device convolves fastest."""
        order = torch.channels_last if self.is_gpu else torch.contiguous_format
        return network.to(self.device, memory_format=order)  # type: ignore[call-overload, no-any-return]

    def half_precision(self) -> torch.autocast:
        """Compute in bfloat16 where that is faster: on a GPU, or a CPU with instructions for it."""
        has = torch.cpu.get_capabilities()
        fast = bool(has.get("amx_bf16") or has.get("avx512_bf16"))
        return torch.autocast(self.device.type, torch.bfloat16, enabled=fast or self.is_gpu)


CPU = Machine(torch.device("cpu"), workers=0)


def this_machine() -> Machine:
    """Give the CUDA device or else the CPU; all its cores draw."""
    cores = os.cpu_count() or 1
    if not torch.cuda.is_available():
        return Machine(torch.device("cpu"), cores)
    torch.backends.cudnn.benchmark = True
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    return Machine(torch.device("cuda"), cores)


class _Results(Dataset[Made]):
    def __init__(self, make: Callable[[int], Made]) -> None:
        self.make = make

    def __getitem__(self, number: int) -> Made:
        return self.make(number)


def _unchanged(made: Made) -> Made:
    """Replace the DataLoader's own conversion, which would turn tuples into lists."""
    return made
