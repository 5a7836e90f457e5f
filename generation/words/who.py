"""Whom words name first: that is the person in the picture."""

import re

from generation.words.company import without_company
from generation.words.people import KIN, PEOPLE
from generation.words.roles import role_of
from generation.words.subject import without_frame

_KIN = re.compile(KIN)

_YEARS_OLD = re.compile(
    r"(\d+)[- ]?(?:(?:years?|yrs?)[- ]?old|y\.?/?o\.?)(?=[ ,.:]|$)", re.IGNORECASE
)
"""How people write an age."""

ELDER = r"(?:grand(?:ma|pa|mother|father|dad)|grann(?:y|ie)|crone|hag)s?"
"""Who is old by what they are called."""

THEIR = r"in (?:his|her|their|my) (?:early |mid[- ]|late )?"
"""What years in tens come after."""

THEN = (
    r"\b(?=$|[ ,]*(?:$|(?:in|on|at|with|and|as|by|near|next|who|wearing|aged|under|from|behind"
    r"|after|before|alone|outside|inside|between|above|among|aboard|beneath|beside|portrait|is|\w+ing"
    r"|\w{3,}(?:s|ed)|\d+|covered|lost|old|young|beautiful|handsome)\b))"
)
"""What follows somebody: "a baby in a garden", but "baby blue"; "a sailor smokes a pipe"."""

_GOES_ON = re.compile(THEN, re.IGNORECASE)
_SOMEBODY = re.compile(
    rf"(?:as |i am |i'm )?(?:an? |the |my )?(?:(?!(?:with|in|on|at|of|by|from|to|for|and|or|who"
    rf"|that|an?|the|his|her|my|their|our|your)\b)[\w'-]+ )"
    rf"{{0,5}}?{PEOPLE}{THEN}",
    re.IGNORECASE,
)
"""A phrase that begins with somebody."""

_MOST_WORDS = 8
"""Of a phrase that begins with a role: "as a very tired old king"."""


_NOBODY = re.compile(
    r"(?:(?:me|myself|i|i'm|am|is|are|was|be|been|he|she|who|we|you|he's|she's|very|my|an?|the|her"
    r"|his|their|make|made|look|looks|looking|like|as|at|when|if|so|in|into|with|turn|turned|turning"
    r"|can|could|please|will|would|want|to|photo|picture|portrait|selfie|of|just|now|only|draw|old"
    r"|young|slightly|much|little|bit)\b[ ,:]*)*",
    re.IGNORECASE,
)
"""Words that name neither a thing nor anybody but the person."""


def names_nobody(before: str) -> bool:
    """Say whether what stands before an age leaves it to the person: "make me look"."""
    return bool(_NOBODY.fullmatch(before))


def own_words(words: str) -> str:
    """Leave what tells of the person, with ages as "20-year-old"."""
    return without_company(_YEARS_OLD.sub(r"\1-year-old", words))


def first_named(own: str) -> str:
    """Give whom words name first, with what stands before them; empty: they name nobody.

    "a girl, an old lady" is a girl. `own` are `own_words`.
    """
    for phrase in filter(None, map(str.strip, own.split(","))):
        medium, said = without_frame(phrase)
        if who := who_is(said):
            return who
        if not said and not medium:  # "me, my wife"
            return ""
    return ""


def kin_named(words: str) -> str:
    """Give what a person is to others, where that is whom words name first: "my mom"."""
    *_, noun = ("", *first_named(own_words(words)).lower().split())
    return noun if _KIN.fullmatch(noun) else ""


def who_is(phrase: str) -> str:
    """Give who a phrase begins with, as far as it may say their age; empty: it is nobody."""
    if found := _SOMEBODY.match(phrase):
        return found[0]
    if role := role_of(phrase) or _who_does(phrase):
        return role
    elder = re.match(rf"(?:my |an? |the )?(?:old )?{ELDER}{THEN}", phrase, re.IGNORECASE)
    return phrase if elder else ""


def _who_does(phrase: str) -> str:
    """Give a role that something follows which no role goes on with: "an old sailor smokes"."""
    words = phrase.split()[:_MOST_WORDS]
    for end in range(1, len(words)):
        role = role_of(" ".join(words[:end]))
        if role and _GOES_ON.match(" ".join(words[end - 1 :]), len(words[end - 1])):
            return role
    return ""
