from collections.abc import Callable
from enum import StrEnum
from functools import cache
from itertools import product
from typing import Any

import pytest
from transformers import CLIPTokenizer

from generation.character import (
    CHOICES,
    FREE_WORDS_LIMIT,
    Age,
    Character,
    FacialHair,
    Gender,
    Glasses,
    HairColor,
    HairLength,
    Traits,
)
from generation.models.resolve import resolve
from generation.words.enhancer import NEGATIVE_PROMPT, STYLE, TOKEN_LIMIT, PromptEnhancer
from generation.words.prompt import Prompt


@pytest.fixture(scope="module")
def tokenizer() -> CLIPTokenizer:
    root = resolve("pocket").base.root
    return CLIPTokenizer.from_pretrained(root, subfolder="tokenizer", local_files_only=True)


@pytest.fixture(scope="module")
def count(tokenizer: CLIPTokenizer) -> Callable[[str], int]:
    """Count a text's tokens, and those of the same text once."""
    return cache(lambda text: len(tokenizer(text).input_ids))


@pytest.fixture(scope="module")
def enhancer(count: Callable[[str], int]) -> PromptEnhancer:
    return PromptEnhancer(count)


def write(enhancer: PromptEnhancer, words: str, traits: Traits | None = None) -> Prompt:
    return enhancer.write(Character("Ann", (b"",), traits or Traits()), words)


FULL = Traits(
    gender=Gender.MAN,
    age=Age.OLD,
    hair_color=HairColor.RED,
    hair_length=HairLength.LONG,
    facial_hair=FacialHair.BEARD,
    glasses=Glasses.GLASSES,
    words="a small scar on the left cheek",
)


def test_the_face_comes_first_then_traits_scene_and_style(enhancer: PromptEnhancer) -> None:
    """What the model reads first weighs most."""
    assert write(enhancer, "an astronaut on the moon", FULL).positive == (
        "portrait of an old man, clear face, long red hair, beard, wearing glasses, "
        "a small scar on the left cheek, an astronaut on the moon, "
        "highly detailed, sharp focus, soft light"
    )


def test_without_traits_and_words_a_portrait_is_still_asked_for(enhancer: PromptEnhancer) -> None:
    """Nobody has to fill anything in."""
    prompt = write(enhancer, " \n ")
    assert prompt.positive == "portrait of a person, clear face, " + ", ".join(STYLE)
    assert prompt == Prompt(prompt.positive, NEGATIVE_PROMPT)


@pytest.mark.parametrize(
    ("gender", "age", "who"),
    [
        (Gender.WOMAN, Age.CHILD, "a girl"),
        (Gender.MAN, Age.CHILD, "a boy"),
        (None, Age.CHILD, "a child"),
        (Gender.WOMAN, Age.ADULT, "an adult woman"),
        (None, Age.YOUNG, "a young person"),
        (Gender.MAN, None, "a man"),
    ],
)
def test_the_person_is_named_in_plain_english(
    enhancer: PromptEnhancer, gender: Gender | None, age: Age | None, who: str
) -> None:
    """Articles and nouns are the ones a caption would have."""
    positive = write(enhancer, "", Traits(gender=gender, age=age)).positive
    assert positive.startswith(f"portrait of {who}, clear face")


def test_what_a_person_has_not_is_said_in_the_negative_prompt(enhancer: PromptEnhancer) -> None:
    """The model draws what it reads, so "no glasses" would put them on."""
    none = Traits(
        gender=Gender.MAN,
        hair_color=HairColor.RED,
        hair_length=HairLength.BALD,
        facial_hair=FacialHair.NONE,
        glasses=Glasses.NONE,
    )
    prompt = write(enhancer, "", none)
    assert prompt.positive.startswith("portrait of a man, clear face, bald head, clean-shaven, hi")
    assert prompt.negative == (
        f"glasses, sunglasses, beard, moustache, stubble, hair, woman, {NEGATIVE_PROMPT}"
    )


def test_words_for_one_picture_outweigh_what_the_traits_rule_out(enhancer: PromptEnhancer) -> None:
    """Who wears no glasses may still ask for a picture in sunglasses."""
    traits = Traits(glasses=Glasses.NONE, gender=Gender.MAN)
    negative = write(enhancer, "in dark Sunglasses, with a woman", traits).negative
    assert negative == NEGATIVE_PROMPT


SAYS_NOTHING = {("gender", Gender.PERSON): "the prompt says person where no gender is chosen"}


