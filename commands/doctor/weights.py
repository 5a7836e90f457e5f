"""Whether the models are here and intact. HF_HUB_OFFLINE is set: nothing is downloaded."""

from collections.abc import Generator, Iterable, Iterator
from pathlib import Path

from commands.doctor.finding import Finding, bad, good, warning
from commands.doctor.versions import python
from generation.errors import Refusal
from generation.faces.looks_file import FILES, read_looks
from generation.models.catalogue import FewStepsName
from generation.models.download import find_damaged
from generation.models.files import locate
from generation.models.loras import look_into
from generation.models.model import Model
from generation.models.resolve import find_path, label, resolve
from generation.models.sources import (
    CheckpointUnfit,
    HubUnreachable,
    LoraUnfit,
    ModelDamaged,
    ModelIncomplete,
    ModelUnavailable,
    ModelUnknown,
    NoCheckpoint,
    NoLorasFolder,
    OnlyPickles,
    PocketDamaged,
)
from handlers.texts import Say

TURBO = "TURBO"
LARGE = 10**9
"""Bytes of weights that make a model large: Stable Diffusion has more, the pocket model less."""


def check(
    say: Say, wanted: str, few_steps: FewStepsName, mode: str
) -> Generator[Finding, None, Model | None]:
    """Look at every file of a model; give the model if it is intact.

    `wanted` is what `resolve` takes, `mode` the name of the default mode.
    """
    try:
        model = resolve(wanted, few_steps)
        files = locate(model)
        for file in find_damaged(list(model.sources.values())):
            raise ModelDamaged(model=model.name, file=file.name)
    except ModelUnavailable as refusal:
        yield explain(say, wanted, refusal)
        return None
    except OSError as error:
        words = say("doctor-model-unreadable", model=label(wanted), reason=str(error))
        yield bad(words, say("doctor-model-copy"))
        return None
    yield good(say("doctor-model", model=model.name))
    turbo = mode == TURBO
    if turbo and not model.few_steps:
        advice = say("doctor-turbo-impossible-advice")
        yield bad(say("doctor-turbo-impossible", model=model.name), advice)
    elif model.few_steps and not files.few_steps:
        judge = bad if turbo else warning
        yield judge(say("doctor-few-steps-missing"), say("doctor-download", python=python()))
    if model.vocabulary.known is None and not files.translator:
        yield _no_translator(say, model)
    return model


def check_loras(say: Say, folder: Path | None, model: Model | None) -> Iterator[Finding]:
    """Look at the owner's LoRAs, if they have set a folder for them."""
    if folder is None:
        return
    try:
        loras = look_into(folder)
    except NoLorasFolder as refusal:
        yield bad(say(refusal.text_id(), **refusal.fields), say("doctor-no-loras-folder-advice"))
        return
    if model and not model.takes_loras:
        yield warning(say("loras-not-taken", model=model.name))
        return
    names = ", ".join(loras.usable)
    yield good(say("doctor-loras", names=names)) if names else warning(say("doctor-loras-none"))
    for refused in loras.refused:
        yield warning(say(refused.text_id(), **refused.fields))


def _no_translator(say: Say, model: Model) -> Finding:
    """Say that Russian words won't be read, and what mends that: a download, or a folder."""
    if model.translator:
        return warning(say("doctor-translator-missing"), say("doctor-download", python=python()))
    return warning(say("doctor-translator-missing"), say("doctor-translator-folder"))


def explain(say: Say, wanted: str, refusal: Refusal) -> Finding:
    """Put a refusal into words, with advice for somebody at the keyboard."""
    fields = refusal.fields
    is_folder = find_path(wanted) is not None
    again = say("doctor-model-copy") if is_folder else say("doctor-download", python=python())
    match refusal:
        case ModelUnknown():
            words, advice = "doctor-model-unknown", say("doctor-model-unknown-advice")
        case OnlyPickles():
            words, advice = "doctor-only-pickles", say("doctor-model-unknown-advice")
        case CheckpointUnfit() | NoCheckpoint():
            words, advice = refusal.text_id(), say("doctor-model-unknown-advice")
        case LoraUnfit():
            advice = say("doctor-lora-copy") if is_folder else say("doctor-lora-advice")
            words = "doctor-lora-unfit"
        case HubUnreachable():
            words = "doctor-parts-missing" if is_folder else "doctor-model-missing"
            advice = say("doctor-download", python=python())
        case ModelIncomplete():
            words, advice = "doctor-model-incomplete", again
        case ModelDamaged():
            words, advice = "doctor-model-damaged", again
        case PocketDamaged():
            words, advice = "doctor-pocket-damaged", say("doctor-pocket-advice")
        case _:
            words, advice = refusal.text_id(), again
    return bad(say(words, **fields), advice)


def check_faces(say: Say, readers: Iterable[Path] = FILES) -> Finding:
    """Look at the models that find faces, tell them apart, and read traits from them."""
    from generation.faces.eyes import Eyes  # noqa: PLC0415 - imports OpenCV
    from generation.faces.shipped import FaceModelDamaged  # noqa: PLC0415 - imports numpy

    try:
        Eyes()
    except FaceModelDamaged as refusal:
        advice = say("doctor-faces-advice", python=python())
        return bad(say("doctor-faces-damaged", **refusal.fields), advice)
    if any(read_looks(file) is None for file in readers):
        return warning(say("doctor-looks-damaged"), say("doctor-looks-advice"))
    return good(say("doctor-faces"))


def are_large(wanted: str) -> bool:
    """Say whether the model is as large as Stable Diffusion; all of this kind at a hub are."""
    try:
        model = resolve(wanted)
    except ModelUnavailable:
        return False
    root = model.base.root
    if model.checkpoint or not isinstance(root, Path):
        return True
    return sum(file.stat().st_size for file in root.rglob("*.safetensors")) > LARGE
