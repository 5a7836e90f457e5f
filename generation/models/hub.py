"""The Hugging Face hub: what its repositories hold, and which of their files are here.

Files lie in the cache that all of the hub's programs share: `blobs/` has them by checksum, and
`snapshots/<commit>/` links to them by name. The hub's client is imported only when it is needed:
a local model works without it.
"""

import contextlib
import errno
import fcntl
import hashlib
import json
import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import IO

from generation.models.sources import (
    HubUnreachable,
    ModelDamaged,
    ModelGated,
    ModelUnavailable,
    ModelUnknown,
    Source,
)

CHUNK = 2**20
"""Bytes that are read at once."""

MAIN = "main"
"""The branch that every repository has."""

_SHA1_LENGTH = 40
"""Hex digits of a commit, or of git's checksum of a small file."""

_SHA256_LENGTH = 64
"""Hex digits of a large file's checksum."""


class DiskFilled(ModelUnavailable):
    """The disk was full before the download ended. What came stays. Fields: model."""


class ModelUnwritable(ModelUnavailable):
    """The cache can't be written. Fields: model, reason."""


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file of a repository: its size in bytes, and its SHA-256 if it is a large one."""

    name: str
    size: int
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository at one commit, with its files by name. `revision` is how it was asked for."""

    hub_id: str
    revision: str
    commit: str
    files: dict[str, HubFile]


def cache_folder() -> Path:
    return Path(_client().constants.HF_HUB_CACHE)


def find_snapshot(source: Source) -> Path | None:
    """Find a source's folder in the cache, without asking the hub. Files may be missing in it."""
    folder = _repository_folder(str(source.root))
    for revision in (source.revision, MAIN):
        commit = revision
        if len(revision) != _SHA1_LENGTH:
            try:
                commit = (folder / "refs" / revision).read_text().strip()
            except OSError:
                continue
        if (snapshot := folder / "snapshots" / commit).is_dir():
            return snapshot
    return None


@contextlib.contextmanager
def errors_as_refusals(model: str) -> Iterator[None]:
    """Raise the errors of the hub, the network and the disk as refusals that name the model."""
    errors = _client().errors
    try:
        yield
    except errors.GatedRepoError as error:
        raise ModelGated(model=model) from error
    except (
        errors.RepositoryNotFoundError,
        errors.RevisionNotFoundError,
        errors.HFValidationError,
    ) as error:
        raise ModelUnknown(model=model) from error
    except (
        errors.LocalEntryNotFoundError,
        errors.HTTPError,
        ConnectionError,
        json.JSONDecodeError,  # somebody else answered, for example a hotel's login page
    ) as error:
        raise HubUnreachable(model=model) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFilled(model=model) from error
        raise ModelUnwritable(model=model, reason=error.strerror or str(error)) from error


def list_repository(hub_id: str, revision: str) -> Repository:
    """Ask the hub what a repository holds at a revision, or on its main branch if that is gone.

    Commits go when the owners squash their history. The checksums that the catalogue knows are
    compared anyway.
    """
    client = _client()
    try:
        info = client.HfApi().model_info(hub_id, revision=revision, files_metadata=True)
    except client.errors.RevisionNotFoundError:
        if revision == MAIN:
            raise
        return list_repository(hub_id, MAIN)
    files = {}
    for sibling in info.siblings or ():
        sha256 = sibling.lfs.sha256 if sibling.lfs else None
        if sha256 and not re.fullmatch(r"[0-9a-f]{64}", sha256):  # it will be a file's name
            raise ConnectionError(f"{sha256} is no checksum")
        files[sibling.rfilename] = HubFile(sibling.rfilename, sibling.size or 0, sha256)
    return Repository(hub_id, revision, str(info.sha), files)


def count_missing_bytes(repository: Repository, file: HubFile) -> int:
    if not file.sha256:
        return file.size
    blob = _blob_path(repository, file.sha256)
    if blob.exists():
        return 0
    partial = _partial_path(blob)
    return max(0, file.size - partial.stat().st_size) if partial.exists() else file.size


