"""What the pocket model is told, is told as its captions tell it."""

import pytest

from generation.models.catalogue import POCKET_WEIGHTS
from generation.words.phrases import Phrase
from generation.words.taught import hidden, taught
from generation.words.vocabulary import Vocabulary

POCKET = Vocabulary.of(POCKET_WEIGHTS)


@pytest.mark.parametrize(
    ("said", "opening", "told", "named"),
    [
        ("king in a red coat", "a person", "king in red clothes", ("coat",)),
        ("a queen wearing a red dress", "a person", "a queen wearing red clothes", ("dress",)),
        ("in a red coat on a beach", "a person", "in a red coat on a beach", ()),
        ("a dancer in a red dress", "a person", "a dancer in a red dress", ()),
        ("man with a moustache", "a man", "with a moustache", ()),
        ("an old man with a serious face", "an old man", "an old man with a serious face", ()),
        ("a smiling woman in a garden", "a woman", "smiling in a garden", ()),
        ("girl on a beach", "a woman", "girl on a beach", ()),
    ],
)  # fmt: skip
def test_a_role_hides_garments_and_nobody_is_said_twice(
    said: str, opening: str, told: str, named: tuple[str, ...]
) -> None:
    """What is hidden is named; what a model draws too little of is not told twice."""
    phrases = [Phrase(said)]
    assert [str(phrase) for phrase in taught(phrases, opening, POCKET)] == [told]
    assert hidden(phrases, POCKET) == named
