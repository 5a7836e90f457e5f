"""What is kept of a person, as ZIP files that Telegram takes."""

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

from db import Albums, PersonalData

LIMIT = 48 * 1024 * 1024
"""Most bytes in one file: Telegram takes 50 MB from a bot, and a ZIP's own list needs some."""

ENTRY = 512
"""Bytes of a ZIP for each of its files, besides the file."""


def archives(data: PersonalData, albums: Albums, limit: int = LIMIT) -> Iterator[IO[bytes]]:
    """Write the files one after the other, each when it is asked for. It blocks.

    None is on the disk, where what is sealed would lie in the open.
    """
    contents = _contents(data, albums)
    waiting = next(contents, None)
    while waiting:
        file = io.BytesIO()
        size = 0
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            while waiting and (not size or size + len(waiting[1]) + ENTRY <= limit):
                archive.writestr(*waiting)
                size += len(waiting[1]) + ENTRY
                waiting = next(contents, None)
        file.seek(0)
        yield file


def _contents(data: PersonalData, albums: Albums) -> Iterator[tuple[str, bytes]]:
    """Give the names, which are ours alone, and what is in the files."""
    words = json.dumps(data.words, ensure_ascii=False, indent=2)
    yield "about-me.json", words.encode()
    for number, photo in enumerate(data.photos, start=1):
        yield f"photos/{number}.{_ending(photo)}", photo
    for job_id in data.job_ids:
        for picture in albums.of(job_id).pictures:
            with suppress(OSError):  # deleted meanwhile
                yield f"albums/{job_id}/{picture.number}.png", picture.read_bytes()


def _ending(photo: bytes) -> str:
    return "png" if photo.startswith(b"\x89PNG") else "jpg"
