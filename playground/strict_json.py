"""JSON from somebody else, read within limits."""

import json
import math

DEEPEST = 100  # levels of objects and arrays; Telegram's own reader stops there too


def loads(text: str | bytes) -> object:
    """Read JSON. ValueError where it is none, too deep, or has a number that JSON can't write."""
    try:
        value: object = json.loads(text, parse_constant=_number, parse_float=_number)
    except RecursionError:
        raise ValueError("too deep") from None
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return value
    raise ValueError("too deep")


def _inside(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("not a finite number")
    return number
