"""A story's text: its scenes, and the options among them."""

import pytest

from generation.words.reading import Remark
from generation.words.story import TooFewScenes, TooManyScenes, read_story


@pytest.mark.parametrize(
    ("text", "scenes"),
    [
        ("a knight | a pirate", ("a knight", "a pirate")),
        ("a knight|a pirate|", ("a knight", "a pirate")),
        ("a knight || \u200b | a pirate", ("a knight", "a pirate")),
        ("a knight\na pirate\n\na witch", ("a knight", "a pirate", "a witch")),
        ("a knight |\na pirate |\na witch", ("a knight", "a pirate", "a witch")),
        ("1. a knight\n2. a pirate", ("a knight", "a pirate")),
        ("1) a knight | 2) a pirate", ("a knight", "a pirate")),
        ("- a knight\n- a pirate", ("a knight", "a pirate")),
        ("Scene 1: a knight Scene 2: a pirate", ("a knight", "a pirate")),
        ("Сцена 1: рыцарь\nСцена 2: пират", ("рыцарь", "пират")),
        ("a knight ｜ a pirate", ("a knight", "a pirate")),
        ("an 80 year old man | 3 knights", ("an 80 year old man", "3 knights")),
        ("🙂 | a knight | 🚀 | a pirate 🏴‍☠️", ("a knight", "a pirate")),
        ("a knight without a helmet | a pirate", ("a knight without a helmet", "a pirate")),
        ("without a hat | a pirate", ("without a hat", "a pirate")),
    ],
)
def test_scenes_are_parted_as_people_part_them(text: str, scenes: tuple[str, ...]) -> None:
    """By bars, lines, numbers or headings; what says nothing is no scene."""
    reading, found = read_story(text)
    assert found == scenes
    assert reading.words == " | ".join(scenes)


@pytest.mark.parametrize(
    "text",
    [
        "a knight --seed 7 --style oil | a pirate",
        "a knight | a pirate --style oil --seed 7",
        "--style oil | a knight | a pirate | --seed 7",
        "a knight\na pirate\n--style oil --seed 7",
    ],
)
def test_an_option_counts_for_the_whole_story(text: str) -> None:
    """Wherever it stands; alone it is no scene."""
    reading, scenes = read_story(text)
    assert (reading.options.seed, reading.options.style) == (7, "oil")
    assert scenes == ("a knight", "a pirate")


@pytest.mark.parametrize(
    "text",
    [
        "a knight | a pirate --no hat, crowd",
        "a knight --no hat, crowd | a pirate",
        "a knight\na pirate\nNegative prompt: hat, crowd",
        "a knight\n--no hat | a pirate --no crowd",
    ],
)
def test_what_is_listed_as_unwanted_is_unwanted_in_all_scenes(text: str) -> None:
    """What a scene's own words rule out is ruled out there alone."""
    reading, scenes = read_story(text)
    assert reading.words == "a knight | a pirate --no hat, crowd"
    assert scenes == ("a knight --no hat, crowd", "a pirate --no hat, crowd")


def test_nothing_is_passed_over_in_silence() -> None:
    """Options that contradict, a count, emoji and a scene that only rules something out."""
    text = "a knight 🙂 --seed 7 | without a hat --count 4 | a pirate --seed 8"
    reading, _ = read_story(text)
    assert reading.options.seed == 8
    assert {remark.kind for remark in reading.remarks} == {
        "twice", "emoji", "only-unwanted", "option",
    }  # fmt: skip
    assert Remark("option", "--count 4") in reading.remarks


@pytest.mark.parametrize(
    "text",
    [
        "a knight without a helmet | a knight with a helmet",
        "a king with a beard | a king without a beard",
        "рыцарь без шлема\nрыцарь в шлеме",
    ],
)
def test_scenes_do_not_contradict_each_other(text: str) -> None:
    """Each is drawn as it says: there is nothing to remark."""
    assert read_story(text)[0].remarks == ()


def test_each_scene_has_its_own_remarks() -> None:
    """That one rules out everything is no reason to be silent about another."""
    reading, _ = read_story("without a hat | no beard | a knight with a helmet, no helmet")
    assert [remark.kind for remark in reading.remarks] == [
        "only-unwanted", "only-unwanted", "contradiction",
    ]  # fmt: skip


def test_what_is_ruled_out_in_all_scenes_contradicts_any() -> None:
    """It is said where a scene asks for it."""
    reading, _ = read_story("a knight with a helmet | a pirate --no helmet")
    assert "contradiction" in {remark.kind for remark in reading.remarks}


@pytest.mark.parametrize("text", ["a knight", "a knight |", "| |", "🙂 | 🚀", "a knight\n--seed 7"])
def test_one_scene_is_no_story(text: str) -> None:
    with pytest.raises(TooFewScenes):
        read_story(text)


def test_a_story_is_one_album() -> None:
    """Ten scenes are one; the eleventh has no room in it."""
    ten = [f"a knight in town {number}" for number in range(10)]
    assert read_story("|".join(ten))[1] == tuple(ten)
    with pytest.raises(TooManyScenes):
        read_story("|".join([*ten, "the end"]))
