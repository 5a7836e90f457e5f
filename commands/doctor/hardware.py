"""What the pictures are computed on, and with how much memory."""

from collections.abc import Generator

from commands.doctor.finding import Finding, bad, good, warning
from commands.doctor.versions import python
from generation.engine.devices import Device, DeviceUnavailable, TorchProbe, choose
from handlers.texts import Say

GIB = 2**30
"""Bytes of a gigabyte as memory is sold."""
NEEDED = {"float32": 7 * GIB, "float16": 4 * GIB, "bfloat16": 4 * GIB}
"""Of Stable Diffusion 1.5 with the face adapter and its image encoder, weights and work."""


def check(say: Say, wanted: str, *, large: bool) -> Generator[Finding, None, Device | None]:
    """Choose as the bot does, `wanted` being what `device.choose` takes; give the device.

    A `large` model is slow on a CPU, and needs memory.
    """
    try:
        probe = TorchProbe()
        device = choose(wanted, probe)
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
    yield _memory(say, device, probe, large=large)
    return device


def _memory(say: Say, device: Device, probe: TorchProbe, *, large: bool) -> Finding:
    room = probe.free_memory("cpu")
    words = say("doctor-memory", **_in_gib(probe.memory("cpu"), room))
    if device.name != "cpu":
        total = probe.memory(device.name, device.number)
        free = probe.free_memory(device.name, device.number)
        words += " " + say("doctor-memory-device", device=device.name, **_in_gib(total, free))
        room = min(room, free) if device.name == "mps" else free  # a Mac's is the same memory
    needed = NEEDED[device.dtype]
    if large and room < needed:
        return warning(words, say("doctor-memory-advice", needed=needed // GIB))
    return good(words)


def _in_gib(total: int, free: int) -> dict[str, float]:
    return {"total": round(total / GIB, 1), "free": round(free / GIB, 1)}
