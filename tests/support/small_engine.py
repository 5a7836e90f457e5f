"""An engine with a tiny model, and what is done with it and to it in tests."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from diffusers import (
    UNet2DConditionModel,
)
from PIL import Image

from generation.engine.conditions import Conditions
from generation.engine.devices import Device
from generation.engine.pipeline import FacePipeline
from generation.engine.tuning import Tuning
from generation.models.files import locate
from generation.models.resolve import resolve
from generation.modes import Mode
from generation.words.lora import LoraUse
from generation.words.prompt import Prompt
from tests.support.photographs import astronaut, encode

CPU = Device("cpu", "float32")
BFLOAT16 = Device("cpu", "bfloat16")
QUICK = Mode("QUICK", steps=3, guidance_scale=6.5, ip_adapter_scale=0.5)
SHORT = replace(QUICK, steps=2)
FACE = astronaut().crop((160, 40, 288, 168))
PROMPT = Prompt("portrait of a woman on the moon", "glasses, blurry")
SEEDS = [11, 12, 13, 14, 15, 16]
SIDE = 64
"""Pixels of a picture's side: what it shows is not asked here."""
ROUNDING = 1
"""Levels of 255 by which a picture may differ, since a batch sums in another order."""
Pixels = np.ndarray[Any, np.dtype[np.float64]]


def built(directory: Path, device: Device = CPU, **tuning: Any) -> FacePipeline:  # noqa: ANN401 - Tuning's
    files = locate(resolve(str(directory)))
    return FacePipeline(files, device, Tuning(**{"size": SIDE, **tuning}))


def ready(
    engine: FacePipeline, mode: Mode, face: Image.Image = FACE, loras: Sequence[LoraUse] = ()
) -> Conditions:
    engine.begin(mode, loras)
    return engine.embed(PROMPT, [encode(face)], mode)


def silent(_step: int) -> None:
    """Ignore a step."""


def draw(
    engine: FacePipeline,
    mode: Mode = QUICK,
    seeds: list[int] = SEEDS[:1],
    on_step: Callable[[int], None] = silent,
    face: Image.Image = FACE,
    loras: Sequence[LoraUse] = (),
) -> list[Pixels]:
    conditions = ready(engine, mode, face, loras).times(len(seeds))
    pictures = engine.draw_together(conditions, mode, seeds, on_step)
    return [np.asarray(picture, dtype=float) for picture in pictures]


def away(one: Pixels, other: Pixels) -> float:
    """Give the largest difference, in levels of 255."""
    assert one.shape == other.shape
    return float(np.abs(one - other).max())


@contextmanager
def rows_of_the_unet(most: int | None = None) -> Iterator[list[int]]:
    """Note how many rows each call of the UNet has; more than `most` don't fit into the memory."""
    rows: list[int] = []

    def note(module: torch.nn.Module, given: tuple[Any, ...]) -> None:
        if type(module).__name__ == "UNet2DConditionModel":
            rows.append(len(given[0]))
            if most is not None and rows[-1] > most:
                raise torch.OutOfMemoryError("out of memory")

    handle = torch.nn.modules.module.register_module_forward_pre_hook(note)
    try:
        yield rows
    finally:
        handle.remove()


@contextmanager
def output_of(kind: str, change: Callable[[Any, int], Any]) -> Iterator[None]:
    """Change the output of a kind of network; `change` is also given the number of the call."""
    calls: list[None] = []

    def hook(module: torch.nn.Module, _given: object, output: Any) -> Any:  # noqa: ANN401
        if type(module).__name__ != kind:
            return output
        calls.append(None)
        return change(output, len(calls))

    handle = torch.nn.modules.module.register_module_forward_hook(hook)
    try:
        yield
    finally:
        handle.remove()


def networks_of(engine: FacePipeline, kind: type) -> list[object]:
    parts = engine._pipe.components.values()  # noqa: SLF001 - nobody else needs to know
    return [part for part in parts if isinstance(part, kind)]


def unet_of(engine: FacePipeline) -> torch.nn.Module:
    (unet,) = networks_of(engine, UNet2DConditionModel)
    return cast("torch.nn.Module", unet)
