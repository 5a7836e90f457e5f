"""The entities that Telegram finds in plain text by itself."""

import re

from playground.request import Json
from playground.text import utf16

# The match that begins first wins; of several that begin there, the kind listed first.
PATTERNS = (
    (
        "url",
        re.compile(
            r"(?:https?://[^\s<>]+|(?<![\w@./-])(?:[\w-]+\.)+(?:com|org|net|io|me|ru)\b(?:/[^\s<>]*)?)"
        ),
    ),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    ),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}")),
)
TRAILING = ".,:;!?'\")]}»"


def find(text: str) -> list[Json]:
    """Commands, mentions, links, addresses and hashtags, by offset, none overlapping."""
    matches = sorted(
        (match.start(), rank, kind, match.group())
        for rank, (kind, pattern) in enumerate(PATTERNS)
        for match in pattern.finditer(text)
    )
    entities: list[Json] = []
    end = counted = offset = 0
    for start, _, kind, words in matches:
        if start < end:
            continue
        found = words.rstrip(TRAILING) if kind == "url" else words
        end = start + len(found)
        offset, counted = offset + utf16.length(text[counted:start]), start
        entities.append({"type": kind, "offset": offset, "length": utf16.length(found)})
    return entities
