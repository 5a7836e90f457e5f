"""Weights of the owner's that change how a model draws, as a request names them."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from generation.words.style import Style

LEAST_SCALE, MOST_SCALE = -2.0, 2.0
"""How much of a LoRA may be used: further out a picture falls apart. A negative scale draws the
opposite of what it was taught."""


@dataclass(frozen=True, slots=True)
class LoraUse:
    """`name` is that of a file in the folder LORAS; `scale` is how much of it is used."""

    name: str
    scale: float = 1.0

    @classmethod
    def of(cls, written: str) -> "LoraUse":
        """Read `film` or `film:0.8`. Raises ValueError."""
        name, _, scale = (part.strip() for part in written.partition(":"))
        use = cls(name, float(scale or 1))
        if not name or not LEAST_SCALE <= use.scale <= MOST_SCALE:
            raise ValueError(written)
        return use

    def __str__(self) -> str:
        """Write it as among the words of a request."""
        return f"<lora:{self.name}:{self.scale:g}>"


def together(*several: Iterable[LoraUse]) -> tuple[LoraUse, ...]:
    """Put LoRAs together: of one that is named twice the later use counts."""
    return tuple({use.name: use for uses in several for use in uses}.values())


def in_use(style: Style | None, loras: Iterable[LoraUse]) -> tuple[LoraUse, ...]:
    """Give the LoRAs that are drawn with: the style's, and a request's own, which count before."""
    styled = (LoraUse.of(style.lora),) if style and style.lora else ()
    return tuple(use for use in together(styled, loras) if use.scale)


def found(given: str, names: Iterable[str]) -> str | None:
    """Find a LoRA's name however it is spelt: as a file, in a folder, with spaces for dashes."""
    key = _key(given)
    return {_key(name): name for name in names}.get(key) if key else None


def can_be_written(name: str) -> bool:
    """Say whether a request can name a LoRA of this name."""
    return bool(_key(name)) and name.isprintable() and not _SIGNS_OF_TAGS & set(name)


_SIGNS_OF_TAGS = frozenset("<>:|")


def _key(name: str) -> str:
    """Write a name without signs; a Mac's file names have letters and their dots apart."""
    file = PurePosixPath(name.strip().replace("\\", "/")).name
    stem = unicodedata.normalize("NFKC", file).casefold().removesuffix(".safetensors")
    return "".join(re.findall(r"[^\W_]+", stem)).replace("ё", "е")
