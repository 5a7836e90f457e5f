"""A model's files on this machine: downloaded if they are missing, then checked."""

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Literal

from safetensors import SafetensorError, safe_open

from generation.face_frame import PLUS_FACE, FaceFrame
from generation.models.download import fetch, find_missing
from generation.models.fitness import refuse_misfit
from generation.models.hub.cache import find_snapshot
from generation.models.hub.hub import Hub, OnNews
from generation.models.model import Model
from generation.models.sources import (
    HALF,
    HubUnreachable,
    ModelDamaged,
    ModelUnavailable,
    PocketDamaged,
    Source,
    refuse_gaps,
)

_log = logging.getLogger(__name__)

_TURBO_PARTS = frozenset({"few_steps", "tiny_vae"})
"""Parts that only TURBO needs."""

_LUXURIES = (_TURBO_PARTS, frozenset({"translator"}))
"""Parts that a model draws without; each group is of use by itself."""


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """Where a model's parts are: directories, and the IP-Adapter's safetensors file."""

    name: str
    base: Path
    """With a `checkpoint` this directory has only what the file leaves out."""
    image_encoder: Path
    adapter: Path
    vae: Path
    guidance: tuple[float, float]
    """See `models.model.Model`."""
    checkpoint: Path | None = None
    """A single file with the weights of what is in `base`."""
    frame: FaceFrame = PLUS_FACE
    """What the adapter wants to see around a face."""
    squares_only: bool = False
    """See `models.model.Model`."""
    few_steps: Path | None = None
    """The LoRA's safetensors file."""
    sampler: Literal["ddim", "lcm"] = "ddim"
    tiny_vae: Path | None = None
    translator: Path | None = None
    """What puts Russian words into English."""
    variants: Mapping[str, str] = field(default_factory=dict)
    """The argument `variant` of `from_pretrained`, by network, for those that are here in half
    precision only: unet, text_encoder, vae, image_encoder."""

    @property
    def image_processor(self) -> Path | None:
        """File with the settings that prepare a picture for the image encoder."""
        file = self.base / "feature_extractor" / "preprocessor_config.json"
        return file if file.is_file() else None


def locate(model: Model, on_news: OnNews | None = None, *, whole: bool = False) -> ModelFiles:
    """Find the model's files, and download those that are not here yet.

    The hub is not asked about files that are here. Only safetensors are read: other weights can
    carry code. When only TURBO's parts or the translator are missing and can't be downloaded, the
    model comes without them, unless `whole` is set. Raises PocketDamaged, CheckpointUnfit, and what
    `download.fetch` raises.
    """
    if model.sums:
        _compare_sums(model.sums)
    sources = model.sources
    if model.wants_sd15 and find_missing([model.base]):
        refuse_misfit(Hub(model.name, on_news), model.base)
    if any(source.hub_id for source in sources.values()):
        sources = _fetch_parts(model.name, sources, on_news, whole=whole)
    found = {part: _find(model.name, source) for part, source in sources.items()}
    few, paths = model.few_steps, {part: one.path for part, one in found.items()}
    return ModelFiles(
        name=model.name,
        base=paths["base"],
        image_encoder=paths["image_encoder"],
        adapter=paths["adapter"],
        vae=paths["vae"],
        guidance=model.guidance,
        checkpoint=paths.get("checkpoint"),
        frame=model.frame,
        squares_only=model.squares_only,
        few_steps=paths.get("few_steps"),
        sampler=few.sampler if few else "ddim",
        tiny_vae=paths.get("tiny_vae"),
        translator=paths.get("translator"),
        variants={name: HALF for part, one in found.items() for name in one.halves(part)},
    )


def _fetch_parts(
    model: str, sources: dict[str, Source], on_news: OnNews | None, *, whole: bool
) -> dict[str, Source]:
    """Download what is missing; return the parts that are here now. Luxuries may be missing."""
    hub = Hub(model, on_news)
    if whole:
        fetch(hub, sources.values())
        return sources
    for source in find_missing(sources.values()):
        licence = source.licence or "a licence that its page tells"
        _log.info("https://huggingface.co/%s comes under %s", source.hub_id, licence)
    luxuries = frozenset[str]().union(*_LUXURIES)
    needed = [source for part, source in sources.items() if part not in luxuries]
    fetch(hub, needed)
    hub.before_answer_s = 0  # who has no network is not kept waiting for what can be done without
    for parts in _LUXURIES:
        try:
            fetch(hub, [sources[part] for part in parts & sources.keys()])
        except HubUnreachable as refusal:
            _log.warning("%s comes without %s: %r", model, ", ".join(sorted(parts)), refusal)
            break  # it would only be waited for once more
        except ModelUnavailable as refusal:
            _log.warning("%s comes without %s: %r", model, ", ".join(sorted(parts)), refusal)
    return {part: source for part, source in sources.items() if not find_missing([source])}


@dataclass(frozen=True, slots=True)
class _Part:
    """A directory or file, and the names of the files in it that are read."""

    path: Path
    names: list[Path]

    def halves(self, part: str) -> Iterator[str]:
        """Name the networks that are here in half precision only, after their folders."""
        return (name.parent.name or part for name in self.names if f".{HALF}." in name.name)


def _compare_sums(sums: Path) -> None:
    """Compare every shipped file with its SHA-256 sum: 28 MB take a twentieth of a second.

    Every file must be in the list: one that is not could be anything.
    """
    folder = sums.parent
    try:
        listed = [line.split() for line in sums.read_text(encoding="utf-8").splitlines()]
        files = {name: expected for expected, name in listed}
    except (OSError, ValueError) as error:
        raise PocketDamaged(file=sums.name) from error
    existing = {
        str(file.relative_to(folder))
        for file in folder.rglob("[!.]*")  # a Mac leaves a .DS_Store
        if file.is_file()
    }
    if existing - files.keys() - {sums.name, "README.md"}:
        raise PocketDamaged(file=sums.name)
    for name, expected in files.items():
        try:
            found = sha256((folder / name).read_bytes()).hexdigest()
        except OSError as error:
            raise PocketDamaged(file=name) from error
        if found != expected:
            raise PocketDamaged(file=name)


def _find(model: str, source: Source) -> _Part:
    root = (find_snapshot(source) if source.hub_id else None) or Path(source.root)
    alternatives = source.alternatives()
    folders = {(root / name).parent for names in alternatives for name in names}
    files = [file for folder in folders if folder.is_dir() for file in folder.iterdir()]
    existing = {str(file.relative_to(root)) for file in files if file.is_file()}
    refuse_gaps(model, source, existing)
    chosen = [next(name for name in names if name in existing) for names in alternatives]
    for name in chosen:
        _check(model, root, name)
    return _Part(root / source.path, [Path(name).relative_to(source.path) for name in chosen])


def _check(model: str, root: Path, name: str) -> None:
    """Refuse a file that was cut short, before torch reads it."""
    path = root / name
    try:
        if path.suffix == ".safetensors":
            safe_open(
                path, framework="np"
            )  # reads the header, and compares the file's size with it
        elif path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, SafetensorError) as error:
        raise ModelDamaged(model=model, file=name) from error
