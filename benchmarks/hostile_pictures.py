"""500 files made to harm: `python -m benchmarks.hostile_pictures`, some minutes.

Those that cost most (`tests/support/hostile_pictures.py`) are made once; the others are photographs
and pictures that are cut, garbled, or lie about their size. Each is read as a photo that somebody
sends: it must be refused or read within 2 s and 300 MB, and a good photo must be read at the end.
"""

import argparse
import contextlib
import random
import sys
import time
from collections import Counter

from generation.errors import Refusal
from generation.faces.finder import FaceFinder
from tests.generation.faces.test_hostile_pictures import MOST_MORE, Watch, memory
from tests.support.hostile_pictures import COSTLY
from tests.support.photographs import astronaut, encode

MOST_S = 2.0
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")


def harmed(data: bytes, dice: random.Random) -> bytes:
    """Cut the file, garble its bytes, repeat a part, or put another one's beginning before it."""
    at, length = dice.randrange(len(data)), dice.randint(1, 4096)
    match dice.randrange(4):
        case 0:
            return data[: max(at, 16)]
        case 1:
            garbled = bytearray(data)
            for _ in range(dice.randint(1, 200)):
                garbled[dice.randrange(len(garbled))] = dice.randrange(256)
            return bytes(garbled)
        case 2:
            return data[:at] + data[at : at + length] * dice.randint(2, 50) + data[at:]
        case _:
            return encode(astronaut(), dice.choice(FORMATS))[: dice.randint(4, 64)] + data[at:]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=500)
    parser.add_argument("--lot", type=int, default=1, help="another number, other files")
    asked = parser.parse_args()
    dice = random.Random(asked.lot)  # noqa: S311 - a lot
    finder = FaceFinder()
    finder.warm()
    at_first, outcome = memory(), Counter[str]()
    worst: list[tuple[float, int, str]] = []
    good = [encode(astronaut(), name) for name in FORMATS]
    for number in range(asked.files):
        name = list(COSTLY)[number] if number < len(COSTLY) else f"harmed {number}"
        data = COSTLY[name]() if name in COSTLY else harmed(dice.choice(good), dice)
        finder.warm()
        before = memory()
        with Watch() as watch:
            began, what = time.perf_counter(), "read"
            try:
                finder.find(data)
            except Refusal as refusal:
                what = type(refusal).__name__
            took = time.perf_counter() - began
        outcome[what] += 1
        worst.append((took, watch.peak - before, name))
    with contextlib.suppress(Refusal):
        outcome["alive"] = len(finder.find(good[0]))
    slow = [one for one in worst if one[0] > MOST_S]
    large = [one for one in worst if one[1] > MOST_MORE]
    print(f"{asked.files} files, lot {asked.lot}: {dict(outcome)}")
    for took, more, name in sorted(worst, reverse=True)[:5]:
        print(f"{took:6.2f} s, {more / 1e6:4.0f} MB more: {name}")
    print(f"most memory {max(more for _, more, _ in worst) / 1e6:.0f} MB more for one file")
    print(f"kept after all of them: {(memory() - at_first) / 1e6:.0f} MB more")
    print(f"over {MOST_S:g} s: {len(slow)}; over {MOST_MORE / 1e6:.0f} MB: {len(large)}")
    return 0 if outcome["alive"] and not slow and not large else 1


if __name__ == "__main__":
    sys.exit(main())
