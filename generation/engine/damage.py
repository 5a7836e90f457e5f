"""How weights that can't be read are named. Imports torch."""

from collections.abc import Iterator
from contextlib import contextmanager

from safetensors import SafetensorError

from generation.engine.memory import is_full
from generation.models.sources import ModelDamaged

UNREADABLE = (OSError, ValueError, KeyError, RuntimeError, SafetensorError)
"""What the libraries raise at weights that are not what their config.json promises."""


@contextmanager
def damage_named(model: str, file: str) -> Iterator[None]:
    """Raise ModelDamaged for weights that can't be read. A full memory is no damage."""
    try:
        yield
    except UNREADABLE as error:
        if is_full(error):
            raise
        raise ModelDamaged(model=model, file=file) from error
