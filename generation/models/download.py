"""Downloads what a model needs from the hub and this machine does not have yet."""

import functools
import logging
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from tqdm import tqdm

from generation.download_news import Downloading
from generation.models.hub import cache
from generation.models.hub.fetching import fetch as fetch_file
from generation.models.hub.hub import Hub
from generation.models.hub.repository import HubFile, Repository
from generation.models.sources import ModelChanged, ModelUnavailable, Source, refuse_gaps

log = logging.getLogger(__name__)

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
        root = cache.find_snapshot(source) if source.hub_id else None
        if root:
            names = [name for names in source.alternatives() for name in names]
            files += [root / name for name in names if (root / name).is_symlink()]
    return [file for file in dict.fromkeys(files) if not cache.is_whole(file)]


def fetch(
    hub: Hub, sources: Iterable[Source], free: Callable[[Path], int] = count_free_bytes
) -> None:
    """Download the missing files of some sources, with a progress bar in a terminal.

    An interrupted download goes on where it broke off. Nothing is fetched unless the hub has all
    files, their checksums are the known ones, and they fit on the disk. Pickles are never fetched.

    Raises ModelUnknown, ModelGated, HubUnreachable, ModelIncomplete, OnlyPickles, ModelChanged,
    ModelDamaged, DiskTooSmall and the others of `hub.refusals`.
    """
    with cache.refusing_disk_errors(hub.model):
        list_repository = functools.cache(hub.list_repository)
        chosen = []
        for source in find_missing(sources):
            repository = list_repository(str(source.root), source.revision)
            chosen.append((repository, _choose_files(hub.model, repository, source)))
        every = {(repo.hub_id, file.name): (repo, file) for repo, files in chosen for file in files}
        missing = sum(cache.count_missing_bytes(*pair) for pair in every.values())
        _make_sure_of_room(hub.model, missing, free)
        whole = sum(file.size for _, file in every.values())
        if missing:
            log.info("Downloading %s: %s GB are still to come", hub.model, _gigabytes(missing))
        done = due = whole - missing
        with tqdm(
            desc=hub.model, total=whole, initial=done, unit="B", unit_scale=True, disable=None
        ) as bar:

            def count(new: int) -> None:
                nonlocal done
                done += new
                bar.update(new)
                hub.tell(Downloading(done, whole))

            for repository, file in every.values():
                due += cache.count_missing_bytes(repository, file)
                if not cache.is_here(repository, file):
                    fetch_file(hub, repository, file, count)
                count(due - done)  # not 0 if another process or worker fetched the file
            for repository, files in chosen:
                cache.link(repository, files)


def _is_here(source: Source) -> bool:
    root = cache.find_snapshot(source)
    return root is not None and all(
        any((root / name).is_file() for name in names) for names in source.alternatives()
    )


def _choose_files(model: str, repository: Repository, source: Source) -> list[HubFile]:
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
    needed, free = missing + SPARE, count_free(cache.cache_folder())
    if needed > free:
        raise DiskTooSmall(model=model, needed=_gigabytes(needed), free=_gigabytes(free))


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f}"
