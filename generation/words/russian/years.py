"""Years in Russian, as English has them: "70 лет" and "семидесятилетний" are "70-year-old"."""

import re

_TENS = {
    "двадцати": 20,
    "тридцати": 30,
    "сорока": 40,
    "пятидесяти": 50,
    "шестидесяти": 60,
    "семидесяти": 70,
    "восьмидесяти": 80,
    "девяносто": 90,
    "девяноста": 90,
}
_ONES = {
    "двух": 2,
    "трёх": 3,
    "трех": 3,
    "четырёх": 4,
    "четырех": 4,
    "пяти": 5,
    "шести": 6,
    "семи": 7,
    "восьми": 8,
    "девяти": 9,
    "десяти": 10,
    "одиннадцати": 11,
    "двенадцати": 12,
    "тринадцати": 13,
    "четырнадцати": 14,
    "пятнадцати": 15,
    "шестнадцати": 16,
    "семнадцати": 17,
    "восемнадцати": 18,
    "девятнадцати": 19,
}
_IN_FIGURES = re.compile(
    r"\b(?:в (?:возрасте )?)?(\d{1,3})(?:[- ]?(?:х|ти|и)?[- ]?летн\w+| ?(?:лет|года?)(?! назад))\b",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    rf"\b(?:({'|'.join(_TENS)}))?({'|'.join(_ONES)})?летн(?:ий|яя|ее|его|ей|ему|им|юю|ие|их)\b",
    re.IGNORECASE,
)


def with_english_years(russian: str) -> str:
    """Put years into English; all else stays."""
    return _IN_WORDS.sub(_figures, _IN_FIGURES.sub(r"\1-year-old", russian))


def _figures(found: re.Match[str]) -> str:
    tens, ones = ((one or "").lower() for one in found.groups())
    years = _TENS.get(tens, 0) + _ONES.get(ones, 0)
    return f"{years}-year-old" if years else found[0]
