"""Finds the model that the setting MODEL names."""

from dataclasses import replace
from pathlib import Path

from generation.models.about import About
from generation.models.catalogue import CATALOGUE, FEW_STEPS, SD15, FewStepsName, pocket
from generation.models.model import (
    AUTOENCODER_FILES,
    IMAGE_ENCODER_FILES,
    PIPELINE_FILES,
    TRANSLATOR_FILES,
    FewSteps,
    Model,
)
from generation.models.sources import (
    ModelIncomplete,
    ModelUnknown,
    OnlyPickles,
    Source,
    is_pickle,
)
from generation.words.vocabulary import Vocabulary


def resolve(wanted: str, few_steps: FewStepsName = "hyper-4") -> Model:
    """Find a model by `pocket`, a name of the catalogue, a directory, or a checkpoint's hub id.

    A directory holds a StableDiffusionPipeline, `image_encoder/`, and `ip_adapter/` with one
    safetensors file. It may hold `tiny_vae/`, `translator/` with a Marian for Russian words, and
    `few_steps/` with one LoRA, which is sampled as `few_steps` says. Its `feature_extractor/` crops
    the faces if it fits the image encoder, and its `words.txt` lists the words that it knows;
    without it, it knows every word. What it draws and wants to see of a face is in `models.about`.
    A hub checkpoint gets SD 1.5's face adapter, and the LoRA that `few_steps` names.

    Raises ModelUnknown; ModelIncomplete, unless a directory has exactly one adapter and at most
    one LoRA; ModelDamaged; OnlyPickles when `wanted` is a pickle file.
    """
    if wanted == "pocket":
        return pocket()
    for known in CATALOGUE:
        if wanted == known.name:
            return _with_few_steps(known, few_steps)
    directory = Path(wanted).expanduser()
    if wanted and directory.is_dir():
        return _read_directory(label(wanted), directory, few_steps)
    if is_pickle(wanted) and directory.is_file():
        raise OnlyPickles(model=directory.name, file=directory.name)
    owner, slash, repository = wanted.partition("/")
    if owner in ("", ".", "..", "~") or not slash or not repository or "/" in repository:
        raise ModelUnknown(model=wanted)
    base = Source(wanted, files=PIPELINE_FILES)
    return _with_few_steps(replace(SD15, name=wanted, base=base), few_steps)


def label(wanted: str) -> str:
    """Name a model in front of people: a directory by its last part, not by its whole path."""
    directory = Path(wanted).expanduser()
    return directory.resolve().name if wanted and directory.is_dir() else wanted


def _with_few_steps(model: Model, name: FewStepsName) -> Model:
    """Give the model these few-step weights, or none; the tiny autoencoder goes with them."""
    few = FEW_STEPS.get(name)
    return replace(model, few_steps=few, tiny_vae=model.tiny_vae if few else None)


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
