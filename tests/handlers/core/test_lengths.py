"""Texts are cut as Telegram counts them, and between signs."""

import pytest

from handlers.core.lengths import length, shortened


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("a knight", 8, "a knight"),
        ("a knight", 7, "a knig…"),
        ("😀😀😀", 6, "😀😀😀"),
        ("😀😀😀", 5, "😀😀…"),
        ("😀😀😀", 4, "😀…"),
        ("a👩‍👩‍👧b", 8, "a…"),
        ("a👍🏽b", 5, "a…"),
        ("🇫🇷🇩🇪", 7, "🇫🇷…"),
        ("cafe\u0301s", 5, "caf…"),
        ("e" + "\u0301" * 20, 5, "e\u0301\u0301\u0301…"),
    ],
)
def test_a_sign_is_whole_or_not_there(text: str, limit: int, cut: str) -> None:
    """Neither half a surrogate pair nor half a family is left, and the limit holds."""
    assert shortened(text, limit) == cut
    assert length(cut) == len(cut.encode("utf-16-le")) // 2 <= limit
