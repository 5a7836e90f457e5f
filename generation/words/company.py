"""Of whom words tell: the person comes first; who stands beside them, or is fought, is company.

An old friend makes nobody old, and a blond wife makes nobody blond.
"""

import re

from generation.words.joined import without_and
from generation.words.people import PEOPLE
from generation.words.roles import role_of

_PEOPLE = re.compile(rf"{PEOPLE}|[\w-]+-year-old", re.IGNORECASE)
_THINGS = frozenset(("star", "robot", "aviator", "speaker", "cleaner", "boxer", "joker"))
"""What somebody may be called too, and is seldom beside somebody: "an astronaut among stars"."""

_NO_ADJECTIVES = re.compile(
    r"\b(?:face|smile|look|eyes|hair|beard|mo?ustache|head|skin|(?:sun)?glasses|goggles|clothes"
    r"|dress|suit|coat|hat|crown|helmet|mask|cape|cloak|braids?|sword|axe|katana|bow|staff|shield"
    r"|guitar|camera|stethoscope|wings?) ",
    re.IGNORECASE,
)
"""What stands before nobody, but in words without commas: "with a serious face chef"."""

_ONESELF = re.compile(r"(?:me|myself|i|he|she|they|we|us)\b", re.IGNORECASE)

_A = r"(?:an?|the|his|her|their|my|our|your|one|two|three|four|several|some|many|another|other)"
"""What stands before somebody whom nobody has named yet."""

_FAMILY = (
    *("king", "queen", "prince", "princess", "husband", "wife", "bride", "groom", "mother"),
    *("father", "mom", "dad", "brother", "sister", "son", "daughter"),
)
"""Who is seldom both in one: "a king and queen" are two."""

_BESIDE = (
    r"(?:(?:(?:together |along )?with|next to|in front of|besides?|near|behind|before"
    r"|in (?:a |the )?(?:crowd|group|team|middle) of|against|among|between|(?<=ed )by"
    r"|(?<!changing )(?<!turning )(?<=ing )to)"
    rf" (?:all )?(?:of )?(?:{_A} ){{0,2}}|and (?:all )?{_A} "
    rf"|(?:{'|'.join(f'(?<={one} )' for one in _FAMILY)})and (?=(?:{'|'.join(_FAMILY)})\b)"
    r"|(?:(?<=\bme )|(?<=man )|(?<=person ))and )"
)
_NOT_DONE = (
    rf"(?:as|of|in|into|like|is|am|i'm|are|was|be|being|called|named|{_A}"
    r"|(?:becom|play|portray|impersonat|cosplay|depict|imitat)(?:e?s|ing)"
    r"|always|this|has|crowned|changed|turned|made|elected|dressed"
    r"|(?:sun)?glasses|goggles|clothes|shoes|boots|gloves|jeans|shorts|headphones|braids|wings)"
)
"""What is no deed: who plays a king is one."""

_COMPANY = re.compile(
    rf"(?:^|(?<= ))(?:{_BESIDE}|(?P<deed>(?!{_NOT_DONE}\b)[\w-]+(?:s|ed|ing) {_A} ))",
    re.IGNORECASE,
)
"""What company may come after: words for a place beside it, or a deed that is done to it."""

_AND_MORE = re.compile(rf"^and (?:{_A} )*(?=\w)", re.IGNORECASE)
_MORE = re.compile(rf"(?:and )?(?:(?P<whose>my|his|her|their|our) |{_A} )+", re.IGNORECASE)
"""What goes on a list of company behind a comma; "my kids" need none before them."""

_LOOK = r"(?:an? |the |his |her |their )?(?:(?!(?:with|in|on|at|of|by)\b)[\w-]+ ){0,4}?"
_THEIR_LOOKS = re.compile(
    rf"^(?:(?:with|in an?|in the|in his|in her|wearing) {_LOOK}"
    r"(?:hair|beard|mo?ustache|goatee|eyes|skin|(?:sun)?glasses"
    r"|dress|clothes|coat|jacket|suit|shirt|sweater|hat|cap|cape|cloak|crown|helmet|mask|armou?r"
    r"|braids?|uniform|bikini|curls|freckles)(?: |$))+",
    re.IGNORECASE,
)
"""What company looks like and wears; else it would be the person who does."""

_I_AM = re.compile(r"\b(?:i am|i'm|i was|as) an? ", re.IGNORECASE)
"""Behind this nobody else follows an "and": "I am a doctor and a musician"."""

