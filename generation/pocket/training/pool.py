"""What everything is taught with: portraits, their captions and faces, drawn once by code.

Processes draw it, chunk by chunk, into files. A chunk depends on its number alone, so it is the
same whoever draws it, and a drawing that was cut off goes on where it was.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random

import torch
from tqdm import tqdm
from transformers import CLIPTokenizer

from generation.pocket.portraits.attributes import (
    CHOICES,
    PERSON_NAMES,
    Portrait,
    number,
)
from generation.pocket.portraits.captions import (
    Caption,
    caption,
    visible,
    with_strange_words,
    without,
)
from generation.pocket.portraits.chance import another_day, random_scene, sitter
from generation.pocket.portraits.drawing import draw
from generation.pocket.portraits.heads.head import makehuman
from generation.pocket.portraits.reference import reference
from generation.pocket.training import photos
from generation.pocket.training.machine import Machine
from generation.pocket.training.rows import Tensors, numbers_shown, pixels
from generation.pocket.training.trainer import SEED

Maker = Callable[[list[Portrait], Random], Tensors]

CHUNK = 200
"""Number of portraits in a file."""

KINDS = ("everything", "ruled out", "ruled out", *("said",) * 5)
"""The captions of a portrait: one tells everything, two are negative prompts, and the others tell
some of it, as people do."""

SILENCE = 0.06
"""Share of the captions that are empty."""

ALWAYS_TOLD = frozenset({"hat", "look", "role"})
"""Attributes that no caption leaves out: nobody becomes a pirate who did not ask for it."""

FACES = 3
"""Number of photographs of each person."""


class Pool:
    """`size` portraits, their captions and faces, in files under `directory`.

    Remove the files when the drawing or the words have changed.
    """

    def __init__(
        self, tokenizer: CLIPTokenizer, size: int, directory: Path, machine: Machine
    ) -> None:
        heads = directory.parent / "makehuman"
        self.size, self._directory, self._machine = size, directory / "pool", machine
        self._makers: dict[str, Maker] = {
            "portraits": partial(_portraits, tokenizer),
            "faces": _faces,
            "photographs": partial(photos.photographs, heads),
            "looks": partial(photos.looks, heads),
            "seen": partial(photos.seen_faces, heads),
            "regions": partial(photos.regions, heads),
        }
        self._heads = heads

    def portraits(self) -> Tensors:
        """Give what is drawn and written of each portrait.

        - pixels: (n, 3, 256, 256), 0 to 255
        - shown: (n, attributes), their numbers, or UNSEEN
        - tokens: (n, captions, 77), the captions as the text encoder reads them
        - told: (n, captions, attributes), the numbers of those that the caption states; the number
          of values for those that it doesn't
        """
        return self._read("portraits")

    def faces(self) -> Tensors:
        """Give the people's faces, each on a day of its own.

        - pixels: (n, FACES, 3, 96, 96), 0 to 255
        - shown: (n, FACES, attributes of a person), their numbers, or UNSEEN
        - changed: (n, FACES), whether it has other glasses than its portrait
        """
        return self._read("faces")

    def photographs(self) -> Tensors:
        """Give faces of people, and clean drawings of the same people.

        Most of the faces are photographs of likely people; the others are drawings of anybody.

        - pixels, drawings: (n, 3, 96, 96), 0 to 255
        - shown: (n, attributes of a person), their numbers, or UNSEEN
        """
        return self._read("photographs")

    def looks(self) -> Tensors:
        """Give photographs of people, most of them likely.

        - pixels: (n, 3, 96, 96), 0 to 255
        - shown: (n, attributes of a person), their numbers, or UNSEEN
        """
        return self._read("looks")

    def seen(self) -> Tensors:
        """Give what SFace sees of heads on photographs, most of them of likely people.

        - maps: (n, channels, grid, grid), as `generation.faces.sface.Seen` has them
        - shown: (n, attributes of a person), their numbers, or UNSEEN
        """
        return self._read("seen")

    def regions(self) -> Tensors:
        """Give photographs of heads, most of them of likely people, and where is what on them.

        - pixels: (n, 3, 96, 96), 0 to 255
        - marked: (n, 3, 96, 96), how much of each pixel is skin, hair and beard, 0 to 255
        - shown: (n, attributes of a person), their numbers, or UNSEEN
        """
        return self._read("regions")

    def fetch_heads(self) -> None:
        """Fetch MakeHuman's data (89 MB) beside `directory`, unless they are there.

        Raises TamperedError, or httpx's HTTPError.
        """
        makehuman(self._heads)

    def draw(self, kind: str) -> None:
        """Draw the chunks that are missing. Raises what `fetch_heads` does."""
        self._directory.mkdir(parents=True, exist_ok=True)
        missing = [start for start in self._starts() if not self._file(kind, start).is_file()]
        if missing and kind in {"photographs", "looks", "seen", "regions"}:
            self.fetch_heads()  # here, and not in each of the processes that draw
        for _ in tqdm(self._machine.ahead(partial(self._write, kind), missing), kind, len(missing)):
            pass

    def _read(self, kind: str) -> Tensors:
        self.draw(kind)
        whole: Tensors = {}
        for start in self._starts():
            for name, part in torch.load(self._file(kind, start), weights_only=True).items():
                if name not in whole:
                    whole[name] = torch.empty((self.size, *part.shape[1:]), dtype=part.dtype)
                whole[name][start : start + len(part)] = part
        return whole

    def _write(self, kind: str, start: int) -> None:
        count = min(CHUNK, self.size - start)
        random = Random(f"{kind} {SEED} {start}")  # noqa: S311 - nothing secret
        file = self._file(kind, start)
        unfinished = file.with_suffix(".part")
        torch.save(self._makers[kind](_sitters(start, count), random), unfinished)
        unfinished.replace(file)

    def _starts(self) -> range:
        return range(0, self.size, CHUNK)

    def _file(self, kind: str, start: int) -> Path:
        end = min(start + CHUNK, self.size)
        return self._directory / f"{kind}-{SEED}-{start}-{end}.pt"


def _sitters(start: int, count: int) -> list[Portrait]:
    """Choose whom a chunk shows."""
    random = Random(f"people {SEED} {start}")  # noqa: S311 - nothing secret
    return [Portrait(sitter(random), random_scene(random)) for _ in range(count)]


def _portraits(tokenizer: CLIPTokenizer, portraits: list[Portrait], random: Random) -> Tensors:
    captions = [_caption(kind, portrait, random) for portrait in portraits for kind in KINDS]
    owners = [portrait for portrait in portraits for _ in KINDS]
    told = [_told(portrait, said) for portrait, said in zip(owners, captions, strict=True)]
    tokens = tokenize(tokenizer, (said.text for said in captions))
    return {
        "pixels": pixels([draw(portrait, random) for portrait in portraits]),
        "shown": numbers_shown(portraits, tuple(CHOICES)),
        "tokens": _by(len(KINDS), tokens.to(torch.int16)),
        "told": _by(len(KINDS), torch.tensor(told, dtype=torch.int8)),
    }


def _faces(portraits: list[Portrait], random: Random) -> Tensors:
    owners = [portrait for portrait in portraits for _ in range(FACES)]
    people = [another_day(owner.person, random) for owner in owners]
    sitters = [replace(owner, person=person) for person, owner in zip(people, owners, strict=True)]
    changed = [person is not owner.person for person, owner in zip(people, owners, strict=True)]
    return {
        "pixels": _by(FACES, pixels([reference(person, random) for person in people])),
        "shown": _by(FACES, numbers_shown(sitters, PERSON_NAMES)),
        "changed": _by(FACES, torch.tensor(changed)),
    }


def _by(count: int, rows: torch.Tensor) -> torch.Tensor:
    """Group the rows by portrait, each of which has so many."""
    return torch.unflatten(rows, 0, (-1, count))


def _caption(kind: str, portrait: Portrait, random: Random) -> Caption:
    if kind == "ruled out":
        return without(portrait, random)
    if kind == "everything":
        return caption(portrait, random, 1.0)
    if random.random() < SILENCE:
        return Caption("", frozenset())
    said = caption(portrait, random, always=ALWAYS_TOLD)
    return replace(said, text=with_strange_words(said.text, random))


def _told(portrait: Portrait, said: Caption) -> list[int]:
    stated = visible(portrait, said)
    return [
        number(portrait, name) if name in stated else len(values)
        for name, values in CHOICES.items()
    ]


def tokenize(tokenizer: CLIPTokenizer, texts: Iterable[str]) -> torch.Tensor:
    """Give token ids as the pipeline does, (batch, 77)."""
    tokens = tokenizer(
        list(texts),
        padding="max_length",
        truncation=True,
        max_length=tokenizer.model_max_length,
        return_tensors="pt",
    )
    ids = tokens.input_ids
    assert isinstance(ids, torch.Tensor)  # noqa: S101 - for the type checker
    return ids
