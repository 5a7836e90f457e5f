"""A model's files on this machine: fetched from the hub where they must be, and checked."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from safetensors import SafetensorError, safe_open

from generation.models import (
    HubUnreachable,
    Model,
    ModelDamaged,
    ModelIncomplete,
    ModelUnknown,
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


def locate(model: Model) -> ModelFiles:
    """Find the model's files, downloading from the hub those that are not here yet.

    Only safetensors are read: other weights can carry code.
    Raises ModelUnknown, HubUnreachable, ModelIncomplete or ModelDamaged.
    """
    vae = model.vae or Source(model.base.root, f"{model.base.path}/vae".lstrip("/"))
    return ModelFiles(
        name=model.name,
        base=_folder(model, model.base, _BASE),
        image_encoder=_folder(model, model.image_encoder, _IMAGE_ENCODER),
        adapter=_file(model, model.adapter),
        vae=_folder(model, vae, _VAE),
    )


def _folder(model: Model, source: Source, names: tuple[str, ...]) -> Path:
    prefix = f"{source.path}/" if source.path else ""
    folder = _root(model, source, [prefix + name for name in names]) / source.path
    for name in names:
        _check(model, folder, name)
    return folder


def _file(model: Model, source: Source) -> Path:
    root = _root(model, source, [source.path])
    _check(model, root, source.path)
    return root / source.path


def _root(model: Model, source: Source, wanted: list[str]) -> Path:
    return source.root if isinstance(source.root, Path) else _download(model, source.root, wanted)


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


def _check(model: Model, folder: Path, name: str) -> None:
    """Refuse a file that is missing or cut short before torch is asked to read it."""
    path = folder / name
    if not path.is_file():
        raise ModelIncomplete(model=model.name, file=name)
    try:
        if path.suffix == ".safetensors":
            safe_open(path, framework="pt")  # reads the header, and compares it with the size
        elif path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, SafetensorError) as error:
        raise ModelDamaged(model=model.name, file=name) from error
