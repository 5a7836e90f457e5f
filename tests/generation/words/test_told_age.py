"""Ages in the words that the pocket model knows."""

import pytest

from generation.character import Age, FacialHair, Gender, HairColor, Traits
from generation.words.age import age_of
from generation.words.enhancer import PromptEnhancer
from generation.words.recipes import PHOTOGRAPH, POCKET, Recipe
from generation.words.told_age import as_old_as_asked, told_age
from generation.words.wishes import Wishes

SHOWN = Traits(hair_color=HairColor.BLACK, facial_hair=FacialHair.BEARD)


def prompt(words: str, told: Traits | None = None, recipe: Recipe = POCKET) -> str:
    enhancer = PromptEnhancer(lambda text: len(text.split()), recipe=recipe)
    return enhancer.write(told or Traits(), Wishes(words), SHOWN).positive


@pytest.mark.parametrize(
    ("words", "age", "said"),
    [
        ("a 30 year old woman in a garden", Age.ADULT, "an adult woman in a garden"),
        ("a thirty-year-old woman", Age.ADULT, "an adult woman"),
        ("I am 30 years old", Age.ADULT, "I am adult"),
        ("a 40yo man, aged 40", Age.ADULT, "an adult man, adult"),
        ("a 5 year old", Age.CHILD, "a child"),
        ("seven years old boy", Age.CHILD, "child boy"),
        ("a toddler on a beach", Age.CHILD, "a child on a beach"),
        ("a 65 y.o. woman", Age.OLD, "an old woman"),
        ("a man of 70 in a forest", Age.OLD, "a man old in a forest"),
        ("me at 80", Age.OLD, "me old"),
        ("a woman in her early sixties in a park", Age.OLD, "a woman old in a park"),
        ("an ancient wizard", Age.OLD, "an old wizard"),
        ("my grandmother in a forest", Age.OLD, "an old woman in a forest"),
        ("an old man in an old castle", Age.OLD, "an old man in an old castle"),
        ("in an old library", None, "in a library"),
        ("an old oak", None, "an oak"),
        ("a very old castle, a king", None, "a castle, a king"),
        ("with a 10 year old dog", None, "with a dog"),
        ("a knight in an old-fashioned kitchen", None, "a knight in a kitchen"),
        ("a boy with an elderly dog", Age.CHILD, "a boy with a dog"),
        ("an old man with a 10 year old dog", Age.OLD, "an old man with a dog"),
        ("a (30 year old:1.2) king", Age.ADULT, "a (adult:1.2) king"),
        ("a bold king with gold", None, "a bold king with gold"),
        ("me in my grandmother's old coat", None, "me in my grandmother's coat"),
    ],
)
def test_an_age_is_said_by_one_word_and_of_one_person(
    words: str, age: Age | None, said: str
) -> None:
    """Of a number the model knows nothing, and of what is old it takes the person for old."""
    if ":" not in words:
        assert age_of(words) is age
    assert told_age(words, age) == said


