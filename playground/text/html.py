"""Telegram's HTML: https://core.telegram.org/bots/api#html-style."""

import html
import re
from dataclasses import dataclass

from playground.errors import BadRequest
from playground.request import Json
from playground.text.draft import Draft

KINDS = {
    "b": "bold", "strong": "bold",
    "i": "italic", "em": "italic",
    "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "tg-spoiler": "spoiler", "span": "spoiler",
    "a": "text_link",
    "code": "code", "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
VALUE = r"(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?"
TAG = re.compile(
    rf"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)(?P<attributes>(?:\s+[\w-]+{VALUE})*)\s*>"
)
ATTRIBUTE = re.compile(r"([\w-]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")  # the others are plain text


@dataclass(frozen=True)
class _Open:
    name: str
    start: int
    attributes: dict[str, str]


def _fault(reason: str, markup: str, position: int) -> BadRequest:
    offset = len(markup[:position].encode())
    return BadRequest(f"can't parse entities: {reason} at byte offset {offset}")


def parse(markup: str) -> tuple[str, list[Json]]:
    """Plain text and its entities."""
    draft = Draft()
    opened: list[_Open] = []
    position = 0
    while position < len(markup):
        if markup[position] == "<":
            position = _read_tag(markup, position, draft, opened)
        else:
            end = markup.find("<", position)
            words = markup[position : end if end >= 0 else len(markup)]
            draft.write(REFERENCE.sub(lambda match: html.unescape(match.group()), words))
            position += len(words)
    if opened:
        name = opened[-1].name
        raise BadRequest(
            f"can't parse entities: Can't find end tag corresponding to start tag \"{name}\""
        )
    return draft.finish()


def _read_tag(markup: str, position: int, draft: Draft, opened: list[_Open]) -> int:
    tag = TAG.match(markup, position)
    name = tag["name"].lower() if tag else re.split(r"[\s>]", markup[position + 1 :], maxsplit=1)[0]
    if tag is None or name not in KINDS:
        side = "end" if name.startswith("/") or (tag and tag["end"]) else "start"
        raise _fault(f'Unsupported {side} tag "{name.lstrip("/")}"', markup, position)
    if tag["end"]:
        _close(markup, position, name, draft, opened)
    else:
        attributes = {
            match[1].lower(): html.unescape(match[2] or match[3] or match[4] or "")
            for match in ATTRIBUTE.finditer(tag["attributes"])
        }
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise _fault('Tag "span" must have class "tg-spoiler"', markup, position)
        if name == "tg-emoji" and not attributes.get("emoji-id"):
            raise _fault('Tag "tg-emoji" must have attribute "emoji-id"', markup, position)
        opened.append(_Open(name, draft.length, attributes))
    return tag.end()


def _close(markup: str, position: int, name: str, draft: Draft, opened: list[_Open]) -> None:
    if not opened:
        raise _fault("Unexpected end tag", markup, position)
    tag = opened.pop()
    if tag.name != name:
        raise _fault(
            f'Unmatched end tag, expected "</{tag.name}>", found "</{name}>"', markup, position
        )
    kind, details = _meaning(tag, opened)
    if kind:
        draft.close(kind, tag.start, **details)


def _meaning(tag: _Open, around: list[_Open]) -> tuple[str | None, dict[str, str]]:
    """Give the entity's type and its own fields; None where the tag leaves the text plain."""
    kind, attributes = KINDS[tag.name], tag.attributes
    match tag.name:
        case "a":
            url = attributes.get("href", "")
            return (kind, {"url": url}) if url else (None, {})
        case "tg-emoji":
            return kind, {"custom_emoji_id": attributes["emoji-id"]}
        case "blockquote" if "expandable" in attributes:
            return "expandable_blockquote", {}
        case "code" if around and around[-1].name == "pre":  # <pre><code> is one block
            if language := attributes.get("class", "").removeprefix("language-"):
                around[-1].attributes["language"] = language
            return None, {}
        case "pre" if "language" in attributes:
            return kind, {"language": attributes["language"]}
    return kind, {}
