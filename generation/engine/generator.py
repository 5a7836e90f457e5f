"""Albums drawn by a diffusion model. torch is imported when the first one is wanted."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from PIL import Image

from generation.engine.devices import Device, choose
from generation.engine.face_tokens import FaceTokens
from generation.engine.tuning import Tuning
from generation.models.download import OnBytes
from generation.models.files import locate
from generation.models.model import Model
from generation.models.resolve import label, resolve
from generation.modes import Mode
from generation.request import GenerationRequest, Picture, Square, Step
from generation.words.enhancer import PromptEnhancer
from generation.words.prompt import Prompt

if TYPE_CHECKING:
    from generation.engine.conditions import Conditions
    from generation.engine.pipeline import FacePipeline

DELIVERED_SIDE = 512
"""The least number of pixels on the short side of a picture that goes to a chat."""


class DiffusionGenerator:
    """Draws albums with a model on a device, one at a time: use it from one thread.

    `model` is what `models.resolve` takes, or a Model; `device` and `worker` are what
    `devices.choose` takes, or `device` is a Device. `face_tokens` saves what was made of a face
    for the next album.

    Raises their refusals when the model is loaded, not before.
    """

    def __init__(
        self,
        model: str | Model,
        device: str | Device = "auto",
        worker: int = 0,
        tuning: Tuning | None = None,
        face_tokens: FaceTokens | None = None,
    ) -> None:
        self.model_name = label(model) if isinstance(model, str) else model.name
        self._model = model
        self._wanted = device
        self._worker = worker
        self._tuning = tuning
        self._face_tokens = face_tokens
        self._pipeline: FacePipeline | None = None
        self._written: tuple[GenerationRequest, tuple[Prompt, ...]] | None = None
        """The prompts that were asked for last, until their album is drawn."""
        self._embedded: tuple[GenerationRequest, Conditions] | None = None
        """What the last album was drawn from, for the parts of it that are drawn once more. It is
        as personal as the face."""

    @property
    def photographs(self) -> bool:
        return self._resolved().photographs

    def load(self, on_bytes: OnBytes | None = None) -> None:
        self._loaded(on_bytes)

    def prompts(self, request: GenerationRequest) -> tuple[Prompt, ...]:
        count_tokens = self._loaded().count_tokens
        enhancer = PromptEnhancer(count_tokens, vocabulary=self._resolved().vocabulary)
        prompts = tuple(
            enhancer.write(request.character, words) for words in request.scenes or (request.words,)
        )
        self._written = request, prompts
        return prompts

    def album(
        self, request: GenerationRequest, on_step: Callable[[Step], None]
    ) -> Iterator[Picture]:
        pipeline, mode = self._loaded_for(request.mode), request.mode
        pipeline.begin(mode)
        conditions = self._embed(pipeline, request)
        done = 0
        try:
            while done < request.count:
                together = min(pipeline.at_once, request.count - done)
                seeds = [request.seed + done + k for k in range(together)]
                images = pipeline.draw_together(
                    conditions.times(together),
                    mode,
                    seeds,
                    _numbered(on_step, done, mode.steps, together),
                    near=request.near,
                )
                for seed, image in zip(seeds, images, strict=True):
                    yield Picture(index=done, seed=seed, image=_deliverable(image))
                    done += 1
        finally:
            pipeline.release_memory()

    def mend(
        self,
        request: GenerationRequest,
        picture: Image.Image,
        square: Square,
        seed: int,
        on_step: Callable[[Step], None],
    ) -> Image.Image:
        pipeline, mode = self._loaded_for(request.mode), request.mode
        pipeline.begin(mode)
        conditions = self._embedded_before(request) or self._embed(pipeline, request)
        heard = _numbered(on_step, 0, mode.mending_steps, 1)
        try:
            return pipeline.mend(conditions, mode, picture, square, seed, heard)
        finally:
            pipeline.release_memory()

    def forget(self) -> None:
        self._written = self._embedded = None

    def _embed(self, pipeline: "FacePipeline", request: GenerationRequest) -> "Conditions":
        prompt, *_ = self._take_prompts(request)
        conditions = pipeline.embed(prompt, request.character.faces, request.mode)
        self._embedded = request, conditions
        return conditions

    def _embedded_before(self, request: GenerationRequest) -> "Conditions | None":
        if self._embedded is None:
            return None
        last, conditions = self._embedded
        same = replace(last, seed=request.seed, count=request.count, near=request.near) == request
        return conditions if same else None

    def _take_prompts(self, request: GenerationRequest) -> tuple[Prompt, ...]:
        """Give the prompts written for the request, or write them; then keep them no longer."""
        written, self._written = self._written, None
        return written[1] if written and written[0] is request else self.prompts(request)

    def _loaded(self, on_bytes: OnBytes | None = None) -> "FacePipeline":
        if self._pipeline is None:
            self._pipeline = self._read(on_bytes)
        return self._pipeline

    def _loaded_for(self, mode: Mode) -> "FacePipeline":
        """Load again if the mode wants few-step weights that could not be fetched before."""
        pipeline = self._loaded()
        if mode.few_steps and not pipeline.has_few_steps and self._resolved().few_steps:
            pipeline = self._pipeline = self._read(whole=True)
        return pipeline

    def _resolved(self) -> Model:
        return resolve(self._model) if isinstance(self._model, str) else self._model

    def _read(self, on_bytes: OnBytes | None = None, *, whole: bool = False) -> "FacePipeline":
        device, files = self._wanted, locate(self._resolved(), on_bytes, whole=whole)
        if not isinstance(device, Device):
            device = choose(device, worker=self._worker)
        from generation.engine.memory import refusal_when_full  # noqa: PLC0415 - imports torch
        from generation.engine.pipeline import FacePipeline  # noqa: PLC0415 - imports torch and diffusers

        with refusal_when_full():
            return FacePipeline(files, device, self._tuning, self._face_tokens)


def _numbered(
    on_step: Callable[[Step], None], picture: int, steps: int, together: int
) -> Callable[[int], None]:
    return lambda step: on_step(Step(picture, step, steps, together))


def _deliverable(image: Image.Image) -> Image.Image:
    """Enlarge a small model's picture: a chat would show it as small as a stamp."""
    factor = DELIVERED_SIDE / min(image.size)
    if factor <= 1:
        return image
    width, height = (round(side * factor) for side in image.size)
    return image.resize((width, height), Image.Resampling.LANCZOS)
