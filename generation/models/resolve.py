"""Finds the model that the setting MODEL names."""

import re
from dataclasses import replace
from pathlib import Path

from generation.models.about import About
from generation.models.catalogue import (
    CATALOGUE,
    COMMON_VAE,
    FEW_STEPS,
    SD15,
    SD15_SHAPE,
    FewStepsName,
    pocket,
)
from generation.models.checkpoint import has_autoencoder
from generation.models.folder import is_there
from generation.models.inspection import look_at, single_files
from generation.models.model import (
    AUTOENCODER_FILES,
    IMAGE_ENCODER_FILES,
    PIPELINE_FILES,
    SHAPE_FILES,
    TRANSLATOR_FILES,
    FewSteps,
    Model,
)
from generation.models.sources import (
    ModelIncomplete,
    ModelUnavailable,
    ModelUnknown,
    NoCheckpoint,
    Source,
)
from generation.words.vocabulary import Vocabulary


def resolve(wanted: str, few_steps: FewStepsName = "hyper-4") -> Model:
    """Find a model by `pocket`, a name of the catalogue, a path, or a checkpoint's hub id.

    A path is a single `.safetensors` file, a folder of such files, of which the first that fits is
    taken, or a directory. A file gets SD 1.5's face adapter, and an autoencoder if it has none.

    A directory holds a StableDiffusionPipeline, `image_encoder/`, and `ip_adapter/` with one
    safetensors file. It may hold `tiny_vae/`, `translator/` with a Marian for Russian words, and
    `few_steps/` with one LoRA, which is sampled as `few_steps` says. Its `feature_extractor/` crops
    the faces if it fits the image encoder, and its `words.txt` lists the words that it knows;
    without it, it knows every word. What it draws and wants to see of a face is in `models.about`.
    A hub checkpoint gets SD 1.5's face adapter, and the LoRA that `few_steps` names.

    Raises ModelUnknown; ModelIncomplete, unless a directory has exactly one adapter and at most
    one LoRA; NoCheckpoint; ModelDamaged; and what `inspection.look_at` raises.
    """
    if wanted == "pocket":
        return pocket()
    for known in CATALOGUE:
        if wanted in (known.name, known.checkpoint and known.checkpoint.hub_id):
            return _with_few_steps(known, few_steps)
    path = find_path(wanted)
    if path is not None and path.is_dir():
        return _read_folder(path, few_steps)
    if path is not None:
        return _read_file(path, few_steps)
    owner, slash, repository = wanted.partition("/")
    if owner in ("", ".", "..", "~") or not slash or not repository or "/" in repository:
        raise ModelUnknown(model=wanted)
    base = Source(wanted, files=PIPELINE_FILES)
    return _with_few_steps(replace(SD15, name=wanted, base=base), few_steps)


def label(wanted: str) -> str:
    """Name a model in front of people: a path by its last part."""
    path = find_path(wanted)
    if path is None:
        return wanted
    return path.resolve().name if path.is_dir() else path.stem


def find_path(wanted: str) -> Path | None:
    """Find the file or folder that is meant: also as a shell or Windows writes it."""
    if not wanted:
        return None
    spellings = (wanted, re.sub(r"\\(.)", r"\1", wanted), wanted.replace("\\", "/"))
    paths = (Path(spelling).expanduser() for spelling in spellings)
    return next((path for path in paths if is_there(path)), None)


def is_directory_form(folder: Path) -> bool:
    """Say whether a folder is a model, and not a folder of checkpoints."""
    return is_there(folder / PIPELINE_FILES[0]) or is_there(folder / "ip_adapter")


def _with_few_steps(model: Model, name: FewStepsName) -> Model:
    """Give the model these few-step weights, or none; the tiny autoencoder goes with them."""
    few = FEW_STEPS.get(name)
    return replace(model, few_steps=few, tiny_vae=model.tiny_vae if few else None)


def _read_folder(folder: Path, few_steps: FewStepsName) -> Model:
    name = folder.resolve().name or str(folder)
    if is_directory_form(folder):
        return _read_directory(name, folder, few_steps)
    refusals = []
    for file in single_files(folder):
        try:
            return _read_file(file, few_steps)
        except ModelUnavailable as refusal:
            refusals.append(refusal)
    raise refusals[0] if refusals else NoCheckpoint(model=name)


def _read_file(file: Path, few_steps: FewStepsName) -> Model:
    header = look_at(file)
    model = replace(
        SD15,
        name=file.stem,
        base=Source(SD15_SHAPE, files=SHAPE_FILES),
        checkpoint=Source(file.parent, file.name),
        vae=None if has_autoencoder(header) else COMMON_VAE,
    )
    return _with_few_steps(model, few_steps)


def _read_directory(name: str, directory: Path, few_steps: FewStepsName) -> Model:
    adapters = sorted(directory.glob("ip_adapter/*.safetensors"))
    if len(adapters) != 1:
        raise ModelIncomplete(model=name, file="ip_adapter/*.safetensors")
    about = About.of(name, directory)
    return Model(
        name=name,
        base=Source(directory, files=PIPELINE_FILES),
        image_encoder=Source(directory, "image_encoder", IMAGE_ENCODER_FILES),
        adapter=Source(directory, f"ip_adapter/{adapters[0].name}"),
        few_steps=_find_few_steps(name, directory, few_steps),
        tiny_vae=_find_part(directory, "tiny_vae", AUTOENCODER_FILES),
        translator=_find_part(directory, "translator", TRANSLATOR_FILES),
        vocabulary=Vocabulary.of(directory),
        recipe=about.recipe,
        frame=about.frame,
        photographs=about.photographs,
        squares_only=about.squares_only,
    )


def _find_few_steps(name: str, directory: Path, kind: FewStepsName) -> FewSteps | None:
    """Find a directory's own LoRA; its file does not say how to sample it, so its owner does."""
    loras = sorted(directory.glob("few_steps/*.safetensors"))
    if not loras or kind not in FEW_STEPS:
        return None
    if len(loras) > 1:
        raise ModelIncomplete(model=name, file="few_steps/*.safetensors")
    return replace(FEW_STEPS[kind], lora=Source(directory, f"few_steps/{loras[0].name}"))


def _find_part(directory: Path, name: str, files: tuple[str, ...]) -> Source | None:
    """Find a part that a directory may have, and may not."""
    return Source(directory, name, files) if (directory / name).is_dir() else None
