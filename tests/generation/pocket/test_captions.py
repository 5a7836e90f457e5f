"""The captions that the pocket model learns its words from."""

from dataclasses import fields
from random import Random

import pytest

from generation.character import Age, FacialHair, Gender, Glasses, HairColor
from generation.pocket.portraits.attributes import (
    Clothes,
    Cut,
    Expression,
    Hat,
    Person,
    Place,
    Portrait,
    Scene,
    random_person,
    random_scene,
)
from generation.pocket.portraits.captions import (
    caption,
    visible,
    with_strange_words,
    without,
)
from generation.pocket.training.vocabulary import build_tokenizer
from generation.prompt import NEGATIVE_PROMPT, TOKEN_LIMIT

NAMES = {field.name for kind in (Person, Scene) for field in fields(kind)}


def some(count: int) -> list[tuple[Portrait, Random]]:
    random = Random(4)  # noqa: S311 - nothing secret
    return [(Portrait(random_person(random), random_scene(random)), random) for _ in range(count)]


def test_a_full_caption_tells_everything() -> None:
    """With nothing left out, what the drawing shows stands in the words."""
    for portrait, random in some(200):
        text, told = (said := caption(portrait, random, share=1)).text, said.told
        assert told == NAMES
        assert f"{portrait.scene.clothes} " in text
        if portrait.person.cut is not Cut.BALD:
            assert portrait.person.hair_color in text
        assert ("hat" in text.replace(",", "").split()) == (portrait.scene.hat is Hat.HAT)
        assert portrait.person.glasses is Glasses.NONE or portrait.person.glasses in text
        assert portrait.person.facial_hair is FacialHair.NONE or portrait.person.facial_hair in text


def test_an_empty_caption_tells_nothing() -> None:
    """With everything left out, the words are the same kind for anybody, and name no trait."""
    traits = {*HairColor, *Clothes, *Place, *Expression, "hair", "skin", "eyes", "hat", "glasses"}
    for portrait, random in some(200):
        said = caption(portrait, random, share=0)
        assert said.told == frozenset()
        assert not traits & set(said.text.replace(",", "").split())


def test_captions_are_short_and_long() -> None:
    """Some leave out nearly all and some nearly nothing, so that any prompt's length is known."""
    told = [len(caption(portrait, random).told) for portrait, random in some(400)]
    assert min(told) <= 1
    assert max(told) == len(NAMES)


@pytest.mark.parametrize("gender", Gender)
def test_captions_speak_as_the_enhancer_does(gender: Gender) -> None:
    """About half begin as every prompt of the bot does: with the face."""
    texts = [
        caption(p, random, share=1).text for p, random in some(300) if p.person.gender is gender
    ]
    noun = {Gender.WOMAN: "woman", Gender.MAN: "man", Gender.PERSON: "person"}[gender]
    begun = [text for text in texts if text.startswith("portrait of a")]
    assert len(texts) / 3 < len(begun) < len(texts)
    adult = {Age.ADULT: f"adult {noun}", Age.OLD: f"old {noun}"}
    assert any(words in text for text in begun for words in adult.values())


def test_the_model_reads_captions_whole() -> None:
    """None is longer than what the text encoder reads."""
    tokenizer = build_tokenizer()
    texts = [caption(portrait, random, share=1).text for portrait, random in some(300)]
    assert max(len(ids) for ids in tokenizer(texts).input_ids) <= TOKEN_LIMIT


def test_strange_words_leave_the_others_standing() -> None:
    """What says nothing about a drawing is mixed in, and takes nothing away."""
    mixed = 0
    for portrait, random in some(200):
        text = caption(portrait, random, share=1).text
        more = with_strange_words(text, random)
        assert set(text.split(", ")) <= set(more.split(", "))
        mixed += more != text
    assert 60 < mixed < 160


def test_negative_words_name_only_what_is_shown() -> None:
    """Glasses are ruled out in the words of a portrait that shows them, and of no other."""
    named = 0
    for portrait, random in some(400):
        words = without(portrait, random).text.split(", ")
        if "glasses" in words or "sunglasses" in words:
            assert portrait.person.glasses is not Glasses.NONE
            named += 1
        assert NEGATIVE_PROMPT.endswith(words[-1])
    assert named > 20


def test_what_has_no_words_is_not_visible_in_them() -> None:
    """No glasses, no hat and a bald head's colour are said by silence."""
    for portrait, random in some(200):
        said = caption(portrait, random, share=1)
        seen = visible(portrait, said.told)
        assert ("hat" in seen) == (portrait.scene.hat is Hat.HAT)
        assert ("hair_color" in seen) == (portrait.person.cut is not Cut.BALD)
        assert ("glasses" in seen) == (portrait.person.glasses is not Glasses.NONE)
