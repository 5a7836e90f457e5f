"""A model's files, brought from the hub: only those that are needed, and only what is missing."""

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

SPARE = 500_000_000
"""Bytes that a download leaves free: the bot's own data needs room too."""


class DiskTooSmall(ModelUnavailable):
    """Told before anything is fetched. Fields: model, and needed and free in gigabytes."""


def free_space(folder: Path) -> int:
    """Count the free bytes where a folder is or will be."""
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free


def missing(sources: Iterable[Source]) -> list[Source]:
    """Give those that come from the hub and are not all on this machine."""
    return [source for source in sources if source.hub_id and not _is_here(source)]


def damaged(sources: Iterable[Source]) -> list[Path]:
    """Compare all that came from the hub with its checksums: a second or more a gigabyte."""
    files = []
    for source in sources:
        root = hub.snapshot(source) if source.hub_id else None
        if root:
            names = [name for names in source.alternatives() for name in names]
            files += [root / name for name in names if (root / name).is_symlink()]
    return [file for file in dict.fromkeys(files) if not hub.is_whole(file)]


def fetch(
    model: str,
    sources: Iterable[Source],
    free: Callable[[Path], int] = free_space,
    on_bytes: OnBytes | None = None,
) -> None:
    """Bring what is missing of some sources, with a progress bar in a terminal.

    `on_bytes` is given the bytes that are here and those of the whole; what it raises stops the
    download.

    An interrupted download goes on where it broke off. Nothing is fetched unless all of it is
    there, is what it should be, and fits on the disk; no pickle ever is.

    Raises ModelUnknown, ModelGated, HubUnreachable, ModelIncomplete, OnlyPickles, ModelChanged,
    ModelDamaged, DiskTooSmall, DiskFilled or ModelUnwritable.
    """
    with hub.told(model):
        ask = cache(hub.repository)
        chosen = []
        for source in missing(sources):
            there = ask(str(source.root), source.revision)
            chosen.append((there, source, _choose(model, there, source)))
        every = {(there.hub_id, file.name): (there, file) for there, _, f in chosen for file in f}
        still = sum(hub.left(there, file) for there, file in every.values())
        _make_sure_of_room(model, still, free)
        whole = sum(file.size for _, file in every.values())
        if still:
            log.info("Downloading %s: %s GB are still to come", model, _gigabytes(still))
        with tqdm(
            desc=model, total=whole, initial=whole - still, unit="B", unit_scale=True, disable=None
        ) as bar:
            done = due = whole - still

            def came(count: int) -> None:
                nonlocal done
                done += count
                bar.update(count)
                if on_bytes:
                    on_bytes(done, whole)

            for there, file in every.values():
                due += hub.left(there, file)
                if file.sha256:
                    hub.fetch(model, there, file, came)
                    came(due - done)  # another process or worker may have brought it
            for there, _, files in chosen:
                hub.link(there, files)


def _is_here(source: Source) -> bool:
    root = hub.snapshot(source)
    return root is not None and all(
        any((root / name).is_file() for name in names) for names in source.alternatives()
    )


def _choose(model: str, there: hub.Repository, source: Source) -> list[hub.HubFile]:
    refuse_gaps(model, source, there.files)
    files = []
    for names in source.alternatives():
        file = next(there.files[name] for name in names if name in there.files)
        known = source.sha256.get(file.name, file.sha256)
        if file.sha256 != known:
            raise ModelChanged(model=model, file=file.name)
        files.append(file)
    return files


def _make_sure_of_room(model: str, wanted: int, free: Callable[[Path], int]) -> None:
    if not wanted:
        return
    needed, there = wanted + SPARE, free(hub.cache())
    if needed > there:
        raise DiskTooSmall(model=model, needed=_gigabytes(needed), free=_gigabytes(there))


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f}"
