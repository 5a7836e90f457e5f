"""Prompts of the pocket model, with the words that it ships with."""

import pytest

from generation.character import Character, HairColor, HairLength, Skin, Traits
from generation.models.catalogue import POCKET_WEIGHTS
from generation.words.prompt import Prompt
from generation.words.recipes import PHOTOGRAPH, POCKET, Recipe
from generation.words.russian.dictionary import Dictionary
from generation.words.russian.translator import RussianTranslator
from generation.words.style import Style
from generation.words.styles import load_styles
from generation.words.vocabulary import EVERY_WORD, Vocabulary
from generation.words.writer import PromptWriter
from tests.support.clip_tokenizer import count_clip_tokens

SHIPPED_STYLES = [entry.style for entry in load_styles().values()]
SHOWN = Traits(hair_color=HairColor.BLACK, hair_length=HairLength.SHORT, skin=Skin.FAIR)
WHO = "portrait of a person, clear face, short black hair, fair skin"
TAIL = "highly detailed, sharp focus"


def writer(recipe: Recipe = POCKET) -> PromptWriter:
    small = recipe is POCKET
    return PromptWriter(
        count_clip_tokens,
        vocabulary=Vocabulary.of(POCKET_WEIGHTS) if small else EVERY_WORD,
        recipe=recipe,
        translator=RussianTranslator(Dictionary()),
    )


def write(words: str, style: Style | None = None, recipe: Recipe = POCKET) -> Prompt:
    return writer(recipe).write(Character("", (), Traits(), shown=SHOWN), words, style)


def scene(prompt: Prompt) -> str:
    start, end = f"{WHO}, ", f", {TAIL}"
    assert prompt.positive.startswith(start)
    assert end in prompt.positive
    return prompt.positive.removeprefix(start).partition(end)[0]


@pytest.mark.parametrize(
    ("words", "read", "unknown"),
    [
        ("a doctor", "a doctor, plain background", ()),
        ("smiling", "smiling, plain background", ()),
        ("a knight in the snow", "a knight in the snow", ()),
        (
            "a samurai under cherry blossoms",
            "a samurai, in a garden",
            ("cherry", "blossoms"),
        ),
        ("drinking coffee in Paris", "in the city", ("drinking", "coffee", "Paris")),
        ("with a cat", "plain background", ("cat",)),
        (
            "climbing with a rope and a backpack in the mountains",
            "in the mountains",
            ("climbing", "rope", "backpack"),
        ),
        (
            "a doctor (with a dragon and a hat:1.3) in the snow",
            "a doctor (with a hat:1.3) in the snow",
            ("dragon",),
        ),
        ("a knight in a castle, (a dragon:1.4)", "a knight in a castle", ("dragon",)),
        (
            "a knight (dragon near a castle:1.3)",
            "a knight (dragon near a castle:1.3)",
            ("dragon",),
        ),
        (
            "a doctor (dragon and hat:1.3) (hat and dragon:1.2)",
            "a doctor (dragon and hat:1.3) (hat and dragon:1.2), in a castle",
            ("dragon",),
        ),
        ("a doctor, without a castle", "a doctor, plain background", ()),
        ("with hazel eyes", "with brown eyes, plain background", ()),
        ("ocean blue eyes", "blue eyes, plain background", ()),
        ("in a black castle", "in a castle", ("black castle",)),
        ("в чёрном замке", "in a castle", ("чёрном замке",)),
        ("sitting on a rock", "plain background", ("sitting", "rock")),
        ("under a tree", "in the forest", ("tree",)),
        ("Batman", "superhero, in the city", ()),
        ("рыцарь без фона", "knight, plain background", ()),
        ("у озера на закате", "at sunset", ("озера",)),
        ("на новый год", "in the snow", ("новый год",)),
        ("рыцарь с драконом", "knight, in a castle", ("драконом",)),
        ("пират с попугаем", "pirate, at sea", ("попугаем",)),
        ("на велосипеде в парке", "in a garden", ("велосипеде",)),
    ],
)
def test_it_reads_what_it_knows_and_where_somebody_is(
    words: str, read: str, unknown: tuple[str, ...]
) -> None:
    """What it doesn't know is named and left out, and a place is said if the words say none."""
    prompt = write(words)
    assert scene(prompt) == read
    assert prompt.unknown == unknown


@pytest.mark.parametrize(
    ("words", "unknown"),
    [
        ("my mom at sea", ()),
        ("my blonde wife as a queen", ()),
        ("my dad as a king with his brother", ("brother",)),
        ("with my wife at sea", ("wife",)),
    ],
)
def test_who_the_person_is_to_others_is_not_missed(words: str, unknown: tuple[str, ...]) -> None:
    """Somebody's mother is drawn: it is her photo."""
    assert write(words).unknown == unknown


