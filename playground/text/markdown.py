"""Telegram's MarkdownV2: https://core.telegram.org/bots/api#markdownv2-style."""

import re

from playground.errors import BadRequest
from playground.request import Json
from playground.text.draft import Draft

RESERVED = set("_*[]()~`>#+-=|{}.!")
MARKS = {
    "__": "underline", "_": "italic", "*": "bold", "~": "strikethrough", "||": "spoiler",
}  # fmt: skip
CODE = re.compile(r"```(?:(\w+)\n)?((?:\\.|[^`\\])*)```|`((?:\\.|[^`\\])*)`", re.DOTALL)
LINK_END = re.compile(r"\]\(((?:\\.|[^)\\])*)\)")
QUOTE, QUOTE_END = re.compile(r"(?:\*\*)?>"), re.compile(r"\|\|(\n|$)")
NAMES = {"[": "text_link", **MARKS}


def _unescaped(words: str) -> str:
    return re.sub(r"\\([\x01-\x7e])", r"\1", words)


class _Reader:
    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.position = 0
        self.draft = Draft()
        self.opened: list[tuple[str, int, int]] = []  # mark, its position, start in the draft
        self.quote: int | None = None

    def fault(self, reason: str, position: int | None = None) -> BadRequest:
        offset = len(self.markup[: self.position if position is None else position].encode())
        return BadRequest(f"can't parse entities: {reason} at byte offset {offset}")

    def read(self) -> tuple[str, list[Json]]:
        while self.position < len(self.markup):
            self._step()
        if self.opened:
            mark, position, _ = self.opened[-1]
            raise self.fault(
                f"Can't find end of {NAMES[mark].title().replace('_', '')} entity", position
            )
        self._end_quote()
        return self.draft.finish()

    def _step(self) -> None:
        here = self.position
        character, following = self.markup[here], self.markup[here + 1 : here + 2]
        line_begins = self.position == 0 or self.markup[self.position - 1] == "\n"
        if line_begins and self.quote is not None and character != ">":
            self._end_quote()
        if character == "\\" and "\x01" <= following <= "\x7e":
            self._write(following, 2)
        elif line_begins and (quote := QUOTE.match(self.markup, here)):
            if quote.group() != ">":
                self._end_quote()
            self.quote = self.draft.length if self.quote is None else self.quote
            self.position = quote.end()
        elif character == "`":
            self._code()
        elif character == "[":
            self.opened.append(("[", self.position, self.draft.length))
            self.position += 1
        elif character == "]" and self.opened and self.opened[-1][0] == "[":
            self._link_end()
        elif mark := next((mark for mark in MARKS if self.markup.startswith(mark, here)), None):
            self._mark(mark)
        elif character in RESERVED:
            raise self.fault(
                f"Character '{character}' is reserved and must be escaped with the preceding '\\'"
            )
        else:
            self._write(character, 1)

    def _write(self, words: str, width: int) -> None:
        self.draft.write(words)
        self.position += width

    def _mark(self, mark: str) -> None:
        if self.opened and self.opened[-1][0] == mark:
            self.draft.close(MARKS[mark], self.opened.pop()[2])
        elif (
            mark == "||" and self.quote is not None and QUOTE_END.match(self.markup, self.position)
        ):
            self._end_quote("expandable_blockquote")
        else:
            self.opened.append((mark, self.position, self.draft.length))
        self.position += len(mark)

    def _code(self) -> None:
        code = CODE.match(self.markup, self.position)
        if code is None:
            name = "Pre" if self.markup.startswith("```", self.position) else "Code"
            raise self.fault(f"Can't find end of {name} entity")
        language, block, line = code.groups()
        start = self.draft.length
        self._write(_unescaped(line if block is None else block), len(code.group()))
        details = {"language": language} if language else {}
        self.draft.close("code" if block is None else "pre", start, **details)

    def _link_end(self) -> None:
        start = self.opened.pop()[2]
        link = LINK_END.match(self.markup, self.position)
        if link is None:
            if self.markup.startswith("](", self.position):
                raise self.fault("Can't find end of a URL")
            self.position += 1  # [words] without an address are plain words
            return
        if url := _unescaped(link[1]):
            self.draft.close("text_link", start, url=url)
        self.position = link.end()

    def _end_quote(self, kind: str = "blockquote") -> None:
        if self.quote is not None:
            self.draft.close(kind, self.quote)
            self.quote = None


def parse(markup: str) -> tuple[str, list[Json]]:
    """Plain text and its entities."""
    return _Reader(markup).read()
