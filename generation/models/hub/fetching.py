"""One file comes from the hub into the cache, from where an earlier try broke off."""

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO

from filelock import FileLock

from generation.models.hub.cache import CHUNK, blob_path, partial_path, refusing_disk_errors
from generation.models.hub.hub import Hub
from generation.models.hub.repository import Digest, HubFile, Repository, digest_like
from generation.models.sources import ModelDamaged, ModelUnavailable

OnBytes = Callable[[int], None]
"""Is called with how many bytes have come; with less than 0 if they were thrown away again."""


def fetch(hub: Hub, repository: Repository, file: HubFile, on_bytes: OnBytes) -> None:
    """Download a file into the cache.

    The hub's own client would start anew. If another process or worker is fetching the same file,
    this waits for it. Raises ModelDamaged when the file is not what the hub announced, and the
    refusals of `hub.refusals`.
    """
    blob = blob_path(repository, file)
    partial = partial_path(blob)
    with refusing_disk_errors(hub.model):
        blob.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(partial.with_name(partial.name + ".lock")):
            if not blob.exists():
                with partial.open("ab") as out:
                    _complete(hub, repository, file, partial, out, on_bytes)
                partial.rename(blob)  # closed before: Windows renames no open file
            partial.unlink(missing_ok=True)


def _complete(
    hub: Hub,
    repository: Repository,
    file: HubFile,
    partial: Path,
    out: IO[bytes],
    on_bytes: OnBytes,
) -> None:
    """Append what is missing, and compare the whole with its checksum.

    What came in several pieces may be of several files: then it is fetched once more, in one.
    """
    digest, have = _digest_of(partial, file, out.seek(0, os.SEEK_END))
    pieces = 1 if have else 0
    while True:
        while have < file.size:
            pieces += 1
            try:
                with contextlib.closing(hub.read(repository, file, have)) as blocks:
                    for begin, block in blocks:
                        # A hub may send the whole file, not the rest of it; or too much.
                        new = block[max(0, have - begin) : max(0, file.size - begin)]
                        out.write(new)
                        digest.update(new)
                        have += len(new)
                        if new:
                            hub.rewarded()
                            on_bytes(len(new))
            except ModelUnavailable as refusal:
                hub.bear(refusal)
        if digest.hexdigest() == file.checksum:
            return
        out.truncate(0)
        on_bytes(-have)
        if pieces == 1:
            raise ModelDamaged(model=hub.model, file=file.name)
        digest, have, pieces = _new_digest(file), 0, 0


def _digest_of(partial: Path, file: HubFile, end: int) -> tuple[Digest, int]:
    """Give the checksum of what is here up to its end, and how much that is."""
    digest, have = _new_digest(file), 0
    with partial.open("rb") as earlier:
        while block := earlier.read(min(CHUNK, end - have)):
            digest.update(block)
            have += len(block)
    return digest, have


def _new_digest(file: HubFile) -> Digest:
    digest = digest_like(file.checksum, file.size)
    if digest is None:
        raise ValueError(f"{file.name} has no checksum")
    return digest
