"""The length of texts, which Telegram counts in UTF-16 code units, and how they are cut."""

import unicodedata

JOINER = "\u200d"
"""The zero-width joiner, which makes one emoji of two."""

MARKS = {"Mn", "Me", "Mc"}
"""Unicode's categories of marks, which belong to the character before them."""

FLAG = "".join(map(chr, range(0x1F1E6, 0x1F200)))
"""The letters, two of which make a flag."""


def length(text: str) -> int:
    """Count UTF-16 code units: most emoji are two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shortened(text: str, limit: int) -> str:
    """Cut a text to `limit` code units, between two signs: a flag or a family stays whole."""
    if length(text) <= limit:
        return text
    used = whole = fits = 0
    for position, character in enumerate(text):
        if used > limit - 1:
            break
        fits = position
        if not _continues(text, position):
            whole = position
        used += 2 if character > "\uffff" else 1
    return text[: whole or fits] + "…"


def _continues(text: str, position: int) -> bool:
    """Say whether the sign before goes on here, by the rules of UAX #29 that matter in chats."""
    character, before = text[position], text[:position]
    if before.endswith(JOINER) or character == JOINER or _is_skin_or_tag(character):
        return True
    if character in FLAG:
        flags = len(before) - len(before.rstrip(FLAG))
        return flags % 2 == 1
    return unicodedata.category(character) in MARKS


def _is_skin_or_tag(character: str) -> bool:
    return "\U0001f3fb" <= character <= "\U0001f3ff" or "\U000e0020" <= character <= "\U000e007f"
