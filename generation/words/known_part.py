"""What is left of a phrase without the words that nothing is drawn for.

They aren't ignored: for a "breathtaking panorama" the pocket model drew kings
(docs/decisions/0059-a-place-for-everybody.md).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generation.words.named import COLOURS, GARMENTS, names
from generation.words.people import PEOPLE
from generation.words.roles import is_role
from generation.words.vocabulary import SMALL, Vocabulary, beside, words_of

_JOINS = frozenset(("and", "or", "и", "или"))

_ARTICLES = frozenset(("a", "an", "the", "some", "any"))

_LEADS = SMALL | {"wearing"}
"""Words that lead to others, and say nothing without them."""

_WORN = frozenset(("in", "wearing"))
"""What leads to clothes."""

_NO_CLOTHES = re.compile(
    r"(?:(?:sports?|race|racing|police|cable)?cars?|taxi|cab|bus|truck|van|jeep|limousine|convertible"
    r"|ferrari|porsche|lamborghini|mustang|bmw|mercedes|tesla|cadillac|train|plane|airplane|helicopter"
    r"|boat|yacht|canoe|kayak|submarine|spaceship|rocket|balloon|carriage|sleigh|tent|house|hut|cabin"
    r"|mansion|palace|church|temple|tower|room|bedroom|bathroom|office|hall|bar|cafe|pool|bathtub|bath"
    r"|bed|chair|armchair|boot|shoe|sneaker|heel|sandal|sock|stocking|glove|scar(?:f|ve)|belt|tie|turban|helmet|mask|veil|hood|bandana|headband|box|frame|cage|circle|light|lighting|fog|mist|smoke|sky|clouds?|hands?)s?",
    re.IGNORECASE,
)
"""What somebody may be in that are no clothes: nobody drawn is in red for a red car, or boots."""

_GARMENT = re.compile(GARMENTS, re.IGNORECASE)
"""What is worn, wherever it is said: the model draws clothes of any colour."""

_COLOUR = re.compile(COLOURS, re.IGNORECASE)
_LOOK = re.compile(
    rf"{COLOURS}|long|short|medium|curly|shining|old|elderly|young|adult|bald", re.IGNORECASE
)
"""What is said before a noun, and would be drawn on the person: a long sword as long hair."""

_MOOD = re.compile(r"happy|smiling|laughing|calm|serious|surprised|amazed", re.IGNORECASE)
"""What a dog may be that nobody draws, and the person would be."""

BEHIND = re.compile(r"\s*\bin the background\b", re.IGNORECASE)
"""Where things are that nobody draws; the model would draw no more than a wall."""

_SOMEBODY = re.compile(rf"{PEOPLE}|gentlem[ae]n|complexion", re.IGNORECASE)


@dataclass(slots=True)
class _Group:
    """A noun with what stands before it: small words, and adjectives.

    `known` has what is left of `words`.
    """

    leads: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)


def known_part(text: str, vocabulary: Vocabulary) -> str:
    """Leave out what nothing is drawn for, and what was said of it and led to it only.

    Of "a brave knight with a black cat and a hat in Rome" a knight with a hat is left. Colours of
    what is worn stay: "in a red kimono" is in red. So do the looks of people: "a blond elf".
    """
    if vocabulary.known is None:
        return text
    kept: list[_Group] = []
    waiting: list[str] | None = None  # what led to a group that is gone
    for group in _groups(BEHIND.sub("", text)):
        if waiting is not None:
            group.leads = _led(waiting, group.leads)
        group.known = _known(group, vocabulary)
        if group.known or (not group.words and waiting is None):
            kept.append(group)
            waiting = None
            continue
        waiting = group.leads
        while waiting == ["and"] and kept and _is_look(kept[-1]):  # "a black and white cat"
            waiting = kept.pop().leads
    return " ".join(word for group in kept for word in (*group.leads, *group.known))


def _groups(text: str) -> Iterator[_Group]:
    """Split a text where small words begin; a sign is as small."""
    group = _Group()
    for part in text.split():
        if not all(word.lower() in _LEADS for word in words_of(part)):
            group.words.append(part)
            continue
        if group.words:
            yield group
            group = _Group()
        group.leads.append(part)
    yield group


def _known(group: _Group, vocabulary: Vocabulary) -> list[str]:
    """Give what is left of a group's words; its article changes with them."""
    knows = [
        any(vocabulary.knows(one, beside(group.words, place)) for one in words_of(word))
        for place, word in enumerate(group.words)
    ]
    known = [word for word, is_known in zip(group.words, knows, strict=True) if is_known]
    article = group.leads[-1].lower() if group.leads else ""
    if knows and not knows[-1]:
        others = len(known) - _count_looks(group.words, knows)
        looks = _looks_that_stay(group.words[-1], known[others:], group.leads)
        known = [*known[:others], *looks]
        if looks and not others and article in _ARTICLES:
            group.leads.pop()  # "in red"
            return known
    if known and not all(knows) and article in ("a", "an"):
        group.leads[-1] = "an" if known[0][0].lower() in "aeiou" else "a"
    return known


def _count_looks(words: Sequence[str], knows: Sequence[bool]) -> int:
    """Count the looks that stand before the unknown words at the end."""
    end = len(words)
    while end and not knows[end - 1]:
        end -= 1
    start = end
    while start and (_LOOK.fullmatch(words[start - 1]) or _MOOD.fullmatch(words[start - 1])):
        start -= 1
    return end - start


def _looks_that_stay(noun: str, looks: list[str], leads: Sequence[str]) -> list[str]:
    """Give the looks of a noun that is gone which are the person's all the same."""
    bare = " ".join(words_of(noun))
    if is_role(bare) or _SOMEBODY.fullmatch(bare) or names(bare, "hair"):
        return looks
    led = not _WORN.isdisjoint(leads)
    worn = (led or _GARMENT.fullmatch(bare)) and not _NO_CLOTHES.fullmatch(bare)
    return [look for look in looks if worn and _COLOUR.fullmatch(look)]


def _is_look(group: _Group) -> bool:
    return bool(group.known) and all(map(_LOOK.fullmatch, group.known))


def _led(before: list[str], after: list[str]) -> list[str]:
    """Give what leads to a group behind one that is gone.

    Small words lead to something new, but for an "and": in "with a dragon and a hat" what comes
    goes on from before the dragon.
    """
    if not after or after[0].lower() not in _JOINS:
        return after
    rest = after[1:]
    if not rest:
        return before
    if rest[0].lower() not in _ARTICLES:
        return rest
    return [*(word for word in before if word.lower() not in _ARTICLES), *rest]
