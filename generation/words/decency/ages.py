"""Ages below eighteen, in digits and in words, in English and Russian."""

import re
import tomllib

from generation.words.decency.lists import FILE
from generation.words.decency.unmasking import readings

GROWN_UP = 18
"""Years."""

_NUMBERS = tomllib.loads(FILE.read_text(encoding="utf-8"))["ages"]
_ENGLISH, _RUSSIAN, _STEMS = (
    "|".join(_NUMBERS[name]) for name in ("english", "russian", "russian_stems")
)

_UNIT = r"(?:years?|yrs?|y ?\.? ?o|y/o|yo|летн\w*|лет|года?|годик\w*)"
_IN_DIGITS = re.compile(
    rf"(?<![\d.,])(\d{{1,2}})(?:[\s\-‑]*(?:th|st|nd|rd|и|ти|х|ми))?[\s\-‑]*{_UNIT}(?!\w)"
    r"|(?<!\w)(?:aged?|возраст\w*|ей|ему)(?:\s+(?:of|is|-|–|—))?\W{1,2}(\d{1,2})(?!\d)"
    r"|(?<!\w)(\d{1,2})(?:f|m)(?!\w)"
)
_IN_WORDS = re.compile(
    rf"(?<!\w)(?:{_ENGLISH})[\s\-]+(?:years?|yrs?)(?:[\s\-]+old)?(?!\w)"
    rf"|(?<!\w)aged?(?:\s+of)?\s+(?:{_ENGLISH})(?!\w)"
    rf"|(?<!\w)(?:{_RUSSIAN})\s+(?:лет|года?|годик\w*)(?!\w)"
    rf"|(?<!\w)(?:{_STEMS})лет(?:н\w+|к\w+)(?!\w)|(?<!\w)годовал\w+"
)


def tells_of_a_minor(text: str) -> bool:
    """Say whether a text names an age below eighteen."""
    one = next(readings(text))  # digits stay digits
    ages = (int(next(filter(None, found.groups()))) for found in _IN_DIGITS.finditer(one))
    return any(age < GROWN_UP for age in ages) or bool(_IN_WORDS.search(one))
