"""Years of age, as people say them, and whether they are those of the person in the picture."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generation.words.subject import without_frame
from generation.words.who import THEIR, THEN, names_nobody, own_words, who_is

_ONES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet")
_NUMBER = (
    rf"(?:\d{{1,4}}|(?:{'|'.join(_TENS)})y(?:[- ](?:{'|'.join(_ONES)}))?"
    rf"|{'|'.join(reversed(_ONES))}|(?:a )?(?:hundred|thousand))"
)
_SAID = re.compile(
    rf"\b(?:(?P<a>an?) )?\b(?:(?P<years>{_NUMBER})[- ]?(?:(?:years?|yrs?)[- ]?old|y\.?/?o\.?)"
    rf"|(?:{_NUMBER}|an?)[- ](?:months?|weeks?|days?)[- ]old"
    rf"|(?:at (?:the )?)?aged?(?: of)? (?P<age>{_NUMBER})(?: years?)?"
    r"|(?<=\bme )at (?P<me>\d\d?)(?![- ]?(?:years?|yrs?|am|pm|o'clock|%|:|\d))"
    r"|(?<=man )of (?P<of>\d\d)(?: years)?"
    r"|(?<=, )(?P<bare>\d\d)(?=\s*(?:$|,))"
    r"|(?:(?<=\bi am )|(?<=\bi'm ))(?P<am>\d\d)(?=\s*(?:$|[,.!]))"
    rf"|{THEIR}(?P<tens>\d\d'?s|(?:{'|'.join(_TENS)})ies))(?!\w)",
    re.IGNORECASE,
)
_ALONE = re.compile(rf"(?=\s*(?:$|[,.!?;)]))|{THEN}", re.IGNORECASE)
"""What follows years that no noun follows."""

_WEIGHT = re.compile(r"^:[\d.]+\)")


_GROUPS = ("years", "age", "me", "of", "bare", "am", "tens")


@dataclass(frozen=True, slots=True)
class Years:
    """`text[start:end]` says them; `article` stood before, and `theirs` are the person's."""

    start: int
    end: int
    years: int
    article: str
    theirs: bool


def years_of(words: str) -> int | None:
    """Give the years that words give the person."""
    said = years_said(own_words(words))
    return next((one.years for one in said if one.theirs), None)


def years_said(text: str) -> Iterator[Years]:
    """Find all years, of whomever."""
    for found in _SAID.finditer(text):
        said = next(filter(None, found.group(*_GROUPS)), "0")
        yield Years(
            found.start(),
            found.end(),
            _value(said.lower()),
            found["a"] or "",
            theirs=_are_theirs(text, found.start(), found.end()),
        )


def _are_theirs(text: str, start: int, end: int) -> bool:
    """Say whether years in a text are the person's, and not those of a house."""
    begin = max(text.rfind(sign, 0, start) for sign in ",(;") + 1
    before = without_frame(text[begin:start].strip())[1]
    nobody = names_nobody(before)
    if _ALONE.match(text, end):
        return nobody or bool(who_is(before))
    after = _WEIGHT.sub("", re.split("[,;]", text[end:])[0]).strip()
    return (nobody and bool(who_is(after))) or len(who_is(f"{before} {after}")) > len(before)


def _value(said: str) -> int:
    if said[0].isdigit():
        return int(re.sub(r"\D", "", said))
    if "hundred" in said or "thousand" in said:
        return 100
    if said in _ONES:
        return 1 + _ONES.index(said)
    ten, _, one = re.sub("-", " ", said).partition(" ")
    tens = 20 + 10 * next(k for k, name in enumerate(_TENS) if ten.startswith(name))
    return tens + (1 + _ONES.index(one) if one in _ONES else 0)