@pytest.mark.parametrize(
    ("words", "opening"),
    [
        ("a 30 year old woman", "portrait of an adult woman"),
        ("a 70-year-old king", "portrait of an old man"),
        ("an old and wise king", "portrait of an old man"),
        ("a strong and brave man in a forest", "portrait of a man"),
        ("a little girl in a garden", "portrait of a girl"),
        ("a girl in a garden", "portrait of a woman"),
        ("a 25 year old girl", "portrait of an adult woman"),
        ("twenty five year old woman", "portrait of an adult woman"),
        ("a forty-five year old detective", "portrait of an adult person"),
        ("portrait of a 5 year old girl", "portrait of a girl"),
        ("a photo of a 7 year old boy as a pirate", "portrait of a boy"),
        ("me at age 5", "portrait of a child"),
        ("me aged 12", "portrait of a child"),
        ("me at 10 years old", "portrait of a child"),
        ("80 years old, sailor, beach", "portrait of an old person"),
        ("can you make me 80 years old?", "portrait of an old person"),
        ("me as a 20 year old", "portrait of an adult person"),
        ("she's 30 years old", "portrait of an adult woman"),
        ("an old English king", "portrait of an old man"),
        ("an old grandma", "portrait of an old woman"),
        ("a hundred year old man", "portrait of an old man"),
        ("a 6 month old baby", "portrait of a child"),
        ("me, my wife and my kids", "portrait of a person"),
        ("a soldier saying goodbye to his wife", "portrait of a man"),
        ("policeman helping an old lady cross the street", "portrait of a man"),
        ("a wizard teaching a boy magic", "portrait of a person"),
        ("she is a doctor", "portrait of a woman"),
        ("young me in school", "portrait of a young person"),
        ("a teacher with her students", "portrait of a woman"),
        ("my best friend as a princess", "portrait of a woman"),
        ("my little son as a knight", "portrait of a boy"),
        ("a newborn", "portrait of a child"),
        ("a doctor with her dog", "portrait of a woman"),
        ("he's a wizard", "portrait of a man"),
        ("a queen young and beautiful in a garden", "portrait of a woman"),
        ("a baby in a garden", "portrait of a child"),
        ("me as a child", "portrait of a child"),
        ("a young queen", "portrait of a young woman"),
        ("a woman in an old library", "portrait of a woman"),
        ("a witch in a forest", "portrait of a woman"),
    ],
)
def test_the_opening_says_who_the_words_make_of_the_person(words: str, opening: str) -> None:
    assert prompt(words).startswith(f"{opening}, clear face")


def test_who_told_that_they_are_old_stays_old_and_words_come_first() -> None:
    old = Traits(age=Age.OLD, gender=Gender.MAN)
    assert prompt("in an old castle", old).startswith("portrait of an old man")
    assert prompt("a queen", old).startswith("portrait of an old man")
    assert prompt("30 years old", old).startswith("portrait of an adult man")


@pytest.mark.parametrize(
    "words",
    ["me as a child", "a 5 year old girl", "a queen in a castle", "a teacher with her students"],
)
def test_no_beard_is_left_on_a_child_or_a_woman(words: str) -> None:
    """What grows on the face is taken off in the words: it was drawn on three queens of six."""
    assert "clean-shaven" in prompt(words)
    assert "clean-shaven" not in prompt("a knight with a child")


def test_a_man_by_his_own_word_keeps_his_beard_as_a_queen() -> None:
    assert "clean-shaven" not in prompt("a queen in a castle", Traits(gender=Gender.MAN))


@pytest.mark.parametrize(
    ("words", "missed"),
    [
        ("a knight in an old castle", {"old"}),
        ("a queen with an elderly dog", {"elderly"}),
        ("a king and his old queen", {"queen"}),
        ("an old man in an old castle", set()),
        ("a 30 year old man with a 10 year old dog", {"10 year old"}),
    ],
)
def test_the_age_of_a_thing_is_missed(words: str, missed: set[str]) -> None:
    """Nothing is drawn of it, and that is said."""
    enhancer = PromptEnhancer(lambda text: len(text.split()), recipe=POCKET)
    assert set(enhancer.write(Traits(), Wishes(words), SHOWN).unknown) == missed


def test_a_model_of_photographs_is_told_what_was_said() -> None:
    """It knows years, and old things."""
    assert "30 year old woman" in prompt("a 30 year old woman", recipe=PHOTOGRAPH)
    assert "old library" in prompt("in an old library", recipe=PHOTOGRAPH)
    assert "with a little girl" in prompt("a knight with a little girl", recipe=PHOTOGRAPH)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("make me younger", "young me"),
        ("me 20 years older in a castle", "old me in a castle"),
        ("make me look a bit older", "old me"),
        ("my older brother", "my older brother"),
    ],
)
def test_who_wants_to_be_older_is_old(words: str, asked: str) -> None:
    assert as_old_as_asked(words) == asked
