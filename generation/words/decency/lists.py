"""The lists of words, from their file."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generation.words.russian.morphology import Morphology

FILE = Path(__file__).with_name("words.toml")
LONG = 4
"""Letters from which on a word is looked for in a run of letters."""

MORPHOLOGY = Morphology()


@dataclass(frozen=True, slots=True)
class WordList:
    """`words` are its patterns of one word that stand for themselves."""

    pattern: re.Pattern[str]
    words: frozenset[str]
    lemmas: frozenset[str]

    def found_in(self, text: str) -> bool:
        """Say whether one of its words is in a text, in any form."""
        if self.pattern.search(text):
            return True
        return any(self._is_form(word) for word in re.findall(r"[а-я]+", text))

    def is_word(self, word: str) -> bool:
        """Say whether a word alone is one of its words: stems are not enough."""
        return word in self.words

    def masked(self, word: str) -> bool:
        """Say whether a word with stars is one of its words: `f*ck`."""
        pattern = re.escape(word).replace(r"\*", r"\w")
        return any(re.fullmatch(pattern, one) for one in self.words)

    def runs_through(self, letters: str) -> bool:
        """Say whether one of its words is in these; short ones are in too many."""
        return any(len(one) >= LONG and one in letters for one in self.words | self.lemmas)

    def _is_form(self, word: str) -> bool:
        if not self.lemmas or not any(word[:2] == lemma[:2] for lemma in self.lemmas):
            return False  # so the dictionary is seldom needed: reading it takes a while
        forms = MORPHOLOGY.forms(word)
        return bool(forms) and forms[0].lemma in self.lemmas


@cache
def word_list(name: str) -> WordList:
    """Give a list by the name of its table."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))[name]
    patterns = table["patterns"]
    words = frozenset(one.removesuffix("*") for one in patterns if " " not in one and one != "*")
    return WordList(_pattern(patterns), words, frozenset(table["russian"]))


def _pattern(patterns: Sequence[str]) -> re.Pattern[str]:
    """Make one pattern of all; the longer ones come first.

    Where no word begins none of them is tried.
    """
    ordered = sorted(patterns, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(_one, ordered)) + r")(?!\w)")


def _one(pattern: str) -> str:
    parts = (re.escape(part).replace(r"\*", r"\w*") for part in pattern.split())
    return r"\W{1,3}".join(parts)
