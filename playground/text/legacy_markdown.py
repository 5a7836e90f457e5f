"""Telegram's first Markdown: https://core.telegram.org/bots/api#markdown-style.

Entities don't nest, and nothing but the four opening signs is special.
"""

import re

from playground.errors import BadRequest
from playground.request import Json
from playground.text.draft import Draft

SPECIAL = re.compile(r"\\([_*`\[])|([_*`\[])")
PRE_START = re.compile(r"```(?:([^\s`]+)(?=\s))?(?:\r\n|\n\r|\n|\r)?")
LINK_END = re.compile(r"\(([^)]*)\)?")
KINDS = {"_": "italic", "*": "bold", "`": "code"}


def parse(markup: str) -> tuple[str, list[Json]]:
    """Plain text and its entities."""
    draft = Draft()
    position = 0
    while special := SPECIAL.search(markup, position):
        draft.write(markup[position : special.start()])
        if special[1]:
            draft.write(special[1])
            position = special.end()
        else:
            position = _entity(markup, special.start(), draft)
    draft.write(markup[position:])
    return draft.finish()


def _entity(markup: str, begin: int, draft: Draft) -> int:
    """Read the entity that begins here; give where it ends."""
    sign, details = markup[begin], {}
    opening, closing = sign, "]" if sign == "[" else sign
    kind = KINDS.get(sign, "text_link")
    if pre := PRE_START.match(markup, begin):
        opening, closing, kind = pre.group(), "```", "pre"
        details = {"language": pre[1]} if pre[1] else {}
    inside = begin + len(opening)
    end = markup.find(closing, inside)
    if end < 0:
        offset = len(markup[:begin].encode())
        raise BadRequest(
            f"can't parse entities: Can't find end of the entity starting at byte offset {offset}"
        )
    words, position = markup[inside:end], end + len(closing)
    if sign == "[":
        link = LINK_END.match(markup, position)
        details = {"url": link[1] if link else words}
        position = link.end() if link else position
        if "." not in details["url"] and ":" not in details["url"]:
            kind = ""  # what is no address leaves plain words
    start = draft.length
    draft.write(words)
    if kind:
        draft.close(kind, start, **details)
    return position
