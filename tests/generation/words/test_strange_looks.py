"""Looks that nobody has on the pocket model's pictures."""

import pytest

from generation.words.strange_looks import without_strange_looks


@pytest.mark.parametrize(
    ("words", "left", "missed"),
    [
        ("a vampire with red eyes", "a vampire", ("red eyes",)),
        ("a red-eyed vampire", "vampire", ("red eyes",)),
        ("a man with green skin in a forest", "a man in a forest", ("green skin",)),
        ("with long purple hair", "with long hair", ("purple hair",)),
        ("with violet eyes and pink hair", "with pink hair", ("violet eyes",)),
        ("with pink hair and violet eyes", "with pink hair", ("violet eyes",)),
        ("with a green beard and a hat", "with a beard and a hat", ("green beard",)),
        ("black and white photo, smiling", ", smiling", ("black and white",)),
        ("in black and white", "", ("black and white",)),
        ("in a pink silk dress", "in a silk dress", ("pink dress",)),
        ("a gray outfit and gray hair", "an outfit and gray hair", ("gray outfit",)),
        ("dressed in grey on a beach", "on a beach", ("grey",)),
    ],
)
def test_they_are_left_out_and_known(words: str, left: str, missed: tuple[str, ...]) -> None:
    assert without_strange_looks(words) == (left, missed)


@pytest.mark.parametrize(
    "words",
    [
        *("brown hair in a dress", "a pink pig", "a brown man"),
        *("with blue eyes", "with red hair", "tan skin", "a red eyepatch", "purple hairband"),
        *("a woman in black and white", "a black and white dress", "with a green hat", "green"),
    ],
)
def test_what_people_have_stays(words: str) -> None:
    assert without_strange_looks(words) == (words, ())
