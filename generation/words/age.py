"""The age that words give the person in the picture, and not an old castle or an old friend."""

import re

from generation.words.company import without_company
from generation.words.named import names
from generation.words.roles import role_of
from generation.words.subject import without_frame

_OLD = r"(?:(?<!year[- ])(?<!years[- ])old(?![- ](?:fashioned|time|school|world|style))|elderly)"
"""An age, but not that of who is "30 years old", nor an "old-time gangster"."""

_ELDER = r"(?:grand(?:ma|pa|mother|father|dad)|grann(?:y|ie)|crone|hag)s?"
_YEARS = r"(?:[6-9]\d|1[01]\d)"
"""From 60 years on."""

_THEIR = r"in (?:his|her|their|my)"
_TENS = r"(?:\d\ds|(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies)"

_THEN = r"(?=$|[ ,]*(?:$|(?:in|on|at|with|and|as|by|near|who|wearing|aged|under|from|\w+ing)\b))"
"""What follows a noun: "a baby in a garden", but "baby blue"."""

_PERSON = (
    r"(?:wom[ae]n|m[ae]n|lady|ladies|gentlem[ae]n|persons?|couple|girl|boy|child|kid|guy|teenager"
    rf"|(?:toddler|baby|teen){_THEN})"
)
_SOMEBODY = re.compile(
    rf"(?:as |i am |i'm )?(?:an? |the |my )?(?:[\w-]+ ){{0,3}}?{_PERSON}\b"
    rf"(?: aged \d+| {_THEIR} \w+)?",
    re.IGNORECASE,
)
"""A phrase that begins with somebody, and what says how old they are."""

_IS_OLD = re.compile(
    rf"\b(?:{_OLD}|older|{_ELDER}|{_YEARS}[- ]years?[- ]old|aged {_YEARS}"
    rf"|{_THEIR} (?:[6-9]0s|sixties|seventies|eighties|nineties)|in old age)\b",
    re.IGNORECASE,
)

_AGED = re.compile(
    rf"\b(?:aged? (?:of )?\d+|\d+[- ]?(?:years?(?:[- ]old)?|y\.?o\.?){_THEN}|{_THEIR} {_TENS}"
    r"|in old age|as a (?:child|kid)|wrinkl\w*|(?:old|young)(?:er)? (?:[\w-]+ ){0,2}(?:self|me)"
    r"|when (?:i'm|\w+ (?:am|is|are)) (?:very )?old)\b"
    r"|(?:^|,)\s*(?:(?:i am|i'm|very) )*(?:old|elderly|middle[- ]aged)\s*(?=,|$)",
    re.IGNORECASE,
)
"""What says an age wherever it stands: nobody says it of a castle."""

_ANCIENT = r"ancient(?! (?:egypt|rom|gre|chin|pers|celt|norse|maya|aztec)\w*)"
_ANOTHER = re.compile(rf"\b(?:{_OLD}|aged|{_ANCIENT})\b", re.IGNORECASE)
_YOUNG = re.compile(r"\b(?:young|little|teenage|baby)\b", re.IGNORECASE)
"""What makes a role old or young: "a young prince"."""

_CHILD = re.compile(
    r"(?:^|,)\s*(?:(?!with|and|of|near|beside|in|on|at|for|holding|who)[\w-]+ ){0,4}?"
    rf"(?:child|kid|baby{_THEN}|toddler|teenage|teen(?:ager)?|infant|newborn|(?:school)?(?:boy|girl)"
    r"|(?:[1-9]|1[0-3])[- ]years?[- ]old)\b(?!['’]s)",
    re.IGNORECASE,
)


def names_an_age(words: str) -> bool:
    """Say whether words give the person an age, whatever they say of company and things."""
    who, ages = _said(words)
    return bool(ages or _ANOTHER.search(who) or names(who, "age"))


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
    return bool(_CHILD.search(words))


def _said(words: str) -> tuple[str, list[str]]:
    """Give whom words name first, with what stands before them, and the ages that are said apart.

    "a girl, an old lady" is a girl; the one who is named may be empty.
    """
    own = without_company(words)
    phrases = (without_frame(phrase.strip())[1] for phrase in own.split(","))
    return next(filter(None, map(_who, phrases)), ""), [found[0] for found in _AGED.finditer(own)]


def _who(phrase: str) -> str:
    if found := _SOMEBODY.match(phrase):
        return found[0]
    if role := role_of(phrase):
        return role
    elder = re.match(rf"(?:my |an? |the )?(?:old )?{_ELDER}\b", phrase, re.IGNORECASE)
    return phrase if elder else ""
