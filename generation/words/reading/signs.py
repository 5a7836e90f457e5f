"""Signs in what people type: those that nobody sees, and the many ways to write one."""

import re
import unicodedata

INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0"
)
"""Signs that nobody sees: keyboards, copies and translations leave them beside words."""

LONG_DASHES = "—–―‒−"
"""What phones make of two hyphens. People write them among words too."""

OPENING, CLOSING = "([{\"'«“„‘", ",.;!?)]}\"'»”’"
"""Signs that may stand before a word and behind it."""

QUOTES = '"«»“”„‟‹›'
"""Signs around a quotation; an apostrophe belongs to its word."""

_FONTS = {
    sign: unicodedata.normalize("NFKC", chr(sign))
    for sign in (*range(0x1D400, 0x1D800), *range(0x24B6, 0x24EA))
}
"""Letters that look like another font: bold ones, script, letters in circles."""

_WIDE = _FONTS | {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {
    ord("﹣"): "-", ord("‐"): "-", ord("‑"): "-", ord("’"): "'", ord("‘"): "'",
    ord("，"): ",", ord("、"): ",", ord("。"): ".",
}  # fmt: skip
"""Letters as wide as Chinese ones, and other ways to write a hyphen or an apostrophe."""

_UNSEEN = re.compile(f"[{INVISIBLE}]")
_CONTROLS = re.compile(r"[^\S\n]|[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_PICTURES = re.compile(
    r"(?:[\U0001f1e6-\U0001f1ff]{1,2}|[0-9#*]\ufe0f?\u20e3"
    r"|[\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
    r"[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*"
    r"(?:\u200d[\u2190-\u2bff\U0001f000-\U0001faff][\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*)*)"
)
"""An emoji with what belongs to it, and other small pictures that fonts have."""

_FACES = re.compile(r"(?<!\S)(?:[:;=][-^o']?[()\[\]DPp3|*]+|[)(]+[:;=]|\^_*\^)(?!\S)")
"""Faces of signs: `:)`."""


def plain(text: str) -> str:
    """Write a text without signs that nobody sees, with ordinary spaces, hyphens and letters."""
    whole = text.encode(errors="ignore").decode()  # half a pair, which no tokenizer can read
    return _CONTROLS.sub(" ", _UNSEEN.sub("", whole.replace("\r\n", "\n").translate(_WIDE)))


def take_pictures(text: str) -> tuple[str, list[str]]:
    """Split a text from its emoji and faces of signs."""
    found = [one[0] for pattern in (_PICTURES, _FACES) for one in pattern.finditer(text)]
    without = _FACES.sub(" ", _PICTURES.sub(" ", text))
    return without, list(dict.fromkeys(found))


def has_word(text: str) -> bool:
    """Say whether there is a letter or a digit of any script."""
    return any(unicodedata.category(sign)[0] in "LN" for sign in text)


def plain_name(name: str) -> str:
    """Write a name without what parts its words or stands around it."""
    return " ".join(re.findall(r"[^\W_]+", name)).casefold()


def bare(text: str) -> str:
    """Take off the signs about a word or several."""
    return text.strip().strip(QUOTES + CLOSING + OPENING).strip()
