"""Puts the pieces of a Russian clause into English order, with the small words between them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from generation.words.named import names
from generation.words.russian.lexicon import ADJECTIVES, NOUNS, Kind, Unit

_HAIRY = frozenset(("hair", "curls", "ponytail", "bun", "afro", "beard", "moustache", "stubble"))
"""Nouns whose adjectives speak of hair anyway."""

_OF_PEOPLE = {Kind.HAIR: "hair", Kind.CUT: "hair", Kind.SKIN: "after", Kind.BALD: "after"}
"""Where adjectives go that say something of a person's hair or skin. "Bald man" is drawn with hair,
and "with a bald head" is not."""

_OF_THINGS = {
    Kind.CUT: _HAIRY,
    Kind.AGE: frozenset[str](),
    Kind.BALD: frozenset(("head",)),
    Kind.SKIN: frozenset(("skin",)),
}
"""The nouns that some adjectives may go with: a model would take an old castle's age for that of
the person."""

_ON_THE_NOSE = frozenset(("glasses", "sunglasses", "goggles"))
"""What a Russian is in, and an English speaker wears."""

_ADJECTIVE = frozenset(("ADJF", "ADJS", "PRTF"))
"""Parts of speech of an adjective, as OpenCorpora calls them."""

_ANYBODY = frozenset(("person", "child", "girl child", "rock star"))
"""Who may be of any gender whatever the Russian word's is."""

_DOING = frozenset(("VERB", "GRND"))
"""What is done to somebody."""

_WHERE = frozenset(("in", "on"))
"""Prepositions for which a place has its own words: "on the moon"."""


@dataclass(slots=True)
class NounPhrase:
    """A noun with what goes with it. `dropped` are the words that must not go with it."""

    noun: Unit
    preposition: str = ""
    adjectives: list[Unit] = field(default_factory=list)

    def english(self) -> tuple[str, list[Unit]]:
        """Write it; give also the adjectives that would say something else of somebody else."""
        before: list[str] = []
        after: list[str] = []
        hair: list[str] = []
        dropped: list[Unit] = []
        for one in self.adjectives:
            match self._place_of(one):
                case "before":
                    before.append(one.entry.english)
                case "after":
                    after.append(_features(one))
                case "hair":
                    hair.append(one.entry.english)
                case _:
                    dropped.append(one)
        noun, has, own = self.noun.entry.english.partition(" with ")
        if own.endswith(" hair") and hair:
            hair += own.split()[:-1]
        else:
            noun += has + own
        if self._is_a_woman(noun):
            noun = f"woman {noun}"
        return self._joined([*before, noun], [*_hair(hair), *after]), dropped

    def _is_a_woman(self, noun: str) -> bool:
        """Say whether Russian says so, and the English nothing: a nurse may be anybody."""
        form, somebody = self.noun.form, self.noun.kind is Kind.PERSON
        female = somebody and form is not None and form.gender == "femn"
        told = names(noun, "woman") or names(noun, "man")
        return female and noun not in _ANYBODY and not told

    def _place_of(self, adjective: Unit) -> str:
        kind = adjective.kind
        if kind is Kind.FEATURE:
            return "after"
        if self.noun.kind is Kind.PERSON:
            return _OF_PEOPLE.get(kind, "before")
        last = self.noun.entry.english.split()[-1]
        return "before" if last in _OF_THINGS.get(kind, {last}) else ""

    def _joined(self, noun: Sequence[str], after: Sequence[str]) -> str:
        core = " ".join(noun)
        return " ".join(filter(None, (self._lead(core), core, *after)))

    def _lead(self, core: str) -> str:
        noun, preposition = self.noun, self.preposition
        article = "an" if core[0] in "aeiou" else "a"
        if noun.kind is Kind.PLACE:
            start, _, last = noun.entry.lead.rpartition(" ")
            own = " ".join(filter(None, (start, article if last in {"a", "an"} else last)))
            if preposition in _WHERE:
                return own
            inner = own.split()[-1] if last in {"a", "an", "the"} else ""
            return " ".join(filter(None, (preposition, inner))) if preposition else ""
        if not preposition:
            return ""
        if preposition == "in" and noun.entry.english in _ON_THE_NOSE:
            preposition = "wearing"
        counted = noun.kind in (Kind.PERSON, Kind.THING)
        return f"{preposition} {article}" if counted else preposition


def _is_adjective(unit: Unit) -> bool:
    """Say whether it is one, if only of a word that the dictionary hasn't got."""
    if unit.kind is Kind.UNKNOWN:
        return unit.form is not None and unit.form.part in _ADJECTIVE
    return unit.kind in ADJECTIVES


def _is_mood(unit: Unit, following: Unit | None) -> bool:
    """Say whether a phrase is an adjective of what follows: "happy cook"."""
    form = unit.form
    if unit.kind is not Kind.PHRASE or form is None or form.part not in _ADJECTIVE:
        return False
    return following is not None and (following.kind in NOUNS or _is_adjective(following))


def _features(adjective: Unit) -> str:
    english = adjective.entry.english
    match adjective.kind:
        case Kind.SKIN:
            return f"with {english} skin"
        case Kind.BALD:
            return f"with a {english} head"
        case _:
            return english


