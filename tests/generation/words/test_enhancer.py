"""Prompts as a model's users write them, from words in English."""

import re
from dataclasses import replace
from enum import StrEnum
from itertools import product
from typing import Any

import pytest

from generation.character import (
    CHOICES,
    FREE_WORDS_LIMIT,
    Age,
    FacialHair,
    Gender,
    Glasses,
    HairColor,
    HairLength,
    Skin,
    Traits,
)
from generation.words.enhancer import NEVER_SHOWN, TOKEN_LIMIT, PromptEnhancer
from generation.words.phrases import plain
from generation.words.prompt import Prompt
from generation.words.recipes import PHOTOGRAPH, POCKET, RECIPES, Recipe
from generation.words.style import Style
from generation.words.vocabulary import Vocabulary
from generation.words.wishes import Wishes
from tests.support.clip_tokenizer import count_clip_tokens

TAIL = "upper body portrait, high quality, soft lighting, 8k uhd, dslr, film grain, Fujifilm XT3"

FULL = Traits(
    gender=Gender.MAN,
    age=Age.OLD,
    hair_color=HairColor.RED,
    hair_length=HairLength.LONG,
    facial_hair=FacialHair.BEARD,
    glasses=Glasses.GLASSES,
)


def write(
    wanted: str,
    traits: Traits | None = None,
    *unwanted: str,
    recipe: Recipe = PHOTOGRAPH,
    own: str = "",
    style: Style | None = None,
    shown: Traits | None = None,
) -> Prompt:
    enhancer = PromptEnhancer(count_clip_tokens, recipe=recipe)
    return enhancer.write(traits or Traits(), Wishes(wanted, unwanted, own, style), shown)


def test_a_prompt_is_written_as_the_models_users_write_it() -> None:
    """The person goes on into the scene; looks, own words and style follow."""
    prompt = write("an astronaut on the moon, smiling", FULL, own="a scar on the cheek")
    assert prompt.positive == (
        "photo of an old man as an astronaut on the moon, long red hair, beard, wearing glasses, "
        f"a scar on the cheek, smiling, {TAIL}"
    )


def test_the_pocket_model_reads_what_its_captions_taught() -> None:
    """Its words stand one beside the other, as in the captions."""
    prompt = write("an astronaut on the moon", FULL, own="a scar", recipe=POCKET)
    assert prompt.positive == (
        "portrait of an old man, clear face, long red hair, beard, wearing glasses, "
        "a scar, an astronaut on the moon, highly detailed, sharp focus, soft light"
    )


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_without_traits_and_words_a_portrait_is_still_asked_for(recipe: Recipe) -> None:
    """Nobody has to fill anything in."""
    prompt = write("", recipe=recipe)
    assert "of a person" in prompt.positive
    assert prompt.negative.startswith(", ".join(recipe.negative))
    assert (prompt.cut, prompt.unknown) == ("", ())


def test_the_photographs_negative_prompt_compares_nothing() -> None:
    """CLIP knows no relations: "different person" would be different from nobody."""
    negative = write("a king").negative
    assert not any(word in negative for word in ("different", "changed", "identity", "variation"))
    assert set(NEVER_SHOWN) <= set(negative.split(", "))


def test_what_a_person_has_not_is_said_in_the_negative_prompt() -> None:
    """The model draws what it reads, so "no glasses" would put them on."""
    none = Traits(
        gender=Gender.MAN,
        hair_color=HairColor.RED,
        hair_length=HairLength.BALD,
        facial_hair=FacialHair.NONE,
        glasses=Glasses.NONE,
    )
    prompt = write("", none)
    assert prompt.positive.startswith("photo of a man, bald head, clean-shaven, ")
    assert prompt.negative.startswith(
        "glasses, sunglasses, beard, moustache, stubble, hair, woman, nsfw"
    )


SAYS_NOTHING = {("gender", Gender.PERSON): "the prompt says person where no gender is chosen"}


@pytest.mark.parametrize(
    ("trait", "value"), [(trait, value) for trait, values in CHOICES.items() for value in values]
)
def test_every_choice_of_a_trait_changes_the_prompt(trait: str, value: StrEnum) -> None:
    """What is stored and never written would be asked for in vain."""
    chosen: dict[str, Any] = {trait: value}
    for recipe in RECIPES.values():
        changed = write("", Traits(**chosen), recipe=recipe) != write("", recipe=recipe)
        assert changed is ((trait, value) not in SAYS_NOTHING)


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_any_choice_of_traits_fits_and_is_followed_by_the_scene(recipe: Recipe) -> None:
    """The lists alone never cost a person their words."""
    lists = [[value for value in choice if len(value) < 8] for choice in CHOICES.values()]
    for values in list(product(*lists))[::389]:
        chosen: dict[str, Any] = dict(zip(CHOICES, values, strict=True))
        prompt = write("a painter in a garden", Traits(**chosen), recipe=recipe)
        assert "a painter in a garden" in prompt.positive
        assert count_clip_tokens(prompt.positive) <= TOKEN_LIMIT
        assert count_clip_tokens(prompt.negative) <= TOKEN_LIMIT
        assert not prompt.cut


