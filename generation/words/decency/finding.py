"""What words would show: sexual things, minors, or both. What is not wanted is not shown."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generation.errors import Refusal
from generation.words.decency.ages import tells_of_a_minor
from generation.words.decency.lists import WordList, word_list
from generation.words.decency.unmasking import parted_words, readings, simple, spelt_runs


class SexualInGroup(Refusal):
    """The words are sexual, and are said in a group."""


class SexualWithMinors(Refusal):
    """The words are sexual and speak of minors, or are drawn with the traits of one."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`suggestive`: what nobody would mind of grown-ups."""

    sexual: bool = False
    suggestive: bool = False
    minors: bool = False

    def __or__(self, other: "Finding") -> "Finding":
        return Finding(
            self.sexual or other.sexual,
            self.suggestive or other.suggestive,
            self.minors or other.minors,
        )

    def refuse(self, *, child: bool = False, group: bool = False) -> None:
        """Raise SexualWithMinors, or in a group SexualInGroup.

        `child`: who is drawn is a minor by their traits.
        """
        if (self.sexual or self.suggestive) and (self.minors or child):
            raise SexualWithMinors
        if self.sexual and group:
            raise SexualInGroup


def find_in(wanted: str, unwanted: Sequence[str] = (), *, said: str = "") -> Finding:
    """Look through words that are to be shown, and what is to be left out.

    `said`: the words as their person wrote them, with the stars that a reading leaves out.
    """
    text = word_list("innocent").pattern.sub(" ", simple(wanted))
    # A word without stars is passed over whole: tried from each letter a long one takes minutes.
    starred = [one for one in re.findall(r"\w+(?:\*+\w+)*", said.casefold()) if "*" in one]

    def has(name: str) -> bool:
        return _has(word_list(name), text, starred)

    both = has("both")
    undressed = any(map(_is_cover, unwanted))
    return Finding(
        sexual=both or undressed or has("sexual"),
        suggestive=both or undressed or has("suggestive"),
        minors=both or has("minors") or tells_of_a_minor(text),
    )


def together(findings: Iterable[Finding]) -> Finding:
    found = Finding()
    for one in findings:
        found |= one
    return found


def _is_cover(item: str) -> bool:
    """Say whether nobody is dressed without it."""
    covers = word_list("covers").pattern
    return any(covers.fullmatch(one.strip()) for one in readings(item))


def _has(words: WordList, text: str, starred: Sequence[str]) -> bool:
    """Say whether one of a list's words is in a text, however it is masked."""
    innocent = word_list("innocent").pattern
    if any(words.found_in(innocent.sub(" ", one)) for one in readings(text)):
        return True
    if any(words.is_word(one) for word in parted_words(text) for one in readings(word)):
        return True
    spelt = [one for run in spelt_runs(text) for one in readings(run)]
    if any(words.found_in(one) or words.runs_through(one) for one in spelt):
        return True
    return any(words.masked(one) or words.found_in(one.replace("*", "")) for one in starred)
