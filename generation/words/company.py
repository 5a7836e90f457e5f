"""Of whom words tell: the person comes first; who stands beside them, or is fought, is company.

An old friend makes nobody old, and a blond wife makes nobody blond.
"""

import re

from generation.words.joined import without_and
from generation.words.roles import role_of

_KIN = (
    r"(?:grand|step|god)?(?:mother|father|ma|pa|mom|mum|dad|parent|son|daughter|child|children)"
    r"|(?:brother|sister|uncle|aunt|cousin|nephew|niece|twin|relative|ancestor|bab(?:y|ie)|toddler"
    r"|grann(?:y|ie)|wi(?:fe|ve)|husband|bride|groom|girlfriend|boyfriend|friend|lover|neighbou?r"
    r"|colleague|companion|guest|stranger|famil(?:y|ie)|couple|crowd|team)"
)
PEOPLE = (
    rf"(?:{_KIN}|(?:wo|gentle)?m[ae]n|girl|boy|lad(?:y|ie)|guy|kid|teen(?:ager)?|people|person"
    r"|human|blonde?|brunette?|red-?head)s?"
)
"""Who is somebody, besides roles."""

_PEOPLE = re.compile(rf"{PEOPLE}|[\w-]+-year-old", re.IGNORECASE)
_THINGS = frozenset(("star", "stars"))
"""What somebody may be called too, and is seldom beside somebody: "an astronaut among stars"."""

_NO_ADJECTIVES = re.compile(
    r"\b(?:face|smile|look|eyes|hair|beard|clothes|dress|suit|coat|hat|crown|helmet|sword) ",
    re.IGNORECASE,
)
"""What stands before nobody, but in words without commas: "with a serious face chef"."""

_ONESELF = re.compile(r"(?:me|myself|i|he|she|they|we|us)\b", re.IGNORECASE)

_A = r"(?:an?|the|his|her|their|my|our|your|one|two|three|four|several|some|many|another|other)"
"""What stands before somebody whom nobody has named yet."""

_BESIDE = (
    r"(?:(?:(?:together |along )?with|next to|in front of|besides?|near|behind|before"
    r"|in (?:a |the )?(?:crowd|group|team|middle) of|against|among|between|(?<=ed )by|(?<=ing )to)"
    rf" (?:all )?(?:of )?(?:{_A} ){{0,2}}|and (?:all )?{_A} "
    r"|(?:(?<=\bme )|(?<=man )|(?<=person ))and )"
)
_NOT_DONE = (
    rf"(?:as|of|in|into|like|is|am|i'm|are|was|be|being|called|named|{_A}"
    r"|(?:becom|play|portray|impersonat|cosplay|depict|imitat)(?:e?s|ing))"
)
"""What is no deed: who plays a king is one."""

_COMPANY = re.compile(
    rf"(?:^|(?<= ))(?:{_BESIDE}|(?P<deed>(?!{_NOT_DONE}\b)[\w'-]+(?:s|ed|ing) {_A} ))",
    re.IGNORECASE,
)
"""What company may come after: words for a place beside it, or a deed that is done to it."""

_AND_MORE = re.compile(rf"^and (?:{_A} )*(?=\w)", re.IGNORECASE)

_WHO = re.compile(r"^|\b(?:an?|the|as|of|my) ", re.IGNORECASE)
"""What somebody may come after."""

_HEAD = re.compile(
    r"(?:(?!(?:with|and|in|on|at|of|from|to|who|near|by|under|as|holding|wearing|for)\b"
    rf"|{_A}\b)[\w'-]+ ?){{1,5}}",
    re.IGNORECASE,
)
"""Somebody, and what stands before them: "very old man"."""


def without_company(words: str) -> str:
    """Leave of each phrase what tells of the person: "a king" of "a king with an old lady"."""
    return ",".join(_own(phrase) for phrase in without_and(words).split(","))


def alone(words: str) -> tuple[str, tuple[str, ...]]:
    """Take company out, and no more: "a king in a castle" of "a king with a baby in a castle".

    Give the company too: ("baby",).
    """
    phrases, gone = [], []
    for phrase in without_and(words).split(","):
        left = phrase
        while found := _company(left):
            deed = found["deed"].split()[0] if found["deed"] else ""
            own, others = left[: found.start()].rstrip(), left[found.end() :]
            while _is_somebody(others) and (head := _HEAD.match(others)):
                gone.append(head[0].split()[-1])
                others = _AND_MORE.sub("", others[head.end() :])
            left = " ".join(filter(None, (own, deed, others)))
        phrases.append(left)
    return ",".join(phrases), tuple(gone)


def _own(phrase: str) -> str:
    found = _company(phrase)
    return phrase[: found.start()].rstrip() if found else phrase


def _company(phrase: str) -> re.Match[str] | None:
    """Find what the first company stands behind."""
    for found in _COMPANY.finditer(phrase):
        own, others = phrase[: found.start()], phrase[found.end() :]
        if _is_somebody(others) and (not found["deed"] or _has_somebody(own)):
            return found
    return None


def _has_somebody(own: str) -> bool:
    """Say whether somebody is there who may do a deed: not in "blue clothes a viking"."""
    starts = [own[one.end() :] for one in _WHO.finditer(own)]
    return not own or any(_is_somebody(one) or _ONESELF.match(one) for one in starts)


def _is_somebody(text: str) -> bool:
    """Say whether a text begins with somebody, or with several."""
    head = _HEAD.match(text)
    if head is None:
        return False
    several = head[0].rstrip()
    *_, noun = several.split()
    if noun.lower() in _THINGS or _NO_ADJECTIVES.search(several):
        return False
    one = re.sub(r"(?<=\w{3})s$", "", several)
    return bool(_PEOPLE.fullmatch(noun) or role_of(several) or role_of(one))