@pytest.mark.parametrize(
    ("trait", "value"), [(trait, value) for trait, values in CHOICES.items() for value in values]
)
def test_every_choice_of_a_trait_changes_the_prompt(
    enhancer: PromptEnhancer, trait: str, value: StrEnum
) -> None:
    """What is stored and never written would be asked for in vain."""
    chosen: dict[str, Any] = {trait: value}
    changed = write(enhancer, "", Traits(**chosen)) != write(enhancer, "")
    assert changed is ((trait, value) not in SAYS_NOTHING)


def test_glasses_and_sunglasses_never_stand_against_each_other(enhancer: PromptEnhancer) -> None:
    """A text encoder hardly tells them apart: to rule out the ones would take both."""
    for glasses in (Glasses.GLASSES, Glasses.SUNGLASSES):
        assert "glasses" not in write(enhancer, "", Traits(glasses=glasses)).negative


def test_any_choice_of_traits_fits_and_is_followed_by_the_scene(
    enhancer: PromptEnhancer, count: Callable[[str], int]
) -> None:
    """The lists alone never cost a person their words, nor a word of the negative prompt."""
    asked = "a painter in a garden"
    lists = [[value for value in choice if len(value) < 8] for choice in CHOICES.values()]
    for values in list(product(*lists))[::97]:
        chosen: dict[str, Any] = dict(zip(CHOICES, values, strict=True))
        prompt = write(enhancer, asked, Traits(**chosen))
        assert asked in prompt.positive
        assert prompt.negative.endswith(NEGATIVE_PROMPT)
        assert count(prompt.positive) <= TOKEN_LIMIT
        assert count(prompt.negative) <= TOKEN_LIMIT
        assert not prompt.cut


ENDLESS = {
    "english": "a knight in a castle by the sea " * 157,
    "russian": "портрет женщины в космосе " * 193,
    "emoji": "👩🏽‍🚀" * 1250,
    "no spaces": "漢字" * 2500,
    "one word": "x" * 5000,
    "punctuation": "!?," * 1666,
    "half a character": "\ud83d" + "moon " * 1000,
}


@pytest.mark.parametrize("words", ENDLESS.values(), ids=ENDLESS)
@pytest.mark.parametrize("own", ["", "kind eyes " * 20, "🙂" * FREE_WORDS_LIMIT])
def test_endless_words_fit_and_nothing_is_lost_in_silence(
    enhancer: PromptEnhancer, count: Callable[[str], int], words: str, own: str
) -> None:
    """77 tokens are all that is read; face and traits stay, and every word is drawn or told."""
    traits = Traits(gender=Gender.WOMAN, hair_color=HairColor.RED, words=own)
    prompt = write(enhancer, words, traits)
    head = "portrait of a woman, clear face, red hair, "
    assert prompt.positive.startswith(head)
    assert TOKEN_LIMIT - 12 <= count(prompt.positive) <= TOKEN_LIMIT
    told = sorted(prompt.positive.removeprefix(head) + prompt.cut)
    given = sorted((own + words).replace("\ud83d", ""))
    assert _letters(told) == _letters(given)


def _letters(text: list[str]) -> list[str]:
    return [letter for letter in text if letter not in " ,"]


def test_english_is_cut_between_words(enhancer: PromptEnhancer) -> None:
    """What is told as cut can be read."""
    scene = " ".join(f"{color} flowers" for color in HairColor) + " in a garden" * 20
    prompt = write(enhancer, scene)
    kept = prompt.positive.removeprefix("portrait of a person, clear face, ")
    assert f"{kept} {prompt.cut}" == scene


def test_the_style_gives_way_before_any_word_of_the_person(enhancer: PromptEnhancer) -> None:
    """As many pieces of the style are left as there is room."""
    scene = " ".join(["moon"] * 63)
    prompt = write(enhancer, scene)
    assert prompt.positive == f"portrait of a person, clear face, {scene}, highly detailed"
    assert not prompt.cut


def test_neither_kind_of_own_words_crowds_out_the_other(enhancer: PromptEnhancer) -> None:
    """A long scene leaves room for the character's words, and they for it."""
    prompt = write(enhancer, "moon " * 1000, Traits(words="freckles " * 22))
    assert prompt.positive.count("freckles") == 22
    assert prompt.positive.count("moon") > 30
    prompt = write(enhancer, "moon " * 1000, Traits(words="🙂" * 200))
    assert prompt.positive.count("🙂") >= 5
    assert prompt.positive.count("moon") > 20
