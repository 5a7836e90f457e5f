"""Where a part of a model comes from, which files it has, and why it is refused."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from generation.errors import Refusal


class ModelUnavailable(Refusal):
    """A model that can't be loaded. Fields: model, and what the subclasses add."""


class ModelUnknown(ModelUnavailable):
    """Neither a name of the catalogue, nor a directory, nor a model that the hub has for us."""


class ModelGated(ModelUnavailable):
    """A model for which the hub wants a sign-in and the agreement to its terms."""


class HubUnreachable(ModelUnavailable):
    """The model is not on this machine, and the hub does not answer. Fields: model, host.

    What else keeps it away is below `models.hub.refusals`.
    """

    passes = True
    """Whether waiting may help."""

    asked_s = 0
    """Seconds that the hub asked to wait."""


class ModelIncomplete(ModelUnavailable):
    """A file is missing. Fields: model; file: its path relative to the model."""


class ModelDamaged(ModelUnavailable):
    """A file is broken. Fields: model, file."""


class LoraUnfit(ModelUnavailable):
    """Few-step weights or a LoRA made for another architecture. Fields: model, file."""


class LoraUnusable(Refusal):
    """A file in the folder LORAS that is not used. Fields: file; kind: what it is, or is wrong."""


class NoLorasFolder(Refusal):
    """LORAS names no folder. Fields: folder."""


class LoraUnknown(Refusal):
    """A LoRA that the owner's folder does not have. Fields: name."""


class NoFewSteps(Refusal):
    """A mode for which the model has no few-step weights. Fields: mode."""


class ModelChanged(ModelUnavailable):
    """A file of the hub has another checksum than the known one. Fields: model, file."""


class OnlyPickles(ModelUnavailable):
    """Weights that exist only as a pickle, which can carry code. Fields: model, file."""


class CheckpointUnfit(ModelUnavailable):
    """A checkpoint that this bot can't draw with. Fields: model; kind: a `checkpoint.Kind`."""


class NoCheckpoint(ModelUnavailable):
    """A folder that is no model and has no checkpoint in it."""


class CheckpointCutShort(ModelUnavailable):
    """A file that has only begun to come. Fields: model; missing, whole, and the unit of each."""


class NameUnusable(ModelUnavailable):
    """A file whose name can't be shown: it has bytes that are no letters, or ends a line."""


class CheckpointTwice(ModelUnavailable):
    """A file in a folder that has another of its name. Fields: model: its path in the folder."""


class CheckpointsGone(ModelUnavailable):
    """The folder of checkpoints is not there any more. Fields: model: the folder's name."""


class PocketDamaged(ModelUnavailable):
    """A file of the shipped model is missing or was changed. Fields: file."""


SAFE = ".safetensors"
"""Suffix of files of weights that can carry nothing else."""

_PICKLES = frozenset({".bin", ".ckpt", ".pt", ".pth", ".pkl"})
"""Suffixes of files that torch unpickles. Such files are never fetched or read."""

HALF = "fp16"
"""Name that diffusers and transformers give to half precision, in file names too."""

_ITSELF = ("",)
"""`Source.files` when the source is a file: `path` is its name."""


@dataclass(frozen=True, slots=True)
class Source:
    """A directory or file: `path` inside `root`, which is a local directory or a hub id.

    `files` are the needed files, relative to `path`. The other fields describe sources of the hub:
    `revision` is a commit that is known to be good, or a branch; `size` is the files' size in
    bytes, roughly; `sha256` has the checksums that are known from elsewhere than the hub itself,
    by path in the repository.
    """

    root: Path | str
    path: str = ""
    files: tuple[str, ...] = _ITSELF
    revision: str = "main"
    licence: str = ""
    size: int = 0
    sha256: Mapping[str, str] = field(default_factory=dict)

    @property
    def hub_id(self) -> str | None:
        return self.root if isinstance(self.root, str) else None

    def alternatives(self) -> list[tuple[str, ...]]:
        """List the names inside `root` under which each file may exist, the best name first.

        Weights may exist in half precision. That is best on the hub, where it halves the download;
        in a local directory single precision is best, for it is there already.
        """
        return [self._list_names(str(PurePosixPath(self.path, name))) for name in self.files]

    def _list_names(self, name: str) -> tuple[str, ...]:
        if self.files == _ITSELF or not name.endswith(SAFE):
            return (name,)
        half = f"{name.removesuffix(SAFE)}.{HALF}{SAFE}"
        return (half, name) if self.hub_id else (name, half)


def refuse_gaps(model: str, source: Source, existing: Collection[str]) -> None:
    """Refuse a source if one of its files is not among the `existing` names.

    Raises OnlyPickles if there is a pickle instead of the file, else ModelIncomplete.
    """
    gaps = [
        min(names, key=len) for names in source.alternatives() if not set(names) & set(existing)
    ]
    pickle_folders = {PurePosixPath(name).parent for name in existing if is_pickle(name)}
    has_safe = any(name.endswith(SAFE) for name in existing)
    for gap in gaps:
        beside_pickle = PurePosixPath(gap).parent in pickle_folders
        if gap.endswith(SAFE) and (beside_pickle or (pickle_folders and not has_safe)):
            raise OnlyPickles(model=model, file=gap)
    if gaps:
        raise ModelIncomplete(model=model, file=gaps[0])


def is_pickle(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in _PICKLES
