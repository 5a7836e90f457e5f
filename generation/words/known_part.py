"""What is left of a phrase without the words that nothing is drawn for.

They aren't ignored: for a "breathtaking panorama" the pocket model drew kings
(docs/decisions/0059-a-place-for-everybody.md).
"""

import re

from generation.words.named import COLOURS, names
from generation.words.people import PEOPLE
from generation.words.roles import is_role
from generation.words.vocabulary import SMALL, Vocabulary, words_of

_JOINS = ("and", "or", "и", "или")

_ARTICLES = ("a", "an", "the", "some", "any")

_WORN = frozenset(("in", "wearing"))
"""What leads to clothes."""

_COLOUR = re.compile(COLOURS, re.IGNORECASE)
_LOOK = re.compile(
    rf"{COLOURS}|long|short|medium|curly|shining|old|elderly|young|adult|bald", re.IGNORECASE
)
"""What is said before a noun, and would be drawn on the person: a long sword as long hair."""

BEHIND = re.compile(r"\s*\bin the background\b", re.IGNORECASE)
"""Where things are that nobody draws; the model would draw no more than a wall."""

_GARMENT = re.compile(
    r"(?:robe|gown|kimono|tuxedo|uniform|cloak|scarf|vest|jeans|skirt|pants|trousers|tie|t-?shirt"
    r"|top|leggings|blazer|cardigan|parka|overalls|swimsuit|bikini|sari|costume|apron)s?",
    re.IGNORECASE,
)
"""What is worn, wherever it is said: the model draws clothes of any colour."""

_SOMEBODY = re.compile(rf"{PEOPLE}|gentlem[ae]n|complexion", re.IGNORECASE)


def known_part(text: str, vocabulary: Vocabulary) -> str:
    """Leave out what nothing is drawn for, and what was said of it and led to it only.

    Of "a brave knight with a black cat and a hat in Rome" a knight with a hat is left. Colours of
    what is worn stay: "in a red kimono" is in red. So do the looks of people: "a blond elf".
    """
    if vocabulary.known is None:
        return text
    left = _Remainder()
    for part in BEHIND.sub("", text).split():
        words = words_of(part)
        if all(word.lower() in SMALL or word.lower() == "wearing" for word in words):
            left.lead(part)
        elif any(map(vocabulary.knows, words)):
            left.keep(part)
        else:
            left.miss(" ".join(words))
    return left.text


class _Remainder:
    """Takes words one by one, and keeps what can stand without those that are left out.

    Small words wait for what they lead to. Behind a missed word they lead to something new, but
    for an "and": in "with a dragon and a hat" what comes goes on from before the dragon.
    """

    def __init__(self) -> None:
        self._kept: list[tuple[list[str], str]] = []
        """Words, and the small ones before each."""
        self._before: list[str] = []
        self._missed = False
        self._after: list[str] = []
        self._whole: tuple[list[tuple[list[str], str]], list[str]] = ([], [])
        """What there was before the first missed word."""

    def lead(self, word: str) -> None:
        """Take a small word."""
        (self._after if self._missed else self._before).append(word)

    def keep(self, word: str) -> None:
        """Keep a word: behind a missed one with the looks, which are its own: a black silk hat."""
        if self._missed and not self._after:
            self._kept, self._before = self._whole
        self._kept.append((self._led(), word))
        self._before, self._missed, self._after = [], False, []

    def miss(self, word: str) -> None:
        """Leave a word out, and the looks of what it names."""
        somebody = is_role(word) or _SOMEBODY.fullmatch(word) or names(word, "hair")
        if not self._missed or self._after:
            self._whole = (list(self._kept), self._led())
        if not (somebody or self._missed or self._before):
            self._forget_looks(word)
        self._before, self._missed, self._after = self._led(), True, []

    @property
    def text(self) -> str:
        """What is kept; without a missed word before it, a small one at the end too."""
        kept = [word for before, one in self._kept for word in (*before, one)]
        return " ".join(kept if self._missed else [*kept, *self._before])

    def _forget_looks(self, thing: str) -> None:
        """Leave out a thing's looks, but for colours of what is worn."""
        looks: list[str] = []
        joined: list[list[str]] = [[], ["and"]]
        while self._before in joined and self._kept and _LOOK.fullmatch(self._kept[-1][1]):
            self._before, look = self._kept.pop()
            looks.insert(0, look)
        if _GARMENT.fullmatch(thing) or not _WORN.isdisjoint(self._before):
            for colour in filter(_COLOUR.fullmatch, looks):
                self.keep(colour)

    def _led(self) -> list[str]:
        """Give the small words that lead to what comes next."""
        before, after = self._before, self._after
        if not after:
            return before
        if after[0].lower() not in _JOINS:
            return after
        if not before and self._kept:
            return after
        if not (rest := after[1:]):
            return before
        if rest[0].lower() not in _ARTICLES:
            return rest
        return [*(word for word in before if word.lower() not in _ARTICLES), *rest]
