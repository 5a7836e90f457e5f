"""Albums drawn by a diffusion model. torch is imported when the first one is wanted."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PIL import Image

from generation.engine.devices import Device, choose
from generation.engine.face_tokens import FaceTokens
from generation.engine.tuning import Tuning
from generation.models.download import OnBytes
from generation.models.files import ModelFiles, locate
from generation.models.model import Model
from generation.models.resolve import label, resolve
from generation.modes import Mode
from generation.request import GenerationRequest, Picture, Square, Step
from generation.words.prompt import Prompt, prompt_of
from generation.words.russian.dictionary import Dictionary
from generation.words.russian.translator import ClauseTranslator, RussianTranslator
from generation.words.writer import PromptWriter

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
        self._translator: RussianTranslator | None = None
        self._embedded: dict[tuple[Prompt, tuple[bytes, ...], bool], Conditions] = {}
        """What pictures were drawn from, for those of an album that are drawn once more: by prompt,
        faces, and whether they were guided. It is as personal as the face."""

    @property
    def photographs(self) -> bool:
        return self._resolved().photographs

    def load(self, on_bytes: OnBytes | None = None) -> None:
        self._loaded(on_bytes)

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
            return writer.story(character, request.scenes, style, english)
        return (writer.write(character, request.words, style, english),)

    def album(
        self,
        request: GenerationRequest,
        on_step: Callable[[Step], None],
        prompts: Sequence[Prompt] = (),
    ) -> Iterator[Picture]:
        from generation.engine.conditions import Conditions  # noqa: PLC0415 - imports torch

        prompts = prompts or self.prompts(request)
        pipeline, mode = self._loaded_for(request.mode), _obeying(request.mode, prompts)
        pipeline.begin(mode)
        steps = pipeline.steps(mode, request.size)
        own = [prompt_of(prompts, k) for k in range(request.count)]
        conditions = self._embed(pipeline, request, own)
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
        pipeline, mode = self._loaded_for(request.mode), _obeying(request.mode, [prompt])
        pipeline.begin(mode)
        (conditions,) = self._embed(pipeline, request, [prompt])
        heard = _numbered(on_step, 0, mode.mending_steps, 1)
        try:
            return pipeline.mend(conditions, mode, picture, square, seed, heard)
        finally:
            pipeline.release_memory()

    def forget(self) -> None:
        self._embedded.clear()

    def _embed(
        self, pipeline: "FacePipeline", request: GenerationRequest, prompts: Sequence[Prompt]
    ) -> "list[Conditions]":
        """Embed what is not embedded yet; give the conditions of each prompt."""
        faces, mode = request.character.faces, request.mode
        keys = [(prompt, faces, mode.guidance_scale > 1) for prompt in prompts]
        new = [key for key in dict.fromkeys(keys) if key not in self._embedded]
        if new:
            embedded = pipeline.embed_each([prompt for prompt, *_ in new], faces, mode)
            self._embedded.update(zip(new, embedded, strict=True))
        return [self._embedded[key] for key in keys]

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
            pipeline = FacePipeline(files, device, self._tuning, self._face_tokens)
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
