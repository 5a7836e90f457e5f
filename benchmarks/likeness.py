"""How long it takes to look at an album: `python -m benchmarks.likeness [PHOTOS]`.

Six pictures of 512 px, each with a face, are judged as the worker judges what it drew. Meanwhile an
event loop in the same process wakes up again and again, as the bot's does: how late it wakes is
what the bot's answers would wait. PHOTOS is a folder of photographs; by default that of the tests.
"""

import asyncio
import statistics
import sys
import time
from itertools import cycle, islice
from pathlib import Path

from PIL import Image, ImageOps

from generation.faces.likeness import Identity
from generation.faces.sight import Sights
from generation.work.judge import Judge

PHOTOS = Path(__file__).parent.parent / "tests" / "photographs"

EDGE = 512
PICTURES = 6
ALBUMS = 9

TARGET_S = 1
"""Most seconds that an album may take to be looked at."""

PAUSE_S = 0.001
"""Of the event loop, between two looks at the clock."""


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else PHOTOS
    photos = [Image.open(file).convert("RGB") for file in sorted(folder.glob("*.jpg"))]
    album = [ImageOps.fit(photo, (EDGE, EDGE)) for photo in islice(cycle(photos), PICTURES)]
    began = time.perf_counter()
    sights = Sights()
    faces = [sights.look(picture)[0].embedding for picture in album[:1]]
    first = time.perf_counter() - began
    judge = Judge(sights, Identity.of(faces))
    seconds, late = asyncio.run(_judge_albums(judge, album))
    median = statistics.median(seconds)
    print(f"{PICTURES} pictures of {EDGE} px, {ALBUMS} times: {median:.2f} s", end=" ")
    print(
        f"({min(seconds):.2f} to {max(seconds):.2f}), target {TARGET_S}; first look {first:.2f} s"
    )
    cuts = statistics.quantiles(late, n=100, method="inclusive")
    print(
        f"the event loop wakes late by {cuts[49]:.1f} ms (median), {cuts[98]:.1f} (p99), ", end=""
    )
    print(f"{max(late):.1f} (most)")
    return 0 if median <= TARGET_S else 1


async def _judge_albums(judge: Judge, album: list[Image.Image]) -> tuple[list[float], list[float]]:
    """Give the seconds of each album, and by how many milliseconds the loop woke late."""
    judging = asyncio.create_task(asyncio.to_thread(_judge, judge, album))
    late = []
    while not judging.done():
        began = time.perf_counter()
        await asyncio.sleep(PAUSE_S)
        late.append((time.perf_counter() - began - PAUSE_S) * 1000)
    return await judging, late


def _judge(judge: Judge, album: list[Image.Image]) -> list[float]:
    seconds = []
    for _ in range(ALBUMS):
        began = time.perf_counter()
        for picture in album:
            judge.judge(picture)
        seconds.append(time.perf_counter() - began)
    return seconds


if __name__ == "__main__":
    sys.exit(main())
