"""Emphasis: `(word:1.2)`, `((word))` and `[word]`, as many programs weigh words.

A pair of round brackets multiplies the weight of what is in it by 1.1, a square one divides it, a
number says it. Here it has one written form, `(phrase:1.2)`.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence

from generation.words.reading.remark import Remark
from generation.words.reading.tokens import Token

_PAIRS = {"(": ")", "[": "]", "{": "}"}
_STEPS = {"(": 1.1, "[": 1 / 1.1, "{": 1.05}
"""What a pair of brackets without a number multiplies the weight by."""

_NUMBER = re.compile(r"(?<![\d\s])\s*:\s*(-?(?:\d{1,3}(?:[.,]\d{0,4})?|[.,]\d{1,4}))\s*$")
"""The number at the end of a pair: not the minutes of a time, as in `(12:30)`."""

_LONGEST_NUMBER = 16
"""Characters before a closing bracket among which its number stands."""

LEAST, MOST = 0.1, 2.0
"""Weights outside of these are taken as these: a picture falls apart long before."""

_PARTING = frozenset(",;.!?:|")
"""Signs that stand at once behind a word, and outside of a phrase with a weight."""

_BARE_WEIGHT = re.compile(r"[^\W\d_][\w'-]*(:[012]\.\d{1,2}(?![\d:]))?")
"""A word, with its weight if it has one. One without is passed over whole: tried from each of its
letters, a long one would take a time that grows with the square of its length."""

_ESCAPED = re.compile(r"\\([()\[\]{}])")

_TOKEN = re.compile(
    r"\d+(?:[.,:]\d+)+(?![\w])|(?:[^\W_]\.){2,}|\w+(?:[-'+&]+\w+)*[+#]*|[^\w\s]", re.UNICODE
)
"""A word, a number, or a sign."""


def balance(text: str) -> tuple[str, list[Remark]]:
    """Take away the brackets that have no partner, add those of a weight, and say so."""
    text, remarks = _with_brackets(_ESCAPED.sub(" ", text))
    opened: list[int] = []
    alone: list[int] = []
    for place, sign in enumerate(text):
        if sign in _PAIRS:
            opened.append(place)
        elif sign in _PAIRS.values():
            if opened and _PAIRS[text[opened[-1]]] == sign:
                opened.pop()
            elif any(_PAIRS[text[one]] == sign for one in opened):
                while _PAIRS[text[opened[-1]]] != sign:
                    alone.append(opened.pop())
                opened.pop()
            else:
                alone.append(place)
    alone += opened
    unpaired = set(alone)
    left = "".join(" " if place in unpaired else sign for place, sign in enumerate(text))
    smiles = not any(sign in text for sign in _PAIRS)
    if alone and not smiles:
        remarks.append(Remark("brackets", _around(text, alone)))
    return " ".join(left.split()), remarks


def _with_brackets(text: str) -> tuple[str, list[Remark]]:
    """Write a weight that has no brackets with them: `cat:1.2` is meant so."""
    found = [
        one
        for one in _BARE_WEIGHT.finditer(text)
        if one[1] and text[one.end() : one.end() + 1] != ")"
    ]
    for one in reversed(found):
        text = f"{text[: one.start()]}({one[0]}){text[one.end() :]}"
    return text, [Remark("weight", one[0], f"({one[0]})") for one in found]


def _around(text: str, places: Iterable[int]) -> str:
    """Quote the words that brackets without a partner stand at."""
    words = list(re.finditer(r"\S+", text))
    starts = [word.start() for word in words]
    found = (words[bisect(starts, place) - 1][0] for place in sorted(places))
    return " ".join(dict.fromkeys(found))


def tokens_of(text: str, remarks: list[Remark]) -> list[Token]:
    """Split a text with balanced brackets into its tokens, each with its weight."""
    closings = _closings(text)
    tokens: list[Token] = []
    weights, start = [1.0], 0
    for place, sign in enumerate(text):
        if place in closings:
            tokens += _tokens(text[start:place], weights[-1])
            weights.append(weights[-1] * _weight_of(text, place, closings[place], remarks))
            start = place + 1
        elif sign in _PAIRS.values():
            inside = text[start:place]
            tokens += _tokens(_NUMBER.sub("", inside) if sign == ")" else inside, weights.pop())
            start = place + 1
    return [*tokens, *_tokens(text[start:], 1.0)]


def _closings(text: str) -> dict[int, int]:
    """Give the place of each closing bracket, by that of the opening one."""
    opened: list[int] = []
    closings: dict[int, int] = {}
    for place, sign in enumerate(text):
        if sign in _PAIRS:
            opened.append(place)
        elif sign in _PAIRS.values():
            closings[opened.pop()] = place
    return closings


def _weight_of(text: str, opening: int, closing: int, remarks: list[Remark]) -> float:
    """Give what a pair of brackets multiplies the weight by."""
    end = text[max(opening + 1, closing - _LONGEST_NUMBER) : closing]
    number = _NUMBER.search(end) if text[opening] == "(" else None
    if number is None:
        return _STEPS[text[opening]]
    weight = float(number[1].replace(",", "."))
    if weight > MOST:
        given = text[opening : closing + 1]
        remarks.append(Remark("weight", given, f"{given[: -1 - len(number[0])]}:{MOST:g})"))
    return weight


def _tokens(text: str, weight: float) -> Iterator[Token]:
    for found in _TOKEN.finditer(text):
        glued = found.start() > 0 and not text[found.start() - 1].isspace()
        yield Token(found[0], weight, glued)


def written(tokens: Sequence[Token]) -> str:
    """Write tokens as a text, with the weights of phrases that have one."""
    groups: list[tuple[float, list[Token]]] = []
    for token in tokens:
        before = groups[-1][0] if groups else 1.0
        inside = token.glued and token.text not in _PARTING
        weight = _rounded(token.weight) if token.is_word else before if inside else 1.0
        if groups and before == weight:
            groups[-1][1].append(token)
        else:
            groups.append((weight, [token]))
    text = ""
    for weight, group in groups:
        phrase = _joined(group)
        text += _space(text, group[0]) + (phrase if weight == 1 else f"({phrase}:{weight:g})")
    return text


def _joined(tokens: Sequence[Token]) -> str:
    text = ""
    for token in tokens:
        text += _space(text, token) + token.text
    return text


def _space(text: str, token: Token) -> str:
    return "" if not text or token.glued or token.text in _PARTING else " "


def _rounded(weight: float) -> float:
    return round(min(max(weight, LEAST), MOST), 2)
