"""The kinds of device that pictures are drawn on: each is one class and one row of BACKENDS."""

import os
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from types import ModuleType
from typing import ClassVar, Literal

import psutil

DTypeName = Literal["float16", "bfloat16", "float32"]

GB = 1e9
CRAMPED = 9 * GB
"""Bytes of memory below which a device is cramped. A machine of 8 GB counts as 8.6."""

LARGEST_BATCH = 6
CPU_BATCH = 3
SMALL = 50_000_000
"""Parameters of a UNet that is too small to occupy a whole CPU with one picture."""

DECODING = 2.5 * GB
A_PICTURE = 0.7 * GB
"""Bytes in half precision for decoding one picture of 512 px, and for one guided picture in the
UNet. Both are estimates on the safe side; if they are too low, batches get smaller."""

A_DECODED = 1.0 * GB
"""Bytes for each further picture that is decoded at once: an estimate, too. If it is too low,
pictures are decoded one by one."""


TRITON_CAPABILITY = (7, 0)
"""What a card must be capable of, as NVIDIA counts it, for Triton to write code for it."""


def _share(pixels: int, dtype: DTypeName) -> float:
    """Give the share that pictures have of the memory of those of 512 px in half precision."""
    return pixels / 512**2 * (2 if dtype == "float32" else 1)


def _torch() -> ModuleType:
    """Import torch on first use: it takes seconds, and /start is answered before it is in."""
    # torch reads it when it is imported: an operator that Metal lacks then runs on the CPU.
    os.environ.setdefault("PYTORCH_ENABLE_MPS_FALLBACK", "1")
    import torch  # noqa: PLC0415

    return torch


@dataclass(frozen=True, slots=True)
class Backend(ABC):
    """One device of a kind, and everything that differs between the kinds. Memory is in bytes."""

    number: int = 0
    """Which one, where the machine has several of the kind."""

    name: ClassVar[str]
    """What DEVICE says, and what torch calls the kind."""
    shares_memory: ClassVar[bool]
    """Whether its memory is a part of the machine's own."""
    tries_channels_last: ClassVar[bool]
    """Whether the memory format `channels_last` may be tried when a model is loaded."""
    captures: ClassVar[bool]
    """Whether calls of a network can be captured for it, see `cuda_graphs`."""

    @classmethod
    @abstractmethod
    def count(cls) -> int:
        """Count the devices of this kind that the machine has."""

    @property
    @abstractmethod
    def torch_name(self) -> str: ...

    @abstractmethod
    def hardware_name(self) -> str | None:
        """Give the name of the card; None means that the processor itself computes."""

    @abstractmethod
    def dtype(self) -> DTypeName:
        """Give the precision that is fastest on it."""

    @abstractmethod
    def memory(self) -> int:
        """Say how much this process can have of it in all."""

    @abstractmethod
    def free_memory(self) -> int: ...

    def installed_memory(self) -> int:
        return self.memory()

    def is_cramped(self) -> bool:
        """Say whether it has so little memory that saving some is worth the time."""
        return self.installed_memory() < CRAMPED

    @abstractmethod
    def batch(
        self, *, free_memory: int, pixels: int, parameters: int, dtype: DTypeName, cramped: bool
    ) -> int:
        """Say how many pictures of so many pixels are drawn at once by a loaded model.

        `parameters` are the UNet's. Numbers decide and not a clock, so that a seed's picture is
        the same to the last digit after a restart.
        """

    def compiles(self) -> bool:
        """Say whether torch can compile for it code that is faster."""
        return False

    @abstractmethod
    def has_room(self, *, pictures: int, decoded: int, pixels: int, dtype: DTypeName) -> bool:
        """Say whether there is memory for so many pictures beside those that are drawn.

        Guided `pictures` are in the UNet then, and some are `decoded` at once.
        """

    @abstractmethod
    def release_memory(self) -> None:
        """Give back the blocks that torch has cached."""

    @abstractmethod
    def synchronize(self) -> None:
        """Wait until everything that it was given to do is done."""


