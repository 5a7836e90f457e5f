"""The words that a model knows: those that something is drawn for.

A large model is taken to know every word. A small one comes with a list, `words.txt`: a word a
line, and after it other words that are read as it.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FILE = "words.txt"
"""Name of the list in a model's directory."""

_DENIALS = frozenset(("without", "no"))

_DENIED_TOO = frozenset(("a", "an", "any", "the", "or"))
"""Small words after which a denial goes on: "without a hat or a violin"."""

SMALL = frozenset((
    "a", "an", "the", "and", "or", "any", "some", "of", "in", "on", "at", "with", "by", "for",
    "from", "to", "into", "onto", "under", "over", "near", "among", "behind", "beside",
    "between", "through", "up", "down", "out", "inside", "outside", "front", "as", "like", "is",
    "are", "am", "be", "being", "was", "who", "which", "i'm", "don't", "let's", "that", "this",
    "these", "those", "it", "its", "i", "me", "my", "myself", "you", "your", "he", "him", "his",
    "she", "her", "we", "our", "they", "their", "there", "very", "so", "while", "please",
    "draw", "make", "show", "want", "picture", "style", "no", "without", "turn", "look", "give",
    "can", "could", "would", "if", "were", "what",
    "а", "без", "в", "во", "для", "до", "за", "и", "из", "или", "к", "как", "ко", "на", "над",
    "не", "о", "об", "от", "по", "под", "при", "с", "со", "у", "я",
))  # fmt: skip
"""Words of either of the bot's languages that no picture shows by themselves."""

_TOGETHER: Mapping[str, frozenset[str]] = {
    "glass": frozenset(("magnifying",)),
    "oil": frozenset(("painting", "painted", "portrait", "canvas", "in", "on")),
    "rock": frozenset(("star", "musician", "guitarist")),
    "star": frozenset(("rock",)),
    "tree": frozenset(("palm",)),
    "weather": frozenset(("rainy",)),
}
"""Words that captions have beside others only: who sat on a rock had a guitar, under a tree there
was a beach, and olive oil painted everything."""

_PLURALS = (("ies", "y"), ("es", ""), ("s", ""))
"""Endings of English plurals, and what the singular has instead."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`known`: each word in small letters, and what it is read as; None: every word is known."""

    known: Mapping[str, str] | None = None

    @classmethod
    def of(cls, directory: Path) -> "Vocabulary":
        """Read a model directory's list. Without one the model counts as knowing every word."""
        try:
            text = (directory / FILE).read_text(encoding="utf-8", errors="replace")
        except OSError:  # where a model must have one, its checksums say that it is missing
            return EVERY_WORD
        lines = [line.split() for line in text.splitlines()]
        return cls({word: line[0] for line in lines for word in line})

    def unknown(self, text: str) -> tuple[str, ...]:
        """List the words that nothing is drawn for, each once, as they are written.

        What the text says shall not be there is not missed.
        """
        if self.known is None:
            return ()
        missed: dict[str, str] = {}
        for clause in _clauses(text):
            words = words_of(clause)
            for place in _wanted(words):
                if not self.knows(words[place], beside(words, place)):
                    missed.setdefault(words[place].lower(), words[place])
        return tuple(missed.values())

    def in_its_words(self, text: str) -> str:
        """Write the words in the forms that it knows: one who knows a pirate may know no pirates.

        Other words, and the signs about them, stay.
        """
        if self.known is None:
            return text
        return " ".join(_reworded(part, self.known) for part in text.split())

    def knows(self, word: str, beside: Sequence[str] = ()) -> bool:
        """Say whether something is drawn for a word beside others, or it is a small one."""
        if self.known is None:
            return True
        form = _known_form(word, self.known)
        others = _TOGETHER.get(form or "")
        return form is not None and (others is None or any(one.lower() in others for one in beside))


EVERY_WORD = Vocabulary()


def _reworded(part: str, known: Mapping[str, str]) -> str:
    word = _bare(part)
    form = _known_form(word, known)
    return part if form is None or form == word.lower() else part.replace(word, form)


def _known_form(word: str, known: Mapping[str, str]) -> str | None:
    """Give the form in which a word is known; None if it isn't."""
    word, stem, *singulars = forms_of(word)
    for form in (word, stem, *singulars):
        if form in known:
            return known[form]
        if form in SMALL:
            return form
    parts = [_known_form(part, known) for part in stem.split("-")] if "-" in stem else [None]
    return "-".join(part for part in parts if part) if all(parts) else None


def forms_of(word: str) -> list[str]:
    """Give a word in small letters, without its possessive ending, and what may be its singular.

    None is empty.
    """
    word = word.lower().replace("’", "'")
    stem = word.removesuffix("'s")
    singulars = [
        stem.removesuffix(ending) + more for ending, more in _PLURALS if stem.endswith(ending)
    ]
    return [word, stem, *filter(None, singulars)]


def words_of(text: str) -> list[str]:
    """Split a text into its words; one with a hyphen or an apostrophe stays whole."""
    letters = (one if _belongs(one) else " " for one in text)
    return [word for word in map(_bare, "".join(letters).split()) if word]


def _belongs(sign: str) -> bool:
    """Say whether a sign is part of a word: letters of any script, their marks, and digits."""
    return unicodedata.category(sign)[0] in "LMN" or sign in "-'’"


def _bare(part: str) -> str:
    """Take off the signs before and after a word."""
    inside = [place for place, sign in enumerate(part) if unicodedata.category(sign)[0] in "LMN"]
    return part[inside[0] : inside[-1] + 1] if inside else ""


def _clauses(text: str) -> list[str]:
    """Split a text where its punctuation ends what was denied."""
    return "".join("\n" if sign in ",.;:!?()/\n" else sign for sign in text).split("\n")


def _wanted(words: Sequence[str]) -> Iterator[int]:
    """Give the places of a clause's words, but for those that it says shall not be there."""
    denied = False
    for place, word in enumerate(words):
        small = word.lower()
        if small in _DENIALS:
            denied = True
        elif small in SMALL:
            denied = denied and small in _DENIED_TOO
        elif not denied:
            yield place


def beside(words: Sequence[str], place: int) -> list[str]:
    """Give the words before and after one."""
    return [*words[max(0, place - 1) : place], *words[place + 1 : place + 2]]
