"""Whose looks the words name."""

import pytest

from generation.words.adjectives import looks_apart
from generation.words.own_looks import own_looks
from generation.words.phrases import phrases_of
from tests.support.clip_tokenizer import count_clip_tokens

FAR = (
    "a brave king walking in an old forest at night together with a beautiful young queen with red"
    " hair and green eyes"
)
"""It is so long that it is read in pieces."""


def named(words: str) -> str:
    return ", ".join(own_looks(looks_apart(phrases_of(words, count_clip_tokens))))


@pytest.mark.parametrize(
    ("words", "looks"),
    [
        ("a dark-skinned king in a castle", "dark skin"),
        ("a king with dark skin in a castle", "dark skin"),
        ("a (dark-skinned:1.3) king", "dark skin"),
        ("a bald pirate with a beard", "bald head, beard"),
        ("a bald bearded man in a forest", "bald head, beard"),
        ("a knight with pale skin and blond hair", "blond hair, pale skin"),
        ("a knight, long red hair, RED hair", "long red hair, red hair"),
        ("with blue hair on a beach", "blue hair"),
        ("a girl with red hair riding a horse", "red hair"),
        ("a wizard with glasses and a hat", "wearing glasses"),
        ("in sunglasses on a beach", "wearing sunglasses"),
        ("a blonde with blue eyes", "blond hair"),
        ("a knight with green eyes and a beard", "beard"),
        ("a chef with a bald head", "bald head"),
        ("wizard with dark skin with a moustache in the forest", "dark skin, moustache"),
        ("a thickly bearded viking", "beard"),
        ("a king with his fluffy white beard", "fluffy white beard"),
    ],
)
def test_the_looks_of_the_person(words: str, looks: str) -> None:
    """In the order of the captions: hair, skin, beard, glasses. Eyes are said once."""
    assert named(words) == looks


@pytest.mark.parametrize(
    "words",
    [
        *("a chef with a red-haired wife", "a sailor with a parrot with green eyes"),
        *("a king fighting a demon with red skin", "a man talking to a woman with red hair"),
        *(
            "a king followed by a wizard with a white beard",
            "a hero against a villain with a beard",
        ),
        *("a man hugs a woman with red hair", "a barber shaves a man with a gray beard"),
        *("a king, a queen with red hair", "a knight, a dragon with green skin"),
        FAR,
    ],
)
def test_the_looks_of_others(words: str) -> None:
    assert named(words) == ""


@pytest.mark.parametrize(
    "words",
    [
        *("a pirate with a bald eagle", "a bearded dragon on a rock", "a man with a beard of bees"),
        *("a red hair ribbon", "a king with a lion skin cloak", "beard trimmer", "glasses case"),
        *("a waiter with glasses on a tray", "sunglasses in hand", "a king with a glass of wine"),
        *("my hair is red", "give me red hair", "with his eyes closed", "keep my beard", "hair"),
        *("a beard or glasses", "a king, (dark skin:0.5)", "", "red", "\N{GRINNING FACE} " * 99),
    ],
)
def test_what_is_no_look(words: str) -> None:
    assert named(words) == ""


def test_nobody_is_made_bald_at_the_cost_of_their_beard() -> None:
    """Nothing is said twice then."""
    assert named("a bald pirate with an eye patch and a beard") == ""
