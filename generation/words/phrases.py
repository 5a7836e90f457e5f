"""Phrases: what a text is split into, so that none is cut in its middle."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

Count = Callable[[str], int]
"""Counts a text's tokens, the start and end tokens included."""

LONGEST = 20
"""Tokens, ends included, above which a phrase is split where a part of it begins: "with a sword".
Shorter ones lose their sense in halves."""

_MOST_PIECES = 8
"""Pieces of LONGEST tokens that a part is split into: more than any model reads at once."""

_WEIGHTED = re.compile(r"\(([^()]+):(\d+(?:\.\d+)?)\)")
_WEIGHT = re.compile(r"\(([^()]*):\d+(?:\.\d+)?\)")

_STOP = re.compile(r"[,;\n]+|(?<!\b[MD]r)(?<!\bMrs)(?<!\bSt)[.!?]+(?=\s|$)")
"""What ends a phrase. A point within a word, as in "8.5" or "St.Petersburg", doesn't."""

_PART = re.compile(
    r"\s+(?=(?:with|and|in|on|at|by|near|under|over|behind|before|beside|while|wearing|holding"
    r"|riding|who|where|which|from|through|during|inside|between|among|against|but|for)\b)",
    re.IGNORECASE,
)
"""Where a part of a long phrase begins."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """`text` has no weight; `glue` is what joins it to the text before it."""

    text: str
    weight: str = ""
    glue: str = ", "

    def __str__(self) -> str:
        return f"({self.text}:{self.weight})" if self.weight and self.text else self.text

    def apart(self) -> "Phrase":
        """Give the phrase as it stands without the text before it."""
        return replace(self, glue=", ")


def plain(text: str) -> str:
    """Give a text as a model reads it: without the brackets and numbers of its weights."""
    while (bare := _WEIGHT.sub(r"\1", text)) != text:
        text = bare
    return text


def breaks_weights(text: str) -> bool:
    """Say whether something is left of a weight whose brackets aren't there any more."""
    return bool(re.search(r"[()]|:\d", plain(text)))


def join(phrases: Sequence[Phrase]) -> str:
    text = ""
    for phrase in phrases:
        if written := str(phrase):
            text = f"{text}{phrase.glue}{written}" if text else written
    return text


def phrases_of(text: str, count: Count) -> list[Phrase]:
    """Split a text at its stops; what is still long is split where its parts begin.

    A part that is long by itself is split between words, and a word inside: there are scripts
    without spaces. The phrases of a weighted group are weighted each.
    """
    text = "\n".join(map(_in_one_line, text.encode(errors="ignore").decode().splitlines()))
    return [part for phrase in _between_stops(text) for part in _short(phrase, count)]


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _between_stops(text: str) -> Iterator[Phrase]:
    for group in _groups(text):
        weighted = _WEIGHTED.fullmatch(group)
        if weighted:
            inside, weight = weighted.groups()
            yield from (Phrase(words, weight) for words in _stopped(inside))
        elif _WEIGHT.search(group):  # a comma may stand within a weight
            yield Phrase(group)
        else:
            yield from (Phrase(words) for words in _stopped(group))


def _stopped(text: str) -> list[str]:
    return [words for part in _STOP.split(text) if (words := part.strip())]


def _groups(text: str) -> Iterator[str]:
    """Split a text at its stops, but not within brackets."""
    start = depth = 0
    for at, sign in enumerate(text):
        depth = max(0, depth + (sign == "(") - (sign == ")"))
        if not depth and _STOP.match(text, at):
            yield text[start:at].strip()
            start = at + 1
    yield text[start:].strip()


def _short(phrase: Phrase, count: Count) -> Iterator[Phrase]:
    """Split a phrase that is longer than LONGEST; a phrase with weights inside stays as it is."""
    if count(phrase.text) <= LONGEST or plain(phrase.text) != phrase.text:
        yield phrase
        return
    glue = phrase.glue
    for part in _PART.split(phrase.text):
        for piece in _pieces(part, count):
            yield replace(phrase, text=piece, glue=glue)
            glue = " "


def _pieces(text: str, count: Count) -> Iterator[str]:
    """Take off the longest start again and again: whole words, or letters of a long word.

    What is left of endless words is not split: it is not read anyway.
    """
    words = text.split()
    for _ in range(_MOST_PIECES):
        if not words:
            return
        fitting = _count_fitting([f" {word}" for word in words], count)
        if fitting:
            yield " ".join(words[:fitting])
            words = words[fitting:]
            continue
        word = words[0]
        letters = max(1, _count_fitting(word, count))
        yield word[:letters]
        words[:1] = [word[letters:]] if word[letters:] else []
    if words:
        yield " ".join(words)


def _count_fitting(items: Sequence[str], count: Count) -> int:
    """Count the items, from the first, that fit: more items never take fewer tokens."""
    most = min(len(items), 4 * LONGEST)
    return bisect_left(
        range(1, most + 1), 1, key=lambda k: count("".join(items[:k]).strip()) > LONGEST
    )


def unweighted(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Take the weights off what is emphasised within phrases, as far as nothing is weakened."""
    return [one if ":0" in one.text else replace(one, text=plain(one.text)) for one in phrases]
