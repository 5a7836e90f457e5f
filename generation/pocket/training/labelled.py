"""Portraits with what a person said of each by eye.

A folder has them as the bot stores them, and `labels.csv`: a column `file`, and one for each trait
that is read. Values that two people might say stand side by side, with a space between them; of an
empty field nobody can say it. Label first, and look at results later.
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from generation.faces.eyes import Eyes
from generation.faces.sface import Seen
from generation.faces.yunet import Pixels

LABELS = "labels.csv"


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
