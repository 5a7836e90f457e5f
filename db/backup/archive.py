"""The file of a backup: a zip that says what is in it, with a checksum of each part.

Nothing in it is compressed: pictures are already, and so a small file can't unpack into a
large one.
"""

import contextlib
import hashlib
import json
import os
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from generation.errors import Refusal

FORMAT = 1
MANIFEST, DATABASE, STYLES = "manifest.json", "bot.db", "styles.toml"
PART = re.compile(
    rf"{re.escape(DATABASE)}|{re.escape(STYLES)}|albums/[0-9]{{1,18}}/[0-9]{{1,4}}\.png"
)
"""The names that a part may have. No other one is ever written to the disk."""

MOST_MANIFEST = 2**28
"""Bytes of the longest list of contents that is read: about two million pictures."""

CHUNK = 2**20


class BackupExists(Refusal):
    """There is a file of this name already. Fields: where."""


class BackupUnwritable(Refusal):
    """The backup can't be written. Fields: where, reason."""


class BackupDamaged(Refusal):
    """A file is no whole backup. Fields: where, reason."""


class BackupNewer(Refusal):
    """A newer version of this bot made the backup. Fields: where."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says of itself; `schema` is the newest migration of its database."""

    schema: str
    made: str
    """When, in UTC, as ISO 8601 has it."""
    people: int
    albums: int
    pictures: int


def write(file: Path, contents: Contents, parts: Iterable[tuple[str, Path]]) -> Contents:
    """Write the file, whole or not at all, for nobody else to read; give what is in it.

    A picture that is gone by then was erased meanwhile: it is left out. Raises BackupExists and
    BackupUnwritable.
    """
    unfinished = file.with_name(f"{file.name}.part")
    try:
        if file.exists():
            raise BackupExists(where=str(file))
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w+b") as raw:
                contents = _fill(raw, contents, parts)
                raw.flush()
                os.fsync(raw.fileno())
            unfinished.rename(file)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise BackupUnwritable(where=str(file), reason=error.strerror or str(error)) from error
    return contents


def _fill(raw: IO[bytes], contents: Contents, parts: Iterable[tuple[str, Path]]) -> Contents:
    sums: dict[str, str] = {}
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED) as archive:
        for name, path in parts:
            may_be_gone = (FileNotFoundError,) if name != DATABASE else ()
            with (
                contextlib.suppress(*may_be_gone),
                path.open("rb") as source,
                archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as target,
            ):
                sums[name] = _copy(source, target)
        pictures = [name for name in sums if name.startswith("albums/")]
        albums = {name.split("/")[1] for name in pictures}
        counted = {**asdict(contents), "albums": len(albums), "pictures": len(pictures)}
        archive.writestr(MANIFEST, json.dumps({"format": FORMAT, **counted, "sums": sums}))
    return Contents(**counted)


class Archive:
    """A backup that is read. It is written by nobody knows whom: nothing in it is trusted."""

    def __init__(self, archive: zipfile.ZipFile, where: str) -> None:
        self._archive, self._where = archive, where
        try:
            self.contents, self._sums = self._read_manifest()
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise self._damaged("its list of contents can't be read") from error
        self._check_names()

    def has(self, name: str) -> bool:
        return name in self._sums

    def unpack(self, name: str, target: Path) -> None:
        """Write a part into a new file. Raises BackupDamaged if it is not as it was, OSError."""
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with self._archive.open(name) as source, target.open("xb") as file:
                found = _copy(source, file)
        except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
            raise self._damaged(name) from error
        if found != self._sums[name]:
            raise self._damaged(name)

    def albums(self) -> Iterator[str]:
        """Name the pictures."""
        return (name for name in self._sums if name.startswith("albums/"))

    def _read_manifest(self) -> tuple[Contents, dict[str, str]]:
        if self._archive.getinfo(MANIFEST).file_size > MOST_MANIFEST:
            raise ValueError(MANIFEST)
        manifest = json.loads(self._archive.read(MANIFEST))
        if manifest.pop("format") > FORMAT:
            raise BackupNewer(where=self._where)
        sums = {str(name): str(digest) for name, digest in manifest.pop("sums").items()}
        return Contents(**manifest), sums

    def _check_names(self) -> None:
        infos = self._archive.infolist()
        names = sorted(info.filename for info in infos)
        if names != sorted([MANIFEST, *self._sums]) or DATABASE not in self._sums:
            raise self._damaged("its parts are not those of its list")
        for info in infos:
            is_part = PART.fullmatch(info.filename) or info.filename == MANIFEST
            if not is_part or info.compress_type != zipfile.ZIP_STORED:
                raise self._damaged("it has parts that no backup has")

    def _damaged(self, reason: str) -> BackupDamaged:
        return BackupDamaged(where=self._where, reason=reason)


@contextlib.contextmanager
def reading(file: Path) -> Iterator[Archive]:
    """Open a backup. Raises BackupDamaged and BackupNewer."""
    try:
        archive = zipfile.ZipFile(file)
    except (OSError, zipfile.BadZipFile, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise BackupDamaged(where=str(file), reason=reason) from error
    with archive:
        yield Archive(archive, str(file))


def _copy(source: IO[bytes], target: IO[bytes]) -> str:
    """Copy everything; give its SHA-256."""
    digest = hashlib.sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest()
