"""From a person's words to a prompt, with a translator that knows a few of them."""

from dataclasses import replace

import pytest

from generation.character import (
    Character,
    FacialHair,
    Gender,
    Glasses,
    HairColor,
    HairLength,
    Skin,
    Traits,
)
from generation.models.catalogue import POCKET_WEIGHTS
from generation.words.recipes import PHOTOGRAPH, POCKET
from generation.words.russian.dictionary import Dictionary
from generation.words.russian.translator import RussianTranslator
from generation.words.style import Style
from generation.words.translator import NotTranslated, Translation
from generation.words.vocabulary import EVERY_WORD, Vocabulary
from generation.words.writer import PromptWriter
from tests.support.clip_tokenizer import count_clip_tokens

ANN = Character("Ann", (b"",), Traits(gender=Gender.WOMAN))


KNOWN = {
    "рыцарь": "a knight",
    "в": "in",
    "лесу": "a forest",
    "очки": "glasses",
    "веснушки": "freckles",
}


class Phrasebook:
    """Translates what it knows, word by word."""

    def translate(self, words: str) -> Translation:
        parts = words.replace(",", " ,").split()
        unknown = tuple(part for part in parts if part.isalpha() and part not in KNOWN)
        known = [KNOWN.get(part, part) for part in parts if part not in unknown]
        if not any(part.strip(",") for part in known):
            raise NotTranslated(words=words)
        return Translation(" ".join(known).replace(" ,", ","), unknown)


def writer(*, translates: bool = True) -> PromptWriter:
    return PromptWriter(
        count_clip_tokens,
        vocabulary=EVERY_WORD,
        recipe=PHOTOGRAPH,
        translator=Phrasebook() if translates else None,
    )


def test_what_is_not_wanted_goes_to_the_negative_prompt() -> None:
    """And out of the positive one."""
    prompt = writer().write(ANN, "a knight in a forest, without glasses, no hat")
    assert prompt.positive.startswith("photo of a woman as a knight in a forest, upper body")
    assert prompt.negative.startswith("glasses, hat, sunglasses, man, nsfw")
    assert prompt.english == ""


def test_russian_words_are_written_in_english() -> None:
    """Both what is wanted and what isn't; the English can be shown, and read again."""
    prompt = writer().write(ANN, "рыцарь в лесу, без очков")
    assert prompt.positive.startswith("photo of a woman as a knight in a forest, upper body")
    assert prompt.negative.startswith("glasses, sunglasses, ")
    assert prompt.english == "a knight in a forest, without glasses"
    again = writer().write(ANN, prompt.english)
    assert (again.positive, again.negative) == (prompt.positive, prompt.negative)


def test_what_has_no_english_is_named() -> None:
    """A word is told; if none is left, nothing is drawn."""
    assert writer().write(ANN, "рыцарь в лесу абракадабра").unknown == ("абракадабра",)
    assert writer().write(ANN, "рыцарь, без абракадабры").unknown == ("абракадабра",)
    with pytest.raises(NotTranslated):
        writer().write(ANN, "абракадабра")


@pytest.mark.parametrize(
    ("words", "unknown"),
    [
        ("рыцарь без абракадабры", ()),
        ("рыцарь в лесу --no абракадабра, очки", ()),
        ("a knight without an abracadabra", ()),
        ("рыцарь абракадабра", ("абракадабра",)),
    ],
)
def test_nobody_misses_what_they_did_not_want(words: str, unknown: tuple[str, ...]) -> None:
    """A model with a list of words draws nothing else: it is not there, as was asked for."""
    small = Vocabulary({word: word for word in ("knight", "forest", "glasses")})
    pocket = PromptWriter(
        count_clip_tokens, vocabulary=small, recipe=POCKET, translator=Phrasebook()
    )
    assert pocket.write(ANN, words).unknown == unknown
    looks = Character("Ann", (b"",), Traits(words="без абракадабры"))
    assert pocket.write(looks, words).unknown == unknown


@pytest.mark.parametrize(
    ("words", "missed"),
    [
        ("a knight with a little girl in a forest", {"girl"}),
        ("рыцарь с девочкой в лесу", {"девочкой"}),
        ("король в пальто и его королева", {"королева", "пальто"}),
    ],
)
def test_company_is_missed_in_the_words_that_were_said(words: str, missed: set[str]) -> None:
    """The pocket model draws one person, and a king in no coat."""
    pocket = PromptWriter(
        count_clip_tokens,
        vocabulary=Vocabulary.of(POCKET_WEIGHTS),
        recipe=POCKET,
        translator=RussianTranslator(Dictionary()),
    )
    prompt = pocket.write(Character("Ann", (b"",), shown=Traits()), words)
    assert set(prompt.unknown) - {"little"} == missed
    assert not {"girl", "queen"} & set(prompt.positive.split())


def test_a_correction_is_drawn_instead() -> None:
    """Its person knows better what they meant; it is read like any words."""
    prompt = writer().write(ANN, "рыцарь в лесу", english="a king, no crown")
    assert prompt.positive.startswith("photo of a woman as a king, ")
    assert prompt.negative.startswith("crown, ")
    assert prompt.english == "a king, no crown"


