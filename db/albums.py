"""The pictures of jobs, as files: a folder for each job, a PNG for each picture."""

import contextlib
import errno
import io
import itertools
import logging
import os
import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from db.sealing import OPEN, Seal, SealBroken
from generation.provenance import stamped, stamped_file
from generation.request import Picture

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A picture's file, which may be sealed: nobody reads it but by `read_bytes`."""

    path: Path
    seal: Seal = OPEN

    @property
    def number(self) -> int:
        """Its place in the album, from 1."""
        return int(self.path.stem)

    def read_bytes(self) -> bytes:
        """Give the PNG. Raises OSError, also for what can't be opened with the key."""
        try:
            return self.seal.open(_read(self.path), _what(int(self.path.parent.name)))
        except SealBroken as error:
            raise OSError(
                errno.EBADMSG, "it can't be opened with DATA_KEY", str(self.path)
            ) from error


@dataclass(frozen=True, slots=True)
class Album:
    job_id: int
    pictures: tuple[KeptPicture, ...]

    @property
    def seeds(self) -> tuple[int | None, ...]:
        """Give the seed of each picture, as its file says; None where it doesn't."""
        return tuple(map(_seed_in, self.pictures))


SEED = re.compile(r"Seed: (\d+)")
"""A seed in a picture's parameters."""

TAKEN = {errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR}
"""What the system says when a folder can't be moved to where another one, or a file, is."""

MOVED = ".moved"
"""How a picture's file ends while an album is numbered anew."""

AS_IT_IS = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
"""Opens a file itself, not what a link leads to, and byte by byte: Windows has only the second."""

ASIDE = "unknown-"
"""How the name of a folder begins in which albums are set aside."""


