"""How much each token of a prompt weighs: `(phrase:1.2)`, as AUTOMATIC1111's web UI writes it."""

import re
from collections.abc import Sequence
from typing import Any

from generation.words.reading.emphasis import LEAST, MOST

_WEIGHTED = re.compile(r"\(([^()]+):(-?(?:\d+\.?\d*|\.\d+))\)")


def weighed(text: str) -> tuple[str, list[float]]:
    """Give a text without its weights, and the weight of each of its characters."""
    weights = [1.0] * len(text)
    while found := _WEIGHTED.search(text):
        inside = slice(found.start(1), found.end(1))
        weights[found.start() : found.end()] = [w * float(found[2]) for w in weights[inside]]
        text = text[: found.start()] + found[1] + text[found.end() :]
    return text, [min(max(weight, LEAST), MOST) for weight in weights]


def token_weights(tokenizer: Any, text: str, weights: Sequence[float]) -> list[float]:  # noqa: ANN401 - transformers ships no types
    """Give the weight of each token that the text encoder reads; those that pad have 1."""
    tokens = tokenizer(
        text,
        padding="max_length",
        max_length=tokenizer.model_max_length,
        truncation=True,
        return_offsets_mapping=True,
    )
    return [weights[start] if end > start else 1.0 for start, end in tokens.offset_mapping]
