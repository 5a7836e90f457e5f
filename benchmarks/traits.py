"""How often the draft of somebody's traits is right: `python -m benchmarks.traits FOLDER`.

FOLDER has portraits as the bot stores them, and `labels.csv`: a column `file`, and one for each
trait with what a person would say by eye. Values that two people might say stand side by side, with
a space between them; of an empty field nobody can say it. Label first, and look at results later.
"""

import argparse
import csv
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from generation.character import Traits
from generation.faces.eyes import Eyes
from generation.faces.looks import READ, TraitReader
from generation.faces.sface import Seen
from generation.faces.yunet import Pixels

LABELS = "labels.csv"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.traits")
    parser.add_argument("folder", type=Path, help=f"portraits, and {LABELS}")
    folder: Path = parser.parse_args().folder
    eyes, reader = Eyes(), TraitReader()
    asked, said, right = Counter[str](), Counter[str](), Counter[str]()
    milliseconds = []
    for labels, portrait, seen in people_of(folder, eyes):
        began = time.process_time()
        traits = reader.read(portrait, seen)
        milliseconds.append(1000 * (time.process_time() - began))
        for name, value, allowed in _compared(traits, labels):
            asked.update([name, "all"])
            if value:
                said.update([name, f"{name}: {value}", "all"])
            if value in allowed:
                right.update([name, f"{name}: {value}", "all"])
    print("| trait | of people | said | right, of these |\n|---|---|---|---|")
    for name in sorted(said):
        print(f"| {name} | {asked[name] or ''} | {said[name]} | {right[name]} |")
    print(f"{statistics.median(milliseconds):.0f} ms of computing a portrait")


def people_of(folder: Path, eyes: Eyes) -> Iterator[tuple[dict[str, str], Pixels, Seen]]:
    """Give each person's labels, portrait, and what SFace sees of it; exit if it sees no face."""
    with (folder / LABELS).open(encoding="utf-8", newline="") as file:
        people = list(csv.DictReader(file))
    for labels in people:
        portrait = Image.open(folder / labels["file"]).convert("RGB")
        seen = eyes.see(portrait)
        if seen is None:
            sys.exit(
                f"no face is seen in {labels['file']}: it isn't a portrait as the bot stores it"
            )
        yield labels, np.asarray(portrait), seen


def _compared(traits: Traits, labels: dict[str, str]) -> Iterator[tuple[str, str | None, set[str]]]:
    """Give each trait that has a label: its name, what was said, and what would be right."""
    for name in READ:
        if allowed := set(labels[name].split()):
            yield name, getattr(traits, name), allowed


if __name__ == "__main__":
    main()
