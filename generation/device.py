"""Where the model computes, and in which precision."""

import os
from dataclasses import dataclass
from typing import Literal, Protocol

from generation.errors import Refusal

DeviceName = Literal["mps", "cuda", "cpu"]
DTypeName = Literal["float16", "bfloat16", "float32"]

_PREFERENCE: tuple[DeviceName, ...] = ("mps", "cuda", "cpu")


class DeviceUnavailable(Refusal):
    """The machine has no such device. Fields: device."""


class Probe(Protocol):
    """What a machine has."""

    def has(self, device: DeviceName) -> bool: ...

    def cuda_devices(self) -> int: ...

    def multiplies_bfloat16(self) -> bool:
        """Whether the CPU has matrix units for bfloat16."""


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
        return bool(self._torch.cpu.get_capabilities().get("amx_bf16"))


@dataclass(frozen=True, slots=True)
class Device:
    name: DeviceName
    dtype: DTypeName
    number: int = 0
    """Which one, of several CUDA devices."""

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
            return Device(name, _dtype(name, machine), number)
    raise DeviceUnavailable(device=wanted)


def _dtype(name: DeviceName, machine: Probe) -> DTypeName:
    """Half precision where the device is faster in it.

    On a CPU only matrix units make it so: with AMX Stable Diffusion's UNet takes 0.42 of its
    float32 time, without them bfloat16 is emulated.
    """
    if name != "cpu":
        return "float16"
    return "bfloat16" if machine.multiplies_bfloat16() else "float32"
