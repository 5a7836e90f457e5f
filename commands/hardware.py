"""What the pictures are computed on, and with how much memory."""

from collections.abc import Generator
from dataclasses import dataclass

import psutil

from commands.finding import Finding, bad, good, warning
from commands.versions import python
from generation.device import Device, DeviceUnavailable, choose
from handlers.texts import Say

GB = 2**30
"""As memory is sold."""
NEEDED = {"float32": 7 * GB, "float16": 4 * GB, "bfloat16": 4 * GB}
"""Of Stable Diffusion 1.5 with the face adapter and its image encoder, weights and work."""


@dataclass(frozen=True, slots=True)
class Memory:
    """In bytes."""

    total: int
    free: int


def check(say: Say, wanted: str, *, large: bool) -> Generator[Finding, None, Device | None]:
    """Choose as the bot does, `wanted` being what `device.choose` takes; give the device.

    A `large` model is slow on a CPU, and needs memory.
    """
    try:
        device = choose(wanted)
    except DeviceUnavailable as refusal:
        words = say("doctor-device-unavailable", **refusal.fields)
        yield bad(words, say("doctor-device-unavailable-advice"))
        return None
    except (ImportError, OSError) as error:  # a torch for another machine, or half installed
        kind = type(error).__name__
        yield bad(
            say("doctor-torch-broken", kind=kind), say("doctor-torch-advice", python=python())
        )
        return None
    if device.name == "cpu" and large:
        words = say("doctor-cpu-slow", dtype=device.dtype)
        yield warning(words, say("doctor-cpu-advice"))
    else:
        yield good(say("doctor-device", device=device.name, dtype=device.dtype))
    yield _memory(say, device, large=large)
    return device


def _memory(say: Say, device: Device, *, large: bool) -> Finding:
    machine = psutil.virtual_memory()
    own = _own(device)
    words = say("doctor-memory", **_in_gb(Memory(machine.total, machine.available)))
    if own:
        words += " " + say("doctor-memory-device", device=device.name, **_in_gb(own))
    room = own.free if own else machine.available
    if device.name == "mps":
        room = min(room, machine.available)  # the same memory
    needed = NEEDED[device.dtype]
    if large and room < needed:
        return warning(words, say("doctor-memory-advice", needed=needed // GB))
    return good(words)


def _own(device: Device) -> Memory | None:
    """Give what the device may take of its own memory, or on a Mac of everybody's."""
    import torch  # noqa: PLC0415 - it takes seconds; the device was chosen with it

    if device.name == "cuda":
        free, total = torch.cuda.mem_get_info(device.number)
        return Memory(total, free)
    if device.name == "mps":
        most = torch.mps.recommended_max_memory()
        return Memory(most, most - torch.mps.driver_allocated_memory())
    return None


def _in_gb(memory: Memory) -> dict[str, float]:
    return {"total": round(memory.total / GB, 1), "free": round(memory.free / GB, 1)}
