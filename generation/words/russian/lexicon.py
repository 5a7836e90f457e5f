"""The dictionary's entries, and how they are found in a text."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from generation.words.russian.morphology import Form, Morphology, plain

FILE = Path(__file__).with_name("dictionary.toml")


class Kind(StrEnum):
    """What an entry is in a sentence: the names of the dictionary's tables."""

    PERSON = "people"
    THING = "things"
    MASS = "masses"
    PLACE = "places"
    PHRASE = "phrases"
    COLOUR = "colours"
    HAIR = "hair"
    CUT = "cuts"
    AGE = "ages"
    BALD = "bald"
    SKIN = "skins"
    FEATURE = "features"
    PREPOSITION = "prepositions"
    PRELUDE = "preludes"
    SMALL = "small"
    UNKNOWN = "unknown"
    ENGLISH = "english"


NOUNS = frozenset((Kind.PERSON, Kind.THING, Kind.MASS, Kind.PLACE))
ADJECTIVES = frozenset(
    (Kind.COLOUR, Kind.HAIR, Kind.CUT, Kind.AGE, Kind.BALD, Kind.SKIN, Kind.FEATURE)
)


@dataclass(frozen=True, slots=True)
class Entry:
    """`lead` is what stands before a place: "in the"."""

    kind: Kind
    english: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a text: an entry, the words for it, and the readings of a noun among them."""

    entry: Entry
    words: tuple[str, ...]
    forms: tuple[Form, ...] = ()

    @property
    def kind(self) -> Kind:
        return self.entry.kind

    @property
    def form(self) -> Form | None:
        """The likeliest reading."""
        return next(iter(self.forms), None)

    def agrees(self, noun: "Unit") -> bool:
        """Say whether an adjective and a noun belong together."""
        return any(one.agrees(other) for one in self.forms for other in noun.forms)


class Lexicon:
    """The entries of dictionary.toml by the dictionary forms of their first words."""

    def __init__(self, morphology: Morphology, file: Path = FILE) -> None:
        self._morphology = morphology
        self._entries: dict[str, list[tuple[tuple[frozenset[str], ...], Entry]]] = {}
        for russian, entry in read(file):
            key = tuple(morphology.lemmas(word) for word in russian.split())
            for lemma in key[0]:
                self._entries.setdefault(lemma, []).append((key, entry))
        for entries in self._entries.values():
            entries.sort(key=lambda one: -len(one[0]))

    def units(self, words: Sequence[str]) -> list[Unit]:
        """Split a text's words into the longest pieces that have an entry, and unknown words."""
        lemmas = [self._lemmas(word) for word in words]
        units: list[Unit] = []
        place = 0
        while place < len(words):
            unit = self._longest(words[place:], lemmas[place:]) or self._compound(words[place])
            units.append(unit)
            place += len(unit.words)
        return units

    def _lemmas(self, word: str) -> frozenset[str]:
        """Give a word's dictionary forms; of a misspelt one those of the word that is meant."""
        lemmas = frozenset(form.lemma for form in self._morphology.forms(word))
        if lemmas & self._entries.keys():
            return lemmas
        meant = [self._morphology.lemmas(one) for one in self._morphology.one_letter_off(word)]
        known = {lemma for one in meant for lemma in one if lemma in self._entries}
        return lemmas | known if len(known) == 1 else lemmas

    def _longest(
        self, words: Sequence[str], lemmas: Sequence[frozenset[str]], *, preludes: bool = True
    ) -> Unit | None:
        found = [
            (len(key), -rank, key, entry)
            for rank, form in enumerate(_ranked(self._morphology.forms(words[0]), lemmas[0]))
            for key, entry in self._entries.get(form, ())
            if _match(key, lemmas)
        ]
        for length, _, key, entry in sorted(found, key=lambda one: one[:2], reverse=True):
            rest = lemmas[length:]
            if entry.kind is Kind.PRELUDE and not (
                preludes and self._begins_with_a_person(words[length:], rest)
            ):
                continue
            read = self._head(words, key) if entry.kind in NOUNS else self._forms(words[0], key[0])
            return Unit(entry, tuple(words[:length]), read)
        return None

    def _head(self, words: Sequence[str], key: Sequence[frozenset[str]]) -> tuple[Form, ...]:
        """Give the readings of the noun: a "морской волк" is a man, whatever "морской" may be."""
        read = [self._forms(word, lemmas) for word, lemmas in zip(words, key, strict=False)]
        return next((forms for forms in read if forms and forms[0].part == "NOUN"), read[0])

    def _begins_with_a_person(self, words: Sequence[str], lemmas: Sequence[frozenset[str]]) -> bool:
        while words:
            unit = self._longest(words, lemmas, preludes=False)
            if unit is None or unit.kind not in ADJECTIVES:
                return unit is not None and unit.kind is Kind.PERSON
            words, lemmas = words[len(unit.words) :], lemmas[len(unit.words) :]
        return False

    def _compound(self, word: str) -> Unit:
        """Read a word with a hyphen by its parts, "dark-blue" by the last; others are unknown."""
        parts = plain(word).split("-")
        first, last = parts[0], parts[-1]
        if first != last and (unit := self._longest([last], [self._lemmas(last)])):
            also = self._longest([first], [self._lemmas(first)]) or self._colour(first)
            if also and also.kind is unit.kind and also.entry.english != unit.entry.english:
                link = " and " if unit.kind is Kind.COLOUR else " "
                english = f"{also.entry.english}{link}{unit.entry.english}"
                entry = Entry(unit.kind, english, unit.entry.lead)
                return Unit(entry, (word,), self._forms(last))
            if also or unit.kind in ADJECTIVES:
                return Unit(unit.entry, (word,), self._forms(last))
        kind = Kind.ENGLISH if word.isascii() else Kind.UNKNOWN
        return Unit(Entry(kind, word), (word,), self._forms(word))

    def _colour(self, first: str) -> Unit | None:
        """Read the first half of two colours in one: "красно" is red."""
        return next(
            (
                unit
                for one in (first[:-1] + ending for ending in ("ый", "ий", "ой"))
                if (unit := self._longest([one], [self._lemmas(one)])) and unit.kind is Kind.COLOUR
            ),
            None,
        )

    def _forms(self, word: str, lemmas: frozenset[str] | None = None) -> tuple[Form, ...]:
        forms = self._morphology.forms(word)
        return tuple(one for one in forms if lemmas is None or one.lemma in lemmas)


def _ranked(forms: Sequence[Form], lemmas: frozenset[str]) -> list[str]:
    return list(dict.fromkeys([*(form.lemma for form in forms), *sorted(lemmas)]))


def _match(key: Sequence[frozenset[str]], lemmas: Sequence[frozenset[str]]) -> bool:
    return len(key) <= len(lemmas) and all(
        wanted & there for wanted, there in zip(key, lemmas, strict=False)
    )


def read(file: Path) -> Iterator[tuple[str, Entry]]:
    """Give each Russian word or phrase of the file with its entry."""
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    for lead, places in tables.pop(Kind.PLACE).items():
        yield from _split(places, Kind.PLACE, lead)
    for name, entries in tables.items():
        yield from _split(entries, Kind(name), "")


def _split(entries: dict[str, str], kind: Kind, lead: str) -> Iterator[tuple[str, Entry]]:
    for english, russian in entries.items():
        for words in russian.split(","):
            yield words.strip(), Entry(kind, english, lead)
