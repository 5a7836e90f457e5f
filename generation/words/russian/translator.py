"""Translates texts clause by clause, so that brackets, weights and commas stay where they are."""

import re
from collections import OrderedDict
from collections.abc import Sequence
from typing import Protocol

from generation.words.languages import CYRILLIC, foreign_language, is_strange
from generation.words.translator import LanguageUnread, NotTranslated, Translation

REMEMBERED = 500
"""Clauses whose translation is kept in memory: the scenes, trait words and repeats of some albums.
Whose they were is not kept."""

_SIGNS = re.compile(
    r"(\s*(?:"
    r":\s*\d+(?:[.,]\d+)?(?=\s*[)\]])"  # a weight
    r"|[.,](?!\d)|(?<!\d)[.,]"  # no decimal point
    r"|[^\w\s'’\-.,\u0301]+|_"
    r"|(?<!\w)-+|-+(?!\w)"  # no hyphen
    r")\s*)"
)
"""What ends a clause: brackets, weights, commas, dashes."""

_TIDIED = (
    (re.compile(r"[(\[{]\s*(?::\s*[\d.,]+)?\s*[)\]}]"), " "),  # nothing is left in the brackets
    (re.compile(r"\s+([,.;:!?)\]])"), r"\1"),
    (re.compile(r"([,;:])(?:\s*[,;:])+"), r"\1"),
    (re.compile(r"\s+"), " "),
)


class ClauseTranslator(Protocol):
    """Knows Russian: it translates clauses, which have no signs but hyphens in them."""

    def clauses(self, russian: Sequence[str]) -> list[Translation]:
        """Translate each; the English of one of which nothing is known is empty.

        Raises TranslatorMissing and ModelUnavailable.
        """


class RussianTranslator:
    """A `Translator`: what it hands to a ClauseTranslator is Russian, and not the same twice."""

    def __init__(self, clauses: ClauseTranslator) -> None:
        self._clauses = clauses
        self._known: OrderedDict[str, Translation] = OrderedDict()

    def translate(self, words: str) -> Translation:
        """Translate as `Translator` says. Raises also LanguageUnread."""
        if language := foreign_language(words):
            raise LanguageUnread(words=words, language=language)
        pieces, strange = _without_strange(_SIGNS.split(words))
        self._learn([piece for piece in pieces if CYRILLIC.search(piece)])
        english, unknown = [], [*strange]
        for piece in pieces:
            known = self._known.get(piece)
            english.append(known.english if known else piece)
            unknown += known.unknown if known else ()
        text = _tidied("".join(english))
        if not any(sign.isalnum() for sign in text):
            raise NotTranslated(words=words)
        self._forget_some()
        return Translation(text, tuple(dict.fromkeys(unknown)))

    def _learn(self, russian: Sequence[str]) -> None:
        """Translate the clauses that are new, all of them together."""
        new = list(dict.fromkeys(piece for piece in russian if piece not in self._known))
        if new:
            self._known.update(zip(new, self._clauses.clauses(new), strict=True))
        for piece in russian:
            self._known.move_to_end(piece)

    def _forget_some(self) -> None:
        while len(self._known) > REMEMBERED:
            self._known.popitem(last=False)


def _without_strange(pieces: Sequence[str]) -> tuple[list[str], list[str]]:
    """Take out the words of a third language; give them too."""
    strange = [word for piece in pieces for word in piece.split() if is_strange(word)]
    if not strange:
        return list(pieces), []
    kept = (
        " ".join(word for word in piece.split() if not is_strange(word))
        if any(is_strange(word) for word in piece.split())
        else piece
        for piece in pieces
    )
    return list(kept), strange


def _tidied(english: str) -> str:
    for untidy, tidy in _TIDIED:
        english = untidy.sub(tidy, english)
    return english.strip(" ,;:")
