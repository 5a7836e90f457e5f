"""Ages as the pocket model was taught them: by one of four words, and of one person.

It knows no years, and takes any "old" for the person's: "a 30 year old woman" and "a 5 year old
girl" were drawn old in five pictures of six, and somebody "in an old library" was too.
"""

import re
from functools import partial

from generation.character import Age

_ONES = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
    *("twelve", "thirteen"),
)
_TENS = ("twent", "thirt", "fort", "fift", "sixt", "sevent", "eight", "ninet")
_YEARS = rf"(?:\d{{1,3}}|{'|'.join(_ONES)}|(?:{'|'.join(_TENS)})y(?:-\w+)?)"
_DECADE = rf"(?:\d\ds|(?:{'|'.join(_TENS)})ies)"

CHILD_UNTIL, OLD_FROM = 16, 60
"""Years; `generation.words.age` has the same."""

_NUMBER = re.compile(
    rf"\b(?P<a>an? )?\b(?:(?P<years>{_YEARS})[- ]?(?:(?:years?|yrs?)[- ]?old|y\.?/?o\.?)"
    rf"|(?:at (?:the )?)?aged?(?: of)? (?P<age>{_YEARS})"
    r"|(?<=\bme )at (?P<me>\d\d)|(?<=\bman )of (?P<of>\d\d)"
    rf"|in (?:his|her|their|my) (?:early |mid[- ]|late )?(?P<tens>{_DECADE}))(?!\w) ?(?P<next>\w?)",
    re.IGNORECASE,
)
"""Years, as people say them."""

_OLD = re.compile(
    r"\b(?P<a>an? )?(?<!-)\b(?:(?:very|really|so) )?"
    r"(?P<old>old(?:er|est)?(?:-[\w-]+)?|elderly)\b(?!-)"
    r" (?P<next>\w)",
    re.IGNORECASE,
)
_SYNONYMS = {
    Age.OLD: re.compile(r"\b(?P<a>an? )?\b(?:ancient|aged|senior)\b ?(?P<next>\w?)", re.IGNORECASE),
    Age.CHILD: re.compile(
        r"\b(?P<a>an? )?\b(?:baby|toddler|infant|newborn|preschooler|pupil|teen(?:ager)?)\b"
        r" ?(?P<next>\w?)",
        re.IGNORECASE,
    ),
}
"""What else is called so, of the person alone."""

_ELDERS = (
    (re.compile(r"\b(?:my )?grand(?:pa|father|dad)\b", re.IGNORECASE), "an old man"),
    (
        re.compile(r"\b(?:my )?(?:grand(?:ma|mother)|granny|crone|hag)\b", re.IGNORECASE),
        "an old woman",
    ),
)


def told_age(text: str, age: Age | None) -> str:
    """Say the person's age by its word, and nobody else's."""
    text = _NUMBER.sub(partial(_of_years, age), text)
    if age in _SYNONYMS:
        text = _SYNONYMS[age].sub(partial(_called, str(age)), text)
    if age is Age.OLD:
        for elder, called in _ELDERS:
            text = elder.sub(called, text)
        return text
    return _OLD.sub(partial(_called, ""), text)


def ages_of_others(text: str, age: Age | None) -> tuple[str, ...]:
    """List what is said of the years of other people and of things, and isn't drawn: "old"."""
    found = () if age is Age.OLD else _OLD.finditer(_NUMBER.sub(partial(_of_years, age), text))
    return tuple(one["old"].lower() for one in found)


def _of_years(age: Age | None, found: re.Match[str]) -> str:
    years = next(filter(None, found.group("years", "age", "me", "of", "tens"))).lower()
    return _called(str(age) if _class_of(years) is age else "", found)


def _called(word: str, found: re.Match[str]) -> str:
    """Put a word, or none, in the place of an age, with the article that fits."""
    following = found["next"]
    called = f"{word} {following}" if word and following else word or following
    if not found["a"]:
        return called
    return f"{found['a'][0]}{'n' if called[:1] in set('aeiouAEIOU') else ''} {called}"


def _class_of(years: str) -> Age:
    if years.rstrip("s").isdigit():
        number = int(years.rstrip("s"))
    elif years in _ONES:
        number = 1 + _ONES.index(years)
    else:
        number = 20 + 10 * next(k for k, ten in enumerate(_TENS) if years.startswith(ten))
    if number <= CHILD_UNTIL:
        return Age.CHILD
    return Age.OLD if number >= OLD_FROM else Age.ADULT
