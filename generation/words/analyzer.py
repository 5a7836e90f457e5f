"""pymorphy3's knowledge of Russian forms: 30 MB, read when the first Russian word needs it."""

from functools import cache

import pymorphy3


@cache
def analyzer() -> pymorphy3.MorphAnalyzer:
    """Give the one that all share."""
    return pymorphy3.MorphAnalyzer()
