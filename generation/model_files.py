"""A model's files on this machine: fetched from the hub where they must be, and checked."""

import json
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Literal

from safetensors import SafetensorError, safe_open

from generation.models import (
    HubUnreachable,
    Model,
    ModelDamaged,
    ModelIncomplete,
    ModelUnknown,
    PocketDamaged,
    Source,
)

_UNET_OR_VAE = "diffusion_pytorch_model.safetensors"
_TRANSFORMER = "model.safetensors"

_BASE = (
    "model_index.json",
    "scheduler/scheduler_config.json",
    "tokenizer/tokenizer_config.json",
    "tokenizer/vocab.json",
    "tokenizer/merges.txt",
    "text_encoder/config.json",
    f"text_encoder/{_TRANSFORMER}",
    "unet/config.json",
    f"unet/{_UNET_OR_VAE}",
)
_VAE = ("config.json", _UNET_OR_VAE)
_IMAGE_ENCODER = ("config.json", _TRANSFORMER)


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """Directories of this machine, and the IP-Adapter's safetensors file."""

    name: str
    base: Path
    image_encoder: Path
    adapter: Path
    vae: Path
    guidance: float
    """See `models.Model`."""
    few_steps: Path | None = None
    """The LoRA's safetensors file."""
    sampler: Literal["ddim", "lcm"] = "ddim"
    tiny_vae: Path | None = None


def locate(model: Model) -> ModelFiles:
    """Find the model's files, downloading from the hub those that are not here yet.

    Only safetensors are read: other weights can carry code.
    Raises ModelUnknown, HubUnreachable, ModelIncomplete, ModelDamaged or PocketDamaged.
    """
    if model.sums:
        _compare(model.sums)
    vae = model.vae or Source(model.base.root, str(PurePosixPath(model.base.path, "vae")))
    few, tiny = model.few_steps, model.tiny_vae
    return ModelFiles(
        name=model.name,
        base=_find(model, model.base, _BASE),
        image_encoder=_find(model, model.image_encoder, _IMAGE_ENCODER),
        adapter=_find(model, model.adapter, ("",)),
        vae=_find(model, vae, _VAE),
        guidance=model.guidance,
        few_steps=_find(model, few.lora, ("",)) if few else None,
        sampler=few.sampler if few else "ddim",
        tiny_vae=_find(model, tiny, _VAE) if tiny else None,
    )


def _compare(sums: Path) -> None:
    """Compare every file with its sum: 23 MB take a twentieth of a second.

    The list must be whole, or a file that it lacks could be anything.
    """
    folder = sums.parent
    try:
        listed = [line.split() for line in sums.read_text(encoding="utf-8").splitlines()]
        files = {name: expected for expected, name in listed}
    except (OSError, ValueError) as error:
        raise PocketDamaged(file=sums.name) from error
    there = {
        str(file.relative_to(folder))
        for file in folder.rglob("[!.]*")  # a Mac leaves a .DS_Store
        if file.is_file()
    }
    if there - files.keys() - {sums.name, "README.md"}:
        raise PocketDamaged(file=sums.name)
    for name, expected in files.items():
        try:
            found = sha256((folder / name).read_bytes()).hexdigest()
        except OSError as error:
            raise PocketDamaged(file=name) from error
        if found != expected:
            raise PocketDamaged(file=name)


def _find(model: Model, source: Source, names: tuple[str, ...]) -> Path:
    wanted = [str(PurePosixPath(source.path, name)) for name in names]
    local = isinstance(source.root, Path)
    root = Path(source.root) if local else _download(model, str(source.root), wanted)
    for name in wanted:
        _check(model, root, name)
    return root / source.path


def _download(model: Model, repository: str, wanted: list[str]) -> Path:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")  # read when it is imported
    from huggingface_hub import (  # noqa: PLC0415 - a model of this machine does not need it
        errors,
        snapshot_download,
    )

    try:
        return Path(snapshot_download(repository, allow_patterns=wanted))
    except (errors.RepositoryNotFoundError, errors.HFValidationError) as error:
        raise ModelUnknown(model=model.name) from error
    except (
        errors.LocalEntryNotFoundError,
        errors.HTTPError,  # type: ignore[attr-defined]  # of whichever httpx the hub's client uses
    ) as error:
        raise HubUnreachable(model=model.name) from error


def _check(model: Model, root: Path, name: str) -> None:
    """Refuse a file that is missing or cut short before torch is asked to read it."""
    path = root / name
    if not path.is_file():
        raise ModelIncomplete(model=model.name, file=name)
    try:
        if path.suffix == ".safetensors":
            safe_open(path, framework="np")  # reads the header, and compares it with the size
        elif path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, SafetensorError) as error:
        raise ModelDamaged(model=model.name, file=name) from error
