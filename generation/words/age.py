"""The age that words give the person in the picture, and not an old castle or an old friend."""

import re

from generation.words.company import PEOPLE, without_company
from generation.words.named import names
from generation.words.roles import role_of
from generation.words.subject import without_frame

_YEARS_OLD = re.compile(
    r"(\d+)[- ]?(?:(?:years?|yrs?)[- ]?old|y\.?/?o\.?)(?=[ ,.:]|$)", re.IGNORECASE
)
"""How people write an age."""

_OLD = (
    r"(?:(?<!year[- ])(?<!years[- ])(?<!month[- ])(?<!months[- ])old"
    r"(?![- ](?:fashioned|time|school|world|style|west|english|hollywood))|elderly)"
)
"""An age, but not that of who is "30 years old", nor an "old-time gangster"."""

_ANCIENT = r"ancient(?! (?:egypt|rom|gre|chin|pers|celt|norse|maya|aztec)\w*)"
_ELDER = r"(?:grand(?:ma|pa|mother|father|dad)|grann(?:y|ie)|crone|hag)s?"
_NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen)"
_YEARS = r"(?:[6-9]\d|\d{3}|(?:sixty|seventy|eighty|ninety)(?:-\w+)?)"
"""From 60 years on."""

_THEIR = r"in (?:his|her|their|my) (?:early |mid[- ]|late )?"
_TENS = r"(?:\d\ds|(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies)"

_THEN = (
    r"\b(?=$|[ ,]*(?:$|(?:in|on|at|with|and|as|by|near|next|who|wearing|aged|under|from|behind"
    r"|after|before|alone|outside|inside|between|above|among|aboard|beneath|beside|portrait|is|\w+ing"
    r"|\w{3,}(?:s|ed)|covered|lost)\b))"
)
"""What follows somebody: "a baby in a garden", but "baby blue"; "a sailor smokes a pipe"."""

_GOES_ON = re.compile(_THEN, re.IGNORECASE)
_SOMEBODY = re.compile(
    rf"(?:as |i am |i'm )?(?:an? |the |my )?(?:(?!(?:with|in|on|at|of|by|from)\b)[\w'-]+ )"
    rf"{{0,5}}?{PEOPLE}{_THEN}(?: aged \d+| {_THEIR}\w+)?",
    re.IGNORECASE,
)
"""A phrase that begins with somebody, and what says how old they are."""

_MOST_WORDS = 8
"""Of a phrase that begins with a role: "as a very tired old king"."""

_IS_OLD = re.compile(
    rf"\b(?:{_OLD}|older|aged(?! \d)|{_ANCIENT}|{_ELDER}|{_YEARS}[- ]years?[- ]old"
    rf"|age(?:d|)(?: of)? {_YEARS}|{_THEIR}(?:[6-9]0s|sixties|seventies|eighties|nineties)"
    r"|in (?:\w+ )?old age|senior (?:(?:wo|gentle)?m[ae]n|lad(?:y|ies)|citizens?|couple|person))\b",
    re.IGNORECASE,
)
"""What makes somebody old; a senior developer isn't."""

_AGED = re.compile(
    rf"\b(?:aged?(?: of)? \d+|(?:\d+|\w+ty(?:-\w+)?)[- ]years?[- ]old{_THEN}|{_THEIR}{_TENS}{_THEN}"
    r"|in (?:\w+ )?old age|as a (?:child|kid)|with wrinkles|wrinkled(?! \w)|\d+ years older"
    r"|(?:old|young)(?:er)? (?:version of )?(?:self|me|myself)"
    r"|(?:when (?:i'm|\w+ (?:am|is|are))|(?:he|she|who) is|i am|i'm|make me|very) (?:very )?old)\b"
    r"|(?:^|, *)(?:an (?:old|elderly)|elderly|middle[- ]aged|old and \w+) *(?=,|$)"
    r"|, *old *(?=,|$)",
    re.IGNORECASE,
)
"""An age that is said of whoever was named, or of nobody but the person."""

_NOBODY = re.compile(
    r"(?:(?:me|myself|i|i'm|am|he|she|is|who|with|very|my|an?|the|make|look|at|when|so|in|turn"
    r"|her|his|their|old|young|photo|picture|portrait|selfie|of|to|be)\b[ ,:]*)*",
    re.IGNORECASE,
)
"""What may stand before an age if nobody is named."""

_YOUNG = re.compile(r"\b(?:young|little|teenage|baby)\b", re.IGNORECASE)
"""What makes a role young: "a young prince"."""

_CHILD = re.compile(
    r"(?:^|,)\s*(?:(?!(?:with|and|of|near|beside|in|on|at|for|holding|who)\b)[\w-]+ ){0,5}?"
    rf"(?:(?:child|kid|toddler|teenage|teen(?:ager)?|infant|newborn|preschooler|pupil"
    r"|(?:school)?(?:boy|girl|child))\b(?!['’]s)"
    rf"|baby\b{_THEN}|(?:[1-9]|1[0-6]|{_NUMBER})[- ]years?[- ]old)\b",
    re.IGNORECASE,
)
"""What makes the person a child, whatever grows on their chin."""


def names_an_age(words: str) -> bool:
    """Say whether words give the person an age, whatever they say of company and things."""
    who, ages = _said(words)
    return bool(ages or _IS_OLD.search(who) or names(who, "age"))


def is_old(words: str) -> bool:
    """Say whether words make the person old. Who comes second is somebody else."""
    who, ages = _said(words)
    return any(map(_IS_OLD.search, (who, *ages)))


def is_young(words: str) -> bool:
    """Say whether words make the person young."""
    who, _ = _said(words)
    return bool(_YOUNG.search(who))


def is_child(words: str) -> bool:
    """Say whether words make a child of the person, who has no beard then."""
    return bool(_CHILD.search(_own(words)))


def _own(words: str) -> str:
    """Leave what tells of the person, with ages as "20-year-old"."""
    return without_company(_YEARS_OLD.sub(r"\1-year-old", words))


def _said(words: str) -> tuple[str, list[str]]:
    """Give whom words name first, with what stands before them, and the ages that are said apart.

    "a girl, an old lady" is a girl; the one who is named may be empty.
    """
    own = _own(words)
    phrases = (without_frame(phrase.strip())[1] for phrase in own.split(","))
    who = next(filter(None, map(_who, phrases)), "")
    ages = []
    for found in _AGED.finditer(own):
        before = own[: found.start()].rpartition(",")[2].strip()
        if _who(before) or _NOBODY.fullmatch(before):
            ages.append(found[0])
    return who, ages


def _who(phrase: str) -> str:
    """Give who a phrase begins with, as far as it may say their age; empty: it is nobody."""
    if found := _SOMEBODY.match(phrase):
        return found[0]
    if role := role_of(phrase) or _who_does(phrase):
        return role
    elder = re.match(rf"(?:my |an? |the )?(?:old )?{_ELDER}{_THEN}", phrase, re.IGNORECASE)
    return phrase if elder else ""


def _who_does(phrase: str) -> str:
    """Give a role that something follows which no role goes on with: "an old sailor smokes"."""
    words = phrase.split()[:_MOST_WORDS]
    for end in range(1, len(words)):
        role = role_of(" ".join(words[:end]))
        if role and _GOES_ON.match(" ".join(words[end - 1 :]), len(words[end - 1])):
            return role
    return ""
