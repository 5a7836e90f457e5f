"""The forms of Russian words: in which cases a word may stand, and how one would name it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from generation.words.analyzer import readings_of
from generation.words.reading.tokens import Token, is_latin

if TYPE_CHECKING:
    from pymorphy3.analyzer import Parse

_DECLINED = frozenset(("NOUN", "ADJF", "PRTF", "NPRO", "NUMR"))
_NOUNS = frozenset(("NOUN", "NPRO"))
_NAMES = ("Surn", "Name", "Patr", "Geox")
"""Marks of names: “усов” is a surname too."""

_KNOWN_WORDS = 4096
"""Words whose forms are remembered: a conversation has fewer."""


def can_be(token: Token, cases: Collection[str]) -> bool:
    """Say whether the word may stand in one of the cases, such as `gent`."""
    return _form_in(token, cases) is not None


def is_surely(token: Token, case: str) -> bool:
    """Say whether the word stands in the case, and can't be what names a thing."""
    cases = {form.tag.case for form in _forms(token.small) if not _is_name(form)}
    return case in cases and "nomn" not in cases


def is_noun(token: Token) -> bool:
    return is_latin(token) or kind_of(token) in _NOUNS


def kind_of(token: Token) -> str:
    """Give what kind of word it is most likely, as OpenCorpora writes it: `VERB`."""
    return str(_forms(token.small)[0].tag.POS)


def lemma(word: str) -> str:
    """Give the form under which a dictionary has the word."""
    return str(_forms(word.lower())[0].normal_form).replace("ё", "е")


def named(phrase: Sequence[Token], cases: Collection[str]) -> tuple[Token, ...]:
    """Put a phrase into the case that names it: “красной шляпы” is “красная шляпа”.

    Of a sequence of cases the first counts in which it may stand, of a set the likeliest.
    """
    head = next((one for one in phrase if is_noun(one)), None)
    form = _form_in(head, cases) if head else None
    words, ended = [], False
    for token in phrase:
        found = None if ended else _form_in(token, cases)
        put = _inflected(found, _features(found, form)) if found else None
        words.append(replace(token, text=_written_as(token.text, put.word)) if put else token)
        ended = ended or is_noun(token)
    return tuple(words)


def named_item(item: str) -> str:
    """Put an item of a list into the case that names it; other languages stay."""
    if item.isascii():
        return item
    tokens = [Token(word) for word in item.split()]
    return " ".join(one.text for one in named(tokens, ("nomn", "gent", "accs")))


def _inflected(word: "Parse", features: set[str]) -> "Parse | None":
    """Put a word into a form; it stays if it has that form: “цветы” are no “цветки”."""
    same = (one for one in _forms(word.word) if one.normal_form == word.normal_form)
    return next((one for one in same if features <= one.tag.grammemes), word.inflect(features))


def _features(word: "Parse", head: "Parse | None") -> set[str]:
    """Say which form of a word names the thing: an adjective agrees with its noun."""
    if head is None or head.tag.number is None:
        return {"nomn"}
    features = {"nomn", head.tag.number}
    agrees = word.tag.POS not in _NOUNS and head.tag.number == "sing" and head.tag.gender
    return features | {head.tag.gender} if agrees else features


def _written_as(before: str, word: str) -> str:
    return str(word).capitalize() if before.istitle() else str(word)


def _form_in(token: Token, cases: Collection[str]) -> "Parse | None":
    """Give the likeliest form of a word in the first of the cases that it may stand in."""
    ranks = [cases] if isinstance(cases, frozenset) else [{case} for case in cases]
    forms = _thing_forms(token.small)
    return next((one for rank in ranks for one in forms if one.tag.case in rank), None)


def _thing_forms(word: str) -> "list[Parse]":
    """Give the forms of what names things and their qualities.

    “Лес” names one, and is no plural of “леса” too.
    """
    forms = [one for one in _forms(word) if one.tag.POS in _DECLINED and not _is_name(one)]
    names = bool(forms) and forms[0].normal_form == word
    return [
        one
        for one in forms
        if not names or one.normal_form == word or not {"gent", "plur"} <= one.tag.grammemes
    ]


def _is_name(form: "Parse") -> bool:
    return any(mark in form.tag for mark in _NAMES)


@lru_cache(_KNOWN_WORDS)
def _forms(word: str) -> "list[Parse]":
    return list(readings_of(word))
