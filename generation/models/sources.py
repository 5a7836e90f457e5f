"""Where a part of a model comes from, which files it has, and why it can't be had."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from generation.errors import Refusal


class ModelUnavailable(Refusal):
    """A model can't be had. Fields: model, and what its subclasses add."""


class ModelUnknown(ModelUnavailable):
    """Neither a name of ours nor a directory nor a model that the hub gives to us."""


class ModelGated(ModelUnavailable):
    """The hub gives it only to those who agreed to its terms and signed in."""


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


class ModelChanged(ModelUnavailable):
    """The hub offers another file than the one whose checksum is known. Fields: model, file."""


class OnlyPickles(ModelUnavailable):
    """Weights are there as a pickle only, which can carry code. Fields: model, file."""


class PocketDamaged(ModelUnavailable):
    """A file of the shipped model is missing or not the one that was shipped. Fields: file."""


_SAFE = ".safetensors"
_PICKLES = frozenset({".bin", ".ckpt", ".pt", ".pth", ".pkl"})
"""What torch unpickles. None of them is ever fetched or read."""

HALF = "fp16"
"""What diffusers and transformers call the variant in half precision, in the files' names too."""

_ITSELF = ("",)


@dataclass(frozen=True, slots=True)
class Source:
    """A directory or file: `path` inside `root`, which is a local directory or a hub id.

    `files` are what is needed of it, relative to `path`. Of the hub besides: `revision`, a commit
    where one is known to be good and a branch where none is; `size`, about how many bytes the
    files are; `sha256` by path in the repository, of the files whose checksum is known from
    elsewhere than the hub itself.
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
        """Give each file's names inside `root`, the one to be preferred first.

        A network may be there in half precision: of the hub that is half of the download, in a
        local directory the whole one is there already.
        """
        return [self._names(str(PurePosixPath(self.path, name))) for name in self.files]

    def _names(self, name: str) -> tuple[str, ...]:
        if self.files == _ITSELF or not name.endswith(_SAFE):
            return (name,)
        half = f"{name.removesuffix(_SAFE)}.{HALF}{_SAFE}"
        return (half, name) if self.hub_id else (name, half)


def refuse_gaps(model: str, source: Source, there: Collection[str]) -> None:
    """Refuse a source of which a file has none of its names `there`.

    Raises OnlyPickles where a pickle is in the file's place, else ModelIncomplete.
    """
    gaps = [min(names, key=len) for names in source.alternatives() if not set(names) & set(there)]
    pickles = {PurePosixPath(name).parent for name in there if is_pickle(name)}
    safe = any(name.endswith(_SAFE) for name in there)
    for gap in gaps:
        beside = PurePosixPath(gap).parent in pickles
        if gap.endswith(_SAFE) and (beside or (pickles and not safe)):
            raise OnlyPickles(model=model, file=gap)
    if gaps:
        raise ModelIncomplete(model=model, file=gaps[0])


def is_pickle(name: str) -> bool:
    return PurePosixPath(name).suffix in _PICKLES
