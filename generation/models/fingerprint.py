"""What tells different models, and different files, of one name apart."""

import contextlib
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from generation.models.download import find_missing
from generation.models.hub.cache import find_snapshot
from generation.models.model import Model
from generation.models.sources import Source

DRAWS = ("base", "image_encoder", "adapter", "vae", "checkpoint")
"""The parts of a model that decide what is drawn: TURBO's and the translator are offered apart."""


class Fingerprints:
    """SHA-256 sums of files, remembered by size and time of change: models have gigabytes."""

    def __init__(self, file: Path) -> None:
        """`file` is where they are remembered."""
        self._file = file
        self._known = _read(file)

    def of_model(self, model: Model) -> str:
        """Give what tells the model from others of its name; empty while parts of it are missing.

        A part of the hub is told by its commit, so that half and full precision are the same; one
        of a folder by what is in its files. Nothing is downloaded. Raises OSError.
        """
        sources = [source for part, source in model.sources.items() if part in DRAWS]
        if find_missing(sources):
            return ""
        parts = [self._of_source(source) for source in sources]
        return hashlib.sha256(" ".join(parts).encode()).hexdigest() if all(parts) else ""

    def of_files(self, files: Mapping[str, Path]) -> dict[str, str]:
        """Give the SHA-256 of each file, by its name; those that can't be read are left out."""
        found = {}
        for name, file in files.items():
            with contextlib.suppress(OSError):
                found[name] = self.of_file(file)
        return found

    def of_file(self, file: Path) -> str:
        """Give the SHA-256 of a file. Raises OSError."""
        status = file.stat()
        key = f"{file.resolve()} {status.st_size} {status.st_mtime_ns}"
        if key not in self._known:
            self._known[key] = _digest(file)
            self._save()
        return self._known[key]

    def _of_source(self, source: Source) -> str:
        if source.hub_id:
            snapshot = find_snapshot(source)
            return f"{source.hub_id}@{snapshot.name}/{source.path}" if snapshot else ""
        root = Path(source.root)
        there = [
            next((root / name for name in names if (root / name).is_file()), None)
            for names in source.alternatives()
        ]
        return " ".join(self.of_file(file) for file in there if file) if all(there) else ""

    def _save(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        part = self._file.with_suffix(".part")
        part.write_text(json.dumps(self._known), encoding="utf-8")
        part.replace(self._file)


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _read(file: Path) -> dict[str, str]:
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}