@pytest.mark.parametrize(
    "words",
    [
        *("full body, in a park", "riding a horse", "running in the rain", "she walks a dog"),
        *("on a throne", "close-up, smiling", "portrait of a king", "a selfie on a bridge"),
    ],
)
def test_framing_follows_the_words(words: str) -> None:
    """Who wants to be seen riding wants no portrait, and one portrait is enough."""
    assert "upper body portrait" not in write(words).positive
    assert "upper body portrait" in write("a king in a castle").positive


@pytest.mark.parametrize("words", ["at night", "at sunset", "neon lights", "in a sunny garden"])
@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
def test_light_is_added_only_where_the_words_name_none(words: str, recipe: Recipe) -> None:
    """A night in soft light would be none."""
    assert recipe.light not in write(words, recipe=recipe).positive
    assert recipe.light in write("in a garden", recipe=recipe).positive


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ("oil painting of a queen", "oil painting of a person as a queen"),
        ("a pencil drawing of me", "pencil drawing of a person"),
        ("a knight, pixel art", "picture of a person as a knight"),
        ("portrait of a king", "portrait photo of a person as a king"),
    ],
)
def test_a_drawing_is_not_called_a_photograph(words: str, begins: str) -> None:
    """Nor is it ruled out, and no camera took it."""
    prompt = write(words)
    assert prompt.positive.startswith(begins)
    assert ("dslr" in prompt.positive) is ("photo" in begins)
    assert ("cartoon" in prompt.negative) is ("photo" in begins)


OIL = Style("oil", "oil painting, visible brush strokes", "photo, anime", "oil painting")


def test_a_style_says_how_the_picture_is_made() -> None:
    """Its words follow the scene, its medium stands before the person; nothing is said twice."""
    prompt = write("a knight, in a castle", style=OIL)
    assert prompt.positive == (
        "oil painting of a person as a knight, in a castle, visible brush strokes, "
        "upper body portrait, high quality"
    )
    assert "photo, anime" in prompt.negative
    assert "photo" not in write("a knight with a photo", style=OIL).negative


def test_weights_leave_every_layer_in_its_place() -> None:
    """The person, their looks, the scene and the style stand as without; only numbers are new."""
    scene, own = "a knight in a red cape, in a castle", "a scar on the cheek"
    weighted = "a knight in a (red cape:1.3), (in a castle:0.8)"
    without = write(scene, FULL, own=own, style=OIL)
    prompt = write(weighted, FULL, own=f"({own}:1.1)", style=OIL)
    assert re.sub(r"\(([^()]+):[\d.]+\)", r"\1", prompt.positive) == without.positive
    assert prompt.positive.startswith("oil painting of an old man as a knight in a (red cape:1.3)")
    for layer in ("long red hair", "wearing glasses", f"({own}:1.1)", "visible brush strokes"):
        assert layer in prompt.positive
    assert (prompt.negative, prompt.cut) == (without.negative, "")


def test_a_style_of_a_lora_may_be_a_drawing() -> None:
    """Nobody knows what it makes: no camera is spoken of, and no drawing is ruled out."""
    prompt = write("a knight", style=Style("ink", lora="ink:1"))
    assert "dslr" not in prompt.positive
    assert "cartoon" not in prompt.negative
    assert "as a knight" in prompt.positive


def test_a_small_model_reads_of_a_style_what_it_knows() -> None:
    """Half of a phrase would be drawn as something else; a style without any is named."""
    enhancer = PromptEnhancer(
        count_clip_tokens,
        recipe=POCKET,
        vocabulary=Vocabulary({word: word for word in ("oil", "painting", "king")}),
    )
    known = enhancer.write(Traits(), Wishes("a king", style=OIL))
    assert "a king, oil painting, highly" in known.positive
    assert known.unknown == ()
    other = Style("film", "cinematic, film grain")
    assert enhancer.write(Traits(), Wishes("a king", style=other)).unknown == ("film",)


def test_what_is_not_wanted_is_ruled_out_first() -> None:
    """It is what the person wrote, and the recipe's words yield to it."""
    prompt = write("a knight", None, "castle", "film grain", "people")
    assert prompt.negative.startswith("castle, film grain, crowd of people, nsfw")
    assert "film grain" not in prompt.positive


