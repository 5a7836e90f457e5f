"""The age that words give the person in the picture, and not an old castle or an old friend."""

import re

from generation.character import Age
from generation.words.named import names
from generation.words.who import ELDER, THEIR, THEN, first_named, own_words, who_is

_OLD = (
    r"(?:(?<!year[- ])(?<!years[- ])(?<!month[- ])(?<!months[- ])old"
    r"(?![- ](?:fashioned|time|school|world|style|west|english|hollywood))|elderly)"
)
"""An age, but not that of who is "30 years old", nor an "old-time gangster"."""

_ANCIENT = r"ancient(?! (?:egypt|rom|gre|chin|pers|celt|norse|maya|aztec)\w*)"
_NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen)"
_YEARS = r"(?:[6-9]\d|\d{3}|(?:sixty|seventy|eighty|ninety)(?:-\w+)?)"
"""From 60 years on."""

_TENS = r"(?:\d\ds|(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies)"

_IS_OLD = re.compile(
    rf"\b(?:{_OLD}|older|(?<!middle[- ])aged(?! \d)|{_ANCIENT}|{ELDER}|{_YEARS}[- ]years?[- ]old"
    rf"|age(?:d|)(?: of)? {_YEARS}|(?:at|of) [6-9]\d"
    rf"|{THEIR}(?:[6-9]0s|sixties|seventies|eighties|nineties)"
    r"|in (?:\w+ )?old age|senior (?:(?:wo|gentle)?m[ae]n|lad(?:y|ies)|citizens?|couple|person))\b",
    re.IGNORECASE,
)
"""What makes somebody old; a senior developer isn't."""

_AGED = re.compile(
    rf"\b(?:aged?(?: of)? \d+|(?<=\bme )at \d\d|(?<=man )of \d\d"
    rf"|(?:\d+|\w+ty(?:-\w+)?)[- ]years?[- ]old{THEN}|{THEIR}{_TENS}{THEN}"
    r"|in (?:\w+ )?old age|as a (?:child|kid)|with wrinkles|wrinkled(?! \w)|\d+ years older"
    r"|(?:old|young)(?:er)? (?:version of )?(?:self|me|myself)"
    rf"|(?:when (?:i'm|\w+ (?:am|is|are))|(?:he|she|who) is|i am|i'm|make me|very)"
    rf" (?:very )?old)\b{THEN}"
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
    rf"|baby\b{THEN}|(?:[1-9]|1[0-6]|{_NUMBER})[- ]years?[- ]old)\b",
    re.IGNORECASE,
)
"""What makes the person a child, whatever grows on their chin."""


def age_of(words: str) -> Age | None:
    """Give the age that words give the person, if they do; a wrinkled one may be of any."""
    if is_child(words):
        return Age.CHILD
    if is_old(words):
        return Age.OLD
    if is_young(words):
        return Age.YOUNG
    return Age.ADULT if names_an_age(words) and not names(words, "wrinkles") else None


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
    return bool(_CHILD.search(own_words(words)))


def _said(words: str) -> tuple[str, list[str]]:
    """Give whom words name first, and the ages that are said apart."""
    own = own_words(words)
    ages = []
    for found in _AGED.finditer(own):
        before = own[: found.start()].rpartition(",")[2].strip()
        if who_is(before) or _NOBODY.fullmatch(before):
            ages.append(found[0])
    return first_named(own), ages
