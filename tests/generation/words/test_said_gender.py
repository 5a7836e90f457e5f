"""Whether words make a woman or a man of the person."""

import pytest

from generation.character import Gender
from generation.words.said_gender import said_gender


@pytest.mark.parametrize(
    "words",
    [
        *("a queen in a castle", "an old witch", "as a princess", "portrait of a young woman"),
        *("on her horse", "she walks in a park", "a lady and her husband", "a sorceress"),
        *("a woman who loves men", "my grandmother in a garden", "a female knight"),
        *("Queen Victoria on a throne", "as princess Anna"),
    ],
)
def test_who_is_named_first_is_a_woman(words: str) -> None:
    assert said_gender(words) is Gender.WOMAN


@pytest.mark.parametrize(
    "words",
    [
        *("a king and his queen", "an old emperor", "a businessman in an office", "a male nurse"),
        *("holding his sister's flowers", "a man in a red dress", "a man who loves women"),
        *("a prince saves a princess", "my grandpa as a pirate", "a man aged 80"),
        "King Arthur",
    ],
)
def test_who_is_named_first_is_a_man(words: str) -> None:
    assert said_gender(words) is Gender.MAN


@pytest.mark.parametrize(
    "words",
    [
        *("a knight", "playing chess", "in a dress", "in a business suit", "in the wilderness"),
        *("a wizard in a fortress", "a German knight", "a human in space", "a pirate with a witch"),
        *("a doctor with his and her flowers", "a musician with a woman", "in a dark mess"),
    ],
)
def test_things_and_company_are_no_gender(words: str) -> None:
    """A dress, chess and a fortress end like a princess."""
    assert said_gender(words) is None