def test_the_pocket_model_is_told_what_to_leave_out() -> None:
    """It learned to read that, and obeys only where the face weighs little."""
    prompt = write("a king", None, "glasses", "hats", recipe=POCKET)
    assert "clear face, without glasses, a king" in prompt.positive
    assert "hats" in prompt.negative
    assert prompt.face_at_most < 0.3
    assert write("a king", None, "hats", recipe=POCKET).face_at_most == 1
    assert write("a king", FULL, "beard", recipe=POCKET).face_at_most < 0.3
    assert write("a king, clean-shaven", FULL, recipe=POCKET).face_at_most < 0.3
    assert write("a bearded king", FULL, "moustache", recipe=POCKET).face_at_most == 1


def test_what_the_person_has_none_of_is_taken_off_their_photographed_face() -> None:
    """Who told that they wear no glasses, and shows some, wants none; else no word is needed."""
    told = Traits(glasses=Glasses.NONE, facial_hair=FacialHair.NONE)
    shown = Traits(glasses=Glasses.GLASSES, facial_hair=FacialHair.BEARD)
    taken = write("a king", told, recipe=POCKET, shown=shown)
    assert "without glasses" in taken.positive
    assert "clean-shaven" in taken.positive
    assert taken.face_at_most < 0.3
    assert write("a king", told, recipe=POCKET, shown=told).face_at_most == 1
    asked = write("a king with a beard and glasses", told, recipe=POCKET, shown=shown)
    assert asked.face_at_most == 1


def test_looks_of_the_words_are_said_in_front_too() -> None:
    """Said behind the scene alone, the pocket model often drew those of the face."""
    prompt = write("a dark-skinned king in a castle", recipe=POCKET)
    front = "portrait of a person, clear face, dark skin, a king in a castle, dark skin, "
    assert prompt.positive.startswith(front)
    assert "dark skin, " not in write("a dark-skinned king").positive
    bald = Traits(hair_length=HairLength.BALD)
    told = write("a bald king with a beard", bald, recipe=POCKET)
    assert told.positive.startswith("portrait of a person, clear face, bald head, beard, a king")


def test_looks_are_said_once_where_the_room_is_short() -> None:
    """What is said twice goes before anything that was asked for, and all of it at once."""
    words = "a bald dark-skinned king with a white beard in a castle, " + ", ".join(ASKED_MUCH)
    prompt = write(words, recipe=POCKET)
    assert [prompt.positive.count(look) for look in ("bald head", "dark skin", "beard")] == [
        1,
        1,
        1,
    ]
    assert "clear face, white hair, a king with a beard in a castle" in prompt.positive
    assert len(prompt.cut.split(", ")) < len(ASKED_MUCH)


def test_own_words_about_looks_are_said_as_the_pocket_model_was_taught_them() -> None:
    told = write("a king", own="red-haired, bespectacled", recipe=POCKET).positive
    assert "red hair, wearing glasses" in told
    assert "red-haired" in write("a king", own="red-haired").positive


def test_what_the_recipe_rules_out_yields_to_the_words() -> None:
    """All but what no picture may show."""
    negative = write("an ugly nude cartoon").negative.split(", ")
    assert not {"ugly", "cartoon", "drawing"} & set(negative)
    assert set(NEVER_SHOWN) <= set(negative)


MOODS = ("happy", "calm", "serious", "surprised", "amazed")
ASKED_MUCH = [f"{one} flowers on a table" for one in MOODS]
ASKED_MUCH += [f"{one} birds in the sky" for one in MOODS]

ENDLESS = {
    "english": "a knight in a castle by the sea " * 157,
    "phrases": "a knight, a castle, the sea; " * 157,
    "russian": "портрет женщины в космосе " * 193,
    "looks": "light brown " * 416,
    "emoji": "👩🏽‍🚀" * 1250,
    "no spaces": "漢字" * 2500,
    "one word": "x" * 5000,
    "punctuation": "!?," * 1666,
    "half a character": "\ud83d" + "moon " * 1000,
}


@pytest.mark.parametrize("recipe", RECIPES.values(), ids=RECIPES)
@pytest.mark.parametrize("words", ENDLESS.values(), ids=ENDLESS)
@pytest.mark.parametrize("own", ["", "kind eyes " * 20, "🙂" * FREE_WORDS_LIMIT])
def test_endless_words_fit_and_nothing_is_lost_in_silence(
    recipe: Recipe, words: str, own: str
) -> None:
    """77 tokens are all that is read; the person stays, and every word is drawn or told."""
    traits = Traits(gender=Gender.WOMAN, hair_color=HairColor.BLUE)
    prompt = write(words, traits, own=own, recipe=recipe)
    assert " of a woman" in prompt.positive
    assert "blue hair" in prompt.positive
    assert count_clip_tokens(prompt.positive) <= TOKEN_LIMIT
    assert _pieces(f"{own} {words}") <= _pieces(f"{prompt.positive} {prompt.cut}")


