"""The Hugging Face hub: what a repository holds, and what of it is on this machine.

Files lie in the cache that all of the hub's programs share: `blobs/` has them by checksum, and
`snapshots/<commit>/` links to them by name. The hub's client is imported when it is needed: a
model of this machine does without.
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
MAIN = "main"
"""The branch that every repository has."""

_SHA1_LENGTH = 40
_SHA256_LENGTH = 64


class DiskFilled(ModelUnavailable):
    """The disk was full in the middle. What came stays. Fields: model."""


class ModelUnwritable(ModelUnavailable):
    """The cache can't be written. Fields: model, reason."""


@dataclass(frozen=True, slots=True)
class HubFile:
    """A file of a repository: its bytes, and its SHA-256 if it is a large one."""

    name: str
    size: int
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Repository:
    """A hub id at a commit, which was asked for as `revision`, and its files by name."""

    hub_id: str
    revision: str
    commit: str
    files: dict[str, HubFile]


def cache() -> Path:
    return Path(_client().constants.HF_HUB_CACHE)


def snapshot(source: Source) -> Path | None:
    """Find the folder of a source's commit, the hub unasked. Files may be missing in it."""
    folder = _folder(str(source.root))
    for revision in (source.revision, MAIN):
        commit = revision
        if len(revision) != _SHA1_LENGTH:
            try:
                commit = (folder / "refs" / revision).read_text().strip()
            except OSError:
                continue
        if (there := folder / "snapshots" / commit).is_dir():
            return there
    return None


@contextlib.contextmanager
def told(model: str) -> Iterator[None]:
    """Turn what the hub, the network and the disk raise into refusals that name the model."""
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
        json.JSONDecodeError,  # somebody else answers: a hotel's login page
    ) as error:
        raise HubUnreachable(model=model) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFilled(model=model) from error
        raise ModelUnwritable(model=model, reason=error.strerror or str(error)) from error


def repository(hub_id: str, revision: str) -> Repository:
    """Ask the hub what a repository holds: today, if the commit is there no more.

    Its owners may squash their history. What is known of the files' checksums is compared anyway.
    """
    client = _client()
    try:
        info = client.HfApi().model_info(hub_id, revision=revision, files_metadata=True)
    except client.errors.RevisionNotFoundError:
        if revision == MAIN:
            raise
        return repository(hub_id, MAIN)
    files = {}
    for sibling in info.siblings or ():
        sha256 = sibling.lfs.sha256 if sibling.lfs else None
        if sha256 and not re.fullmatch(r"[0-9a-f]{64}", sha256):  # it becomes a file's name
            raise ConnectionError(f"{sha256} is no checksum")
        files[sibling.rfilename] = HubFile(sibling.rfilename, sibling.size or 0, sha256)
    return Repository(hub_id, revision, str(info.sha), files)


def left(there: Repository, file: HubFile) -> int:
    """Count the bytes that are still to come."""
    if not file.sha256:
        return file.size
    blob = _blob(there, file.sha256)
    if blob.exists():
        return 0
    part = _part(blob)
    return max(0, file.size - part.stat().st_size) if part.exists() else file.size


def fetch(model: str, there: Repository, file: HubFile, on_bytes: Callable[[int], None]) -> None:
    """Bring a large file into the cache, from where an earlier try broke off.

    The hub's own client starts anew after an interruption. Raises ModelDamaged when what came is
    not what the hub announced, and what `told` knows. Others that fetch the same file are waited
    for.
    """
    if not file.sha256:
        raise ValueError(f"{file.name} has no checksum")
    blob = _blob(there, file.sha256)
    part = _part(blob)
    blob.parent.mkdir(parents=True, exist_ok=True)
    with part.open("ab") as out:
        fcntl.flock(out, fcntl.LOCK_EX)
        if not blob.exists():
            digest = _append(there, file, part, out, on_bytes)
            if digest != file.sha256:
                out.truncate(0)
                raise ModelDamaged(model=model, file=file.name)
            out.flush()
            part.rename(blob)
        part.unlink(missing_ok=True)


def link(there: Repository, files: Iterable[HubFile]) -> Path:
    """Bring the small files, and link all of them from the commit's snapshot."""
    names = [file.name for file in files]
    client = _client()
    return Path(
        client.snapshot_download(there.hub_id, revision=there.revision, allow_patterns=names)
    )


def is_whole(path: Path) -> bool:
    """Compare a file of a snapshot with the checksum that its blob is named by.

    That is the SHA-256 of a large file, and git's own of a small one. Where there is neither, in a
    cache of copies instead of links, a file that is there counts as whole.
    """
    if not path.is_file():
        return False
    name = path.readlink().name if path.is_symlink() else ""
    try:
        with path.open("rb") as file:
            if len(name) == _SHA256_LENGTH:
                return hashlib.file_digest(file, "sha256").hexdigest() == name
            if len(name) == _SHA1_LENGTH:
                return _git_sum(file.read()) == name
    except OSError:
        return False
    return True


def _git_sum(content: bytes) -> str:
    header = f"blob {len(content)}\0".encode()
    return hashlib.sha1(header + content, usedforsecurity=False).hexdigest()


def drop(path: Path) -> None:
    """Take a file out of the cache."""
    if path.is_symlink():
        (path.parent / path.readlink()).unlink(missing_ok=True)
    path.unlink(missing_ok=True)


def _append(
    there: Repository, file: HubFile, part: Path, out: IO[bytes], on_bytes: Callable[[int], None]
) -> str:
    """Append what is missing; give the SHA-256 of the whole.

    A connection that breaks is taken up again for as long as each try brings something.
    """
    digest, have, before = hashlib.sha256(), 0, -1
    end = out.seek(0, os.SEEK_END)
    with part.open("rb") as earlier:
        while have < end:
            block = earlier.read(min(CHUNK, end - have))
            digest.update(block)
            have += len(block)
    while before < have < file.size:
        before = have
        try:
            for start, block in _blocks(there, file, have):
                if start < have:  # the whole file came, not the rest of it
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


def _blocks(there: Repository, file: HubFile, begin: int) -> Iterator[tuple[int, bytes]]:
    """Give blocks of the file with their places, from `begin` or, if the hub won't, from 0."""
    client = _client()
    url = client.hf_hub_url(there.hub_id, file.name, revision=there.commit)
    headers = client.utils.build_hf_headers() | {"Accept-Encoding": "identity"}
    if begin:
        headers["Range"] = f"bytes={begin}-"
    timeout = client.constants.HF_HUB_DOWNLOAD_TIMEOUT
    with client.get_session().stream("GET", url, headers=headers, timeout=timeout) as answer:
        client.utils.hf_raise_for_status(answer)
        place = begin if answer.status_code == 206 else 0  # noqa: PLR2004 - Partial Content
        for block in answer.iter_bytes(CHUNK):
            yield place, block
            place += len(block)


def _blob(there: Repository, sha256: str) -> Path:
    return _folder(there.hub_id) / "blobs" / sha256


def _part(blob: Path) -> Path:
    return blob.with_name(f"{blob.name}.incomplete")


def _folder(hub_id: str) -> Path:
    return cache() / f"models--{hub_id.replace('/', '--')}"


def _client() -> ModuleType:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")  # read when it is imported
    import huggingface_hub  # noqa: PLC0415 - a model of this machine does without
    from huggingface_hub import constants, errors, utils  # noqa: F401, PLC0415

    client: ModuleType = huggingface_hub
    client.utils.disable_progress_bars()  # the download has one of its own
    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)
    return client
