"""The models that can be drawn with: by name, and where their parts are."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from generation.errors import Refusal


class ModelUnavailable(Refusal):
    """A model can't be had. Fields: model, and what its subclasses add."""


class ModelUnknown(ModelUnavailable):
    """Neither a name of ours nor a directory nor a model that the hub gives to us."""


class HubUnreachable(ModelUnavailable):
    """The model is not on this machine, and the hub can't be asked for it."""


class ModelIncomplete(ModelUnavailable):
    """A part is missing. Fields: model, file: what is missing, relative to the model."""


class ModelDamaged(ModelUnavailable):
    """A file can't be read as what it is. Fields: model, file."""


class LoraUnfit(ModelUnavailable):
    """Few-step weights that were made for another architecture. Fields: model, file."""


class NoFewSteps(Refusal):
    """A mode that the model has no few-step weights for. Fields: mode."""


class PocketDamaged(ModelUnavailable):
    """A file of the shipped model is missing or not the one that was shipped. Fields: file."""


@dataclass(frozen=True, slots=True)
class Source:
    """A directory or file: `path` inside `root`, which is a local directory or a hub id."""

    root: Path | str
    path: str = ""


FewStepsName = Literal["hyper-4", "hyper-8", "lcm"]


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
    decodes in its place where speed matters more. `sums` lists
    the SHA-256 sums of a shipped model's files, as `sha256sum` writes and checks them. `guidance`
    is how much of a mode's guidance scale above 1 is used: the modes' numbers suit Stable
    Diffusion.
    """

    name: str
    base: Source
    image_encoder: Source
    adapter: Source
    vae: Source | None = None
    sums: Path | None = None
    guidance: float = 1.0
    few_steps: FewSteps | None = None
    tiny_vae: Source | None = None


_POCKET_WEIGHTS = Path(__file__).parent / "pocket" / "weights"
_POCKET_GUIDANCE = 0.3
"""Its captions say all that there is to see: with the whole of 6.5 the colours burn out."""

# Apache-2.0, both the adapter and the encoder.
_FACE_ADAPTER = Source("h94/IP-Adapter", "models/ip-adapter-plus-face_sd15.safetensors")
_FACE_ENCODER = Source("h94/IP-Adapter", "models/image_encoder")

# CreativeML Open RAIL-M.
SD15 = Model(
    name="sd15",
    base=Source("stable-diffusion-v1-5/stable-diffusion-v1-5"),
    image_encoder=_FACE_ENCODER,
    adapter=_FACE_ADAPTER,
)

# CreativeML Open RAIL-M; its own repository says which autoencoder it wants.
REALISTIC_VISION = replace(
    SD15,
    name="SG161222/Realistic_Vision_V5.1_noVAE",
    base=Source("SG161222/Realistic_Vision_V5.1_noVAE"),
    vae=Source("stabilityai/sd-vae-ft-mse"),
)


def resolve(wanted: str, few_steps: FewStepsName = "hyper-4") -> Model:  # noqa: ARG001
    """Find a model by `pocket`, `sd15`, a directory, or the hub id of an SD 1.5 checkpoint.

    A directory holds a StableDiffusionPipeline, `image_encoder/` and `ip_adapter/` with one
    safetensors file; a hub checkpoint is given SD 1.5's face adapter.

    Raises ModelUnknown, or ModelIncomplete for a directory without an adapter.
    """
    if wanted == "pocket":
        return pocket()
    for known in (SD15, REALISTIC_VISION):
        if wanted == known.name:
            return known
    directory = Path(wanted).expanduser()
    if wanted and directory.is_dir():
        return _in_directory(label(wanted), directory)
    owner, slash, repository = wanted.partition("/")
    if owner in ("", ".", "..", "~") or not slash or not repository or "/" in repository:
        raise ModelUnknown(model=wanted)
    return replace(SD15, name=wanted, base=Source(wanted))


def pocket(directory: Path = _POCKET_WEIGHTS) -> Model:
    """The model that is shipped: any change to its files since then is found when it is loaded."""
    return Model(
        name="pocket",
        base=Source(directory),
        image_encoder=Source(directory, "image_encoder"),
        adapter=Source(directory, "ip_adapter/ip-adapter-plus-face.safetensors"),
        sums=directory / "SHA256SUMS",
        guidance=_POCKET_GUIDANCE,
    )


def label(wanted: str) -> str:
    """Name a model in front of people: of a directory only its own name, not its whole path."""
    directory = Path(wanted).expanduser()
    return directory.resolve().name if wanted and directory.is_dir() else wanted


def _in_directory(name: str, directory: Path) -> Model:
    adapters = sorted(directory.glob("ip_adapter/*.safetensors"))
    if len(adapters) != 1:
        raise ModelIncomplete(model=name, file="ip_adapter/*.safetensors")
    return Model(
        name=name,
        base=Source(directory),
        image_encoder=Source(directory, "image_encoder"),
        adapter=Source(directory, f"ip_adapter/{adapters[0].name}"),
        few_steps=_few_steps_in(directory),
        tiny_vae=Source(directory, "tiny_vae") if (directory / "tiny_vae").is_dir() else None,
    )


def _few_steps_in(directory: Path) -> FewSteps | None:
    loras = sorted(directory.glob("few_steps/*.safetensors"))
    return FewSteps(Source(directory, f"few_steps/{loras[0].name}"), steps=4) if loras else None