def alone(adjectives: Sequence[Unit], preposition: str) -> list[str]:
    """Write adjectives without a noun: what they say of the person."""
    hair = [one.entry.english for one in adjectives if one.kind in (Kind.HAIR, Kind.CUT)]
    parts = _hair(hair)
    colours = [one.entry.english for one in adjectives if one.kind is Kind.COLOUR]
    if colours:
        parts.append(" ".join(filter(None, (preposition, " and ".join(colours)))))
    others = (one for one in adjectives if one.kind not in (Kind.HAIR, Kind.CUT, Kind.COLOUR))
    return [*parts, *(_features(one) for one in others)]


def _hair(looks: Sequence[str]) -> list[str]:
    """Say what hair somebody has, in the English order: long red hair."""
    ordered = sorted(looks, key=lambda one: one not in {"long", "short", "medium"})
    return [f"with {' '.join(ordered)} hair"] if looks else []


class Clause:
    """Collects the English of one clause."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        self._parts: list[NounPhrase | str] = []
        self._adjectives: list[Unit] = []
        self._preposition = ""
        self.unknown: list[str] = []

    def english(self) -> str:
        for place, unit in enumerate(self._units):
            self._take(unit, self._units[place + 1] if place + 1 < len(self._units) else None)
        self._end_adjectives()
        return " ".join(self._written())

    def _take(self, unit: Unit, following: Unit | None) -> None:
        kind, english = unit.kind, unit.entry.english
        if kind in ADJECTIVES or _is_mood(unit, following):
            self._adjectives.append(unit)
        elif kind in NOUNS:
            self._parts.append(
                NounPhrase(unit, self._preposition or self._possessive(unit), self._adjectives)
            )
            self._adjectives, self._preposition = [], ""
        elif kind is Kind.UNKNOWN:
            self._drop_with(unit)
        elif english == "and" and self._adjectives and following and _is_adjective(following):
            pass  # "red and blue" is one run
        elif kind in (Kind.PREPOSITION, Kind.PRELUDE):
            self._end_adjectives()
            if english in {"and", "or", "no"}:
                self._parts.append(english)
            else:
                self._preposition = english
        elif kind is Kind.SMALL and self._is_me(unit, following):
            self._parts.append("me")
        elif kind is Kind.SMALL:
            self._take_small(unit)
        else:
            self._end_adjectives()
            if kind is Kind.ENGLISH and self._preposition:
                english = f"{self._preposition} {english}"
            self._preposition = ""
            self._parts.append(english)

    def _is_me(self, unit: Unit, following: Unit | None) -> bool:
        """Say whether a person names themselves beside somebody else: "я и мама"."""
        beside = following is not None and following.entry.english == "and"
        return unit.words[0].lower() == "я" and (beside or self._parts[-1:] == ["and"])

    def _take_small(self, unit: Unit) -> None:
        """Leave out a word; an old photo makes nobody old."""
        if "цвет" in (unit.form.lemma if unit.form else ""):
            self._end_adjectives(anyway=True)
        elif unit.form and unit.form.part == "NOUN":
            mine = [one for one in self._adjectives if one.agrees(unit)]
            self._adjectives = [one for one in self._adjectives if one not in mine]
            self.unknown += [word for one in mine for word in one.words]

    def _possessive(self, unit: Unit) -> str:
        """Say "of" where a noun in the genitive follows another noun."""
        follows = self._parts and isinstance(self._parts[-1], NounPhrase)
        return "of" if follows and unit.form and unit.form.case == "gent" else ""

    def _drop_with(self, unit: Unit) -> None:
        """Leave out an unknown word; if it is a noun, with its adjectives: they are not others'.

        Behind a number what led to it goes on: "with two children".
        """
        if unit.form is not None and unit.form.part == "NUMR":
            self.unknown += unit.words
            return
        if _is_adjective(unit):
            if not any(one.agrees(unit) for one in self._adjectives):
                self._end_adjectives()
            self.unknown += unit.words
            return
        noun = any(form.part == "NOUN" for form in unit.forms)
        mine = [one for one in self._adjectives if noun and one.agrees(unit)]
        self._adjectives = [one for one in self._adjectives if one not in mine]
        self._end_adjectives()
        doing = unit.form is not None and unit.form.part in _DOING
        self._preposition = "with" if doing else ""  # to whom something is done is somebody else
        for one in (*mine, unit):
            self.unknown += one.words

    def _end_adjectives(self, *, anyway: bool = False) -> None:
        """Give adjectives that no noun follows to the noun before them, or let them stand alone."""
        adjectives, self._adjectives = self._adjectives, []
        if not adjectives:
            return
        last = self._parts[-1] if self._parts else None
        if (
            isinstance(last, NounPhrase)
            and not self._preposition
            and (anyway or all(one.agrees(last.noun) for one in adjectives))
        ):
            last.adjectives += adjectives
            return
        self._parts += alone(adjectives, self._preposition)
        self._preposition = ""

    def _written(self) -> list[str]:
        words: list[str] = []
        for part in self._parts:
            if isinstance(part, str):
                words.append(part)
                continue
            english, dropped = part.english()
            if words[1:] and words[-1] == "and" and part.noun.kind is Kind.PERSON:
                english = f"{'an' if english[0] in 'aeiou' else 'a'} {english}"  # somebody else
            words.append(english)
            self.unknown += [word for one in dropped for word in one.words]
        while words and words[-1] in {"and", "or", "no"}:
            words.pop()
        while words and words[0] in {"and", "or"}:
            words.pop(0)
        return words
