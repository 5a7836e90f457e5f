"""What the pocket model is told, is told as its captions tell it."""

import pytest

from generation.models.catalogue import POCKET_WEIGHTS
from generation.words.adjectives import looks_apart
from generation.words.named import names
from generation.words.phrases import Phrase, join
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
        ("a pirate in a hat at sea", "a person", "a pirate at sea", ()),
        ("a chef with a hat and a beard", "a person", "a chef with a beard", ()),
        ("a knight with a beard and a hat", "a person", "a knight with a beard", ("hat",)),
        ("a doctor in a hat", "a person", "a doctor in a hat", ()),
        ("a photo of a woman at sea", "a woman", "at sea", ()),
        ("close-up portrait of a king", "a person", "a king", ()),
        ("an oil painting of a king", "a person", "an oil painting of a king", ()),
    ],
)  # fmt: skip
def test_a_role_hides_garments_and_nobody_is_said_twice(
    said: str, opening: str, told: str, named: tuple[str, ...]
) -> None:
    """What is hidden is named; what a model draws too little of is not told twice."""
    phrases = [Phrase(said)]
    assert [str(phrase) for phrase in taught(phrases, opening, POCKET)] == [told]
    assert hidden(phrases, POCKET) == named


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("a bald astronaut on the moon", "an astronaut on the moon, bald head"),
        ("a red-haired chef in a kitchen", "a chef in a kitchen, red hair"),
        ("a dark-haired, blue-eyed queen", "black hair, queen, blue eyes"),
        ("a dark-skinned blonde woman as a queen", "as a queen, dark skin, blond hair"),
        ("a redhead in a garden", "in a garden, red hair"),
        ("a brunette", "brown hair"),
        ("a moustached detective", "a detective, moustache"),
        ("red haired chef", "chef, red hair"),
        ("a red headed pirate", "a pirate, red hair"),
        ("a dark skinned, blue eyed king", "dark skin, king, blue eyes"),
        ("a bald-headed brunet", "bald head, brown hair"),
        ("a white-bearded wizard", "a wizard, white beard"),
        ("a bespectacled wizard", "a wizard, wearing glasses"),
        ("a (bald:1.3) pirate", "a pirate, (bald head:1.3)"),
        ("long blond hair", "long blond hair"),
        ("a pirate with a bald head", "a pirate with a bald head"),
        ("a bald eagle", "a bald eagle"),
        ("a red-haired and blue-eyed chef", "a chef, red hair, blue eyes"),
        ("a dark brown-haired king", "a king, brown hair"),
        ("a bald man riding a unicorn", "a man riding a unicorn, bald head"),
        ("a king among bald monks", "a king among bald monks"),
        ("a knight fighting a red-haired demon", "a knight fighting a red-haired demon"),
        ("a man talking to a dark-skinned king", "a man talking to a dark-skinned king"),
        ("a smiling bald viking", "a smiling viking, bald head"),
        ("a bald chef with a red-haired wife", "a chef with a red-haired wife, bald head"),
        ("my red-haired dog", "my red-haired dog"),
        ("my red-haired sister at sea", "my sister at sea, red hair"),
        ("a man with a blond mustache", "a man with a blond mustache"),
        ("a king in a red head scarf", "a king in a red head scarf"),
        ("portrait of a redhead", "red hair"),
        ("an astronaut who is bald", "an astronaut, bald head"),
    ],
)
def test_looks_before_a_person_are_said_by_themselves(said: str, told: str) -> None:
    """So its captions say them: "a red-haired chef" had black hair in 22 pictures of 24."""
    phrases = [Phrase(one.strip()) for one in said.split(",")]
    assert ", ".join(map(str, taught(looks_apart(phrases), "a woman", POCKET))) == told


def test_looks_stand_behind_the_whole_of_what_they_were_said_in() -> None:
    """A long phrase comes in parts; it stays one."""
    phrases = [Phrase("a bald"), Phrase("with a red flower", glue=" "), Phrase("at night")]
    told = taught(looks_apart(phrases), "a person", POCKET)
    assert join(told) == "with a red flower, bald head, at night"


@pytest.mark.parametrize("said", ["a brunet king", "a raven-haired queen", "a red headed pirate"])
def test_hair_of_which_the_words_speak_is_said_once(said: str) -> None:
    """What one place knows as hair, the other does."""
    assert names(said, "hair")
    assert names(said, "hair_color")
