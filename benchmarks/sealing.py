"""What DATA_KEY costs an album: `python -m benchmarks.sealing`.

Six noisy pictures of 512 px (about 520 kB each) are written as the worker does, read as the
delivery does, with a key and without, by turns; and so is a face with its numbers.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

from db import Albums
from db.sealing import OPEN, Seal, new_key
from generation.request import Picture

PICTURES, ROUNDS = 6, 15


def main() -> None:
    noise = np.random.default_rng(7).integers(90, 166, (512, 512, 3), dtype=np.uint8)
    image, seals = (
        Image.fromarray(noise),
        {"without a key": OPEN, "with a key": Seal.read(new_key())},
    )
    took: dict[tuple[str, str], list[float]] = {}
    for job_id in range(1, ROUNDS + 1):
        for name, seal in seals.items():
            with tempfile.TemporaryDirectory() as folder:
                albums = Albums(Path(folder), seal)
                took.setdefault((name, "write six"), []).append(
                    _ms(lambda: _write(albums, job_id, image))  # noqa: B023 - called at once
                )
                took.setdefault((name, "read six"), []).append(
                    _ms(lambda: [one.read_bytes() for one in albums.of(job_id).pictures])  # noqa: B023
                )
    face = noise[:224, :224].tobytes()
    for name, seal in seals.items():
        times = [
            _ms(lambda: seal.open(seal.close(face, "faces.image"), "faces.image"))  # noqa: B023
            for _ in range(ROUNDS)
        ]
        took[name, "a face of 150 kB, there and back"] = times
    for (name, what), times in took.items():
        print(f"{what}, {name}: {statistics.median(times):.1f} ms")


def _write(albums: Albums, job_id: int, image: Image.Image) -> None:
    for index in range(PICTURES):
        albums.save_picture(job_id, Picture(index, index, image), "a benchmark")


def _ms(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
