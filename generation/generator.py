"""Albums drawn by a diffusion model. torch is imported when the first one is wanted."""

import io
import threading
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from PIL import Image

from generation import models
from generation.device import Device, choose
from generation.model_files import locate
from generation.prompt import PromptEnhancer
from generation.request import GenerationRequest, Picture, Prompt, Step

if TYPE_CHECKING:
    from generation.pipeline import FacePipeline

_LOADING = threading.Lock()
"""transformers sets torch's default precision while it loads: for all threads."""

DELIVERED_SIDE = 512
"""Pixels that a picture's short side has at least when it reaches a chat."""


class DiffusionGenerator:
    """Draws albums with a model on a device, one at a time: use it from one thread.

    `model` is what `models.resolve` takes, `device` and `worker` what `device.choose` takes, or a
    Device instead.
    Raises their refusals when the model is loaded, not before.
    """

    def __init__(self, model: str, device: str | Device = "auto", worker: int = 0) -> None:
        self.model_name = models.label(model)
        self._model = model
        self._wanted = device
        self._worker = worker

    def load(self) -> None:
        _ = self._pipeline

    def prompt(self, request: GenerationRequest) -> Prompt:
        enhancer = PromptEnhancer(self._pipeline.count_tokens)
        return enhancer.write(request.character, request.words)

    def album(
        self, request: GenerationRequest, on_step: Callable[[Step], None]
    ) -> Iterator[Picture]:
        pipeline, preset = self._pipeline, request.preset
        face = Image.open(io.BytesIO(request.character.face)).convert("RGB")
        conditions = pipeline.embed(self.prompt(request), face, preset)
        pipeline.begin(preset)
        try:
            for k in range(request.count):
                seed = request.seed + k
                after = _numbered(on_step, k, preset.steps)
                image = pipeline.draw(conditions, preset, seed, after, near=request.near)
                yield Picture(index=k, seed=seed, image=_deliverable(image))
        finally:
            pipeline.release_memory()

    @cached_property
    def _pipeline(self) -> "FacePipeline":
        files = locate(models.resolve(self._model))
        wanted = self._wanted
        device = wanted if isinstance(wanted, Device) else choose(wanted, worker=self._worker)
        from generation.pipeline import FacePipeline  # noqa: PLC0415 - imports torch and diffusers

        with _LOADING:
            return FacePipeline(files, device)


def _numbered(on_step: Callable[[Step], None], picture: int, steps: int) -> Callable[[int], None]:
    return lambda step: on_step(Step(picture=picture, step=step, steps=steps))


def _deliverable(image: Image.Image) -> Image.Image:
    """Enlarge a small model's picture: a chat would show it as a stamp."""
    factor = DELIVERED_SIDE / min(image.size)
    if factor <= 1:
        return image
    width, height = (round(side * factor) for side in image.size)
    return image.resize((width, height), Image.Resampling.LANCZOS)
