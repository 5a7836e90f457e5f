"""Russian words and their forms, as pymorphy3 knows them."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from generation.words.analyzer import analyzer, readings_of

ALPHABET = "абвгдежзийклмнопрстуфхцчшщъыьэюя"

MENDED_FROM, MENDED_UNTIL = 5, 30
"""Letters between which a misspelt word is mended: of shorter ones too many are a letter apart, and
the longest take seconds."""

_WORDS_TOO = frozenset(("бариста",))
"""Words that pymorphy3 doesn't know, and that are no misspelt others."""

_STRESS = "\N{COMBINING ACUTE ACCENT}"


@dataclass(frozen=True, slots=True)
class Form:
    """One reading of a word: its dictionary form, and which form of it this is."""

    lemma: str
    part: str
    """The part of speech, as OpenCorpora calls it: NOUN, ADJF, PREP ..."""
    case: str | None
    number: str | None
    gender: str | None

    def agrees(self, other: "Form") -> bool:
        """Say whether an adjective and a noun belong together."""
        if (self.case, self.number) != (other.case, other.number):
            return False
        return (
            self.number == "plur"
            or None in (self.gender, other.gender)
            or (self.gender == other.gender)
        )


class Morphology:
    """Finds the dictionary forms of a word."""

    @lru_cache(maxsize=8192)  # noqa: B019 - there is one, for as long as the program runs
    def forms(self, word: str) -> tuple[Form, ...]:
        """Give a word's readings, the likeliest first."""
        return tuple(
            Form(
                plain(one.normal_form),
                str(one.tag.POS),
                _case(one.tag.case),
                one.tag.number,
                one.tag.gender,
            )
            for one in readings_of(plain(word))
        )

    def lemmas(self, word: str) -> frozenset[str]:
        """Give the dictionary forms that a word may have; it is one itself if it can be."""
        found = frozenset(form.lemma for form in self.forms(word))
        return frozenset((plain(word),)) if plain(word) in found else found

    def is_word(self, word: str) -> bool:
        return plain(word) in _WORDS_TOO or bool(analyzer().word_is_known(plain(word)))

    def one_letter_off(self, word: str) -> Iterator[str]:
        """Give the Russian words that a misspelt one may stand for.

        They have one letter less, more or another one, or two that changed places.
        """
        word = plain(word)
        if not MENDED_FROM <= len(word) <= MENDED_UNTIL or self.is_word(word):
            return
        halves = [(word[:place], word[place:]) for place in range(len(word) + 1)]
        near = {start + end[1:] for start, end in halves if end}
        near |= {start + end[1] + end[0] + end[2:] for start, end in halves if len(end) > 1}
        near |= {start + letter + end[1:] for start, end in halves if end for letter in ALPHABET}
        near |= {start + letter + end for start, end in halves for letter in ALPHABET}
        yield from sorted(one for one in near - {word} if self.is_word(one))


def plain(word: str) -> str:
    """Write a word in small letters, with е for ё, as most people do, and without stress marks."""
    word = unicodedata.normalize("NFC", word.casefold().replace("’", "'"))
    return word.replace("ё", "е").replace(_STRESS, "")


def _case(case: str | None) -> str | None:
    """Give the six cases: pymorphy tells some second forms of them apart."""
    return {"gen2": "gent", "loc2": "loct", "acc2": "accs"}.get(case or "", case)
