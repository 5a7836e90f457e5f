"""Of whom words tell: the person comes first; whoever stands beside them is company.

An old friend makes nobody old, and a blond wife makes nobody blond.
"""

import re

from generation.words.roles import role_of

_KIN = (
    r"(?:grand|step|god)?(?:mother|father|ma|pa|mom|mum|dad|parent|son|daughter|child|children)"
    r"|(?:brother|sister|uncle|aunt|cousin|nephew|niece|twin|relative|ancestor|bab(?:y|ie)|toddler"
    r"|grann(?:y|ie)|wi(?:fe|ve)|husband|bride|groom|girlfriend|boyfriend|friend|lover|neighbou?r"
    r"|colleague|companion|guest|stranger|famil(?:y|ie)|couple|crowd|team)"
)
_PEOPLE = re.compile(
    rf"(?:{_KIN}|(?:wo|gentle)?m[ae]n|girl|boy|lad(?:y|ie)|guy|kid|teen(?:ager)?|people|person"
    r"|human|me|i|he|she|they|we|blonde?|brunette?|red-?head)s?",
    re.IGNORECASE,
)
"""Who is somebody, besides roles."""

_A = r"(?:an?|the|his|her|their|my|our|your|one|two|three|four|several|some|many|another|other)"
_BESIDE = (
    r"(?:(?:together |along )?with|and|next to|in front of|beside|besides|near|by|behind|before"
    r"|in (?:a |the )?(?:crowd|group|team|middle) of|against|among|between|around|to|from|for|at|on"
    r"|over|under)"
)
_COMPANY = re.compile(
    rf"(?:^|(?<= ))(?:{_BESIDE} (?:{_A} )?"
    rf"|(?P<done>(?!(?:as|of|in|into|like|is|am|i'm|are|was|be|being|becom(?:es|ing)"
    rf"|(?:play|portray|impersonat)(?:e?s|ing)|{_A})\b)"
    rf"[\w'-]+(?:s|ed|ing) {_A} ))",
    re.IGNORECASE,
)
"""What company may come after: words for a place beside it, or what is done to it."""

_WHO = re.compile(r"^|\b(?:an?|the|as|of) ", re.IGNORECASE)
"""What somebody may come after."""

_HEAD = re.compile(
    r"(?:(?!(?:with|and|in|on|at|of|from|to|who|near|by|under|as|holding|wearing|for)\b"
    rf"|{_A}\b)[\w'-]+ ?){{1,5}}",
    re.IGNORECASE,
)
"""Who company is, and what stands before it: "very old man"."""


def without_company(words: str) -> str:
    """Leave of each phrase what tells of the person: "a king" of "a king with an old lady"."""
    return ",".join(_own(phrase) for phrase in words.split(","))


def _own(phrase: str) -> str:
    for found in _COMPANY.finditer(phrase):
        own, others = phrase[: found.start()], phrase[found.end() :]
        if _is_somebody(others) and (not found["done"] or _does(own)):
            return own.rstrip()
    return phrase


def _does(own: str) -> bool:
    """Say whether somebody may do something there: "blue clothes a viking" has nobody who does."""
    return not own or any(_is_somebody(own[one.end() :]) for one in _WHO.finditer(own))


def _is_somebody(text: str) -> bool:
    """Say whether a text begins with somebody, or with several."""
    head = _HEAD.match(text)
    if head is None:
        return False
    several = head[0].rstrip()
    *_, noun = several.split()
    one = re.sub(r"(?<=\w{3})s$", "", several)
    return bool(_PEOPLE.fullmatch(noun) or role_of(several) or role_of(one))
