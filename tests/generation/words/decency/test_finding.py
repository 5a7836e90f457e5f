"""What is refused and what is not: words that people mask, and words that only look so."""

import tomllib
from pathlib import Path

import pytest

from generation.errors import Refusal
from generation.words.decency.finding import (
    Finding,
    SexualInGroup,
    SexualWithMinors,
    find_in,
    together,
)  # fmt: skip
from generation.words.reading import read

WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def found(text: str) -> Finding:
    reading = read(text)
    return find_in(reading.wanted, reading.unwanted, said=text)


def refusal(text: str, *, group: bool, child: bool = False) -> type[Refusal] | None:
    try:
        found(text).refuse(group=group, child=child)
    except Refusal as error:
        return type(error)
    return None


@pytest.mark.parametrize("text", WORDS["group"])
def test_sexual_words_are_refused_in_groups_only(text: str) -> None:
    """What grown-ups ask for among themselves is theirs; a group has others in it."""
    assert refusal(text, group=True) is SexualInGroup
    assert refusal(text, group=False) is None


@pytest.mark.parametrize("text", WORDS["minors"])
def test_sexual_words_with_minors_are_refused_everywhere(text: str) -> None:
    """In private too; and it is not said that another chat would help."""
    assert refusal(text, group=False) is SexualWithMinors
    assert refusal(text, group=True) is SexualWithMinors


@pytest.mark.parametrize("text", WORDS["allowed"])
def test_what_only_looks_so_is_drawn(text: str) -> None:
    """A word inside another one, a sword, a county, a child who plays: a false alarm hurts."""
    assert refusal(text, group=True) is None


@pytest.mark.parametrize("text", ["nude portrait", "a sexy pirate", "голая", "without clothes"])
def test_traits_of_a_child_count_as_words(text: str) -> None:
    """Who says nothing of an age, and is drawn as a child, is one."""
    assert refusal(text, group=False, child=True) is SexualWithMinors


def test_a_storys_scenes_count_together() -> None:
    """A child in one scene and nudity in another are one album."""
    both = together([found("a child on a swing"), found("a nude woman")])
    with pytest.raises(SexualWithMinors):
        both.refuse()


def test_there_is_enough_of_each_sort() -> None:
    """So that nobody thins the lists out unawares."""
    assert all(len(words) >= 60 and len(set(words)) == len(words) for words in WORDS.values())
