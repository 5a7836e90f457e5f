"""The age that words give the person."""

import pytest

from generation.words.age import is_child, is_old, names_an_age

OLD = (
    *("an old man in a library", "a portrait of an old man", "photo of me as an old king"),
    *("in my sixties", "old me", "an older me in a garden", "when I'm old", "a knight, aged 80"),
    *("an old sailor smokes a pipe", "the old king sits on his throne", "old king portrait"),
    *("an old wizard behind a desk", "an old knight covered in snow", "an old, wise king"),
    *("he is old", "make me look 20 years older", "two old friends", "my old father"),
    *(
        "a sixty-year-old woman",
        "65yo man",
        "a senior woman",
        "me at the age of 80",
        "an aged warrior",
    ),
    *("a 120 years old elf", "a woman in her late sixties", "me cosplaying an old wizard"),
    *("an old and wise king", "a wise and very old king", "a man of 70 in a forest", "me at 80"),
    *("in a castle, an elderly queen", "my grandpa as a king", "a 75-year-old sailor"),
)
OTHER = (
    *("a young woman", "a baby in a garden", "a teenager", "30 years old", "a king aged 50"),
    *("a middle-aged man", "me at 30", "a man of 45"),
    *("a knight, 50 years old", "as a child", "a 7 year old boy", "with wrinkles"),
)
OF_TODAY = (
    *("a knight in an old castle", "an old castle", "with an old dog", "on an old ship"),
    *("in an ancient temple", "with my old friend", "a chef with a young wife", "Old London"),
    *("in an old car with an old man", "in a 300 years old castle", "baby blue sky"),
    *("an ancient Egyptian queen", "a king, an old map", "a woman in an old dress"),
    *("a man with his 5 years old son", "with a baby", "a knight with his grandmother"),
    *("a wizard beside a 100-year-old oak", "old books, a wizard", "an old photo of me"),
    *("my old dog licking me", "me in my 70s outfit", "a house 100 years old", "old paintings"),
    *("with a bottle of wine aged 80 years", "in an old man's coat", "an old pirate ship"),
    *("a very old castle", "a king and old books", "a portrait of 60 people"),
    *("Old West sheriff", "old", "a senior developer", "a king after 20 years in prison"),
)


@pytest.mark.parametrize("words", OLD)
def test_who_is_old_is_of_another_age(words: str) -> None:
    assert names_an_age(words)
    assert is_old(words)


@pytest.mark.parametrize("words", OTHER)
def test_there_are_other_ages(words: str) -> None:
    assert names_an_age(words)
    assert not is_old(words)


@pytest.mark.parametrize("words", OF_TODAY)
def test_things_and_company_give_nobody_an_age(words: str) -> None:
    assert not names_an_age(words)
    assert not is_old(words)


@pytest.mark.parametrize(
    "words",
    [
        *("a baby", "a schoolboy in a park", "in a park, a little girl", "an Indian boy"),
        *("one little boy", "a ten-year-old wizard", "16yo skater", "a teenage king"),
    ],
)
def test_a_child_is_told_by_the_words(words: str) -> None:
    assert is_child(words)


@pytest.mark.parametrize(
    "words", ["baby blue sky", "a child's room", "a king with a boy", "a man feeding a 5 years old"]
)
def test_nobody_is_a_child_by_things_and_company(words: str) -> None:
    assert not is_child(words)
