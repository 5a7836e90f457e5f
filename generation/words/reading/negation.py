"""Negation: which words say what a picture is not to show."""

from collections.abc import Sequence
from dataclasses import dataclass

from generation.words.reading import english, english_words, russian, russian_words
from generation.words.reading.denial import Denial
from generation.words.reading.russian_forms import named
from generation.words.reading.tokens import Token, word_at

_LEADING = english_words.LEADING | russian_words.LEADING

_JOINING = english_words.JOINING | russian_words.JOINING
_ENDING = english_words.ENDING | russian_words.PREPOSITIONS

_SAYS_NOTHING = (
    _LEADING | english_words.CARRYING | russian_words.CARRYING | english_words.DENYING
) | (russian_words.WITHOUT | {"не", "картинке", "фото", "picture", "photo"})

_LONGEST_DENIED_BEHIND = 3
"""Most words before a “no” that it denies: `hat: no`."""


@dataclass(frozen=True, slots=True)
class Unwanted:
    """A thing that is not wanted, and how many of the wanted tokens stand before it."""

    thing: tuple[Token, ...]
    place: int


@dataclass(frozen=True, slots=True)
class Divided:
    wanted: tuple[Token, ...]
    unwanted: tuple[Unwanted, ...]


def divide(tokens: Sequence[Token]) -> Divided:
    """Divide what is wanted from what is not."""
    wanted: list[Token] = []
    unwanted: list[Unwanted] = []
    at = 0
    while at < len(tokens):
        denial = english.denial(tokens, at) or russian.denial(tokens, at)
        if denial and denial.looks_back and not denial.items:
            denial = _of_what_stands_before(wanted, denial)
        if denial is None or not (denial.items or denial.cancels):
            wanted.append(tokens[at])
            at += 1
            continue
        if not denial.inside:
            _drop_leading(wanted)
            _name_owner(wanted)
        unwanted += (Unwanted(thing, len(wanted)) for thing in denial.items)
        at = denial.end + _is_left_over(tokens, denial.end)
    return Divided(tuple(wanted), tuple(unwanted))


def _is_left_over(tokens: Sequence[Token], at: int) -> bool:
    """Say whether an “and” joins nothing now: `without a helmet and with a sword`."""
    following = word_at(tokens, at + 1)
    return word_at(tokens, at) in _JOINING and following in _ENDING | english_words.FINITE


def _of_what_stands_before(wanted: list[Token], denial: Denial) -> Denial | None:
    """Let a denial that nothing follows deny the words before it in its clause."""
    start = len(wanted)
    if start and wanted[-1].text in ":—–-":
        start -= 1
    end = start
    while start and wanted[start - 1].is_word:
        start -= 1
    thing = tuple(one for one in wanted[start:end] if one.small not in _SAYS_NOTHING)
    if not 0 < len(thing) <= _LONGEST_DENIED_BEHIND:
        return None
    del wanted[start:]
    return Denial((named(thing, denial.cases),), denial.end)


def _name_owner(wanted: list[Token]) -> None:
    """Write `у врача` as `врач` where that has not what is denied."""
    start = len(wanted)
    while start and wanted[start - 1].is_word:
        start -= 1
    wanted[start:] = russian.owner_of(wanted[start:])


def _drop_leading(wanted: list[Token]) -> None:
    """Drop the small words that led to what was denied: `who has`, `but with`."""
    while wanted and wanted[-1].small in _LEADING:
        wanted.pop()
