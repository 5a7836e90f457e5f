"""How often the draft of somebody's traits is right: `python -m benchmarks.traits FOLDER`.

FOLDER is as `generation.pocket.training.labelled` wants it.
"""

import argparse
import statistics
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from generation.character import Traits
from generation.faces.eyes import Eyes
from generation.faces.looks import READ, TraitReader
from generation.pocket.training.labelled import LABELS, people_of

SURE, GUESSED = "sure", "guessed"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.traits")
    parser.add_argument("folder", type=Path, help=f"portraits, and {LABELS}")
    folder: Path = parser.parse_args().folder
    eyes, reader = Eyes(), TraitReader()
    asked = Counter[str]()
    said: dict[str, Counter[str]] = {SURE: Counter(), GUESSED: Counter()}
    right: dict[str, Counter[str]] = {SURE: Counter(), GUESSED: Counter()}
    milliseconds = []
    for labels, portrait, seen in people_of(folder, eyes):
        began = time.process_time()
        draft = reader.read(portrait, seen)
        milliseconds.append(1000 * (time.process_time() - began))
        for kind, traits in ((SURE, draft.sure), (GUESSED, draft.guessed)):
            for name, value, allowed in _compared(traits, labels):
                asked.update([name, "all"] if kind == SURE else [])
                rows = [name, f"{name}: {value}", "all"] if value else []
                said[kind].update(rows)
                right[kind].update(rows if value in allowed else [])
    print("| trait | of people | sure | right | guessed | right |\n|---|---|---|---|---|---|")
    for name in sorted({*said[SURE], *said[GUESSED]}):
        counts = [f"{said[kind][name]} | {right[kind][name]}" for kind in said]
        print(f"| {name} | {asked[name] or ''} | {' | '.join(counts)} |")
    print(f"{statistics.median(milliseconds):.0f} ms of computing a portrait")


def _compared(traits: Traits, labels: dict[str, str]) -> Iterator[tuple[str, str | None, set[str]]]:
    """Give each trait that has a label: its name, what was said, and what would be right."""
    for name in READ:
        if allowed := set(labels[name].split()):
            yield name, getattr(traits, name), allowed


if __name__ == "__main__":
    main()
