"""The cache that all of the hub's programs share: which files are here, and whether they are whole.

`blobs/` has the files by their checksums, `snapshots/<commit>/` links to them by name, and `refs/`
says at which commit a branch was.
"""

import contextlib
import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import uuid4

from generation.models.hub.client import client
from generation.models.hub.refusals import DiskFilled, ModelUnwritable
from generation.models.hub.repository import (
    MAIN,
    SHA1_LENGTH,
    HubFile,
    Repository,
    digest_like,
)
from generation.models.sources import Source

CHUNK = 2**20
"""Bytes that are read at once."""


def cache_folder() -> Path:
    return Path(client().constants.HF_HUB_CACHE)


def find_snapshot(source: Source) -> Path | None:
    """Find a source's folder in the cache, without asking the hub. Files may be missing in it."""
    folder = _repository_folder(str(source.root))
    for revision in (source.revision, MAIN):
        commit = revision
        if len(revision) != SHA1_LENGTH:
            try:
                commit = (folder / "refs" / revision).read_text().strip()
            except OSError:
                continue
        if (snapshot := folder / "snapshots" / commit).is_dir():
            return snapshot
    return None


def is_here(repository: Repository, file: HubFile) -> bool:
    return blob_path(repository, file).exists() or _snapshot(repository, file).is_file()


def count_missing_bytes(repository: Repository, file: HubFile) -> int:
    if is_here(repository, file):
        return 0
    partial = partial_path(blob_path(repository, file))
    return max(0, file.size - partial.stat().st_size) if partial.exists() else file.size


def link(repository: Repository, files: Iterable[HubFile]) -> None:
    """Give files that are here their names in the commit's snapshot, and note the commit."""
    for file in files:
        named = _snapshot(repository, file)
        if not named.is_file():
            named.parent.mkdir(parents=True, exist_ok=True)
            _place(blob_path(repository, file), named)
    if len(repository.revision) != SHA1_LENGTH:
        ref = _repository_folder(repository.hub_id) / "refs" / repository.revision
        ref.parent.mkdir(parents=True, exist_ok=True)
        written = _beside(ref)
        written.write_text(repository.commit)
        written.replace(ref)


def is_whole(path: Path) -> bool:
    """Compare a file of a snapshot with its checksum, which is the name of its blob.

    A cache of copies instead of links has no blobs: there every file that exists counts as whole.
    """
    if not path.is_file():
        return False
    checksum = path.readlink().name if path.is_symlink() else ""
    digest = digest_like(checksum, path.stat().st_size)
    if digest is None:
        return True
    try:
        with path.open("rb") as file:
            while block := file.read(CHUNK):
                digest.update(block)
    except OSError:
        return False
    return digest.hexdigest() == checksum


def drop(path: Path) -> None:
    """Remove a file from the cache."""
    if path.is_symlink():
        (path.parent / path.readlink()).unlink(missing_ok=True)
    path.unlink(missing_ok=True)


@contextlib.contextmanager
def refusing_disk_errors(model: str) -> Iterator[None]:
    """Raise what the disk raises as DiskFilled or ModelUnwritable."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFilled(model=model) from error
        raise ModelUnwritable(model=model, reason=error.strerror or str(error)) from error


def blob_path(repository: Repository, file: HubFile) -> Path:
    return _repository_folder(repository.hub_id) / "blobs" / file.checksum


def partial_path(blob: Path) -> Path:
    """Give where a file is while it comes. Its name is the same in every process: it goes on."""
    return blob.with_name(f"{blob.name}.incomplete")


def lock_path(blob: Path) -> Path:
    """Give the file by whose lock one process at a time fetches a blob: the hub's own client's."""
    repository = blob.parent.parent
    return repository.parent / ".locks" / repository.name / f"{blob.name}.lock"


def _place(blob: Path, named: Path) -> None:
    """Link to the blob; on a disk without links, such as a stick's, move it."""
    link = _beside(named)
    try:
        if client().constants.HF_HUB_DISABLE_SYMLINKS:
            blob.replace(named)
        else:
            link.symlink_to(os.path.relpath(blob, named.parent))
            link.replace(named)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP):
            raise
        blob.replace(named)


def _beside(path: Path) -> Path:
    """Give a name that nobody else has, for what will be put into the place of the other."""
    return path.with_name(f".{path.name}.{uuid4().hex}")


def _snapshot(repository: Repository, file: HubFile) -> Path:
    folder = _repository_folder(repository.hub_id)
    return folder / "snapshots" / repository.commit / file.name


def _repository_folder(hub_id: str) -> Path:
    return cache_folder() / f"models--{hub_id.replace('/', '--')}"