def fetch(
    model: str, repository: Repository, file: HubFile, on_bytes: Callable[[int], None]
) -> None:
    """Download a large file into the cache, from where an earlier try broke off.

    The hub's own client would start anew. If another process or worker is fetching the same file,
    this waits for it. Raises ModelDamaged when the file is not what the hub announced, and the
    errors that `errors_as_refusals` handles.
    """
    if not file.sha256:
        raise ValueError(f"{file.name} has no checksum")
    blob = _blob_path(repository, file.sha256)
    partial = _partial_path(blob)
    blob.parent.mkdir(parents=True, exist_ok=True)
    with partial.open("ab") as out:
        fcntl.flock(out, fcntl.LOCK_EX)
        if not blob.exists():
            digest = _append(repository, file, partial, out, on_bytes)
            if digest != file.sha256:
                out.truncate(0)
                raise ModelDamaged(model=model, file=file.name)
            out.flush()
            partial.rename(blob)
        partial.unlink(missing_ok=True)


def link(repository: Repository, files: Iterable[HubFile]) -> Path:
    """Download the small files, and link all files from the commit's snapshot folder."""
    names = [file.name for file in files]
    return Path(
        _client().snapshot_download(
            repository.hub_id, revision=repository.revision, allow_patterns=names
        )
    )


def is_whole(path: Path) -> bool:
    """Compare a file of a snapshot with its checksum, which is the name of its blob.

    A large file's is its SHA-256, a small one's is git's. A cache of copies instead of links has
    no blobs: there every file that exists counts as whole.
    """
    if not path.is_file():
        return False
    name = path.readlink().name if path.is_symlink() else ""
    try:
        with path.open("rb") as file:
            if len(name) == _SHA256_LENGTH:
                return hashlib.file_digest(file, "sha256").hexdigest() == name
            if len(name) == _SHA1_LENGTH:
                return _hash_as_git(file.read()) == name
    except OSError:
        return False
    return True


def _hash_as_git(content: bytes) -> str:
    header = f"blob {len(content)}\0".encode()
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()


def drop(path: Path) -> None:
    """Remove a file from the cache."""
    if path.is_symlink():
        (path.parent / path.readlink()).unlink(missing_ok=True)
    path.unlink(missing_ok=True)


def _append(
    repository: Repository,
    file: HubFile,
    partial: Path,
    out: IO[bytes],
    on_bytes: Callable[[int], None],
) -> str:
    """Append what is missing; return the SHA-256 of the whole file.

    Connect again after a break, as long as each connection brings something.
    """
    digest, have, before = hashlib.sha256(), 0, -1
    end = out.seek(0, os.SEEK_END)
    with partial.open("rb") as earlier:
        while have < end:
            block = earlier.read(min(CHUNK, end - have))
            digest.update(block)
            have += len(block)
    while before < have < file.size:
        before = have
        try:
            for start, block in _stream_blocks(repository, file, have):
                if start < have:  # the hub sends the whole file, not the rest of it
                    out.truncate(0)
                    on_bytes(-have)
                    digest, have = hashlib.sha256(), 0
                out.write(block)
                digest.update(block)
                have += len(block)
                on_bytes(len(block))
        except _client().errors.HTTPError:
            if have == before:
                raise
    if have < file.size:
        raise ConnectionError(f"{file.name} ended early")
    return digest.hexdigest()


def _stream_blocks(
    repository: Repository, file: HubFile, begin: int
) -> Iterator[tuple[int, bytes]]:
    """Yield blocks of the file with their offsets, from `begin` or, if the hub refuses, from 0."""
    client = _client()
    url = client.hf_hub_url(repository.hub_id, file.name, revision=repository.commit)
    headers = client.utils.build_hf_headers() | {"Accept-Encoding": "identity"}
    if begin:
        headers["Range"] = f"bytes={begin}-"
    timeout = client.constants.HF_HUB_DOWNLOAD_TIMEOUT
    with client.get_session().stream("GET", url, headers=headers, timeout=timeout) as answer:
        client.utils.hf_raise_for_status(answer)
        offset = begin if answer.status_code == 206 else 0  # noqa: PLR2004 - Partial Content
        for block in answer.iter_bytes(CHUNK):
            yield offset, block
            offset += len(block)


def _blob_path(repository: Repository, sha256: str) -> Path:
    return _repository_folder(repository.hub_id) / "blobs" / sha256


def _partial_path(blob: Path) -> Path:
    return blob.with_name(f"{blob.name}.incomplete")


def _repository_folder(hub_id: str) -> Path:
    return cache_folder() / f"models--{hub_id.replace('/', '--')}"


def _client() -> ModuleType:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")  # read during the import
    import huggingface_hub  # noqa: PLC0415 - a local model works without it
    from huggingface_hub import constants, errors, utils  # noqa: F401, PLC0415

    client: ModuleType = huggingface_hub
    client.utils.disable_progress_bars()  # download.py shows its own
    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)
    return client
