"""Stable Diffusion with a face IP-Adapter on a device: words and a face in, pictures out.

Imports torch and diffusers: whoever imports this waits for them.
"""

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import torch
from PIL import Image

from generation.engine import memory, schedulers
from generation.engine.batches import Batches
from generation.engine.conditions import Conditions
from generation.engine.denoiser import Denoiser, OnStep
from generation.engine.devices import Device
from generation.engine.emphasis import weighed
from generation.engine.face_projection import FaceScale
from generation.engine.face_reader import FaceReader
from generation.engine.face_tokens import FaceTokens, FaceTokensInMemory
from generation.engine.fast_paths import FastPaths
from generation.engine.low_rank import UNET
from generation.engine.memory import MemoryFull
from generation.engine.merging import Merging
from generation.engine.networks import Networks
from generation.engine.patch import Patch
from generation.engine.precision import Precision
from generation.engine.rescue import Draw, PictureBlack, Rescue
from generation.engine.text_reader import TextReader
from generation.engine.tuning import Tuning
from generation.models.files import ModelFiles
from generation.models.sources import LoraUnknown, NoFewSteps
from generation.modes import Mode
from generation.request import Square
from generation.sizes import Size
from generation.words.lora import LoraUse
from generation.words.prompt import Prompt

_log = logging.getLogger(__name__)


