"""The built-in dictionary: Russian for the pocket model, offline."""

from collections.abc import Sequence
from functools import cached_property

from generation.words.russian.clause import Clause
from generation.words.russian.lexicon import Kind, Lexicon
from generation.words.russian.morphology import Morphology
from generation.words.russian.years import with_english_years
from generation.words.translator import Translation


class Dictionary:
    """Translates clauses by pymorphy3 and dictionary.toml: the words that the pocket model knows.

    Others are unknown: it would draw nothing for them.
    """

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon(Morphology())

    def clauses(self, russian: Sequence[str]) -> list[Translation]:
        """Translate each."""
        return [self._clause(one) for one in russian]

    def _is_person(self, word: str) -> bool:
        return self._lexicon.units([word])[0].kind is Kind.PERSON

    def _clause(self, russian: str) -> Translation:
        words = with_english_years(russian.split(), self._is_person)
        clause = Clause(self._lexicon.units(words))
        english = clause.english()
        if english in ("old", "young"):
            english = f"{english} person"
        return Translation(english, tuple(clause.unknown))
