"""What a request sets for itself."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from generation.errors import Refusal
from generation.sizes import Size
from generation.words.reading.signs import bare

SEEDS = 2**31
"""How many seeds there are: from 0 to one less."""

MOST_PICTURES = 10
"""Most pictures of an album: Telegram sends no more at once."""

GIVEN_SHOWN = 50
"""Most characters of a wrong option that are shown."""

_RATIO = re.compile(r"(\d{1,5}(?:\.\d+)?)[:xх×*/](\d{1,5}(?:\.\d+)?)", re.IGNORECASE)
_SQUARE_ENOUGH = 1.15
"""How much longer one side of a square may be."""

Names = Mapping[str, Collection[str]]
"""By option, what it may name: “fairy tale” is one style of two words."""

NO_NAMES: Names = {}


class SeedWrong(Refusal):
    """What follows `--seed` is not a whole number below SEEDS. Fields: given, most."""


class CountWrong(Refusal):
    """What follows `--count` is no number of pictures. Fields: given, most."""


class OptionEmpty(Refusal):
    """Nothing follows an option that needs something. Field: given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a request sets for itself, as it was written; None: not set."""

    seed: int | None = None
    preset: str | None = None
    style: str | None = None
    size: str | None = None
    count: int | None = None


NOTHING_SET = Options()


def size_of_ratio(given: str) -> Size | None:
    """Give the shape that is nearest to `2:3` or `512x768`; None: it is no ratio."""
    found = _RATIO.fullmatch(given)
    width, height = (float(found[1]), float(found[2])) if found else (0, 0)
    if not width or not height:
        return None
    if max(width, height) <= _SQUARE_ENOUGH * min(width, height):
        return Size.SQUARE
    return Size.LANDSCAPE if width > height else Size.PORTRAIT


def items_of(text: str) -> list[str]:
    """Split a list of what is not wanted into its items, each without signs and “no”."""
    parts = re.split(r"[,;|\n]|\s(?:and|or|и|или)\s", text)
    denied = re.compile(r"^(?:no|without|not|без|не|нет)\s+", re.IGNORECASE)
    bare = (denied.sub("", _unweighed(part)) for part in parts)
    return [part for part in bare if any(one.isalnum() for one in part)]


def _unweighed(item: str) -> str:
    """Write an item of a list without brackets, weights and signs about it."""
    text = re.sub(r":\s*-?[\d.]+(?=[)\]\s]|$)|[()\[\]{}]", " ", item)
    return " ".join(bare(text).split())


def whole_number(given: str, least: int, most: int, wrong: type[Refusal]) -> int:
    """Read a number that an option takes. Raises `wrong`."""
    if not re.fullmatch(r"\d{1,10}", given, re.ASCII) or not least <= int(given) <= most:
        raise wrong(given=given[:GIVEN_SHOWN], most=str(most))
    return int(given)
