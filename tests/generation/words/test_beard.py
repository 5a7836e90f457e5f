"""The colour of beards: the pocket model knows it as that of hair."""

from dataclasses import replace

import pytest

from generation.character import FacialHair, HairColor, HairLength, Traits
from generation.words.enhancer import PromptEnhancer
from generation.words.recipes import PHOTOGRAPH, POCKET, Recipe
from generation.words.wishes import Wishes

HAIRY = Traits(
    hair_color=HairColor.RED, hair_length=HairLength.LONG, facial_hair=FacialHair.MOUSTACHE
)
BALD = replace(HAIRY, hair_length=HairLength.BALD)


def looks(
    words: str,
    told: Traits | None = None,
    shown: Traits | None = None,
    recipe: Recipe = POCKET,
) -> list[str]:
    """List what a prompt says of hair and beards."""
    enhancer = PromptEnhancer(lambda text: len(text.split()), recipe=recipe)
    written = enhancer.write(told or Traits(), Wishes(words), shown or Traits()).positive
    said = ("bald", "hair", "beard", "moustache", "stubble")
    return [part for part in written.split(", ") if any(one in part for one in said)]


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (BALD, Traits()),
        (Traits(), BALD),
        (Traits(hair_length=HairLength.BALD), HAIRY),
        (Traits(hair_length=HairLength.BALD, facial_hair=FacialHair.MOUSTACHE), HAIRY),
        (Traits(hair_length=HairLength.BALD, hair_color=HairColor.RED), HAIRY),
    ],
)
def test_its_colour_is_said_whoever_told_of_either(told: Traits, shown: Traits) -> None:
    """Head and beard are said twice, or hair would grow."""
    head = ["bald head", "moustache"]
    assert looks("a king", told, shown) == [*head, *head, "red hair"]


def test_other_models_know_the_colour_of_a_beard() -> None:
    assert looks("a king", BALD, recipe=PHOTOGRAPH) == ["bald head", "red moustache"]


@pytest.mark.parametrize(("told", "shown"), [(HAIRY, Traits()), (Traits(), HAIRY)])
def test_who_is_bald_in_the_words_keeps_the_colour_of_the_beard(
    told: Traits, shown: Traits
) -> None:
    said = looks("a bald pirate", told, shown)
    assert sorted(said) == ["bald head"] * 2 + ["moustache"] * 2 + ["red hair"]
    assert said.index("moustache") < said.index("red hair")


@pytest.mark.parametrize(
    "words", ["a king with a beard", "a bearded king", "a beard", "a king with a long beard"]
)
def test_a_beard_that_the_words_name_has_the_colour_too(words: str) -> None:
    for told, shown in ((BALD, None), (None, BALD)):
        said = looks(words, told, shown)
        assert {"bald head", "beard", "red hair"} <= set(said)
        assert said.count("bald head") == 2
        assert "moustache" not in looks(words, told, shown)


@pytest.mark.parametrize(
    ("beard", "color"),
    [
        *(("white beard", "white"), ("grey beard", "gray"), ("long silver beard", "gray")),
        *(("dark red beard", "red"), ("(gray beard:1.4)", "gray")),
        *(("ginger beard", "red"), ("dark beard", "black"), ("blonde beard", "blond")),
    ],
)
def test_hair_has_the_colour_of_a_beard_that_the_words_name(beard: str, color: str) -> None:
    """A bald head too; and it is the only colour."""
    for words in (f"a king with a {beard}", f"a bald king with a {beard}", f"with a {beard}"):
        for told, shown in ((BALD, Traits()), (HAIRY, HAIRY), (Traits(), BALD), (Traits(), HAIRY)):
            said = looks(words, told, shown)
            assert any("beard" in one for one in said)
            assert f"{color} hair" in said
            assert color == "red" or not any("red" in one for one in said)


@pytest.mark.parametrize("words", ["an old bald king", "a bald old man", "an old man"])
@pytest.mark.parametrize("shown", [BALD, HAIRY])
def test_the_beard_of_an_old_bald_head_is_gray(words: str, shown: Traits) -> None:
    """It is drawn as on the face anyway: unsaid it was blue. Who is bald doesn't grow hair."""
    said = looks(words, shown=shown)
    if shown is BALD or "bald" in words:
        assert said.count("bald head") == 2
        assert "moustache" in said
    assert "gray hair" in said
    assert not any("red" in one for one in said)


