"""How long an album takes: `python -m benchmarks.album`.

Every precision is measured in a fresh process, so that the peak memory is its own.
"""

import argparse
import io
import multiprocessing
import resource
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from typing import get_args

import skimage.data
from PIL import Image

from generation.character import Character
from generation.engine.backends import DTypeName
from generation.engine.devices import Device, choose
from generation.engine.generator import DiffusionGenerator
from generation.modes import MODES
from generation.request import GenerationRequest

FAST = MODES["FAST"]
FACE_BOX = (160, 40, 288, 168)
"""Left, top, right and bottom of the face in the sample photo, in pixels."""

_MAXRSS_BYTES = 1 if sys.platform == "darwin" else 1024
"""Unit of `ru_maxrss`, in bytes."""

HEADINGS = ("precision", "load s", "first s", "median s", "least s", "most s", "peak MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", default="pocket")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--dtype", nargs="*", choices=get_args(DTypeName), help="the device's own")
    parser.add_argument("--rounds", type=int, default=5, help="albums after the first")
    wanted = parser.parse_args()

    chosen = choose(wanted.device)
    print(f"Six pictures, {FAST.name}, {wanted.model} on {chosen.name}, {wanted.rounds} rounds")
    print("".join(f"{heading:>11}" for heading in HEADINGS))
    for dtype in wanted.dtype or [chosen.dtype]:
        numbers = _measure_in_fresh_process(wanted.model, Device(chosen.name, dtype), wanted.rounds)
        print(f"{dtype:>11}" + "".join(f"{number:>11.2f}" for number in numbers))


def measure(model: str, device: Device, rounds: int) -> list[float]:
    """Load, draw a first album and then `rounds` more; return what HEADINGS names."""
    started = time.perf_counter()
    generator = DiffusionGenerator(model, device)
    generator.load()
    load = time.perf_counter() - started
    first, *rest = (_time_album(generator, seed) for seed in range(rounds + 1))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _MAXRSS_BYTES / 1e6
    return [load, first, statistics.median(rest), min(rest), max(rest), peak]


def _measure_in_fresh_process(model: str, device: Device, rounds: int) -> list[float]:
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=fresh) as process:
        return process.submit(measure, model, device, rounds).result()


def _time_album(generator: DiffusionGenerator, seed: int) -> float:
    request = GenerationRequest(_make_character(), "an astronaut on the moon", FAST, seed)
    started = time.perf_counter()
    list(generator.album(request, lambda _step: None))
    return time.perf_counter() - started


def _make_character() -> Character:
    face = io.BytesIO()
    Image.fromarray(skimage.data.astronaut()).crop(FACE_BOX).save(face, "PNG")
    return Character("Eileen", (face.getvalue(),))


if __name__ == "__main__":
    main()
