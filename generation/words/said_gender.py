"""Whether words make a woman or a man of the person in the picture."""

import re

from generation.character import Gender
from generation.words.named import names
from generation.words.who import first_named, own_words, who_is

_PRONOUNS = {
    Gender.WOMAN: re.compile(r"\b(?:she|her|herself)\b", re.IGNORECASE),
    Gender.MAN: re.compile(r"\b(?:he|his|him|himself)\b", re.IGNORECASE),
}


_TITLE = re.compile(
    r"(?:(?:as|the|my|i am|i'm) )*(?:queen|princess|lady|king|prince|emperor|lord|sir)\b",
    re.IGNORECASE,
)
"""What a name follows: "Queen Victoria"."""

_BESIDE = re.compile(r"\b(?:with|and|beside|near|behind) (?:her|his)\b", re.IGNORECASE)
_AS = re.compile(r"\bas (?=\w)", re.IGNORECASE)


def said_gender(words: str) -> Gender | None:
    """Say whom words name first: a witch is a woman. Else pronouns do: "a pilot on her ship"."""
    own = own_words(words)
    for who in (first_named(own), *(who_is(own[found.end() :]) for found in _AS.finditer(own))):
        if gender := _gender(who):
            return gender
    if (title := _TITLE.match(own)) and (gender := _gender(title[0])):
        return gender
    company = _BESIDE.search(words)
    for text in (own, company[0] if company else ""):
        said = [gender for gender, pronoun in _PRONOUNS.items() if pronoun.search(text)]
        if said:
            return said[0] if len(said) == 1 else None
    return None


def _gender(who: str) -> Gender | None:
    if names(who, "woman"):
        return Gender.WOMAN
    # "a German knight" is nobody's gender: what a man is called stands last, "male" anywhere
    *_, noun = ("", *who.split())
    return Gender.MAN if names(noun, "man") or re.search(r"\bmale\b", who) else None
