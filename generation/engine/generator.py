"""Albums drawn by a diffusion model. torch is imported when the first one is wanted."""

import gc
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from PIL import Image

from generation.engine.devices import Device, choose
from generation.engine.face_tokens import FaceTokens
from generation.engine.tuning import Tuning
from generation.models.choice import ModelChoice
from generation.models.files import ModelFiles, locate
from generation.models.hub.hub import OnNews
from generation.models.model import Model
from generation.models.resolve import label, resolve
from generation.models.sources import ModelDamaged
from generation.modes import Mode
from generation.request import GenerationRequest, Picture, Square, Step
from generation.words.lora import LoraUse, in_use
from generation.words.prompt import Prompt, prompt_of
from generation.words.russian.dictionary import Dictionary
from generation.words.russian.translator import ClauseTranslator, RussianTranslator
from generation.words.writer import PromptWriter

if TYPE_CHECKING:
    from generation.engine.conditions import Conditions
    from generation.engine.pipeline import FacePipeline

_log = logging.getLogger(__name__)

DELIVERED_SIDE = 512
"""The least number of pixels on the short side of a picture that goes to a chat."""


class DiffusionGenerator:
    """Draws albums with a model on a device, one at a time: use it from one thread.

    `model` is what `models.resolve` takes, a Model, or a ModelChoice, which `load` looks at;
    `device` and `worker` are what `devices.choose` takes, or `device` is a Device. `face_tokens`
    saves what was made of a face for the next album. `loras` are the files of the owner's LoRAs by
    their names.

    Raises their refusals when the model is loaded, not before.
    """

    def __init__(
        self,
        model: str | Model | ModelChoice,
        device: str | Device = "auto",
        worker: int = 0,
        tuning: Tuning | None = None,
        face_tokens: FaceTokens | None = None,
        loras: Mapping[str, Path] = MappingProxyType({}),
    ) -> None:
        self._choice = model if isinstance(model, ModelChoice) else None
        self._model = model.current if isinstance(model, ModelChoice) else model
        self._wanted = device
        self._worker = worker
        self._tuning = tuning
        self._face_tokens = face_tokens
        self._loras = loras
        self._pipeline: FacePipeline | None = None
        self._translator: RussianTranslator | None = None
        self._embedded: dict[
            tuple[Prompt, tuple[bytes, ...], bool, tuple[LoraUse, ...]], Conditions
        ] = {}
        """What pictures were drawn from, for those of an album that are drawn once more: by prompt,
        faces, whether they were guided, and LoRAs. It is as personal as the face."""

    @property
    def photographs(self) -> bool:
        return self._resolved().photographs

    @property
    def half_precision_given_up(self) -> bool:
        return self._pipeline is not None and self._pipeline.precision.given_up

    @property
    def model_name(self) -> str:
        return label(self._model) if isinstance(self._model, str) else self._model.name

    def load(self, on_news: OnNews | None = None) -> None:
        if self._choice and self._choice.current != self._model:
            self._let_go()
            self._model = self._choice.current
        self._loaded(on_news)

    def unload(self) -> bool:
        if not (self._pipeline and self._pipeline.device.backend.shares_memory):
            return False
        self._let_go()
        return True

    def _let_go(self) -> None:
        if self._pipeline is None:
            return
        backend = self._pipeline.device.backend
        self._pipeline.fast.stop()
        self._embedded.clear()
        self._pipeline = self._translator = None
        gc.collect()  # a pipeline's parts hold each other
        backend.release_memory()

    def can_draw(self, mode: Mode) -> bool:
        return not mode.few_steps or self._loaded().has_few_steps

    def finish_compiling(self) -> None:
        """Wait for what is compiled in the background, so that it isn't measured."""
        self._loaded().fast.finish()

    def prompts(self, request: GenerationRequest) -> tuple[Prompt, ...]:
        count_tokens, model = self._loaded().count_tokens, self._resolved()
        writer = PromptWriter(
            count_tokens,
            vocabulary=model.vocabulary,
            recipe=model.recipe,
            translator=self._translator,
        )
        character, style, english = request.character, request.style, request.english
        if request.scenes:
            prompts = writer.story(character, request.scenes, style, english)
        else:
            prompts = (writer.write(character, request.words, style, english),)
        there = self._loras_of(request)
        wanted = in_use(style, request.loras)
        missing = tuple(use.name for use in wanted if use not in there)
        return tuple(replace(prompt, missing=missing) for prompt in prompts)

    def album(
        self,
        request: GenerationRequest,
        on_step: Callable[[Step], None],
        prompts: Sequence[Prompt] = (),
    ) -> Iterator[Picture]:
        from generation.engine.conditions import Conditions  # noqa: PLC0415 - imports torch

        prompts = prompts or self.prompts(request)
        own = [prompt_of(prompts, k) for k in range(request.count)]
        pipeline, mode, conditions = self._ready(request, own)
        steps = pipeline.steps(mode, request.size)
        done = 0
        try:
            while done < request.count:
                together = min(pipeline.at_once(request.size), request.count - done)
                seeds = [request.seed + done + k for k in range(together)]
                images = pipeline.draw_together(
                    Conditions.together(conditions[done : done + together]),
                    mode,
                    seeds,
                    _numbered(on_step, done, steps, together),
                    request.near,
                    request.size,
                )
                for seed, image in zip(seeds, images, strict=True):
                    yield Picture(index=done, seed=seed, image=_deliverable(image))
                    done += 1
        finally:
            pipeline.release_memory()

    def mend(
        self,
        request: GenerationRequest,
        prompt: Prompt,
        picture: Image.Image,
        square: Square,
        seed: int,
        on_step: Callable[[Step], None],
    ) -> Image.Image:
        pipeline, mode, (conditions,) = self._ready(request, [prompt])
        heard = _numbered(on_step, 0, mode.mending_steps, 1)
        try:
            return pipeline.mend(conditions, mode, picture, square, seed, heard)
        finally:
            pipeline.release_memory()

    def forget(self) -> None:
        self._embedded.clear()

    def _ready(
        self, request: GenerationRequest, prompts: Sequence[Prompt]
    ) -> "tuple[FacePipeline, Mode, list[Conditions]]":
        """Set up what draws these prompts; a model whose files were replaced is read anew."""
        try:
            return self._set_up(request, prompts)
        except ModelDamaged as refusal:
            if self._pipeline is None:
                raise
            _log.warning("The model is read anew: %r", refusal.__cause__ or refusal)
        # Only here, once the error's frames are gone, is the old model's memory free.
        self._let_go()
        return self._set_up(request, prompts)

    def _set_up(
        self, request: GenerationRequest, prompts: Sequence[Prompt]
    ) -> "tuple[FacePipeline, Mode, list[Conditions]]":
        pipeline, mode = self._loaded_for(request.mode), _obeying(request.mode, prompts)
        pipeline.begin(mode, self._loras_of(request))
        return pipeline, mode, self._embed(pipeline, request, prompts)

    def _embed(
        self, pipeline: "FacePipeline", request: GenerationRequest, prompts: Sequence[Prompt]
    ) -> "list[Conditions]":
        """Embed what is not embedded yet; give the conditions of each prompt."""
        faces, mode, loras = request.character.faces, request.mode, self._loras_of(request)
        keys = [(prompt, faces, mode.guidance_scale > 1, loras) for prompt in prompts]
        new = [key for key in dict.fromkeys(keys) if key not in self._embedded]
        if new:
            embedded = pipeline.embed_each([prompt for prompt, *_ in new], faces, mode)
            self._embedded.update(zip(new, embedded, strict=True))
        return [self._embedded[key] for key in keys]

    def _loras_of(self, request: GenerationRequest) -> tuple[LoraUse, ...]:
        """Give the LoRAs of a request that are there and fit: for want of one no album is lost."""
        wanted = in_use(request.style, request.loras)
        return tuple(use for use in wanted if self._loaded().has_lora(use.name))

    def _loaded(self, on_news: OnNews | None = None) -> "FacePipeline":
        if self._pipeline is None:
            self._pipeline = self._read(on_news)
        return self._pipeline

    def _loaded_for(self, mode: Mode) -> "FacePipeline":
        """Load again if the mode wants few-step weights that could not be fetched before."""
        if not self.can_draw(mode) and self._resolved().few_steps:
            self._pipeline = self._read(whole=True)
        return self._loaded()

    def _resolved(self) -> Model:
        return resolve(self._model) if isinstance(self._model, str) else self._model

    def _read(self, on_news: OnNews | None = None, *, whole: bool = False) -> "FacePipeline":
        device, files = self._wanted, locate(self._resolved(), on_news, whole=whole)
        self._let_go()  # two models may not fit
        if not isinstance(device, Device):
            device = choose(device, worker=self._worker)
        from generation.engine.memory import refusal_when_full  # noqa: PLC0415 - imports torch
        from generation.engine.pipeline import FacePipeline  # noqa: PLC0415 - imports torch and diffusers

        with refusal_when_full():
            pipeline = FacePipeline(files, device, self._tuning, self._face_tokens, self._loras)
        self._translator = RussianTranslator(self._russian(files, device))
        return pipeline

    def _russian(self, files: ModelFiles, device: Device) -> ClauseTranslator:
        """A model with words of its own is spoken to in these."""
        if self._resolved().vocabulary.known is not None and not files.translator:
            return Dictionary()
        from generation.engine.translation import Marian  # noqa: PLC0415 - imports torch

        wanted = self._tuning.low_memory if self._tuning else None
        return Marian(files, low_memory=device.cramped if wanted is None else wanted)


def _obeying(mode: Mode, prompts: Sequence[Prompt]) -> Mode:
    """Give the mode in which the face leaves the words their say."""
    most = min(prompt.face_at_most for prompt in prompts)
    return replace(mode, ip_adapter_scale=min(mode.ip_adapter_scale, most))


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
