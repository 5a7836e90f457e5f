"""The styles that a picture can have, and the files that list them.

    [oil]
    en = "oil painting"
    ru = "масло"
    words = "oil on canvas, visible brush strokes"
    negative = "photo"
    medium = "oil painting"

Only `words` must be there, or `lora = "film:0.8"`: a LoRA of the owner's, and how much of it. A
file that comes later replaces the styles of its names, and takes one away with `words = ""`.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from types import MappingProxyType
from zlib import crc32

from generation.errors import Refusal
from generation.words.lora import LoraUse, found, in_use
from generation.words.style import Style
from generation.words.vocabulary import Vocabulary

SHIPPED = Path(__file__).parent / "styles.toml"

NO_STYLE = "none"
"""Stands for a style's name where the whole file is damaged."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
"""What a style may be called: it is typed after --style, and goes into a button."""

_LONGEST_STEM = 22
"""Characters that are left of a LoRA's name in that of its style, where that needs more."""

MOST_OF_LORAS = 60
"""Most LoRAs that are styles by themselves: a message has no more than 100 buttons."""

_TITLE = re.compile(r"[a-z]{2}")
"""The key of a title: the code of its language."""


class StylesDamaged(Refusal):
    """A file of styles can't be read. Fields: file; style, `none` if the file is no TOML."""


@dataclass(frozen=True, slots=True)
class StyleEntry:
    """A style, and what people call it, by the code of their language."""

    style: Style
    titles: Mapping[str, str]

    def title(self, language: str) -> str:
        """Give its title in a language, or the English one, or else its name."""
        return self.titles.get(language) or self.titles.get("en") or self.style.name

    def known_to(self, vocabulary: Vocabulary, loras: Collection[str] = ()) -> bool:
        """Say whether a model can draw the style: the first of its words name it.

        What a LoRA makes needs that, and no word.
        """
        uses = in_use(self.style, ())
        if uses:
            return all(use.name in loras for use in uses)
        return not vocabulary.unknown(self.style.words.split(",")[0])


def load_styles(
    *files: Path, loras: Mapping[str, str] = MappingProxyType({})
) -> dict[str, StyleEntry]:
    """Read the styles that are shipped, and then those of the files, by their names.

    `loras` has what the pictures of each LoRA were called while it was taught. Each that no file
    has a style for is a style by itself. Raises StylesDamaged.
    """
    shipped, own = _read(SHIPPED), [_read(file) for file in files]
    named = [entry.style.lora for layer in own for entry in layer.values() if entry.style.lora]
    spoken_for = {found(LoraUse.of(lora).name, loras) for lora in named}
    left = {name: words for name, words in loras.items() if name not in spoken_for}
    styles: dict[str, StyleEntry] = {}
    for layer in (shipped, dict(_of_loras(left, shipped)), *own):
        for name, entry in layer.items():
            styles.pop(name, None)
            if entry.style.words or entry.style.lora:
                styles[name] = _spelt(entry, loras)
    return styles


def _of_loras(
    loras: Mapping[str, str], taken: Mapping[str, StyleEntry]
) -> Iterator[tuple[str, StyleEntry]]:
    """Make a style of each LoRA; beside one of the same name it says what it is."""
    for lora, words in list(loras.items())[:MOST_OF_LORAS]:
        name, title = re.sub(r"[^a-z0-9]+", "-", lora.lower()).strip("-"), lora
        if name in taken:
            name, title = f"{name}-lora", f"{lora} (LoRA)"
        if not _NAME.fullmatch(name):
            name = f"{name[:_LONGEST_STEM]}-{crc32(lora.encode()):08x}".lstrip("-")
        yield name, StyleEntry(Style(name, words, lora=lora), {"en": title})


def _spelt(entry: StyleEntry, loras: Mapping[str, str]) -> StyleEntry:
    """Name a style's LoRA as its file is named, if it is there."""
    if not entry.style.lora:
        return entry
    use = LoraUse.of(entry.style.lora)
    use = replace(use, name=found(use.name, loras) or use.name)
    return replace(entry, style=replace(entry.style, lora=f"{use.name}:{use.scale:g}"))


def _read(file: Path) -> dict[str, StyleEntry]:
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StylesDamaged(file=file.name, style=NO_STYLE) from error
    return {name: _entry(file, name, table) for name, table in tables.items()}


def _entry(file: Path, name: str, table: object) -> StyleEntry:
    """Read a style. What isn't known is refused: a word that is misspelt would do nothing."""
    own = {field.name for field in fields(Style)} - {"name"}
    says = isinstance(table, dict) and ("words" in table or "lora" in table)
    if not (isinstance(table, dict) and _NAME.fullmatch(name) and says):
        raise StylesDamaged(file=file.name, style=name)
    titles = {key: value for key, value in table.items() if _TITLE.fullmatch(key)}
    said = {key: value for key, value in table.items() if key in own}
    if len(titles) + len(said) < len(table) or not all(
        isinstance(value, str) for value in table.values()
    ):
        raise StylesDamaged(file=file.name, style=name)
    style = Style(name, **said)
    try:
        in_use(style, ())
    except ValueError as error:
        raise StylesDamaged(file=file.name, style=name) from error
    return StyleEntry(style, titles)