_HAS_A_PERSON = re.compile(
    r"(?:in|on|at|with|under|by|near|among|over|inside|outside|behind|beside|before|between|from"
    r"|into|through|during|against|above|below|around|aboard|across|along|as|wearing|holding"
    r"|dressed|alone|together|walk|sit|stand|run|danc|rid|play|eat|drink|i|me|we|us|he|she|they"
    r"|myself|my|(?!(?:burn|fall|shin|glow|build|paint|draw)ing\b)\w+ing)\b",
    re.IGNORECASE,
)
"""What goes on from somebody who isn't named: "in a castle with my wife"."""

_AND_ME = re.compile(r"^(\s*)(?P<others>\S.*?) and (?=(?:me|i|myself)\b)", re.IGNORECASE)
"""Who is named before the person: "my wife and me"."""

_FIRST_WORDS = 10
"""Of a phrase: among them is who it tells of."""

_WHO = re.compile(r"^|\b(?:an?|the|as|of|my) ", re.IGNORECASE)
"""What somebody may come after."""

_STOP = rf"(?:with|and|in|on|at|of|from|to|who|near|by|under|as|holding|wearing|for|{_A})\b"
_HEAD = re.compile(
    rf"(?!{_STOP})[\w'-]+ ?(?:(?!{_STOP}|(?!(?:vi)?king\b)\w+ing\b)[\w'-]+ ?){{0,4}}",
    re.IGNORECASE,
)
"""Somebody, and what stands before them: "very old man"."""


def without_company(words: str) -> str:
    """Leave of each phrase what tells of the person: "a king" of "a king with an old lady"."""
    phrases = [_AND_ME.sub(r"\1", one) for one in without_and(words).split(",")]
    return ",".join(_own(one) for k, one in enumerate(phrases) if not (k and _is_theirs(one)))


def _is_theirs(phrase: str) -> bool:
    """Say whether a phrase behind a comma begins with "my wife"."""
    more = _MORE.match(phrase.strip())
    return bool(more and more["whose"] and _is_somebody(phrase.strip()[more.end() :]))


def alone(words: str) -> tuple[str, tuple[str, ...]]:
    """Take company out with its looks, and no more: "a king with a baby in red in a castle".

    Give what is left, "a king in a castle", and the company: ("baby",).
    """
    left, gone, listing = [], [], False
    for place, phrase in enumerate(without_and(words).split(",")):
        more = _MORE.match(phrase.strip()) if place else None
        if more and (listing or more["whose"]) and _is_somebody(phrase.strip()[more.end() :]):
            own, others = "", phrase.strip()[more.end() :]
            behind, company, listing = _behind(others, "")
            left += [behind] if behind else []
            gone += company
            continue
        own, listing = phrase, False
        if first := _AND_ME.match(own):
            own = first[1] + own[first.end() :]
            gone.append(first["others"].split()[-1])
        while found := _company(own):
            deed = found["deed"].split()[0] if found["deed"] else ""
            behind, company, listing = _behind(own[found.end() :], found[0].split()[0])
            own = " ".join(filter(None, (own[: found.start()].rstrip(), deed, behind)))
            gone += company
        left.append(own)
    return ",".join(left), tuple(gone)


def _behind(others: str, how: str) -> tuple[str, list[str], bool]:
    """Give what stands behind company, who it was, and whether it ended the phrase.

    A thing that is named beside it stays with what stood before: `how` of "with a queen and a cat".
    """
    company = []
    while _is_somebody(others) and (head := _HEAD.match(others)):
        company.append(head[0].split()[-1])
        others = _THEIR_LOOKS.sub("", others[head.end() :])
        if (more := _AND_MORE.match(others)) and _is_somebody(others[more.end() :]):
            others = others[more.end() :]
        elif more and how.lower() == "with":
            return f"with {others.removeprefix('and ')}", company, False
    return others, company, not others


def _own(phrase: str) -> str:
    found = _company(phrase)
    return phrase[: found.start()].rstrip() if found else phrase


def _company(phrase: str) -> re.Match[str] | None:
    """Find what the first company stands behind."""
    for found in _COMPANY.finditer(phrase):
        own, others = phrase[: found.start()], phrase[found.end() :]
        if not _is_somebody(others):
            continue
        if found[0].startswith("and ") and _I_AM.search(own):
            continue
        if _has_somebody(own) if found["deed"] else not _is_scene(own):
            return found
    return None


def _is_scene(own: str) -> bool:
    """Say whether words name things and nobody: who is "a castle with a knight" is the knight."""
    if not own.strip() or _HAS_A_PERSON.match(own.strip()):
        return False
    words = own.split()[:_FIRST_WORDS]
    return not any(
        _is_somebody(" ".join(words[start:end]))
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    )


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
    if noun.lower().removesuffix("s") in _THINGS or _NO_ADJECTIVES.search(several):
        return False
    one = re.sub(r"(?<=\w{3})s$", "", several)
    return bool(_PEOPLE.fullmatch(noun) or role_of(several) or role_of(one))
