"""The pictures of finished jobs, as files: one folder a job, one PNG a picture."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generation.request import Picture


@dataclass(frozen=True, slots=True)
class Album:
    job_id: int
    pictures: tuple[Path, ...]


class Albums:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, job_id: int, picture: Picture) -> None:
        """Write a picture; under its name it is either whole or not there."""
        folder = self._folder / str(job_id)
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f"{picture.index + 1}.part"
        picture.image.save(unfinished, format="PNG")
        unfinished.replace(folder / f"{picture.index + 1}.png")

    def of(self, job_id: int) -> Album:
        """Give the job's pictures, in order."""
        files = (self._folder / str(job_id)).glob("*.png")
        return Album(job_id, tuple(sorted(files, key=lambda file: int(file.stem))))

    def job_ids(self) -> list[int]:
        """Give the jobs that have a folder here."""
        return [int(folder.name) for folder in self._folder.glob("*") if folder.name.isdecimal()]

    def drop(self, job_ids: Iterable[int]) -> None:
        for job_id in job_ids:
            shutil.rmtree(self._folder / str(job_id), ignore_errors=True)
