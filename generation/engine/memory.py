"""How a device's full memory is noticed. Imports torch."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager

import torch
from safetensors import SafetensorError

from generation.errors import Refusal

_SAID = re.compile(
    r"out of memory|not enough memory|insufficient memory|can('t|not) allocate memory"
    r"|failed to allocate|invalid buffer size|alloc(ation)?_failed",
    re.IGNORECASE,
)
"""What CUDA, cuBLAS and cuDNN, Metal, the CPU's allocator and the system say. Metal calls a buffer
that is larger than its memory an invalid one."""


class MemoryFull(Refusal):
    """The device's memory is too small, even for what can't be made smaller."""


def is_full(error: Exception) -> bool:
    """Say whether an error means a full memory: most devices have no class of error for it."""
    if isinstance(error, torch.OutOfMemoryError | MemoryError):
        return True
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    return isinstance(error, RuntimeError | SafetensorError) and bool(_SAID.search(str(error)))


@contextmanager
def refusal_when_full() -> Iterator[None]:
    """Raise MemoryFull for whatever error says that the memory is full."""
    try:
        yield
    except Exception as error:
        if is_full(error):
            raise MemoryFull from error
        raise
