"""The styles that a picture can have, and the files that list them.

    [oil]
    en = "oil painting"
    ru = "масло"
    words = "oil on canvas, visible brush strokes"
    negative = "photo"
    medium = "oil painting"

Only `words` must be there. A file that comes later replaces the styles of its names, and takes one
away with `words = ""`.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from generation.errors import Refusal
from generation.words.style import Style
from generation.words.vocabulary import Vocabulary

SHIPPED = Path(__file__).parent / "styles.toml"

NO_STYLE = "none"
"""Stands for a style's name where the whole file is damaged."""

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
"""What a style may be called: it is typed after --style, and goes into a button."""

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

    def known_to(self, vocabulary: Vocabulary) -> bool:
        """Say whether a model knows what the style is: the first of its words name it."""
        return not vocabulary.unknown(self.style.words.split(",")[0])


def load_styles(*files: Path) -> dict[str, StyleEntry]:
    """Read the styles that are shipped, and then those of the files, by their names.

    Raises StylesDamaged.
    """
    styles: dict[str, StyleEntry] = {}
    for file in (SHIPPED, *files):
        for name, entry in _read(file).items():
            styles.pop(name, None)
            if entry.style.words:
                styles[name] = entry
    return styles


def _read(file: Path) -> dict[str, StyleEntry]:
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StylesDamaged(file=file.name, style=NO_STYLE) from error
    return {name: _entry(file, name, table) for name, table in tables.items()}


def _entry(file: Path, name: str, table: object) -> StyleEntry:
    """Read a style. What isn't known is refused: a word that is misspelt would do nothing."""
    own = {field.name for field in fields(Style)} - {"name"}
    if not (isinstance(table, dict) and _NAME.fullmatch(name) and "words" in table):
        raise StylesDamaged(file=file.name, style=name)
    titles = {key: value for key, value in table.items() if _TITLE.fullmatch(key)}
    said = {key: value for key, value in table.items() if key in own}
    if len(titles) + len(said) < len(table) or not all(
        isinstance(value, str) for value in table.values()
    ):
        raise StylesDamaged(file=file.name, style=name)
    return StyleEntry(Style(name, **said), titles)
