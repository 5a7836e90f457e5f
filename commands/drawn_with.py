"""What the bot draws with: generators, modes and styles, by the settings and the model."""

import logging
from collections.abc import Mapping

from config import SWITCH, Settings
from db import Database, FaceTokens
from generation.benchmark import report
from generation.engine.generator import DiffusionGenerator
from generation.models.choice import ModelChoice
from generation.models.loras import Loras
from generation.models.model import Model
from generation.models.sources import NoFewSteps
from generation.modes import Mode
from generation.request import AlbumGenerator
from generation.words.styles import StyleEntry, load_styles

log = logging.getLogger(__name__)

STYLES_FILE = "styles.toml"
"""Name of the owner's own styles in DATA_DIR."""


def generators_for(
    settings: Settings,
    choice: ModelChoice,
    loras: Loras,
    database: Database | None,
    workers: int,
) -> list[AlbumGenerator]:
    """Make one for each worker, with its own pipeline, and its own device if there are several.

    Where there is no `database` that may keep them, what a model makes of a face is made anew.
    """
    tokens = FaceTokens(database) if database else None
    return [
        DiffusionGenerator(choice, settings.device, number, settings.tuning, tokens, loras.files)
        for number in range(workers)
    ]


def modes_of(settings: Settings, model: Model) -> Mapping[str, Mode]:
    """Give the modes that the model can draw. Raises NoFewSteps if the default is none of them."""
    modes = settings.modes(model.few_steps.steps if model.few_steps else None)
    if settings.preset not in modes:
        raise NoFewSteps(mode=settings.preset)
    return modes


def styles_of(
    settings: Settings, model: Model, loras: Loras
) -> tuple[Mapping[str, StyleEntry], Mapping[str, StyleEntry]]:
    """Give the styles that the model knows, and those that it doesn't. Raises StylesDamaged."""
    own = settings.data_dir / STYLES_FILE
    entries = load_styles(*([own] if own.exists() else []), loras=loras.triggers)
    known = {
        name: entry
        for name, entry in entries.items()
        if entry.known_to(model.vocabulary, loras.usable)
    }
    others = {name: entry for name, entry in entries.items() if name not in known}
    for name, entry in others.items():
        if entry.style.lora:
            log.warning(
                "The style %s is not offered: its LoRA %s is not used here", name, entry.style.lora
            )
    return known, others


def measured_seconds(
    settings: Settings, model: str, modes: Mapping[str, Mode]
) -> Mapping[str, float]:
    return report.load(
        settings.data_dir,
        model,
        modes,
        settings.device,
        settings.image_size,
        compiled=SWITCH[settings.compile],
    )
