"""The gray hair of who is old."""

from dataclasses import replace

import pytest

from generation.character import Age, HairColor, Traits
from generation.words.enhancer import PromptEnhancer
from generation.words.old_age import greyed
from generation.words.recipes import PHOTOGRAPH, POCKET, Recipe
from generation.words.wishes import Wishes

SHOWN = Traits(hair_color=HairColor.BLACK)


def write(words: str, told: Traits | None = None, recipe: Recipe = POCKET) -> str:
    enhancer = PromptEnhancer(lambda text: len(text.split()), recipe=recipe)
    return enhancer.write(told or Traits(), Wishes(words), SHOWN).positive


@pytest.mark.parametrize(
    "words",
    [
        *("an old man in a library", "in a castle, an old woman", "an old king on a throne"),
        *("an elderly queen", "dressed as an old pirate", "a 75-year-old man", "a man aged 80"),
        *("an elderly man in a park", "a very old lady", "a man in his seventies"),
        *("an elderly couple", "a 100-year-old man", "in a forest, a castle, an old man"),
        *("a grandmother in a garden", "my grandpa as a king"),
        *("an old man with long hair", "an old man with a beard", "an old bald man with a beard"),
    ],
)
def test_who_is_old_in_the_words_has_gray_hair(words: str) -> None:
    """And not that of a photo of today."""
    assert "gray " in write(words)
    assert "black " not in write(words)


@pytest.mark.parametrize(
    "words",
    [
        *("a king in an old castle", "a young man and an old man", "king of the old town"),
        *("a girl with her old doll", "a man beside an old woman", "aged whisky on a table"),
        *("a knight with his grandmother", "a pirate, a grandfather clock", "an old-time gangster"),
        *("a girl with her 80-year-old neighbour", "a man in a 90-year-old house"),
        *("a girl, an old lady", "a superhero, my grandfather watching", "a chef, old sheriff"),
        *("a 5-year-old prince", "a 30 year old woman", "a thirty-year-old queen", "a man aged 30"),
        *("an ancient Egyptian queen", "an old man with a shaved head", "an old hairless man"),
    ],
)
def test_old_things_and_old_company_make_no_hair_gray(words: str) -> None:
    assert "gray " not in write(words)


def test_hair_that_was_told_of_today_is_gray_in_old_age() -> None:
    """Who kept the draft of a photo told its black hair. Other colours are meant for any age."""
    assert "gray hair" in write("a 70 year old king", SHOWN)
    assert "black hair" in write("a 30 year old king in an old castle", SHOWN)
    assert "blue hair" in write("an old king", Traits(hair_color=HairColor.BLUE))
    assert "black hair" in write("an old king", replace(SHOWN, age=Age.OLD))
    assert "black hair" in write("an old king with black hair", SHOWN)


@pytest.mark.parametrize("words", ["a 30 year old woman", "a 20 years old man in a forest"])
def test_nobody_is_old_for_having_an_age(words: str) -> None:
    assert "clear face" in write(words)
    assert "an old" not in write(words).partition(", clear face")[0]


@pytest.mark.parametrize(
    "words",
    ["an old man with black hair", "a blond old woman", "an old pirate with a red beard"],
)
def test_who_is_old_may_ask_for_any_hair(words: str) -> None:
    assert "gray " not in write(words)


def test_nobody_is_gray_who_wants_no_gray_hair() -> None:
    enhancer = PromptEnhancer(lambda text: len(text.split()), recipe=POCKET)
    prompt = enhancer.write(Traits(), Wishes("an old man", ("gray hair",)), Traits())
    assert "gray" not in prompt.positive
    assert "gray hair" in prompt.negative


def test_what_was_told_stays_and_a_photo_of_the_old_is_believed() -> None:
    told = Traits(age=Age.OLD, hair_color=HairColor.RED)
    assert "red hair" in write("an old man", told)
    assert "gray" not in write("an old king with a bald eagle", told)
    assert "black hair" in write("a knight", Traits(age=Age.OLD))
    assert greyed(Traits(age=Age.OLD), ["a knight"], "a knight").hair_color is HairColor.GRAY


def test_who_calls_themselves_old_in_their_own_words_has_gray_hair() -> None:
    enhancer = PromptEnhancer(lambda text: len(text.split()), recipe=POCKET)
    wishes = Wishes("a king", own="an old man")
    assert "gray hair" in enhancer.write(Traits(), wishes, SHOWN).positive


def test_a_model_that_draws_photographs_knows_how_people_age() -> None:
    assert "gray" not in write("an old man", recipe=PHOTOGRAPH)


def test_a_caption_says_no_hair_that_was_not_told() -> None:
    """The old people of the drawings that teach have hair of any colour."""
    enhancer = PromptEnhancer(lambda text: len(text.split()), recipe=POCKET)
    assert "gray" not in enhancer.write(Traits(age=Age.OLD), Wishes("an old man")).positive
