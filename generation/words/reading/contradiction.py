"""Words that contradict each other: the later ones count, and the person is told."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from generation.words.reading import english_words, russian_words
from generation.words.reading.negation import Divided, Unwanted
from generation.words.reading.russian_forms import lemma
from generation.words.reading.scenery import PLACES, TIMES
from generation.words.reading.tokens import Token

_PARTING = (
    (english_words.ENDING | english_words.JOINING | russian_words.PREPOSITIONS)
    | russian_words.JOINING
    | {"wearing", "holding", "riding", "having", "но", "а"}
)
"""Words that part one thing from another."""

_EMPTY = english_words.ARTICLES | english_words.CARRYING | _PARTING | {"no", "not", "без", "не"}

_SAME = {
    "mustache": "moustache", "spectacle": "glass", "eyeglass": "glass", "eyeglasse": "glass",
    "spec": "glass", "glasse": "glass", "очко": "очки", "grey": "gray",
}  # fmt: skip
"""Words of one thing."""

_BEFORE_OWNER = 2
"""Russian words of a thing, a quality among them, before those that say whose it is."""

_SCENERY = {"*place": PLACES, "*time": TIMES}

_LONG_STEM = 4
"""Letters of a stem that another word must begin with to be made of it: “бородатый”."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of the wanted words that names one thing: their places, and the stems of each."""

    places: range
    stems: Mapping[int, str]


def settle(divided: Divided) -> tuple[Divided, list[tuple[str, str]]]:
    """Let the later of two contradicting words count; give what was dropped, and for what."""
    wanted, kept = divided.wanted, list[Unwanted]()
    parts = _parts(wanted)
    dropped: list[tuple[str, str]] = []
    gone: set[int] = set()
    for one in {_text(one.thing): one for one in divided.unwanted}.values():
        stems = _stems(one.thing)
        clashes = [part for part in parts if _clash(wanted, part, stems)]
        later = next((part for part in clashes if part.places.start >= one.place), None)
        if later:
            dropped.append((_text(one.thing), _text(wanted[k] for k in later.places)))
            continue
        kept.append(one)
        for part in clashes:
            lost = _lost(wanted, part, stems)
            dropped.append((_text(wanted[k] for k in lost), _text(one.thing)))
            gone.update(lost)
    left = tuple(token for place, token in enumerate(wanted) if place not in gone)
    return Divided(left, tuple(kept)), dropped


def asks_for(wanted: str, thing: str) -> bool:
    """Say whether the words ask for a thing."""
    tokens = [Token(word) for word in re.findall(r"[^\W_][\w'-]*|[^\w\s]", wanted)]
    stems = _stems([Token(word) for word in thing.split()])
    return any(_clash(tokens, part, stems) for part in _parts(tokens))


def superseded(before: Sequence[Token], after: Sequence[Token]) -> list[Token]:
    """Leave out of what was wanted before what later words put another in place of.

    That is a thing of the same name, such as a coat of another colour, a place, or a time of day.
    """
    later = {about for part in _parts(after) for about in _about(after, part)}
    gone = {
        place
        for part in _parts(before)
        if part.places.start and later.intersection(_about(before, part))
        for place in part.places
    }
    return [token for place, token in enumerate(before) if place not in gone]


def _about(tokens: Sequence[Token], part: _Part) -> set[str]:
    """Say what a part is about: its thing, and whether that is a place or a time of day."""
    stems = {part.stems[k] for k in _heads(tokens, part)}
    begins = tokens[part.places.start].small in _PARTING
    kinds = {kind for kind, names in _SCENERY.items() if begins and stems & names}
    return (stems if begins else set()) | kinds


def _parts(tokens: Sequence[Token]) -> list[_Part]:
    """Split into things: a small word begins one, and a sign ends it."""
    ranges: list[range] = []
    start = 0
    for place, token in enumerate(tokens):
        if not token.is_word or token.small in _PARTING:
            ranges.append(range(start, place))
            start = place + (not token.is_word)
    ranges.append(range(start, len(tokens)))
    return [
        _Part(part, {k: _stem(tokens[k].small) for k in part if tokens[k].small not in _EMPTY})
        for part in ranges
        if part
    ]


def _clash(tokens: Sequence[Token], part: _Part, stems: set[str]) -> bool:
    """Say whether a part names all that is denied, and is about it."""
    if not stems or len(stems) > len(part.stems):
        return False
    named = {_root(tokens[k].small, stems) or stem for k, stem in part.stems.items()}
    return stems <= named and bool(_lost(tokens, part, stems))


def _lost(tokens: Sequence[Token], part: _Part, stems: set[str]) -> list[int]:
    """Give what goes of a part: all of it if it is about the thing, else a word made of it.

    “With a red hat” is about the hat; “bearded” is made of the beard; a rain coat is no rain.
    """
    if any(part.stems[k] in stems for k in _heads(tokens, part)):
        return list(part.places)
    denied = (k for k in part.stems if part.stems[k] not in stems)
    return [k for k in denied if _root(tokens[k].small, stems)]


def _heads(tokens: Sequence[Token], part: _Part) -> list[int]:
    """Give where a part says its thing: last in English, in Russian before whose it is."""
    english = [k for k in part.stems if tokens[k].text.isascii()]
    russian = [k for k in part.stems if not tokens[k].text.isascii()]
    return [*english[-1:], *russian[:_BEFORE_OWNER]]


def _root(word: str, stems: set[str]) -> str:
    """Give the stem that a word is made of: “bearded”, “бородатый”."""
    word = word.replace("mustach", "moustach")
    for stem in stems:
        root = stem[:-1] if stem[-1:] in "аяоеьы" else stem
        if len(root) >= _LONG_STEM and word.startswith(root) and word != stem:
            suffix = word.removeprefix(root)
            if suffix in {"ed", "d", "y"} or suffix.startswith(("ат", "аст")):
                return stem
    return ""


def _stems(tokens: Sequence[Token]) -> set[str]:
    return {_stem(one.small) for one in tokens if one.small not in _EMPTY} - {""}


def _stem(word: str) -> str:
    """Write the forms of a word alike."""
    if not word.isascii():
        stem = lemma(word)
    else:
        stem = word.removesuffix("'s")
        if len(stem) > _LONG_STEM - 1 and stem.endswith("s") and not stem.endswith("ss"):
            stem = stem.removesuffix("s")
    return _SAME.get(stem, stem)


def _text(tokens: Iterable[Token]) -> str:
    return " ".join(one.text for one in tokens)
