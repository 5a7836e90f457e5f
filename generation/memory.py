"""A device's memory: that it is full, and giving some back. Imports torch."""

import torch

from generation.device import Device


def is_full(error: Exception) -> bool:
    """Say whether an error means it. CUDA has one of its own; Metal and the CPU only say so."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    words = str(error)
    return isinstance(error, RuntimeError) and (
        "out of memory" in words or "can't allocate memory" in words
    )


def release(device: Device) -> None:
    """Give back the blocks that torch keeps for later."""
    if device.name == "mps":
        torch.mps.empty_cache()
    elif device.name == "cuda":
        torch.cuda.empty_cache()
