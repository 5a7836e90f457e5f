"""Which language words are in, as far as their letters say. Latin letters count as English."""

import re
import unicodedata

CYRILLIC = re.compile(r"[\u0400-\u04ff]")

_RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
_ALSO_BELARUSIAN = frozenset("ёыэ")
_ONLY_RUSSIAN = _ALSO_BELARUSIAN | {"ъ"}
"""Letters that Ukrainian, Serbian and Macedonian don't have."""

_OTHER_CYRILLIC = {
    "ukrainian": frozenset("іїєґ"),
    "serbian": frozenset("ђјљњћџ"),
    "macedonian": frozenset("ѓќѕ"),
}
"""Letters by which other Cyrillic languages are known. Belarusian has і, but no и."""

_SCRIPTS = {
    "CJK": "chinese",
    "HIRAGANA": "japanese",
    "KATAKANA": "japanese",
    "HANGUL": "korean",
    "ARABIC": "arabic",
    "HEBREW": "hebrew",
    "GREEK": "greek",
    "ARMENIAN": "armenian",
    "GEORGIAN": "georgian",
    "DEVANAGARI": "hindi",
    "THAI": "thai",
}
"""Unicode's names of scripts, and the language that most people write in each."""

OTHER = "other"


def needs_translation(text: str) -> bool:
    """Say whether there are letters that are not Latin."""
    return any(sign.isalpha() and not _is_latin(sign) for sign in text)


def foreign_language(text: str) -> str | None:
    """Name the language of a text that is neither English nor Russian; None: it may be one of them.

    A text with a Ukrainian letter is Ukrainian in all its words, unless it has Russian ones too.
    """
    signs = unicodedata.normalize("NFC", text).casefold()
    letters = frozenset(sign for sign in signs if sign.isalpha() and not _is_latin(sign))
    cyrillic = frozenset(sign for sign in letters if CYRILLIC.match(sign))
    if strange := cyrillic - _RUSSIAN:
        if "ў" in strange or (strange == {"і"} and letters & _ALSO_BELARUSIAN and "и" not in signs):
            return "belarusian"
        if letters & _ONLY_RUSSIAN:
            return None
        return next((name for name, own in _OTHER_CYRILLIC.items() if strange & own), OTHER)
    if cyrillic or not letters:
        return None
    scripts = {_SCRIPTS.get(unicodedata.name(sign, "").split(" ")[0], OTHER) for sign in letters}
    return "japanese" if "japanese" in scripts else min(scripts)


def is_strange(word: str) -> bool:
    """Say whether a word has letters that neither English nor Russian has."""
    return any(
        sign.isalpha() and not _is_latin(sign) and sign not in _RUSSIAN
        for sign in unicodedata.normalize("NFC", word).casefold()
    )


def _is_latin(sign: str) -> bool:
    return sign.isascii() or unicodedata.name(sign, "").startswith("LATIN")
