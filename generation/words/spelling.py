"""Misspelt English words: an "astronuat" is an astronaut."""

import json
import re
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from string import ascii_lowercase

_CLIP = Path(__file__).parents[1] / "models" / "sd15" / "tokenizer" / "vocab.json"
"""CLIP's vocabulary: what is a whole word there people write often, and mean."""

_WHOLE = "</w>"
"""What CLIP's whole words end with."""

SHORTEST, LONGEST = 5, 20
"""Letters of a word that is mended: of shorter ones too many are a letter apart."""

_WORD = re.compile(rf"(?<![\w'’-])[A-Za-z][a-z]{{{SHORTEST - 1},{LONGEST - 1}}}(?![\w'’-])")


@lru_cache(maxsize=1)
def _written_often() -> frozenset[str]:
    tokens = json.loads(_CLIP.read_text(encoding="utf-8"))
    return frozenset(token.removesuffix(_WHOLE) for token in tokens if token.endswith(_WHOLE))


def mended(text: str, known: Collection[str]) -> str:
    """Write known words rightly that have a letter less, more, or another, or two that swapped.

    Real words stay, and so do names: a capital may stand at the beginning only.
    """

    def right(found: re.Match[str]) -> str:
        word = found[0]
        if (word[0].isupper() and found.start()) or word.lower() in known:
            return word
        return _mended(word.lower(), known) or word

    return _WORD.sub(right, text)


def _mended(word: str, known: Collection[str]) -> str:
    """Give the only known word that a misspelt one may be; empty: there is none, or several."""
    if word in _written_often():
        return ""
    singular = word.removesuffix("s")
    meant = {one for one in _one_letter_off(word) if one in known}
    if not meant and singular != word:
        meant = {f"{one}s" for one in _one_letter_off(singular) if one in known}
    return meant.pop() if len(meant) == 1 else ""


def _one_letter_off(word: str) -> set[str]:
    """Give what begins with the same letter: hardly anybody misses that."""
    halves = [(word[:place], word[place:]) for place in range(1, len(word) + 1)]
    near = {start + end[1:] for start, end in halves if end}
    near |= {start + end[1] + end[0] + end[2:] for start, end in halves if len(end) > 1}
    near |= {start + letter + end[1:] for start, end in halves if end for letter in ascii_lowercase}
    near |= {start + letter + end for start, end in halves for letter in ascii_lowercase}
    return {one for one in near if len(one) >= SHORTEST}
