"""What a model is made of."""

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal

from generation.face_frame import PLUS_FACE, FaceFrame
from generation.models.sources import Source
from generation.words.recipes import PHOTOGRAPH, Recipe
from generation.words.vocabulary import EVERY_WORD, Vocabulary

PIPELINE_FILES = (
    "model_index.json",
    "scheduler/scheduler_config.json",
    "tokenizer/tokenizer_config.json",
    "tokenizer/vocab.json",
    "tokenizer/merges.txt",
    "text_encoder/config.json",
    "text_encoder/model.safetensors",
    "unet/config.json",
    "unet/diffusion_pytorch_model.safetensors",
)
"""Files of a StableDiffusionPipeline directory without its autoencoder."""

SHAPE_FILES = tuple(name for name in PIPELINE_FILES if not name.endswith(".safetensors"))
"""The same where the weights are in a single file."""

AUTOENCODER_FILES = ("config.json", "diffusion_pytorch_model.safetensors")
IMAGE_ENCODER_FILES = ("config.json", "model.safetensors")
TRANSLATOR_FILES = (
    *("config.json", "generation_config.json", "model.safetensors"),
    *("source.spm", "target.spm", "vocab.json", "tokenizer_config.json"),
)


@dataclass(frozen=True, slots=True)
class FewSteps:
    """A LoRA with which a few steps, without guidance, are enough: mode TURBO.

    `sampler` is the one that its authors used: DDIM with trailing timesteps, or LCM.
    """

    lora: Source
    steps: int
    sampler: Literal["ddim", "lcm"] = "ddim"


@dataclass(frozen=True, slots=True)
class Model:
    """Stable Diffusion 1.5's parts and a face IP-Adapter with its CLIP image encoder.

    `base` is a StableDiffusionPipeline directory; with a `checkpoint`, which is a single file, it
    has the shape only, and the weights are in that file. `vae` replaces its autoencoder; `tiny_vae`
    decodes TURBO's pictures faster. `translator` is a Marian that puts Russian into English; one
    with a `vocabulary` of its own needs none. `sums` is a shipped model's list of SHA-256 sums, as
    `sha256sum` writes it. `guidance` has two factors for the part of a mode's guidance scale that
    exceeds 1: one for the first two fifths of the steps, one for the others. It is (1, 1) for
    Stable Diffusion, which the modes' numbers suit. `vocabulary` has the words that it knows, and
    `recipe` says how its users write prompts. `frame` is what the adapter wants to see around a
    face. `photographs`: it draws photographs, on which it can be measured whether they look like
    their person. `squares_only`: in other shapes it draws a second head, so its
    squares are extended. `wants_sd15`: its other parts were made for Stable Diffusion 1.5, so a
    checkpoint of another shape is refused.
    """

    name: str
    base: Source
    image_encoder: Source
    adapter: Source
    checkpoint: Source | None = None
    vae: Source | None = None
    sums: Path | None = None
    guidance: tuple[float, float] = (1.0, 1.0)
    few_steps: FewSteps | None = None
    tiny_vae: Source | None = None
    translator: Source | None = None
    vocabulary: Vocabulary = EVERY_WORD
    recipe: Recipe = PHOTOGRAPH
    frame: FaceFrame = PLUS_FACE
    photographs: bool = True
    squares_only: bool = False
    wants_sd15: bool = False

    @property
    def takes_loras(self) -> bool:
        """Whether Stable Diffusion 1.5's LoRAs fit: a model with words of its own is another."""
        return self.vocabulary.known is None

    @property
    def sources(self) -> dict[str, Source]:
        """The sources of all parts that the model has, by the names of its fields."""
        own = str(PurePosixPath(self.base.path, "vae"))
        own_files = AUTOENCODER_FILES[:1] if self.checkpoint else AUTOENCODER_FILES
        parts = {
            "base": self.base,
            "image_encoder": self.image_encoder,
            "adapter": self.adapter,
            "vae": self.vae or replace(self.base, path=own, files=own_files, size=0),
        }
        if self.checkpoint:
            parts["checkpoint"] = self.checkpoint
        if self.few_steps:
            parts["few_steps"] = self.few_steps.lora
        if self.tiny_vae:
            parts["tiny_vae"] = self.tiny_vae
        if self.translator:
            parts["translator"] = self.translator
        return parts


@dataclass(frozen=True, slots=True)
class OptIn:
    """Weights that no model uses: only who accepts their licence can download them."""

    name: str
    source: Source
