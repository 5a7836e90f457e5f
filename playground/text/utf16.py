"""Telegram counts text in UTF-16 code units."""


def length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int) -> tuple[str, str]:
    """Split off the text's first `limit` code units; no character is split."""
    used = 0
    for position, character in enumerate(text):
        used += length(character)
        if used > limit:
            return text[:position], text[position:]
    return text, ""
