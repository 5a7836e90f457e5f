"""The UNet, compiled by torch for the batches that albums are drawn in. Imports torch."""

import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from generation.modes import Mode

_log = logging.getLogger(__name__)


def compile_unet(
    unet: Any,  # noqa: ANN401 - diffusers ships no types
    draw: Callable[[Mode, int], object],
    modes: Iterable[Mode],
    at_once: int,
) -> None:
    """Compile when the model is loaded and not in somebody's job, for it takes minutes.

    torch compiles while `draw` draws: so many pictures in a mode, guided and unguided. It compiles
    for the first batch's size, at the second one for any, and for 1 by itself.
    """
    unet.compile()
    batches = sorted({1, max(1, at_once - 1), at_once}, reverse=True)
    try:
        for mode in modes:
            for count in batches:
                draw(replace(mode, steps=2, guidance_until=0.5), count)
    except Exception as error:  # noqa: BLE001 - no compiler, or one that fails: it works without
        _log.warning("torch can't compile here, drawing without: %s", error)
        unet._compiled_call_impl = None  # noqa: SLF001 - torch has no way back


@contextmanager
def as_it_was(unet: Any) -> Iterator[None]:  # noqa: ANN401 - diffusers ships no types
    """Have the UNet without its compilation meanwhile.

    It is compiled for squares, and another shape would have torch compile for minutes in a job.
    """
    compiled = unet._compiled_call_impl  # noqa: SLF001 - torch has no way to ask
    unet._compiled_call_impl = None  # noqa: SLF001
    try:
        yield
    finally:
        unet._compiled_call_impl = compiled  # noqa: SLF001
