"""The models that can be drawn with: by name, and where their parts are."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Literal

from generation.models.sources import (
    ModelIncomplete,
    ModelUnknown,
    OnlyPickles,
    Source,
    is_pickle,
)

_PIPELINE = (
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
_AUTOENCODER = ("config.json", "diffusion_pytorch_model.safetensors")
_IMAGE_ENCODER = ("config.json", "model.safetensors")


@dataclass(frozen=True, slots=True)
class FewSteps:
    """A LoRA with which a few steps, without guidance, are enough: mode TURBO.

    `sampler` is what its authors sampled it with: DDIM with trailing timesteps, or LCM.
    """

    lora: Source
    steps: int
    sampler: Literal["ddim", "lcm"] = "ddim"


@dataclass(frozen=True, slots=True)
class Model:
    """Stable Diffusion 1.5's parts and a face IP-Adapter with its CLIP image encoder.

    `base` is a StableDiffusionPipeline directory; `vae` replaces its autoencoder, `tiny_vae`
    decodes in its place where speed matters more. `sums` lists the SHA-256 sums of a shipped
    model's files, as `sha256sum` writes and checks them. `guidance` is how much of a mode's
    guidance scale above 1 is used, in the first two fifths of its steps and afterwards: the modes'
    numbers suit Stable Diffusion.
    """

    name: str
    base: Source
    image_encoder: Source
    adapter: Source
    vae: Source | None = None
    sums: Path | None = None
    guidance: tuple[float, float] = (1.0, 1.0)
    few_steps: FewSteps | None = None
    tiny_vae: Source | None = None

    @property
    def sources(self) -> dict[str, Source]:
        """The parts that it has, by the names of the fields."""
        own = str(PurePosixPath(self.base.path, "vae"))
        parts = {
            "base": self.base,
            "image_encoder": self.image_encoder,
            "adapter": self.adapter,
            "vae": self.vae or replace(self.base, path=own, files=_AUTOENCODER, size=0),
        }
        if self.few_steps:
            parts["few_steps"] = self.few_steps.lora
        if self.tiny_vae:
            parts["tiny_vae"] = self.tiny_vae
        return parts


@dataclass(frozen=True, slots=True)
class OptIn:
    """Weights that nothing draws with by default: they are had only by who accepts the licence."""

    name: str
    source: Source


POCKET_WEIGHTS = Path(__file__).parent.parent / "pocket" / "weights"
_POCKET_GUIDANCE = (0.75, 0.15)
"""The first steps decide what there is to see, the others its colours: with the whole of 6.5 until
the end those burn out."""

# The commits, sizes and checksums below were read where others recorded them, several each; they
# were not computed here. Sizes of files without a checksum are the parameters' arithmetic.

_FACE_ADAPTER = Source(
    "h94/IP-Adapter",
    "models/ip-adapter-plus-face_sd15.safetensors",
    revision="018e402774aeeddd60609b4ecdb7e298259dc729",
    licence="Apache-2.0",
    size=98_183_288,
    sha256={
        "models/ip-adapter-plus-face_sd15.safetensors": (
            "1c9edc21af6f737dc1d6e0e734190e976cfacf802d6b024b77aa3be922f7569b"
        ),
    },
)
# ViT-H, in single precision only.
_FACE_ENCODER = replace(
    _FACE_ADAPTER,
    path="models/image_encoder",
    files=_IMAGE_ENCODER,
    size=2_528_373_448,
    sha256={
        "models/image_encoder/model.safetensors": (
            "6ca9667da1ca9e0b0f75e46bb030f7e011f44f86cbfb8d5a36590fcd7507b030"
        ),
    },
)
_TINY_VAE = Source(
    "madebyollin/taesd",
    files=_AUTOENCODER,
    revision="614f76814bbe30edbe2e627ace1c2234c81a2c0e",
    licence="MIT",
    size=9_793_292,
    sha256={
        "diffusion_pytorch_model.safetensors": (
            "db169d69145ec4ff064e49d99c95fa05d3eb04ee453de35824a6d0f325513549"
        ),
    },
)

_HYPER = Source(
    "ByteDance/Hyper-SD",
    revision="bc08d970a87c74c71209491d64e3525845698863",
    licence="OpenRAIL++",
    size=269_000_000,
)
_LCM = Source(
    "latent-consistency/lcm-lora-sdv1-5",
    "pytorch_lora_weights.safetensors",
    revision="cf2fced511dbe7e26c8d1d397e728fbab875db4b",
    licence="OpenRAIL++",
    size=134_621_556,
    sha256={
        "pytorch_lora_weights.safetensors": (
            "8f90d840e075ff588a58e22c6586e2ae9a6f7922996ee6649a7f01072333afe4"
        ),
    },
)

FewStepsName = Literal["hyper-4", "hyper-8", "lcm", "none"]
FEW_STEPS: Mapping[FewStepsName, FewSteps] = {
    "hyper-4": FewSteps(replace(_HYPER, path="Hyper-SD15-4steps-lora.safetensors"), steps=4),
    "hyper-8": FewSteps(replace(_HYPER, path="Hyper-SD15-8steps-lora.safetensors"), steps=8),
    "lcm": FewSteps(_LCM, steps=4, sampler="lcm"),
}

SD15 = Model(
    name="sd15",
    base=Source(
        "stable-diffusion-v1-5/stable-diffusion-v1-5",
        files=_PIPELINE,
        revision="451f4fe16113bff5a5d2269ed5ad43b0592e9a14",
        licence="CreativeML Open RAIL-M",
        size=2_134_191_772,
        sha256={
            "unet/diffusion_pytorch_model.fp16.safetensors": (
                "c83908253f9a64d08c25fc90874c9c8aef9a329ce1ca5fb909d73b0c83d1ea21"
            ),
            "text_encoder/model.fp16.safetensors": (
                "77795e2023adcf39bc29a884661950380bd093cf0750a966d473d1718dc9ef4e"
            ),
            "vae/diffusion_pytorch_model.fp16.safetensors": (
                "4fbcf0ebe55a0984f5a5e00d8c4521d52359af7229bb4d81890039d2aa16dd7c"
            ),
        },
    ),
    image_encoder=_FACE_ENCODER,
    adapter=_FACE_ADAPTER,
    few_steps=FEW_STEPS["hyper-4"],
    tiny_vae=_TINY_VAE,
)

# For portraits. Its own repository says which autoencoder it wants.
REALISTIC_VISION = replace(
    SD15,
    name="SG161222/Realistic_Vision_V5.1_noVAE",
    base=Source(
        "SG161222/Realistic_Vision_V5.1_noVAE",
        files=_PIPELINE,
        revision="1e9f017a7b1eaefb63a1900ea6c5953d2739fd21",
        licence="CreativeML Open RAIL-M",
        size=3_930_000_000,
    ),
    vae=Source(
        "stabilityai/sd-vae-ft-mse",
        files=_AUTOENCODER,
        revision="31f26fdeee1355a5c34592e401dd41e45d25a493",
        licence="MIT",
        size=334_643_276,
        sha256={
            "diffusion_pytorch_model.safetensors": (
                "a1d993488569e928462932c8c38a0760b874d166399b14414135bd9c42df5815"
            ),
        },
    ),
)

# A stronger likeness, for research only. Nothing here draws with it: it needs insightface, whose
# models are not for commerce either. Its authors publish it as a pickle, and so it is refused
# until they publish safetensors.
FACEID = OptIn(
    name="faceid",
    source=Source(
        "h94/IP-Adapter-FaceID",
        "ip-adapter-faceid-plusv2_sd15.safetensors",
        licence="research only, not for commerce",
    ),
)

CATALOGUE = (SD15, REALISTIC_VISION)


def resolve(wanted: str, few_steps: FewStepsName = "hyper-4") -> Model:
    """Find a model by `pocket`, `sd15`, a directory, or the hub id of an SD 1.5 checkpoint.

    A directory holds a StableDiffusionPipeline, `image_encoder/` and `ip_adapter/` with one
    safetensors file; it may have `tiny_vae/`, and `few_steps/` with one, which is of the named
    kind. If the pipeline's `feature_extractor/` fits the image encoder, faces are read by it. A hub
    checkpoint is given SD 1.5's face adapter, and the few-step weights that are named.

    Raises ModelUnknown, ModelIncomplete for a directory without one adapter, OnlyPickles for a
    checkpoint file that is one.
    """
    if wanted == "pocket":
        return pocket()
    for known in CATALOGUE:
        if wanted == known.name:
            return _with_few_steps(known, few_steps)
    directory = Path(wanted).expanduser()
    if wanted and directory.is_dir():
        return _in_directory(label(wanted), directory, few_steps)
    if is_pickle(wanted) and directory.is_file():
        raise OnlyPickles(model=directory.name, file=directory.name)
    owner, slash, repository = wanted.partition("/")
    if owner in ("", ".", "..", "~") or not slash or not repository or "/" in repository:
        raise ModelUnknown(model=wanted)
    base = Source(wanted, files=_PIPELINE)
    return _with_few_steps(replace(SD15, name=wanted, base=base), few_steps)


def pocket(directory: Path = POCKET_WEIGHTS) -> Model:
    """The model that is shipped: any change to its files since then is found when it is loaded."""
    return Model(
        name="pocket",
        base=Source(directory, files=_PIPELINE),
        image_encoder=Source(directory, "image_encoder", _IMAGE_ENCODER),
        adapter=Source(directory, "ip_adapter/ip-adapter-plus-face.safetensors"),
        sums=directory / "SHA256SUMS",
        guidance=_POCKET_GUIDANCE,
    )


def label(wanted: str) -> str:
    """Name a model in front of people: of a directory only its own name, not its whole path."""
    directory = Path(wanted).expanduser()
    return directory.resolve().name if wanted and directory.is_dir() else wanted


def _in_directory(name: str, directory: Path, few_steps: FewStepsName) -> Model:
    adapters = sorted(directory.glob("ip_adapter/*.safetensors"))
    if len(adapters) != 1:
        raise ModelIncomplete(model=name, file="ip_adapter/*.safetensors")
    return Model(
        name=name,
        base=Source(directory, files=_PIPELINE),
        image_encoder=Source(directory, "image_encoder", _IMAGE_ENCODER),
        adapter=Source(directory, f"ip_adapter/{adapters[0].name}"),
        few_steps=_few_steps_in(name, directory, few_steps),
        tiny_vae=_tiny_vae_in(directory),
    )


def _with_few_steps(model: Model, wanted: FewStepsName) -> Model:
    """Take the weights that are wanted; what decodes their pictures is of no use without."""
    few = FEW_STEPS.get(wanted)
    return replace(model, few_steps=few, tiny_vae=model.tiny_vae if few else None)


def _few_steps_in(name: str, directory: Path, kind: FewStepsName) -> FewSteps | None:
    """Find a directory's own weights; how they are sampled, only its owner knows."""
    loras = sorted(directory.glob("few_steps/*.safetensors"))
    if not loras or kind not in FEW_STEPS:
        return None
    if len(loras) > 1:
        raise ModelIncomplete(model=name, file="few_steps/*.safetensors")
    return replace(FEW_STEPS[kind], lora=Source(directory, f"few_steps/{loras[0].name}"))


def _tiny_vae_in(directory: Path) -> Source | None:
    there = (directory / "tiny_vae").is_dir()
    return Source(directory, "tiny_vae", _AUTOENCODER) if there else None
