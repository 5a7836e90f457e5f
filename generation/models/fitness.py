"""Whether a hub's checkpoint is of Stable Diffusion 1.5's shape, by its small files."""

import contextlib
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from generation.models.checkpoint import CHANNELS, WORDS, Kind
from generation.models.download import fetch
from generation.models.hub.cache import find_snapshot
from generation.models.hub.hub import Hub
from generation.models.sources import (
    CheckpointUnfit,
    ModelDamaged,
    ModelIncomplete,
    Source,
    refuse_gaps,
)

_INDEX = "model_index.json"
_UNET = "unet/config.json"
_SCHEDULER = "scheduler/scheduler_config.json"

_PIPELINES = {
    "StableDiffusionXL": Kind.SDXL,
    "StableDiffusion3": Kind.SD3,
    "StableDiffusionInpaint": Kind.SD15_INPAINTING,
    "StableDiffusionInstructPix2Pix": Kind.PIX2PIX,
    "Flux": Kind.FLUX,
    "StableDiffusion": Kind.SD15,
}
"""What a pipeline's class begins with, the longer beginnings first."""


def refuse_misfit(hub: Hub, base: Source) -> None:
    """Look at a checkpoint before its gigabytes are downloaded.

    Raises CheckpointUnfit, OnlyPickles, ModelDamaged, and what `download.fetch` raises.
    """
    repository = hub.list_repository(str(base.root), base.revision)
    with contextlib.suppress(ModelIncomplete):  # another kind of model has other files
        refuse_gaps(hub.model, base, repository.files)
    for names, judge in (((_INDEX,), _of_the_pipeline), ((_UNET, _SCHEDULER), _of_the_networks)):
        few = replace(base, files=names, size=0)
        fetch(hub, [few])
        folder = find_snapshot(few)
        kind = judge(hub.model, folder) if folder else Kind.UNKNOWN
        if kind is not Kind.SD15:
            raise CheckpointUnfit(model=hub.model, kind=kind.value)


def _of_the_pipeline(model: str, folder: Path) -> Kind:
    name = str(_read(model, folder, _INDEX).get("_class_name", ""))
    kinds = (kind for begins, kind in _PIPELINES.items() if name.startswith(begins))
    return next(kinds, Kind.UNKNOWN)


def _of_the_networks(model: str, folder: Path) -> Kind:
    unet = _read(model, folder, _UNET)
    kind = WORDS.get(unet.get("cross_attention_dim"), Kind.UNKNOWN)
    if kind is Kind.SD15:
        kind = CHANNELS.get(unet.get("in_channels"), Kind.UNKNOWN)
    foretells = _read(model, folder, _SCHEDULER).get("prediction_type", "epsilon")
    return Kind.SD15_V if kind is Kind.SD15 and foretells != "epsilon" else kind


def _read(model: str, folder: Path, name: str) -> Mapping[Any, Any]:
    try:
        said = json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelDamaged(model=model, file=name) from error
    if not isinstance(said, dict):
        raise ModelDamaged(model=model, file=name)
    return said
