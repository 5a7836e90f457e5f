"""Tensors by name, each of which is read when it is asked for. Imports torch."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import torch
from safetensors import safe_open

from generation.models.header import Header

Version = tuple[int, int]
"""When a file was written, in nanoseconds, and its bytes: another file in its place has others."""


class FileReplacedError(OSError):
    """A file is another one than when it was looked at."""


def version_of(file: Path) -> Version:
    """Look at a file. Raises OSError if it is gone."""
    found = file.stat()
    return found.st_mtime_ns, found.st_size


def shards(index: Path) -> list[Path]:
    """Name the files of which an index says which tensor is in which.

    Raises OSError, ValueError or KeyError if there is no such index.
    """
    listed = json.loads(index.read_text(encoding="utf-8"))["weight_map"]
    return [index.parent / name for name in sorted(set(listed.values()))]


class TensorFiles(Mapping[str, torch.Tensor]):
    """The tensors of safetensors files; of each name the `prefix`, where it has one, is left out.

    Nothing of the files stays in memory: one is mapped anew for each tensor, for what was read of a
    mapping counts as the process's own memory until the mapping ends. Whoever reads a tensor gets
    FileReplacedError if the file is another one meanwhile, and what safetensors raises.
    """

    def __init__(self, files: Sequence[Path], prefix: str = "") -> None:
        self._versions = {file: version_of(file) for file in files}
        self._places: dict[str, tuple[Path, str]] = {}
        """File and name there of each tensor."""
        self.shapes: dict[str, tuple[int, ...]] = {}
        for file in files:
            for name, shape in Header.of(file).shapes.items():
                own = name.removeprefix(prefix)
                self._places[own], self.shapes[own] = (file, name), shape

    def refuse_others(self) -> None:
        """Raise FileReplacedError if a file is another one meanwhile, and OSError if it is gone."""
        for file, version in self._versions.items():
            if version_of(file) != version:
                raise FileReplacedError(file)

    def __getitem__(self, name: str) -> torch.Tensor:
        self.refuse_others()
        file, theirs = self._places[name]
        with safe_open(file, framework="pt") as tensors:
            tensor: torch.Tensor = tensors.get_tensor(theirs)
        return tensor

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
