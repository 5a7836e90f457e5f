"""Words as they are read, whatever signs stand in for their letters."""

import re
import unicodedata
from collections.abc import Iterator

from generation.words.reading.signs import plain

LATIN_FOR = str.maketrans(
    "авекмнорстухіјѕһԁԛԝьпгбз",
    "abekmhopctyxijshdqwbnr6z",
)
"""The Latin letters that Cyrillic ones look like."""

CYRILLIC_FOR = str.maketrans("abekmhopctyxun36r", "авекмнорстухипзбг")
"""The Cyrillic letters that Latin ones, and digits, look like."""

LETTER_FOR = str.maketrans("013457@$!|€", "oieastasiie")
"""The letters that signs stand in for."""

ANOTHER_LETTER_FOR = str.maketrans("013457@$!|€", "olebstasll" + "e")
"""The others that they may mean: 1 is an l, too."""

_BREVE = "\N{COMBINING BREVE}"
_SPELT = re.compile(r"(?<!\w)(?:\w[\W_]){2,}\w(?!\w)")
"""A word letter by letter: `n u d e`, `n.u.d.e`."""

_INSIDE = re.compile(r"(?<=\w)[.\-_*·•~+=/\\|'’`^,:]+(?=\w)")
"""What stands inside a word."""


def readings(text: str) -> Iterator[str]:
    """Give the text in all ways in which somebody could read it."""
    whole = simple(text)
    for one in (whole, whole.translate(LETTER_FOR), whole.translate(ANOTHER_LETTER_FOR)):
        for two in (one, *_in_one_script(one)):
            yield from _without_repeats(two)


def parted_words(text: str) -> list[str]:
    """Give the words that have signs inside, without these."""
    return [_INSIDE.sub("", chunk) for chunk in simple(text).split() if _INSIDE.search(chunk)]


def spelt_runs(text: str) -> list[str]:
    """Give what is spelt letter by letter; there one word may run into the next."""
    return ["".join(re.findall(r"[^\W_]", one[0])) for one in _SPELT.finditer(simple(text))]


def simple(text: str) -> str:
    """Write it in small letters without accents; й stays, and ё is written as most people do."""
    small = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", plain(text)).casefold())
    left = "".join(sign for sign in small if not unicodedata.combining(sign) or sign == _BREVE)
    return unicodedata.normalize("NFC", left)


def _in_one_script(text: str) -> tuple[str, str]:
    """Give the text with its mixed words in Latin letters, and in Cyrillic ones."""
    return _WORD.sub(_latin, text), _WORD.sub(_cyrillic, text)


_WORD = re.compile(r"\w+")


def _latin(word: re.Match[str]) -> str:
    changed = word[0].translate(LATIN_FOR)
    return changed if changed.isascii() else word[0]


def _cyrillic(word: re.Match[str]) -> str:
    changed = word[0].translate(CYRILLIC_FOR)
    return changed if re.fullmatch(r"[а-яё]+", changed) else word[0]


def _without_repeats(text: str) -> Iterator[str]:
    yield text
    if re.search(r"(\w)\1\1", text):
        yield re.sub(r"(\w)\1{2,}", r"\1", text)
        yield re.sub(r"(\w)\1{2,}", r"\1\1", text)
    if re.search(r"(\w)\1", text):
        yield re.sub(r"(\w)\1+", r"\1", text)