@pytest.mark.parametrize(
    ("words", "looks"),
    [
        ("with long hair", "long hair, black hair, fair skin"),
        ("a ginger knight", "red hair, short hair, fair skin"),
        ("with golden locks", "long blond hair, fair skin"),
        ("a woman with a silver bob", "short gray hair, fair skin"),
        ("a curly-haired chef", "curly hair, short black hair, fair skin"),
        ("a black man", "dark skin, short black hair"),
        ("porcelain skin", "pale skin, short black hair"),
        ("with red glasses", "wearing glasses, short black hair, fair skin"),
        ("with messy hair", "short black hair, fair skin"),
    ],
)
def test_looks_are_said_as_it_knows_them(words: str, looks: str) -> None:
    """What the words leave open of hair is as on the photo."""
    positive = write(words).positive
    said = positive.partition("clear face, ")[2].removeprefix("clean-shaven, without glasses, ")
    assert said.startswith(f"{looks}, ")


def test_a_place_that_is_not_wanted_is_ruled_out_only() -> None:
    """A king without a castle stands before nothing."""
    prompt = writer().write(
        Character("", (), Traits(), shown=SHOWN), "a wizard, no forest, no backpack"
    )
    assert scene(prompt) == "a wizard, plain background"
    assert prompt.negative.startswith("forest, ")
    assert "backpack" not in prompt.negative


def test_what_is_ruled_out_is_so_as_a_whole_or_not_at_all() -> None:
    """Who wants no ugly face wants a face."""
    sitter = Character("", (), Traits(), shown=SHOWN)
    words = "a king, no ugly face, no messy hair, no boring background, no red hat"
    negative = writer().write(sitter, words).negative.split(", ")
    assert "red hat" in negative
    assert not {"face", "hair", "background"} & set(negative)


def test_each_scene_of_a_story_has_its_place() -> None:
    """A chef's is the kitchen in all scenes that name none, and nobody's is nowhere."""
    sitter = Character("", (), Traits(), shown=SHOWN)
    story = writer().story(sitter, ("a chef", "in the rain", "sleeping"))
    for prompt, place in zip(story, ("in a kitchen", "in the rain", "in a kitchen"), strict=True):
        assert place in prompt.positive
    for prompt in writer().story(sitter, ("smiling", "sleeping")):
        assert "plain background" in prompt.positive


def test_a_style_may_say_the_place() -> None:
    """An owner's style of beaches is not put before a plain background."""
    style = Style("beach", words="on a beach")
    assert "plain background" not in write("smiling", style).positive
    assert "plain background" in write("smiling").positive


def test_what_a_story_holds_is_read_like_its_words() -> None:
    """A sari is no clothes that it knows in any of the scenes; its colour is."""
    sitter = Character("", (), Traits(), shown=SHOWN)
    for prompt in writer().story(sitter, ("in a red sari", "on a beach", "sleeping")):
        assert "in red," in prompt.positive
        assert "sari" not in prompt.positive


@pytest.mark.parametrize("style", SHIPPED_STYLES, ids=lambda style: style.name)
def test_a_shipped_style_says_a_place_only_if_it_is_read(style: Style) -> None:
    """A shallow depth of field is no field, and a comic book no library."""
    prompt = write("a king", style).positive
    assert "garden" not in prompt
    assert "library" not in prompt
    assert any(place in prompt for place in ("castle", "studio", "city at night"))


def test_what_an_emptied_piece_was_followed_by_stands_by_itself() -> None:
    """A long phrase is read in pieces."""
    zoo = "juggling crocodiles dragons unicorns penguins giraffes hippos elephants rhinos zebras"
    assert scene(write(f"{zoo} {zoo} on a beach with a hat")) == "on a beach with a hat"


def test_words_that_it_does_not_know_take_no_room() -> None:
    """What comes after a long list of them is drawn."""
    strange = ", ".join(f"zorg{place} blat" for place in range(60))
    assert scene(write(f"{strange}, a knight on a beach")) == "a knight on a beach"


def test_models_that_know_every_word_read_all_of_them() -> None:
    """Nothing is left out, and nothing added: they draw a place themselves."""
    positive = write("a samurai under cherry blossoms", recipe=PHOTOGRAPH).positive
    assert "samurai under cherry blossoms" in positive
    assert "garden" not in positive
    assert "background" not in positive
