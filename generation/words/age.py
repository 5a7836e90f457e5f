"""The age that words give the person in the picture, and not an old castle or an old friend."""

import re

from generation.character import Age
from generation.words.named import names
from generation.words.who import ELDER, THEN, first_named, names_nobody, own_words, who_is
from generation.words.years import years_of

_OLD = (
    r"(?:(?<!year[- ])(?<!years[- ])(?<!month[- ])(?<!months[- ])old"
    r"(?![- ](?:fashioned|time|school|world|style|west|hollywood))|elderly)"
)
"""An age, but not that of who is "30 years old", nor an "old-time gangster"."""

_ANCIENT = r"ancient(?! (?:egypt|rom|gre|chin|pers|celt|norse|maya|aztec)\w*)"
CHILD_UNTIL, OLD_FROM = 16, 60
"""Years."""

_IS_OLD = re.compile(
    rf"\b(?:{_OLD}|older|oldest|(?<!middle[- ])aged(?! \d)|{_ANCIENT}|{ELDER}|in (?:\w+ )?old age"
    r"|senior (?:(?:wo|gentle)?m[ae]n|lad(?:y|ies)|citizens?|couple|person))\b",
    re.IGNORECASE,
)
"""What makes somebody old; a senior developer isn't."""

_AGED = re.compile(
    r"\b(?:in (?:\w+ )?old age|as a (?:child|kid)|with wrinkles|wrinkled(?! \w)|\d+ years older"
    r"|(?:old|young)(?:er)? (?:version of )?(?:self|me|myself)|elderly (?:me|self)"
    rf"|(?:when (?:i'm|\w+ (?:am|is|are))|(?:he|she|who) is|i am|i'm|make me|looks?|looking|very)"
    rf" (?:very )?old)\b{THEN}"
    r"|(?:^|, *)(?:an (?:old|elderly)|elderly|middle[- ]aged|old and \w+) *(?=,|$)"
    r"|, *old *(?=,|$)",
    re.IGNORECASE,
)
"""An age that is said of whoever was named, or of nobody but the person."""

_YOUNG = re.compile(r"\b(?:young(?:er)?|little|teenage|baby)\b", re.IGNORECASE)
"""What makes a role young: "a young prince"."""

_CHILD = re.compile(
    r"\b(?:child|kid|toddler|teenage|teen(?:ager)?|infant|newborn|preschooler|pupil|(?:school)?boy"
    r"|school(?:girl|child)|(?:little|small|tiny|baby) "
    r"(?:girl|son|daughter|brother|sister|prince|princess))\b(?!['’]s| band)"
    rf"|\bbaby\b{THEN}",
    re.IGNORECASE,
)
"""Who is a child. A girl may be a woman, and is, if nobody says that she is little."""


def class_of(years: int) -> Age:
    """Give the age of somebody of so many years."""
    if years <= CHILD_UNTIL:
        return Age.CHILD
    return Age.OLD if years >= OLD_FROM else Age.ADULT


def age_of(words: str) -> Age | None:
    """Give the age that words give the person, if they do; a wrinkled one may be of any."""
    years = years_of(words)
    if years is not None:
        return class_of(years)
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
    said = ages or _IS_OLD.search(who) or names(who, "age")
    return bool(said) or years_of(words) is not None


def is_old(words: str) -> bool:
    """Say whether words make the person old. Who comes second is somebody else."""
    years = years_of(words)
    if years is not None:
        return class_of(years) is Age.OLD
    who, ages = _said(words)
    return any(map(_IS_OLD.search, (who, *ages)))


def is_young(words: str) -> bool:
    """Say whether words make the person young."""
    who, ages = _said(words)
    return any(map(_YOUNG.search, (who, *ages)))


def is_child(words: str) -> bool:
    """Say whether words make a child of the person, who has no beard then."""
    years = years_of(words)
    if years is not None:
        return class_of(years) is Age.CHILD
    who, ages = _said(words)
    return any(map(_CHILD.search, (who, *ages)))


def _said(words: str) -> tuple[str, list[str]]:
    """Give whom words name first, and the ages that are said apart."""
    own = own_words(words)
    ages = []
    for found in _AGED.finditer(own):
        before = own[: found.start()].rpartition(",")[2].strip()
        if who_is(before) or names_nobody(before):
            ages.append(found[0])
    return first_named(own), ages
