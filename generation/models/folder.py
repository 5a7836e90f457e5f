"""A folder that the owner fills with files of weights, looked through safely."""

import logging
import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from generation.models.sources import SAFE, is_pickle

_log = logging.getLogger(__name__)

DEEPEST = 3
"""Folders in folders that are looked into: people sort their files, and nobody so deeply."""

_MOST = 20_000
"""Files that are looked at: more are somebody's whole disk, named by a slip."""

_UNWRITABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
"""Kinds of signs (Unicode's categories) that no name may have: those that end a line or steer a
terminal, and bytes that are no UTF-8, which no chat takes."""


def files_of_weights(folder: Path, most: int = _MOST) -> list[Path]:
    """Find the safetensors files and pickles in a folder and its folders.

    Hidden ones, which a Mac leaves, don't count; nor do folders that can't be read.
    """
    files = []
    for looked, file in enumerate(_walk(folder)):
        if looked == most:
            _log.warning("%s has too many files: the first %s are looked at", folder, most)
            break
        if (file.suffix.lower() == SAFE or is_pickle(file.name)) and is_there(file, file=True):
            files.append(file)
    return files


def is_there(path: Path, *, file: bool = False) -> bool:
    """Say whether a path, or a regular file, exists. What no disk can have does not."""
    try:
        return path.is_file() if file else path.exists()
    except (OSError, ValueError):  # a name is too long, or a folder closed to us
        return False


def is_writable(name: str) -> bool:
    """Say whether a file's name can be shown and sent, in one line."""
    return not any(unicodedata.category(sign) in _UNWRITABLE for sign in name)


def shown(name: str) -> str:
    """Give a name with a sign in the place of each that can't be written."""
    return "".join(sign if is_writable(sign) else "\N{REPLACEMENT CHARACTER}" for sign in name)


def _walk(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        here = Path(place)
        deep = len(here.relative_to(folder).parts) >= DEEPEST
        folders[:] = [] if deep else sorted(one for one in folders if not one.startswith("."))
        yield from (here / name for name in sorted(names) if not name.startswith("."))