class FacePipeline:
    """One pipeline, for one thread.

    `loras` are the files of the owner's LoRAs by their names.
    """

    def __init__(
        self,
        files: ModelFiles,
        device: Device,
        tuning: Tuning | None = None,
        face_tokens: FaceTokens | None = None,
        loras: Mapping[str, Path] = MappingProxyType({}),
    ) -> None:
        self.device = device
        self._files = files
        self._tuning = tuning or Tuning()
        self.precision = precision = Precision(device)
        self._networks = Networks(files, precision.dtype)
        self._pipe = self._networks.pipeline().to(device.torch_name)
        self._schedule = dict(self._pipe.scheduler.config)
        self._faces = FaceReader(
            self._pipe, self._networks, files, precision, face_tokens or FaceTokensInMemory()
        )
        self._vae = self._pipe.vae
        self._tiny_vae = self._load_tiny_vae()
        self._loras = loras
        self._merging = Merging(files.name, self._networks.pristine, precision.dtype)
        self._merging.add(UNET, self._pipe.unet)
        low_memory = _or(self._tuning.low_memory, device.cramped)
        self._words = TextReader(
            self._pipe, self._networks, precision, self._merging, low_memory=low_memory
        )
        if files.few_steps:
            self._merging.check(files.few_steps)
        self._face_scale = FaceScale(self._pipe)
        self._denoiser = Denoiser(self._pipe, files.guidance)
        parameters = self._pipe.unet.num_parameters()
        self._batches = Batches(device, parameters, self._tuning.at_once)
        few_steps, at_once = self.has_few_steps, self.at_once()
        usual = min(at_once, self._tuning.album or at_once)
        self.fast = FastPaths(
            self._pipe, device, self._tuning, usual, self.side, few_steps=few_steps
        )
        sliced = _or(self._tuning.attention_slicing, device.cramped)
        self._rescue = Rescue(
            self._pipe, precision, self._move, self._batches, self.fast, sliced=sliced
        )

    @property
    def has_few_steps(self) -> bool:
        return self._files.few_steps is not None

    @property
    def lost(self) -> int:
        """The number of pictures that half precision lost, and that were drawn again."""
        return self.precision.lost

    @property
    def side(self) -> int:
        """The side of a square picture in pixels."""
        own: int = self._pipe.unet.config.sample_size * self._pipe.vae_scale_factor
        return self._tuning.size or own

    @property
    def tokenizer(self) -> Any:  # noqa: ANN401 - transformers ships no types
        return self._pipe.tokenizer

    def at_once(self, size: Size = Size.SQUARE) -> int:
        """Say how many pictures it draws together."""
        return self._batches.at_once(self._area(size))

    def steps(self, mode: Mode, size: Size = Size.SQUARE) -> int:
        """Say in how many steps it draws a picture."""
        return mode.steps + (mode.mending_steps if self._extends(size) else 0)

    def count_tokens(self, text: str) -> int:
        """Count the tokens of a text with the start and end tokens; its weights are none."""
        return len(self.tokenizer(weighed(text)[0]).input_ids)

    def embed(self, prompt: Prompt, faces: Sequence[bytes], mode: Mode) -> Conditions:
        """Embed a prompt and a person's faces, which are image files, for one picture.

        Raises MemoryFull.
        """
        return self.embed_each([prompt], faces, mode)[0]

    @torch.no_grad()
    def embed_each(
        self, prompts: Sequence[Prompt], faces: Sequence[bytes], mode: Mode
    ) -> list[Conditions]:
        """Embed prompts and a person's faces, for one picture of each prompt.

        Raises MemoryFull.
        """
        guided = mode.guidance_scale > 1
        with memory.refusal_when_full():
            words = self._words.embeddings(prompts, guided=guided)
            tokens = self._faces.tokens(faces)
        face = tokens if guided else tokens.chunk(2)[1]
        return [Conditions(positive, negative, face) for positive, negative in words]

    def begin(self, mode: Mode, loras: Sequence[LoraUse] = ()) -> None:
        """Set the pipeline up for a mode, with these LoRAs and no others.

        Raises NoFewSteps if the model has no few-step weights for it, LoraUnknown, LoraUnfit, and
        MemoryFull.
        """
        pipe = self._pipe
        with memory.refusal_when_full():
            self._merging.set(self._low_rank(mode, loras))
        self.fast.begin_album()
        self._face_scale.set(mode.ip_adapter_scale)
        if mode.few_steps:
            pipe.scheduler = schedulers.few_steps(self._schedule, self._files.sampler)
        else:
            pipe.scheduler = schedulers.dpm_solver(self._schedule)
        pipe.vae = self._tiny_vae if mode.few_steps and self._tiny_vae else self._vae

    def draw(
        self,
        conditions: Conditions,
        mode: Mode,
        seed: int,
        on_step: OnStep,
        near: Sequence[int] = (),
        size: Size = Size.SQUARE,
    ) -> Image.Image:
        """Draw one picture; see `draw_together`."""
        return self.draw_together(conditions, mode, [seed], on_step, near, size)[0]

    def draw_together(
        self,
        conditions: Conditions,
        mode: Mode,
        seeds: Sequence[int],
        on_step: OnStep,
        near: Sequence[int] = (),
        size: Size = Size.SQUARE,
    ) -> list[Image.Image]:
        """Draw a picture for each seed, the same as if it were drawn alone.

        With `near` the pictures are variations of the picture that these seeds give.

        `on_step` is given the number of steps done, from 1, of `steps` in all. What it raises stops
        the drawing, and leaves nothing behind in the pipeline.

        A batch that is too large for the device's memory is drawn in halves, and these in halves
        again; a single picture is then drawn with sliced attention. Half precision can overflow,
        on Metal above all, which gives a black picture: it is drawn again in full precision. In
        both cases steps are counted from 1 again. Raises MemoryFull, or PictureBlack.
        """
        several, pixels = conditions.split(), size.pixels(self.side)

        def draw(which: range, dtype: torch.dtype) -> torch.Tensor:
            own = Conditions.together([several[k].to(dtype) for k in which])
            chosen = [seeds[k] for k in which]
            draws = self._denoiser.extended if self._extends(size) else self._denoiser.pixels
            return draws(own, mode, chosen, on_step, near, pixels)

        return self._pictures(draw, seeds, size)

    def mend(
        self,
        conditions: Conditions,
        mode: Mode,
        picture: Image.Image,
        square: Square,
        seed: int,
        on_step: OnStep,
    ) -> Image.Image:
        """Draw a square of a picture once more, at the model's own size, and put it back.

        `on_step` is as in `draw_together`, and so are a full memory and half precision; if nothing
        helps, the picture stays as it is.
        """
        patch = Patch(picture, square)
        enlarged = patch.enlarged(self.side)

        def draw(_which: range, dtype: torch.dtype) -> torch.Tensor:
            own = conditions.to(dtype)
            return self._denoiser.redrawn(own, mode, enlarged, seed, on_step, self._vae)

        try:
            (drawn,) = self._pictures(draw, [seed], Size.SQUARE)
        except (MemoryFull, PictureBlack) as refusal:
            _log.warning("A face of seed %s stays as it was drawn: %r", seed, refusal)
            return picture
        return patch.put_back(drawn)

    def release_memory(self) -> None:
        """Give back cached memory: between albums, for between steps it only costs time."""
        self.device.backend.release_memory()

    def _pictures(self, draw: Draw, seeds: Sequence[int], size: Size) -> list[Image.Image]:
        drawn = torch.stack(self._rescue.pictures(draw, seeds, self._area(size)))
        # In bytes they are a fourth of what they are as numbers on the way from the device.
        rows = (drawn.float() * 255).round().to(torch.uint8).permute(0, 2, 3, 1).cpu().numpy()
        return [Image.fromarray(picture) for picture in rows]

    def _extends(self, size: Size) -> bool:
        return self._files.squares_only and size is not Size.SQUARE

    def _area(self, size: Size) -> int:
        width, height = size.pixels(self.side)
        return width * height

    def has_lora(self, name: str) -> bool:
        """Say whether the folder has a LoRA of this name that fits the model."""
        return name in self._loras and self._merging.fits(self._loras[name])

    def _low_rank(self, mode: Mode, loras: Sequence[LoraUse]) -> dict[Path, float]:
        """Give the files of what is merged for a mode and LoRAs, and how much of each."""
        wanted: dict[Path, float] = {}
        if mode.few_steps:
            if not self._files.few_steps:
                raise NoFewSteps(mode=mode.name)
            wanted[self._files.few_steps] = 1.0
        for use in loras:
            if use.name not in self._loras:
                raise LoraUnknown(name=use.name)
            file = self._loras[use.name]
            wanted[file] = wanted.get(file, 0.0) + use.scale
        return wanted

    def _load_tiny_vae(self) -> Any:  # noqa: ANN401 - diffusers ships no types
        if not (self._files.few_steps and self._tuning.tiny_vae):
            return None
        tiny = self._networks.tiny_vae()
        return tiny and tiny.to(self.device.torch_name)

    def _move(self, dtype: torch.dtype) -> None:
        """Have the networks in a precision, also the autoencoder that is not in use."""
        self._pipe.to(dtype)
        for vae in filter(None, (self._vae, self._tiny_vae)):
            vae.to(dtype)
        self.fast.forget()


def _or(wanted: bool | None, found: bool) -> bool:  # noqa: FBT001 - they are the values
    return found if wanted is None else wanted
