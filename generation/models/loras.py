"""The folder LORAS: what its owner put there, and what of it is used."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generation.models.checkpoint import Kind, kind_of
from generation.models.folder import files_of_weights, is_there, is_writable, shown
from generation.models.header import CutShortError, Header, HeaderError
from generation.models.sources import LoraUnusable, NoLorasFolder, is_pickle
from generation.words.lora import can_be_written, found

_PHRASE = "modelspec.trigger_phrase"
_TAGS, _FOLDERS = "ss_tag_frequency", "ss_dataset_dirs"
"""What trainers write beside the weights: the words that call for them; or how often each tag was
said in each folder of pictures, and how many pictures these have."""

_LONGEST_TRIGGER = 60
"""Characters of a phrase that calls for a LoRA: a longer one would crowd out a person's words."""

_TELL_WHO = frozenset(
    (
        *("girl", "girls", "boy", "boys", "man", "men", "woman", "women", "male", "female"),
        *("person", "people", "solo", "portrait"),
    )
)
"""Words of tags that say who is on a picture: here that is the person of the album."""


@dataclass(frozen=True, slots=True)
class Lora:
    """A LoRA that can be used. `trigger` is what its pictures were called while it was taught."""

    name: str
    file: Path
    trigger: str = ""


@dataclass(frozen=True, slots=True)
class Loras:
    """`usable` by their names; `refused` says why the others are not."""

    usable: Mapping[str, Lora] = field(default_factory=dict)
    refused: tuple[LoraUnusable, ...] = ()

    @property
    def files(self) -> dict[str, Path]:
        return {name: lora.file for name, lora in self.usable.items()}

    @property
    def triggers(self) -> dict[str, str]:
        return {name: lora.trigger for name, lora in self.usable.items()}


def look_into(folder: Path) -> Loras:
    """Look at every file in a folder and its folders; only headers are read.

    Raises NoLorasFolder.
    """
    if not is_there(folder) or not folder.is_dir():
        raise NoLorasFolder(folder=str(folder))
    usable: dict[str, Lora] = {}
    refused = []
    for file in sorted(files_of_weights(folder), key=lambda file: (len(file.parts), file)):
        try:
            lora = _read(file)
            if found(lora.name, usable):
                raise LoraUnusable(file=file.name, kind="twice")  # noqa: TRY301 - one place gathers
        except LoraUnusable as refusal:
            refused.append(refusal)
        else:
            usable[lora.name] = lora
    return Loras(usable, tuple(refused))


def _read(file: Path) -> Lora:
    """Read a file's header. Raises LoraUnusable."""
    if not (is_writable(file.name) and can_be_written(file.stem)):
        raise LoraUnusable(file=shown(file.name), kind="name")
    if is_pickle(file.name):
        raise LoraUnusable(file=file.name, kind="pickle")
    try:
        header = Header.of(file)
    except CutShortError as error:
        raise LoraUnusable(file=file.name, kind="cut-short") from error
    except (HeaderError, OSError) as error:
        raise LoraUnusable(file=file.name, kind="damaged") from error
    kind = kind_of(header)
    if kind is not Kind.LORA_SD15:
        raise LoraUnusable(file=file.name, kind=kind if kind.is_lora else "other")
    return Lora(file.stem, file, _trigger(header.metadata))


def _trigger(said: Mapping[str, str]) -> str:
    """Give the words that call for a LoRA, as its file says; empty: it doesn't."""
    try:
        words = str(said.get(_PHRASE) or _tag_of_all(said))
    except (ValueError, TypeError, AttributeError):  # anybody writes there what they like
        return ""
    words = " ".join(words.replace("_", " ").split()).strip(" ,")
    return words if len(words) <= _LONGEST_TRIGGER else ""


def _tag_of_all(said: Mapping[str, str]) -> str:
    """Give the one tag that all the pictures had on which the LoRA was taught; empty: none is."""
    pictures = sum(one["img_count"] for one in json.loads(said.get(_FOLDERS, "{}")).values())
    counts: Counter[str] = Counter()
    for tags in json.loads(said.get(_TAGS, "{}")).values():
        counts.update({tag.strip(): count for tag, count in tags.items()})
    always = [tag for tag, count in counts.items() if count >= pictures > 0]
    own = [tag for tag in always if not _TELL_WHO & set(tag.lstrip("0123456789").split())]
    return own[0] if len(own) == 1 else ""