def test_words_about_looks_are_read_too() -> None:
    """With their negations, in both languages; what can't be translated keeps nobody waiting."""
    traits = Traits(words="веснушки, без очков")
    prompt = writer().write(Character("Ann", (b"",), traits), "a king")
    assert "as a king, freckles, " in prompt.positive
    assert "glasses, sunglasses" in prompt.negative
    prompt = writer().write(Character("Ann", (b"",), Traits(words="абракадабра")), "a king")
    assert prompt.unknown == ("абракадабра",)
    prompt = writer().write(Character("Ann", (b"",), Traits(words="a scar --seed x")), "a king")
    assert "a scar" in prompt.positive


def test_without_a_translator_words_stay_as_they_are() -> None:
    """A model may know them."""
    assert "рыцарь в лесу" in writer(translates=False).write(ANN, "рыцарь в лесу").positive


SCENES = ("a knight in a red cloak", "in a forest, no people", "at sea")


def test_a_story_holds_person_clothes_and_style() -> None:
    """Each scene has a prompt of its own, and nothing of another's."""
    style = Style("oil", "brush strokes", medium="oil painting")
    ann = Character("Ann", (b"",), Traits(gender=Gender.WOMAN, glasses=Glasses.GLASSES))
    prompts = writer().story(ann, SCENES, style)
    assert len(prompts) == 3
    for prompt in prompts:
        assert prompt.positive.startswith("oil painting of a woman ")
        assert "wearing glasses" in prompt.positive
        assert "in a red cloak" in prompt.positive
        assert "knight" in prompt.positive
        assert "brush strokes" in prompt.positive
    assert ["forest" in prompt.positive for prompt in prompts] == [False, True, False]
    assert ["crowd" in prompt.negative for prompt in prompts] == [False, True, False]


BOB = Character(
    "Bob",
    (b"",),
    shown=Traits(
        hair_color=HairColor.BLACK,
        hair_length=HairLength.LONG,
        skin=Skin.TAN,
        facial_hair=FacialHair.BEARD,
    ),
)


@pytest.mark.parametrize(
    "scenes",
    [
        ("an old man in a boat", "in a storm"),
        ("an elderly man in a boat", "in a storm"),
        ("in a boat", "in a castle, an old king", "in a storm"),
        ("a grandmother in a boat", "in a storm"),
        ("a man aged 80", "in a storm"),
    ],
)
def test_who_is_old_in_one_scene_has_gray_hair_in_all(scenes: tuple[str, ...]) -> None:
    """A photo of today shows no hair of that age, and no chin, in none of them."""
    pocket = PromptWriter(count_clip_tokens, vocabulary=EVERY_WORD, recipe=POCKET)
    for prompt in pocket.story(BOB, scenes):
        assert "gray hair" in prompt.positive
        assert "tan skin" in prompt.positive
        assert not any(one in prompt.positive for one in ("black", "long", "beard"))


@pytest.mark.parametrize("scenes", [("a knight", "in a storm"), ("a man in a boat", "at sea")])
def test_others_look_in_all_scenes_as_on_their_photo(scenes: tuple[str, ...]) -> None:
    pocket = PromptWriter(count_clip_tokens, vocabulary=EVERY_WORD, recipe=POCKET)
    for prompt in pocket.story(BOB, scenes):
        assert "long black hair" in prompt.positive
        assert "beard" in prompt.positive


def test_who_is_bald_stays_so_in_a_story_of_their_old_age() -> None:
    bald = replace(BOB, shown=replace(BOB.shown, hair_length=HairLength.BALD))
    pocket = PromptWriter(count_clip_tokens, vocabulary=EVERY_WORD, recipe=POCKET)
    for prompt in pocket.story(bald, ("an old man in a boat", "in a storm")):
        assert "bald head, beard, gray hair" in prompt.positive


def test_a_girls_story_keeps_her_hair() -> None:
    pocket = PromptWriter(count_clip_tokens, vocabulary=EVERY_WORD, recipe=POCKET)
    for prompt in pocket.story(BOB, ("a girl in a boat", "in a storm")):
        assert "long black hair" in prompt.positive
        assert "beard" not in prompt.positive


def test_a_beard_has_one_colour_in_all_scenes() -> None:
    pocket = PromptWriter(count_clip_tokens, vocabulary=EVERY_WORD, recipe=POCKET)
    for prompt in pocket.story(BOB, ("a king with a gray beard", "in a storm")):
        assert "gray hair" in prompt.positive
        assert "black" not in prompt.positive
        assert "gray beard" not in prompt.positive


def test_a_scene_says_what_it_has_of_its_story() -> None:
    """So that it can be drawn alone in the same clothes."""
    first, second = writer().story(ANN, ("in a castle, wearing a red coat", "in a forest"))
    assert first.costume == ""
    assert "red coat" in second.costume
    assert writer().write(ANN, "in a forest").costume == ""


def test_a_story_can_be_corrected() -> None:
    """Scene by scene; with another number of scenes nobody knows which is which."""
    first, second = writer().story(ANN, ("рыцарь", "в лесу"), english="a king | in a castle")
    assert ("as a king" in first.positive, "in a castle" in second.positive) == (True, True)
    assert (first.english, second.english) == ("a king", "in a castle")
    first, _ = writer().story(ANN, ("рыцарь", "в лесу"), english="a king")
    assert first.english == "a knight"


def test_the_pocket_model_reads_denials_and_its_own_words() -> None:
    """It learned "without glasses", and plurals it didn't."""
    pocket = PromptWriter(count_clip_tokens, vocabulary=EVERY_WORD, recipe=POCKET)
    prompt = pocket.write(ANN, "a knight, no glasses")
    assert "clear face, without glasses, a knight" in prompt.positive
    assert prompt.negative.startswith("glasses, sunglasses, ")
