"""Downloads what a model needs from the hub and this machine does not have yet."""

import logging
import shutil
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from tqdm import tqdm

from generation.models import hub
from generation.models.sources import ModelChanged, ModelUnavailable, Source, refuse_gaps

log = logging.getLogger(__name__)

OnBytes = Callable[[int, int], None]
"""Is called during a download with the bytes that are here and those of the whole download. What
it raises stops the download."""

SPARE = 500_000_000
"""Bytes of the disk that a download leaves free for the bot's own data."""


class DiskTooSmall(ModelUnavailable):
    """The files would not fit; nothing was fetched. Fields: model; needed, free: gigabytes."""


def count_free_bytes(folder: Path) -> int:
    """Count the free bytes of the disk on which a folder is or will be."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def find_missing(sources: Iterable[Source]) -> list[Source]:
    """Find the hub's sources of which this machine lacks a file."""
    return [source for source in sources if source.hub_id and not _is_here(source)]


def find_damaged(sources: Iterable[Source]) -> list[Path]:
    """Compare the files from the hub with their checksums: a second or more per gigabyte."""
    files = []
    for source in sources:
        root = hub.find_snapshot(source) if source.hub_id else None
        if root:
            names = [name for names in source.alternatives() for name in names]
            files += [root / name for name in names if (root / name).is_symlink()]
    return [file for file in dict.fromkeys(files) if not hub.is_whole(file)]


def fetch(
    model: str,
    sources: Iterable[Source],
    free: Callable[[Path], int] = count_free_bytes,
    on_bytes: OnBytes | None = None,
) -> None:
    """Download the missing files of some sources, with a progress bar in a terminal.

    An interrupted download goes on where it broke off. Nothing is fetched unless the hub has all
    files, their checksums are the known ones, and they fit on the disk. Pickles are never fetched.

    Raises ModelUnknown, ModelGated, HubUnreachable, ModelIncomplete, OnlyPickles, ModelChanged,
    ModelDamaged, DiskTooSmall, DiskFilled or ModelUnwritable.
    """
    with hub.errors_as_refusals(model):
        list_repository = cache(hub.list_repository)
        chosen = []
        for source in find_missing(sources):
            repository = list_repository(str(source.root), source.revision)
            chosen.append((repository, _choose_files(model, repository, source)))
        every = {(repo.hub_id, file.name): (repo, file) for repo, files in chosen for file in files}
        missing = sum(hub.count_missing_bytes(*pair) for pair in every.values())
        _make_sure_of_room(model, missing, free)
        whole = sum(file.size for _, file in every.values())
        if missing:
            log.info("Downloading %s: %s GB are still to come", model, _gigabytes(missing))
        done = due = whole - missing
        with tqdm(
            desc=model, total=whole, initial=done, unit="B", unit_scale=True, disable=None
        ) as bar:

            def count(new: int) -> None:
                nonlocal done
                done += new
                bar.update(new)
                if on_bytes:
                    on_bytes(done, whole)

            for repository, file in every.values():
                due += hub.count_missing_bytes(repository, file)
                if file.sha256:
                    hub.fetch(model, repository, file, count)
                    count(due - done)  # not 0 if another process or worker fetched the file
            for repository, files in chosen:
                hub.link(repository, files)


def _is_here(source: Source) -> bool:
    root = hub.find_snapshot(source)
    return root is not None and all(
        any((root / name).is_file() for name in names) for names in source.alternatives()
    )


def _choose_files(model: str, repository: hub.Repository, source: Source) -> list[hub.HubFile]:
    refuse_gaps(model, source, repository.files)
    files = []
    for names in source.alternatives():
        file = next(repository.files[name] for name in names if name in repository.files)
        known = source.sha256.get(file.name, file.sha256)
        if file.sha256 != known:
            raise ModelChanged(model=model, file=file.name)
        files.append(file)
    return files


def _make_sure_of_room(model: str, missing: int, count_free: Callable[[Path], int]) -> None:
    if not missing:
        return
    needed, free = missing + SPARE, count_free(hub.cache_folder())
    if needed > free:
        raise DiskTooSmall(model=model, needed=_gigabytes(needed), free=_gigabytes(free))


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f}"
