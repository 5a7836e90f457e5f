"""People on photographs, as the networks that read traits see them."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch

from generation.faces.calibration import Likely
from generation.faces.eyes import Eyes
from generation.faces.hair_tone import Tone
from generation.faces.looks import READ, TraitReader
from generation.faces.looks_file import AGE_FILE, FILE, REGIONS_FILE, read_looks
from generation.pocket.training.labelled import people_of
from generation.pocket.training.seen_reader import SeenReader


@dataclass(frozen=True, slots=True, eq=False)
class Sitter:
    """A person, and what would be right to say of them.

    `portrait` is what the network that reads portraits says: of a photo without colours, no
    colours. `tone` is their hair's. `read`, (traits, WIDTH), is what the last layers of a
    SeenReader get. `right` is empty for a trait that nobody can say.
    """

    portrait: Likely
    tone: Tone | None
    read: torch.Tensor
    right: Mapping[str, frozenset[str]]


def sitters_of(folder: Path, reader: SeenReader) -> list[Sitter]:
    """Read the people of a folder, which is as `labelled` wants it.

    Exit if a network that reads beside this one isn't whole: people would teach nothing.
    """
    for file in (FILE, REGIONS_FILE, AGE_FILE):
        if read_looks(file) is None:
            sys.exit(f"{file} isn't the network that was shipped")
    eyes, traits, sitters = Eyes(), TraitReader(), []
    for labels, portrait, seen in people_of(folder, eyes):
        opinions = traits.opinions(portrait, seen)
        with torch.no_grad():
            read = reader.read(torch.from_numpy(seen.maps)[None])[0]
        right = {name: frozenset(labels[name].split()) for name in READ}
        sitters.append(Sitter(opinions.by_portrait, opinions.tone, read, right))
    return sitters
