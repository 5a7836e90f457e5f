"""How much room the bot's data take, and how much is left."""

import asyncio
import os
import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Disk:
    """In bytes."""

    used: int
    """By the bot's data."""
    free: int


async def look_at(folder: Path) -> Disk:
    """Count the files in the folder; links are not followed."""
    return await asyncio.to_thread(_look_at, folder)


def _look_at(folder: Path) -> Disk:
    used = 0
    for place, _, files in os.walk(folder):
        for name in files:
            try:
                used += Path(place, name).lstat().st_size
            except OSError:  # it was erased meanwhile
                continue
    return Disk(used, shutil.disk_usage(folder).free)
