"""How a device's full memory is noticed. Imports torch."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch

from generation.errors import Refusal


class MemoryFull(Refusal):
    """The device's memory is too small, even for what can't be made smaller."""


def is_full(error: Exception) -> bool:
    """Say whether an error means a full memory. Metal and the CPU have no class of error for it."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    words = str(error)
    return isinstance(error, RuntimeError) and (
        "out of memory" in words or "can't allocate memory" in words
    )


@contextmanager
def refusal_when_full() -> Iterator[None]:
    """Raise MemoryFull for whatever error says that the memory is full."""
    try:
        yield
    except Exception as error:
        if is_full(error):
            raise MemoryFull from error
        raise
