"""An "and" between adjectives, and one between persons."""

import pytest

from generation.words.joined import without_and


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("an old and wise king in a castle", "an old wise king in a castle"),
        ("as a very brave and noble knight", "as a very brave noble knight"),
        ("strong and brave man", "strong brave man"),
        ("with a small and clever boy", "with a small clever boy"),
    ],
)
def test_adjectives_of_somebody_stand_side_by_side(words: str, said: str) -> None:
    assert without_and(words) == said


@pytest.mark.parametrize(
    "words",
    [
        *("a king and old queen", "a king and queen", "a man and a woman", "a man and woman"),
        *("a black and white photo of a king", "a red and blue dress", "me and my old friend"),
        *("a tall and king", "a cold and sunny day on a ship with a sailor"),
    ],
)
def test_two_persons_and_things_stay_two(words: str) -> None:
    assert without_and(words) == words