def _pieces(text: str) -> set[str]:
    """Give the words of a text, and the signs of those in a script without spaces."""
    words = re.split(r"[\s,;!?.]+", text.encode(errors="ignore").decode())
    return {
        part for word in words for part in ({word} if word.isascii() and len(word) < 13 else word)
    } - {""}


def test_words_are_never_cut_in_the_middle_of_a_phrase() -> None:
    """The last phrases go first, and they are told."""
    phrases = [f"{color} flowers in a vase" for color in HairColor] * 2
    numbered = [f"{k} {phrase}" for k, phrase in enumerate(phrases)]
    prompt = write("a king, " + ", ".join(numbered))
    kept = [phrase for phrase in numbered if phrase in prompt.positive]
    assert kept == numbered[: len(kept)]
    assert prompt.cut == ", ".join(numbered[len(kept) :])
    assert 4 < len(kept) < len(numbered)


def test_what_is_emphasised_stays() -> None:
    """And what was asked for less goes first."""
    many = ", ".join(f"{k} flowers in a vase" for k in range(20))
    prompt = write(f"a king, (a weak old thing with many legs:0.8), {many}, (a red rose:1.3)")
    assert "(a red rose:1.3)" in prompt.positive
    assert "a weak old thing with many legs" in prompt.cut


def test_weights_are_no_words_that_a_model_reads() -> None:
    """Brackets and numbers take no room."""
    weighed = ", ".join(f"(moon {k}:1.25)" for k in range(9))
    prompt = write(f"a king, {weighed}")
    assert not prompt.cut
    assert count_clip_tokens(plain(prompt.positive)) <= TOKEN_LIMIT < count_clip_tokens(weighed)


def test_a_long_phrase_is_split_where_its_parts_begin() -> None:
    """What was written in one breath is cut where one could breathe."""
    words = " ".join(f"with a heavy sword {k} and a shield {k}" for k in range(20))
    prompt = write(f"a knight in a cloak {words}")
    assert prompt.cut.split(" ", 1)[0] in {"with", "and"}
    assert "as a knight, in a cloak with a heavy sword 0 and a shield 0" in prompt.positive


def test_neither_kind_of_own_words_crowds_out_the_other() -> None:
    """A long scene leaves room for the character's words, and they for it."""
    scene, own = "a moon, " * 200, "freckles on the nose, " * 8
    numbered = ", ".join(f"moon {k}" for k in range(200))
    looks = ", ".join(f"freckle {k}" for k in range(15))
    positive = write(numbered, own=looks).positive
    assert positive.count("freckle") > 8
    assert positive.count("moon") > 8
    assert write(scene, own=own).positive.count("a moon") == 1


def test_every_part_of_a_recipe_fits_its_own_room() -> None:
    """What is said beside the words never fills the prompt by itself."""
    for recipe in RECIPES.values():
        said = ", ".join((recipe.opening, recipe.framing, recipe.light, *recipe.quality))
        assert count_clip_tokens(said) < TOKEN_LIMIT / 2
        assert count_clip_tokens(", ".join(recipe.negative)) < TOKEN_LIMIT


LONG = (("happy", "calm", "serious"), ("vase", "garden", "meadow", "forest", "castle", "boat"))
"""Moods and places of more chefs than fit."""


def test_what_photos_show_takes_no_room_from_what_was_asked() -> None:
    """It is said where there is room, and nobody hears that their own words went for it."""
    shown = Traits(skin=Skin.BROWN, hair_color=HairColor.BLACK, glasses=Glasses.GLASSES)
    positive = write("a knight in a castle", recipe=POCKET, shown=shown).positive
    assert all(words in positive for words in ("black hair", "brown skin", "wearing glasses"))
    long = ", ".join(f"a {mood} chef in a {place}" for mood, place in product(*LONG))
    without = write(long, recipe=POCKET)
    assert without.cut
    assert write(long, recipe=POCKET, shown=shown).cut == without.cut
    told = write(long, shown, recipe=POCKET)
    assert all(words in told.positive for words in ("black hair", "brown skin", "wearing glasses"))


def test_hair_that_was_told_stays_when_what_photos_show_of_it_has_no_room() -> None:
    told, shown = Traits(hair_color=HairColor.RED), Traits(hair_length=HairLength.SHORT)
    roomy = write("a knight", told, recipe=POCKET, shown=shown).positive
    assert "red hair" in roomy
    assert "short hair" in roomy
    long = ", ".join(f"a {mood} chef in a {place}" for mood, place in product(*LONG))
    full = write(long, told, recipe=POCKET, shown=shown)
    assert full == replace(write(long, told, recipe=POCKET), negative=full.negative)
    assert "red hair" in full.positive