class Albums:
    def __init__(
        self,
        folder: Path,
        seal: Seal = OPEN,
        *,
        kept: Callable[[bytes], object] | None = None,
        visible_mark: bool = False,
    ) -> None:
        """`kept` is given each picture when it has become a file, on the thread that wrote it.

        With a `visible_mark` people see on each that a machine has drawn it.
        """
        self._folder = folder
        self._seal = seal
        self._kept = kept
        self._visible_mark = visible_mark

    def save_picture(self, job_id: int, picture: Picture, parameters: str = "") -> None:
        """Write a picture with its parameters. Its file is whole or absent, never half written."""
        from db import png  # noqa: PLC0415 - imports OpenCV

        image = stamped(picture.image) if self._visible_mark else picture.image
        self._write(job_id, picture.index + 1, png.encode(image, parameters))

    def keep(self, job_id: int, number: int, png: bytes) -> None:
        """Write the file of picture `number`, counted from 1, as a machine has made it."""
        self._write(job_id, number, stamped_file(png) if self._visible_mark else png)

    def _write(self, job_id: int, number: int, png: bytes) -> None:
        folder = self._made(job_id)
        _write(folder / f"{number}.png", self._seal.close(png, _what(job_id)))
        if self._kept:
            self._kept(png)

    def arrange(self, job_id: int, order: Sequence[int]) -> None:
        """Number the pictures anew: the first of `order`, which are indices from 0, gets 1.

        A picture that is no longer there, as those of an erased job are, is missing afterwards too.
        """
        folder = self._folder / str(job_id)
        moved = [folder / f"{number}{MOVED}" for number in range(1, len(order) + 1)]
        for index, file in zip(order, moved, strict=True):
            with contextlib.suppress(FileNotFoundError):
                (folder / f"{index + 1}.png").replace(file)
        for file in moved:
            with contextlib.suppress(FileNotFoundError):
                file.replace(file.with_suffix(".png"))

    def picture(self, job_id: int, number: int) -> KeptPicture | None:
        """Give picture `number`, counted from 1; None when it is missing."""
        file = self._folder / str(job_id) / f"{number}.png"
        return KeptPicture(file, self._seal) if file.is_file() else None

    def of(self, job_id: int) -> Album:
        """Give the job's pictures in their order, without files that other programs left there."""
        return self._album_in(self._folder / str(job_id))

    def job_ids(self) -> list[int]:
        """Give the jobs that have a folder here."""
        folders = (path for path in self._folder.glob("*") if path.name.isdecimal())
        return [int(folder.name) for folder in folders if folder.is_dir()]

    def prepare(self, job_id: int) -> None:
        """Make the job's folder and write to it, so that nothing is drawn that can't be kept.

        What a crash left of the job goes: it may have been numbered anew. Raises OSError.
        """
        folder = self._made(job_id)
        drawn = (picture.path for picture in self._album_in(folder).pictures)
        for left in (*drawn, *folder.glob(f"*{MOVED}")):
            left.unlink()
        probe = folder / "probe.part"
        probe.write_bytes(b"?")
        probe.unlink()

    def drop(self, job_ids: Iterable[int]) -> list[int]:
        """Remove the pictures of jobs; give the jobs whose pictures could not be removed."""
        left = []
        for job_id in job_ids:
            try:
                shutil.rmtree(self._folder / str(job_id))
            except FileNotFoundError:
                continue
            except OSError as error:
                log.error("The pictures of job %s could not be removed: %s", job_id, error)  # noqa: TRY400 - a line is enough
                left.append(job_id)
        return left

    def set_aside(self, job_ids: Iterable[int]) -> Path | None:
        """Move the pictures of jobs out of the way, into one new folder; give that folder.

        None: there were no pictures. Empty folders are removed. Raises OSError.
        """
        full = [job_id for job_id in job_ids if not self._remove_empty(job_id)]
        if not full:
            return None
        aside = self._new_folder(f"{ASIDE}{datetime.now(UTC).astimezone():%Y-%m-%d-%H%M%S}")
        for job_id in full:
            (self._folder / str(job_id)).rename(aside / str(job_id))
        return aside

    def aside(self) -> list[Album]:
        """Give the albums that were set aside, those of the earliest start first."""
        folders = sorted(self._folder.glob(f"{ASIDE}*/*"))
        return [self._album_in(folder) for folder in folders if folder.name.isdecimal()]

    def put_back(self, album: Album) -> bool:
        """Move an album that was set aside into its place; False if that is taken.

        Raises OSError.
        """
        folder = album.pictures[0].path.parent
        try:
            folder.rename(self._folder / str(album.job_id))
        except OSError as error:
            if error.errno in TAKEN:
                return False
            raise
        with contextlib.suppress(OSError):  # others are still in there
            folder.parent.rmdir()
        return True

    def change_key(self, changing: Seal) -> int:
        """Seal every picture anew, those that were set aside too; give how many there are.

        What is done already is left. Raises SealBroken and OSError.
        """
        files = [
            file
            for folder in (self._folder, *self._folder.glob(f"{ASIDE}*"))
            for file in folder.glob("*/*.png")
            if file.parent.name.isdecimal()
        ]
        for file in files:
            content, what = _read(file), _what(int(file.parent.name))
            if not changing.is_done(content):
                _write(file, changing.close(changing.open(content, what), what))
        return len(files)

    def _album_in(self, folder: Path) -> Album:
        files = (file for file in folder.glob("*.png") if file.stem.isdecimal())
        pictures = (KeptPicture(file, self._seal) for file in files)
        return Album(int(folder.name), tuple(sorted(pictures, key=lambda one: one.number)))

    def _made(self, job_id: int) -> Path:
        """Make the job's folder. Raises OSError, for a link in its place too."""
        folder = self._folder / str(job_id)
        folder.mkdir(parents=True, exist_ok=True)
        if folder.is_symlink():
            raise NotADirectoryError(errno.ENOTDIR, "it is a link", str(folder))
        return folder

    def _remove_empty(self, job_id: int) -> bool:
        folder = self._folder / str(job_id)
        if any(folder.iterdir()):
            return False
        folder.rmdir()
        return True

    def _new_folder(self, name: str) -> Path:
        """Make a folder of this name, or with a number behind it if the name is taken."""
        for number in itertools.count(1):
            folder = self._folder / (name if number == 1 else f"{name}-{number}")
            with contextlib.suppress(FileExistsError):
                folder.mkdir()
                return folder
        raise AssertionError  # the numbers have no end


def _what(job_id: int) -> str:
    """Name what a sealed file is: it may be numbered anew, but no other album has it."""
    return f"picture of {job_id}"


def _read(file: Path) -> bytes:
    """Read a file. Raises OSError, for a link too: it may lead anywhere."""
    with os.fdopen(os.open(file, os.O_RDONLY | AS_IT_IS), "rb") as stream:
        return stream.read()


def _write(file: Path, content: bytes) -> None:
    """Write a file, which is whole or absent. A link in its place is replaced, not followed."""
    unfinished = file.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | AS_IT_IS
    with os.fdopen(os.open(unfinished, flags, 0o600), "wb") as stream:
        stream.write(content)
    unfinished.replace(file)


def _seed_in(kept: KeptPicture) -> int | None:
    with contextlib.suppress(OSError), Image.open(io.BytesIO(kept.read_bytes())) as picture:
        if seeds := SEED.findall(picture.info.get("parameters", "")):
            return int(seeds[-1])  # others may be in the words
    return None