class Metal(Backend):
    """The graphics chip of a Mac."""

    name = "mps"
    shares_memory = True
    tries_channels_last = True
    captures = False

    @classmethod
    def count(cls) -> int:
        return int(_torch().backends.mps.is_available())

    @property
    def torch_name(self) -> str:
        return self.name

    def hardware_name(self) -> None:
        return None

    def dtype(self) -> DTypeName:
        return "float16"

    def memory(self) -> int:
        return int(_torch().mps.recommended_max_memory())

    def free_memory(self) -> int:
        return self.memory() - int(_torch().mps.driver_allocated_memory())

    def installed_memory(self) -> int:
        """Give the whole Mac's memory, of which it lends Metal about two thirds."""
        return int(psutil.virtual_memory().total)

    def batch(self, **_: object) -> int:
        """Draw one by one: batches gain little, and memory is shared with everything else."""
        return 1

    def has_room(self, **_: object) -> bool:
        """Say no: its memory is shared with everything else."""
        return False

    def release_memory(self) -> None:
        _torch().mps.empty_cache()

    def synchronize(self) -> None:
        _torch().mps.synchronize()


class Cuda(Backend):
    """A graphics card of NVIDIA."""

    name = "cuda"
    shares_memory = False
    tries_channels_last = True
    captures = True

    @classmethod
    def count(cls) -> int:
        cuda = _torch().cuda
        return int(cuda.device_count()) if cuda.is_available() else 0

    @property
    def torch_name(self) -> str:
        return f"{self.name}:{self.number}"

    def hardware_name(self) -> str:
        return str(_torch().cuda.get_device_name(self.number))

    def dtype(self) -> DTypeName:
        return "float16"

    def memory(self) -> int:
        _free, total = _torch().cuda.mem_get_info(self.number)
        return int(total)

    def free_memory(self) -> int:
        free, _total = _torch().cuda.mem_get_info(self.number)
        return int(free)

    def batch(self, *, free_memory: int, pixels: int, dtype: DTypeName, **_: object) -> int:
        """Draw as many as fit."""
        fit = int((free_memory / _share(pixels, dtype) - DECODING) / A_PICTURE)
        return max(1, min(LARGEST_BATCH, fit))

    def compiles(self) -> bool:
        """Torch compiles by Triton, for cards from 2017 on."""
        capability = _torch().cuda.get_device_capability(self.number)
        return capability >= TRITON_CAPABILITY and find_spec("triton") is not None

    def has_room(self, *, pictures: int, decoded: int, pixels: int, dtype: DTypeName) -> bool:
        wanted = pictures * A_PICTURE + DECODING + (decoded - 1) * A_DECODED
        return self.free_memory() > wanted * _share(pixels, dtype)

    def release_memory(self) -> None:
        _torch().cuda.empty_cache()

    def synchronize(self) -> None:
        _torch().cuda.synchronize(self.number)


class Cpu(Backend):
    """The processor, which every machine has.

    `channels_last` was slower on all that were measured (docs/benchmarks.md).
    """

    name = "cpu"
    shares_memory = True
    tries_channels_last = False
    captures = False

    @classmethod
    def count(cls) -> int:
        return 1

    @property
    def torch_name(self) -> str:
        return self.name

    def hardware_name(self) -> None:
        return None

    def dtype(self) -> DTypeName:
        """Give bfloat16 only where the CPU has instructions for it, float32 elsewhere.

        With them Stable Diffusion's UNet takes 0.42 of its float32 time; without them bfloat16 is
        emulated.
        """
        return "bfloat16" if self.multiplies_bfloat16() else "float32"

    def multiplies_bfloat16(self) -> bool:
        capabilities = _torch().cpu.get_capabilities()
        return bool(capabilities.get("amx_bf16") or capabilities.get("avx512_bf16"))

    def memory(self) -> int:
        return int(psutil.virtual_memory().total)

    def free_memory(self) -> int:
        return int(psutil.virtual_memory().available)

    def batch(self, *, parameters: int, cramped: bool, **_: object) -> int:
        """Draw more at once of a small model.

        As measured (docs/benchmarks.md): with the pocket model six at once take half the time;
        with Stable Diffusion three take 0.88 of it, and six no less.
        """
        if parameters < SMALL:
            return LARGEST_BATCH
        return 1 if cramped else CPU_BATCH

    def has_room(self, **_: object) -> bool:
        """Say no: its memory is shared with everything else."""
        return False

    def release_memory(self) -> None:
        """Do nothing: torch caches none of the machine's own memory."""

    def synchronize(self) -> None:
        """Do nothing: Python waits for the CPU anyway."""


BACKENDS: Mapping[str, type[Backend]] = {kind.name: kind for kind in (Metal, Cuda, Cpu)}
"""The backends by name, in the order in which DEVICE=auto prefers them."""
