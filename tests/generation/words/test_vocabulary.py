"""Which words of a text a model knows."""

from pathlib import Path

import pytest

from generation.models.catalogue import CATALOGUE
from generation.models.resolve import resolve
from generation.words.vocabulary import EVERY_WORD, FILE, Vocabulary
from handlers.albums import ideas
from handlers.texts import Texts

POCKET = resolve("pocket").vocabulary


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("a knight in shining armour in front of a castle", []),
        ("An astronaut on the moon, oil painting", []),
        ("a pirate with a violin", ["violin"]),
        ("a PIRATE with a VIOLIN, and another Violin", ["VIOLIN", "another"]),
        ("me as a king, please; draw me so!", []),
        ("knights, witches and glasses in cities", []),
        ("a violin’s case, “drums” (and) flutes", ["violin’s", "case", "drums", "flutes"]),
        ("the king's castle and the sailor’s ship", []),
        ("a clean-shaven rock-star with pirate-glasses", []),
        ("a sci-fi knight, half-pirate", ["sci-fi", "half-pirate"]),
        ("grey hair, a bearded lady", []),
        ("a knighthood", ["knighthood"]),
        ("a 🎻 ... --- 😀", []),
        ("пират на пляже", ["пират", "пляже"]),
        ("Пират в море with a hat", ["Пират", "море"]),
        ("小提琴 ไวโอลิน, a chef", ["小提琴", "ไวโอลิน"]),
        ("a rock star under palm trees in rainy weather", []),
        ("oil painting, painted in oil, oil on canvas", ["canvas"]),
        ("olive oil", ["oil"]),
        ("a movie star on a rock among trees", ["movie", "star", "rock", "trees"]),
        ("", []),
    ],
)
def test_words_that_nothing_is_drawn_for_are_named(text: str, unknown: list[str]) -> None:
    """Each once, as it is written; small words never."""
    assert POCKET.unknown(text) == tuple(unknown)


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("a knight without violin", []),
        ("no violin, no drum", []),
        ("without a violin or a drum, on a bicycle", ["bicycle"]),
        ("a king without any old violin in a spaceship", ["spaceship"]),
        ("with a violin, without glasses", ["violin"]),
    ],
)
def test_what_shall_not_be_there_is_not_missed(text: str, unknown: list[str]) -> None:
    """Who wants no violin gets none."""
    assert POCKET.unknown(text) == tuple(unknown)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Two knights, in (cities)!", "Two knight, in (city)!"),
        ("the witches' castle", "the witch' castle"),
        ("glasses and clothes", "glasses and clothes"),
        ("a KING with violins", "a KING with violins"),
        ("grey armor", "gray armour"),
        ("пираты", "пираты"),
    ],
)
def test_words_are_given_the_form_that_the_model_knows(text: str, read: str) -> None:
    """The pocket model draws a pirate, and for pirates nothing."""
    assert POCKET.in_its_words(text) == read


@pytest.mark.parametrize("name", [*(model.name for model in CATALOGUE), "someone/portraits"])
def test_a_model_of_the_hub_knows_every_word(name: str) -> None:
    """It was taught with all that people write beside pictures; its prompts stay as they are."""
    vocabulary = resolve(name).vocabulary
    assert vocabulary.unknown("zorgblat пират") == ()
    assert vocabulary.in_its_words("two Knights  and grey hair") == "two Knights  and grey hair"


def test_the_pocket_model_knows_every_idea_of_the_bot() -> None:
    """Who takes an idea, or a story, gets it."""
    say = Texts().say("en")
    for name in (*ideas.POCKET, *ideas.TALES):
        assert POCKET.unknown(ideas.words_of(say, name)) == (), name


def test_a_directory_may_list_its_words(tmp_path: Path) -> None:
    """A word a line, and others that are read as it; without a list every word is known."""
    assert Vocabulary.of(tmp_path) == EVERY_WORD
    (tmp_path / FILE).write_text("violin fiddle\ndrum\n")
    vocabulary = Vocabulary.of(tmp_path)
    assert vocabulary.unknown("a pirate with fiddles and a drum") == ("pirate",)
    assert vocabulary.in_its_words("with fiddles") == "with violin"
