"""The captions that the pocket model learns its words from."""

import re
from collections import Counter
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from random import Random

import pytest

from generation.character import Age, Eyes, FacialHair, Gender, Glasses, HairColor
from generation.models import catalogue
from generation.pocket.portraits.attributes import (
    Clothes,
    Cut,
    Expression,
    Hat,
    Person,
    Place,
    Portrait,
    Role,
    Scene,
    shown,
)
from generation.pocket.portraits.captions import (
    caption,
    visible,
    with_strange_words,
    without,
)
from generation.pocket.portraits.chance import random_person, random_scene
from generation.pocket.portraits.words import (
    CUTS,
    KNOWN_WORDS,
    LOOKS,
    PLACES,
    READ_AS,
    ROLES,
)
from generation.pocket.training import vocabulary
from generation.pocket.training.vocabulary import build_tokenizer
from generation.words.enhancer import TOKEN_LIMIT
from generation.words.recipes import POCKET
from generation.words.vocabulary import words_of

NAMES = {field.name for kind in (Person, Scene) for field in fields(kind)}


def some(count: int) -> list[tuple[Portrait, Random]]:
    random = Random(4)  # noqa: S311 - nothing secret
    return [(Portrait(random_person(random), random_scene(random)), random) for _ in range(count)]


def test_a_full_caption_tells_everything() -> None:
    """With nothing left out, what the drawing shows stands in the words, and only that."""
    for portrait, random in some(300):
        said = caption(portrait, random, share=1)
        words, scene = set(words_of(said.text)), portrait.scene
        hidden = {name for name in NAMES if not shown(portrait, name)} - {"hair_color"}
        assert said.told == NAMES - hidden
        assert (scene.clothes in words_of(_without_traits(said.text))) == ("clothes" not in hidden)
        if portrait.person.cut is not Cut.BALD:
            assert portrait.person.hair_color in words
        assert scene.role is Role.NONE or any(name in said.text for name in ROLES[scene.role])
        assert portrait.person.glasses is Glasses.NONE or portrait.person.glasses in words
        assert (
            portrait.person.facial_hair is FacialHair.NONE or portrait.person.facial_hair in words
        )


def _without_traits(text: str) -> str:
    """Leave out colours of hair, eyes and skin, which may be those of clothes."""
    colours = "|".join((*HairColor, *Eyes))
    return re.sub(rf"\b({colours})( (hair|eyes))", "", text)


@pytest.mark.parametrize("table", [PLACES, ROLES, LOOKS, CUTS])
def test_words_belong_to_one_value(table: dict[StrEnum, tuple[str, ...]]) -> None:
    """No phrase stands for two of them: the model could never tell them apart."""
    phrases = [phrase for several in table.values() for phrase in several]
    assert len(phrases) == len(set(phrases))


def test_what_is_missing_is_said_of_nobody_who_has_it() -> None:
    """Only captions of people without them say "without glasses", "no beard" or "no hat"."""
    denied = Counter[str]()
    for portrait, random in some(1500):
        said = caption(portrait, random, share=1)
        denied.update(said.denied)
        absent = {
            "glasses": portrait.person.glasses is Glasses.NONE,
            "facial_hair": portrait.person.facial_hair is FacialHair.NONE,
            "hat": portrait.scene.hat is Hat.NONE and portrait.scene.role is Role.NONE,
        }
        assert all(absent[name] for name in said.denied)
        assert said.denied <= visible(portrait, said)
        assert ("without" in said.text or " no " in f" {said.text}") <= bool(said.denied)
    assert min(denied[name] for name in ("glasses", "facial_hair", "hat")) > 5


def test_the_tokenizer_has_every_word_that_is_known() -> None:
    """Each word by which something is drawn is one token; the list follows from the captions."""
    known = set(
        (Path(vocabulary.__file__).parent / "words.txt").read_text(encoding="utf-8").split()
    )
    parts = {part for word in KNOWN_WORDS for part in word.split("-") if part.isalpha()}
    assert parts <= known


def test_the_model_comes_with_the_words_that_its_captions_taught() -> None:
    """What the bot says the pocket model can draw is what it was taught."""
    known = catalogue.pocket().vocabulary.known
    assert known is not None
    assert known == {word: word for word in KNOWN_WORDS} | READ_AS


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
        assert words[-1] == POCKET.negative[-1]
    assert named > 20


def test_negative_words_mean_sunglasses_as_much_as_glasses() -> None:
    """Else `glasses` in the negative words would leave a face its sunglasses."""
    kinds = Counter(
        portrait.person.glasses
        for portrait, random in some(800)
        if "glasses" in without(portrait, random).text.split(", ")
    )
    assert kinds[Glasses.SUNGLASSES] > kinds[Glasses.GLASSES] > 20


def test_what_has_no_words_is_not_visible_in_them() -> None:
    """No glasses, no hat and a bald head's colour are said by silence."""
    for portrait, random in some(200):
        said = caption(portrait, random, share=1)
        seen = visible(portrait, said) - said.denied
        assert ("hat" in seen) == (portrait.scene.hat is Hat.HAT)
        assert ("hair_color" in seen) == (portrait.person.cut is not Cut.BALD)
        assert ("glasses" in seen) == (portrait.person.glasses is not Glasses.NONE)
