"""A reply to an album: what it changes, and in which picture."""

import re
from dataclasses import dataclass

from generation.errors import Refusal
from generation.words.talk import Talk, kind_of

_BEGINS = (
    r"(?:with (?!love|pleasure|respect|you\b|me\b|all\b)|without\b|wearing\b|riding\b|holding\b"
    r"|smiling\b|laughing\b|crying\b|(?:darker|lighter|older|younger|happier|closer)\b"
    r"|in (?!my\b|love\b|fact\b|general\b|case\b|short\b|other\b|this\b|that\b|truth\b|the end\b)"
    r"|on (?!the other\b|my\b|second\b)|at (?:night|dawn|dusk|noon|sunset|sunrise|sea|home|work"
    r"|the (?!end\b|moment\b|same\b)|an? )|as an? |add\b|remove\b|lose the\b|take off\b|put on\b"
    r"|change\b|replace\b|make (?:it|him|her|me|them|the)\b"
    r"|no (?!way\b|idea\b|problem|worries|one\b)"
    r"|(?:с|со) (?!дн[её]м|ума\b|любовью|новым|праздником|уважением|ним\b|тобой|вами|этим)"
    r"|без (?!комментариев|слов\b|проблем|ума\b|обид|вопросов)"
    r"|(?:в|во) (?!точку|шоке|восторге|смысле|общем|принципе|целом|самом|прочем|топ)"
    r"|на (?!мой взгляд|самом деле|высоте|самом|здоровье|память|меня)"
    r"|(?:надень|сними|убери|добавь|сделай|замени|поменяй|нарисуй|оставь)(?:те)?\b|пусть\b"
    r"|(?:ночью|дн[её]м|вечером|утром|зимой|летом|осенью|весной|темнее|светлее|старше|моложе)\b"
    r"|улыба\w+|как (?=\w+(?:ь|й|а|р|н|т|г|к)$))"
)
"""How words begin that change a picture, and not those that only begin alike: "in love"."""

_NUMBER_WORDS = {
    **dict.fromkeys(("first", "первая", "первую", "первой"), 1),
    **dict.fromkeys(("second", "вторая", "вторую", "второй"), 2),
    **dict.fromkeys(("third", "третья", "третью", "третьей"), 3),
    **dict.fromkeys(("fourth", "четвёртая", "четвёртую", "четвертая", "четвертую"), 4),
    **dict.fromkeys(("fifth", "пятая", "пятую"), 5),
    **dict.fromkeys(("sixth", "шестая", "шестую"), 6),
    **dict.fromkeys(("seventh", "седьмая", "седьмую"), 7),
    **dict.fromkeys(("eighth", "восьмая", "восьмую"), 8),
    **dict.fromkeys(("ninth", "девятая", "девятую"), 9),
    **dict.fromkeys(("tenth", "десятая", "десятую"), 10),
}

_NUMBERED = re.compile(
    r"(?:(?:the|in|для|на|а|и|but|но)\s+)?"
    r"(?P<named>#\s*|№\s*|(?:picture|pic|photo|image|number|no\.?|картинк[аиуе]|номер|фото)\s+)?"
    rf"(?P<number>\d{{1,2}}|(?:{'|'.join(_NUMBER_WORDS)})\b)"
    r"(?P<ordinal>st|nd|rd|th|-?(?:я|й|ю|ую|ей|ой)\b)?(?P<one>\s+(?:one|picture|картинк\w+))?"
    r"(?![\w%/])(?P<sign>\s*[:;,.)–—-]+)?\s*(?P<words>.*)",
    re.IGNORECASE | re.DOTALL,
)
"""A picture's number, and what is to change in it."""

_CHANGES = re.compile(
    rf"(?:(?:but|now|and|only|ok|но|а|и|теперь|только|давай)[\s,]+)*{_BEGINS}", re.IGNORECASE
)


class PictureUnknown(Refusal):
    """The album has no picture of this number. Fields: number, count."""


@dataclass(frozen=True, slots=True)
class Change:
    """`picture`, counted from 1; None: all of the album's. Without words: that picture is meant."""

    picture: int | None
    words: str

    @classmethod
    def of(cls, text: str, count: int) -> "Change":
        """Read a reply to an album of so many pictures. Raises PictureUnknown."""
        found = _NUMBERED.fullmatch(text.strip())
        if found is None:
            return cls(None, text)
        number = _number(found["number"])
        words = found["words"].strip()
        if not any(letter.isalpha() for letter in words):
            if not 1 <= number <= count:
                raise PictureUnknown(number=number, count=count)
            return cls(number, "")
        meant = any(found[part] for part in ("named", "ordinal", "one", "sign"))
        if not 1 <= number <= count or not (meant or _CHANGES.match(words)):
            return cls(None, text)  # "2 people in the background" names no picture
        return cls(number, words)


def is_change(text: str) -> bool:
    """Say whether words under an album mean to change it: in a group people also just talk there.

    "3 in a red coat", "but at night" and "без очков" do.
    """
    words = text.strip()
    found = _NUMBERED.fullmatch(words)
    if found and (found["words"] or found["named"]):
        words = found["words"] or "make it"
    return kind_of(text) is Talk.WISH and bool(_CHANGES.match(words))


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else _NUMBER_WORDS[written.casefold()]
