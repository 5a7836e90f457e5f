"""A device's memory: that it is full, and giving some back. Imports torch."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from generation.engine.devices import Device
from generation.errors import Refusal


class MemoryFull(Refusal):
    """What can't be made smaller is too large for the device."""


def is_full(error: Exception) -> bool:
    """Say whether an error means it. CUDA has one of its own; Metal and the CPU only say so."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    words = str(error)
    return isinstance(error, RuntimeError) and (
        "out of memory" in words or "can't allocate memory" in words
    )


@contextmanager
def sufficing() -> Iterator[None]:
    """Turn what a full memory raises into MemoryFull."""
    try:
        yield
    except Exception as error:
        if is_full(error):
            raise MemoryFull from error
        raise


def release(device: Device) -> None:
    """Give back the blocks that torch keeps for later."""
    if device.name == "mps":
        torch.mps.empty_cache()
    elif device.name == "cuda":
        torch.cuda.empty_cache()
