"""New data take the place of the old: all of them or none, whenever the process is killed.

What is new is first made ready beside what is old. Then a note is written; from that moment on the
new data count, and whoever opens the folder next finishes what is left to do.
"""

import contextlib
import json
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

READY = ".restoring"
"""How the name of something new ends until it is in its place."""

NOTE = "restore.json"
"""The note's name in DATA_DIR."""

LOGS = ("", "-wal", "-shm", "-journal")
"""How the names end of an SQLite database and the files of its log: they go together."""


@dataclass(frozen=True, slots=True)
class Swap:
    """What is replaced, and what the old data are called afterwards: with `suffix` at the end."""

    folder: Path
    targets: tuple[Path, ...]
    suffix: str

    def ready(self, target: Path) -> Path:
        """Give where the new `target` is made ready: on the same disk, so that it can be moved."""
        return target.with_name(target.name + READY)

    def begin(self) -> None:
        """Remove what an earlier try left."""
        for target in self.targets:
            _remove(self.ready(target))

    def commit(self) -> list[Path]:
        """Let the new data count, and put them in place; give where the old ones are."""
        note, unfinished = self.folder / NOTE, self.folder / f"{NOTE}.part"
        _flush()
        targets = [str(target) for target in self.targets]
        unfinished.write_text(json.dumps({"targets": targets, "suffix": self.suffix}))
        with unfinished.open("r+b") as file:
            os.fsync(file.fileno())
        unfinished.replace(note)
        _flush()
        return self.finish()

    def finish(self) -> list[Path]:
        """Put in place what is not yet; give where the old data are."""
        for target in self.targets:
            if self.ready(target).exists():  # so what is in its place is the old one
                for end in LOGS:
                    with contextlib.suppress(FileNotFoundError):
                        target.with_name(target.name + end).rename(self._old(target, end))
                self.ready(target).rename(target)
        _flush()
        (self.folder / NOTE).unlink()
        return [self._old(target) for target in self.targets if self._old(target).exists()]

    def _old(self, target: Path, end: str = "") -> Path:
        return target.with_name(f"{target.name}{self.suffix}{end}")


def finish_swap(folder: Path) -> bool:
    """Finish a swap that was cut off after its note; say whether there was one."""
    try:
        noted = json.loads((folder / NOTE).read_text())
    except FileNotFoundError:
        return False
    Swap(folder, tuple(map(Path, noted["targets"])), noted["suffix"]).finish()
    return True


def movable(targets: Sequence[Path]) -> bool:
    """Say whether each can be moved aside: a disk that is mounted there can't."""
    return not any(target.is_mount() for target in targets)


def _flush() -> None:
    """Have the disk hold what was written. Windows has no such call, but keeps a journal."""
    if sys.platform != "win32":
        os.sync()


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
