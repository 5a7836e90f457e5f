"""Whether words make a woman or a man of the person in the picture."""

import re

from generation.character import Gender
from generation.words.named import names
from generation.words.who import first_named, own_words

_PRONOUNS = {
    Gender.WOMAN: re.compile(r"\b(?:she|her|herself)\b", re.IGNORECASE),
    Gender.MAN: re.compile(r"\b(?:he|his|him|himself)\b", re.IGNORECASE),
}


def said_gender(words: str) -> Gender | None:
    """Say whom words name first: a witch is a woman. Else pronouns do: "a pilot on her ship"."""
    own = own_words(words)
    who = first_named(own)
    if names(who, "woman"):
        return Gender.WOMAN
    # "a German knight" is nobody's gender: what a man is called stands last, "male" anywhere
    *_, noun = ("", *who.split())
    if names(noun, "man") or re.search(r"\bmale\b", who):
        return Gender.MAN
    said = [gender for gender, pronoun in _PRONOUNS.items() if pronoun.search(own)]
    return said[0] if len(said) == 1 else None
