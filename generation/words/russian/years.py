"""Years of age in Russian, as English has them: "70 лет", "семидесятилетний": "70-year-old"."""

import re
from collections.abc import Callable, Sequence
from itertools import zip_longest

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
    "одно": 1,
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
    "сто": 100,
}
_NUMBERS = {
    **_TENS,
    **_ONES,
    "двадцать": 20,
    "тридцать": 30,
    "сорок": 40,
    "пятьдесят": 50,
    "шестьдесят": 60,
    "семьдесят": 70,
    "восемьдесят": 80,
    "один": 1,
    "одного": 1,
    "два": 2,
    "три": 3,
    "четыре": 4,
    "ста": 100,
    **{f"{number[:-1]}ь": value for number, value in _ONES.items() if number.endswith("и")},
    "восемь": 8,
}
"""Numbers as they stand before years: "двадцать", and "двадцати" of somebody."""

_TEN = 10
"""Below that numbers may stand behind tens."""

_FIGURES = re.compile(r"(\d{1,3})-?(?:х|ти|и|и-)?-?летн\w+")
_WORDS = re.compile(rf"({'|'.join(_TENS)})?({'|'.join(_ONES)})?летн\w+")
_YEARS = frozenset(("лет", "год", "года"))
_OF_ONESELF = frozenset(("мне", "ему", "ей", "нам", "я", "он", "она", "в", "возрасте", "мужчине"))
"""What may stand before the years of somebody: "мне 70 лет"."""

_NO_AGE = frozenset(("назад", "спустя", "после", "до", "и"))
"""What follows years of something else: "10 лет спустя"."""


_ADJECTIVE = re.compile(
    r"(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ым|им|ую|юю|ых|их)$", re.IGNORECASE
)


def with_english_years(words: Sequence[str], is_person: Callable[[str], bool]) -> list[str]:
    """Put the years of people into English: those of a house, or of waiting, stay.

    `is_person` says whether a word is somebody.
    """
    words = _in_figures(words)
    english: list[str] = []
    place = 0
    while place < len(words):
        word, rest = words[place].lower(), words[place + 1 :]
        before = words[place - 1].lower() if place else ""
        follows = rest[1].lower() if len(rest) > 1 else ""
        theirs = not before or before in _OF_ONESELF or is_person(before)
        if years := _adjective(word):
            noun = next((one for one in rest if not _ends_like_an_adjective(one)), "")
            english.append(f"{years}-year-old" if not noun or is_person(noun) else words[place])
        elif word.isdigit() and before == "мне" and not rest:
            english.append(f"{word}-year-old")
        elif word.isdigit() and rest and rest[0].lower() in _YEARS and theirs:
            if follows in _NO_AGE:
                english.append(words[place])
            else:
                while english and english[-1].lower() in {"в", "возрасте"}:
                    english.pop()
                english.append(f"{word}-year-old")
                place += 1
        else:
            english.append(words[place])
        place += 1
    return english


def _in_figures(words: Sequence[str]) -> list[str]:
    """Write the numbers of years in figures: "тридцати пяти лет"; "лет сорока" is about as much."""
    figures: list[str] = []
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        value = _NUMBERS.get(word.lower(), 0)
        before = figures[-1] if figures else ""
        counted = word.lower() in _YEARS and following.lower() not in _NO_AGE
        if value and before.lower() in _YEARS:
            figures[-1:] = [str(value), before]
        elif counted and (ones := _NUMBERS.get(before.lower(), 0)):
            tens = _NUMBERS.get(figures[-2].lower(), 0) if figures[1:] and ones < _TEN else 0
            figures[-2 if tens else -1 :] = [str(tens + ones), word]
        else:
            figures.append(word)
    return figures


def _adjective(word: str) -> int:
    """Give the years of "70-летний" and "семидесятилетний"; 0: it says none."""
    if found := _FIGURES.fullmatch(word):
        return int(found[1])
    found = _WORDS.fullmatch(word)
    return _TENS.get(found[1], 0) + _ONES.get(found[2], 0) if found else 0


def _ends_like_an_adjective(word: str) -> bool:
    return bool(_ADJECTIVE.search(word))