@pytest.mark.parametrize(
    "words",
    [
        *("red hair", "a red-haired woman in a garden", "a king with long red hair and a beard"),
        *("with a red ponytail", "a man with glasses and red hair"),
    ],
)
def test_a_colour_of_hair_is_said_once_and_in_front(words: str) -> None:
    """Said twice it was that of the clothes, in 43 albums of 43."""
    enhancer = PromptEnhancer(lambda text: len(text.split()), recipe=POCKET)
    written = enhancer.write(Traits(), Wishes(words), HAIRY).positive
    assert written.count("red") == written.count("red hair") == 1
    assert written.index("red hair") < written.index("highly detailed")
    assert ", hair" not in written


@pytest.mark.parametrize("words", ["a king with an auburn beard", "a Red-bearded king"])
def test_clothes_are_not_dyed_with_the_beard(words: str) -> None:
    """Clothes had the colour that stood beside a word which knows none."""
    enhancer = PromptEnhancer(lambda text: len(text.split()), recipe=POCKET)
    written = enhancer.write(HAIRY, Wishes(words)).positive
    assert written.count("red") == written.count("red hair") == 1
    assert "auburn" not in written
    assert "a beard" in written or ", beard" in written
    assert "an beard" not in written


def test_what_people_say_of_their_beard_counts_like_the_words_of_an_album() -> None:
    """Their own words stand in each album; an album's words come first."""
    enhancer = PromptEnhancer(lambda text: len(text.split()), recipe=POCKET)

    def written(words: str) -> str:
        return enhancer.write(HAIRY, Wishes(words, own="with a gray beard"), HAIRY).positive

    assert "gray hair" in written("a king")
    assert "red" not in written("a king")
    assert "gray beard" not in written("a king")
    assert "white hair" in written("a king with a white beard")
    assert "gray" not in written("a king with a white beard")


def test_hair_that_the_words_name_keeps_its_colour_beside_any_beard() -> None:
    for words in (
        "a gray-haired king with a white beard",
        "a king with gray hair and a white beard",
    ):
        said = looks(words, HAIRY, HAIRY)
        assert any("gray hair" in one for one in said)
        assert not any("white hair" in one or "red" in one for one in said)


def test_a_colour_that_nobody_is_born_with_is_the_only_one_too() -> None:
    """But for one that is never drawn: then the beard's is."""
    said = looks("a wizard with pink hair and a white beard", HAIRY)
    assert not any("white hair" in one for one in said)
    said = looks("a wizard with purple hair and a white beard", HAIRY)
    assert "white hair" in said


def test_hair_that_is_ruled_out_is_not_said_of_a_beard() -> None:
    enhancer = PromptEnhancer(lambda text: len(text.split()), recipe=POCKET)
    wishes = Wishes("a king with a gray beard", ("gray hair",))
    assert "gray hair" not in enhancer.write(HAIRY, wishes).positive


def test_a_trolls_beard_keeps_its_colour() -> None:
    enhancer = PromptEnhancer(lambda text: len(text.split()), recipe=POCKET)
    wishes = Wishes("a king fighting a troll with a gray beard", own="gray beard")
    assert "a troll with a gray beard" in enhancer.write(HAIRY, wishes).positive


def test_what_is_weakened_dyes_no_hair() -> None:
    assert "long red hair" in looks("a king with a (gray beard:0.5)", HAIRY)[0]


def test_other_peoples_beards_dye_no_hair() -> None:
    for words in ("a king fighting a demon with a white beard", "a boy among white-bearded monks"):
        assert looks(words, HAIRY)[0] == "long red hair"


def test_other_models_are_told_hair_and_beard_apart() -> None:
    said = looks("a king with a white beard", HAIRY, recipe=PHOTOGRAPH)
    assert "long red hair" in said
    assert "white hair" not in said


@pytest.mark.parametrize(
    "words", ["a pirate with a bald eagle", "a king among bald monks", "a man with a bald spot"]
)
def test_what_else_is_bald_leaves_the_hair_alone(words: str) -> None:
    assert "bald head" not in looks(words, HAIRY)
    assert "red hair" not in looks(words, HAIRY)[1:]


def test_without_a_beard_a_bald_head_has_no_colour() -> None:
    shaven = replace(BALD, facial_hair=FacialHair.NONE)
    assert looks("a king", shaven) == ["bald head"]
    assert looks("a king", Traits(hair_length=HairLength.BALD), shaven) == ["bald head"]
    assert set(looks("a bald king", replace(HAIRY, facial_hair=None))) == {"bald head"}


def test_hair_is_never_said_of_a_beard_alone() -> None:
    """Who has hair says its colour once."""
    assert looks("a king", HAIRY) == ["long red hair", "moustache"]
