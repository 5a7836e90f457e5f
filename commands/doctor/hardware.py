"""What the pictures are computed on, and with how much memory."""

from collections.abc import Generator

from commands.doctor.finding import Finding, bad, good, warning
from commands.doctor.versions import python
from generation.engine.backends import Cpu
from generation.engine.devices import Device, DeviceUnavailable, choose
from handlers.texts import Say

GIB = 2**30
"""Bytes of a gigabyte as memory is sold."""
NEEDED = {"float32": 7 * GIB, "float16": 4 * GIB, "bfloat16": 4 * GIB}
"""Bytes that drawing with Stable Diffusion 1.5, the face adapter and its image encoder takes."""


def check(say: Say, wanted: str, *, large: bool) -> Generator[Finding, None, Device | None]:
    """Choose a device as the bot does: `wanted` is what `devices.choose` takes. Give the device.

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
    if device.name == Cpu.name and large:
        words = say("doctor-cpu-slow", dtype=device.dtype)
        yield warning(words, say("doctor-cpu-advice"))
    else:
        yield good(say("doctor-device", device=device.name, dtype=device.dtype))
    yield _memory(say, device, large=large)
    return device


def _memory(say: Say, device: Device, *, large: bool) -> Finding:
    cpu, backend = Cpu(), device.backend
    room = cpu.free_memory()
    words = say("doctor-memory", **_in_gib(cpu.memory(), room))
    if device.name != Cpu.name:
        free = backend.free_memory()
        fields = _in_gib(backend.memory(), free)
        words += " " + say("doctor-memory-device", device=device.name, **fields)
        room = min(room, free) if backend.shares_memory else free
    needed = NEEDED[device.dtype]
    if large and room < needed:
        return warning(words, say("doctor-memory-advice", needed=needed // GIB))
    return good(words)


def _in_gib(total: int, free: int) -> dict[str, float]:
    return {"total": round(total / GIB, 1), "free": round(free / GIB, 1)}
