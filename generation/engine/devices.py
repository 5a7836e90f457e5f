"""Where the model computes, in which precision, and how many pictures at once."""

import os
from dataclasses import dataclass
from typing import Literal, Protocol

import psutil

from generation.errors import Refusal

DeviceName = Literal["mps", "cuda", "cpu"]
DTypeName = Literal["float16", "bfloat16", "float32"]

_PREFERENCE: tuple[DeviceName, ...] = ("mps", "cuda", "cpu")

GB = 1e9
CRAMPED = 9 * GB
"""A machine of 8 GB counts as 8.6."""

LARGEST_BATCH = 6
CPU_BATCH = 3
SMALL = 50_000_000
"""Parameters of a UNet that one picture does not keep a CPU busy with."""

DECODING = 2.5 * GB
A_PICTURE = 0.7 * GB
"""What decoding one picture of 512 px, and a guided row pair of the UNet, take in half precision:
estimates on the safe side. What turns out too much is drawn in smaller batches."""


class DeviceUnavailable(Refusal):
    """The machine has no such device. Fields: device."""


class Probe(Protocol):
    """What a machine has. Memory in bytes."""

    def has(self, device: DeviceName) -> bool: ...

    def cuda_devices(self) -> int: ...

    def multiplies_bfloat16(self) -> bool:
        """Whether the CPU has instructions that multiply bfloat16."""

    def memory(self, device: DeviceName, number: int = 0) -> int:
        """How much it has in all, for this process."""

    def free_memory(self, device: DeviceName, number: int = 0) -> int: ...


class TorchProbe:
    """The machine that runs this, as torch sees it. The first one imports torch."""

    def __init__(self) -> None:
        # Read by torch when it is imported: an operator that Metal lacks runs on the CPU instead.
        os.environ.setdefault("PYTORCH_ENABLE_MPS_FALLBACK", "1")
        import torch  # noqa: PLC0415 - it takes seconds, and /start is answered before it is in

        self._torch = torch

    def has(self, device: DeviceName) -> bool:
        if device == "mps":
            return self._torch.backends.mps.is_available()
        return device == "cpu" or self._torch.cuda.is_available()

    def cuda_devices(self) -> int:
        return self._torch.cuda.device_count()

    def multiplies_bfloat16(self) -> bool:
        capabilities = self._torch.cpu.get_capabilities()
        return bool(capabilities.get("amx_bf16") or capabilities.get("avx512_bf16"))

    def memory(self, device: DeviceName, number: int = 0) -> int:
        if device == "cuda":
            return int(self._torch.cuda.mem_get_info(number)[1])
        if device == "mps":
            return int(self._torch.mps.recommended_max_memory())
        return int(psutil.virtual_memory().total)

    def free_memory(self, device: DeviceName, number: int = 0) -> int:
        if device == "cuda":
            return int(self._torch.cuda.mem_get_info(number)[0])
        if device == "mps":
            return self.memory("mps") - int(self._torch.mps.driver_allocated_memory())
        return int(psutil.virtual_memory().available)


@dataclass(frozen=True, slots=True)
class Device:
    """`cramped`: it has so little memory that time must be given for it."""

    name: DeviceName
    dtype: DTypeName
    number: int = 0
    """Which one, of several CUDA devices."""
    cramped: bool = False

    @property
    def place(self) -> str:
        """Name it as torch does."""
        return f"cuda:{self.number}" if self.name == "cuda" else self.name


def choose(wanted: str = "auto", probe: Probe | None = None, worker: int = 0) -> Device:
    """Take the wanted device, or with `auto` the fastest that is there.

    Of several CUDA devices each worker, counted from 0, takes another one. Raises
    DeviceUnavailable when the wanted one isn't there.
    """
    machine = probe or TorchProbe()
    for name in _PREFERENCE:
        if wanted in ("auto", name) and machine.has(name):
            number = worker % machine.cuda_devices() if name == "cuda" else 0
            # A Mac lends Metal about two thirds of what it has: its own memory says more.
            counted: DeviceName = "cuda" if name == "cuda" else "cpu"
            cramped = machine.memory(counted, number) < CRAMPED
            return Device(name, _dtype(name, machine), number, cramped)
    raise DeviceUnavailable(device=wanted)


def batch(device: Device, free_memory: int, pixels: int, parameters: int) -> int:
    """Say how many pictures of so many pixels are drawn at once, once the model is loaded.

    On Metal one: larger batches gain little, and memory is shared with everything else. On a CPU
    it depends on the UNet's parameters, as measured (docs/benchmarks.md): with the pocket model
    six at once take half the time; with Stable Diffusion three take 0.88 of it, and six no less.
    By numbers and not by a clock, so that a seed's picture is the same to the last digit after a
    restart.
    """
    if device.name == "mps":
        return 1
    if device.name == "cpu":
        if parameters < SMALL:
            return LARGEST_BATCH
        return 1 if device.cramped else CPU_BATCH
    share = pixels / 512**2 * (2 if device.dtype == "float32" else 1)
    fit = int((free_memory / share - DECODING) / A_PICTURE)
    return max(1, min(LARGEST_BATCH, fit))


def _dtype(name: DeviceName, machine: Probe) -> DTypeName:
    """Half precision where the device is faster in it.

    A CPU is only with instructions for it: Stable Diffusion's UNet then takes 0.42 of its float32
    time; without them bfloat16 is emulated.
    """
    if name != "cpu":
        return "float16"
    return "bfloat16" if machine.multiplies_bfloat16() else "float32"
