"""Adjectives of somebody's looks, said as the pocket model was taught them: as phrases.

Its captions say "red hair" and "a bald head" of whoever is in the picture. Measured: "a red-haired
chef" had red hair in 0 of 24 pictures, "a chef, red hair" in 72 of 72; "a bald astronaut" was bald
in 24 of 72, "an astronaut, bald head" in the most. docs/decisions/0056-looks-in-the-words.md.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from generation.words.named import COLOURS
from generation.words.phrases import Phrase

_NO_HAIR = r"(?![- ](?:[\w-]+ )?(?:hair|beard|moustache|curls|wig|ponytail|bun|braid|afro|head))"
"""What follows must be no hair: "blond curly hair" is said as a phrase already."""

_LOOKS = (
    (r"(?:dark|raven)[- ]haired", "black hair"),
    (r"(?:fair|light|golden)[- ]haired", "blond hair"),
    (r"(?:ginger|auburn|copper)[- ]haired", "red hair"),
    (r"silver[- ]haired", "gray hair"),
    (r"chestnut[- ]haired", "brown hair"),
    (rf"({COLOURS})[- ]haired", r"\1 hair"),
    (rf"({COLOURS})[- ]eyed", r"\1 eyes"),
    (r"(?:dark|black)[- ]skinned", "dark skin"),
    (r"(?:fair|light|white)[- ]skinned", "fair skin"),
    (r"(?:tan|tanned|olive)[- ]skinned", "tan skin"),
    (r"(pale|brown)[- ]skinned", r"\1 skin"),
    (rf"blonde?s?\b{_NO_HAIR}", "blond hair"),
    (r"red[- ]?head(?:s|ed)?", "red hair"),
    (rf"brunett?e?s?\b{_NO_HAIR}", "brown hair"),
    (r"bald[- ]?headed|balding|bald(?! (?:head|eagle|spot|patch))", "bald head"),
    (r"mo?ustach(?:ed|ioed)|mustachioed", "moustache"),
    (r"goateed", "beard"),
    (rf"({COLOURS}|long)[- ]bearded", r"\1 beard"),
    (r"bespectacled", "wearing glasses"),
)
"""What is said of looks before a person, and the phrase in its place."""

_ADJECTIVES = [
    (re.compile(rf"(?<![\w-]){said}(?![\w-])", re.IGNORECASE), of) for said, of in _LOOKS
]

_NOBODY = re.compile(
    r"^(?:an?|the|some) (?=(?:in|on|at|with|and|of|by|near|under|who|as|from|wearing|riding"
    r"|holding)\b|$)",
    re.IGNORECASE,
)
"""What is left of "a redhead in a garden": an article with nobody behind it."""

_EMPTY = re.compile(r"\(\s*:\d+(?:\.\d+)?\)")
"""What is left of "(bald:1.2)"."""

_ARTICLE = re.compile(r"\b(a)n?(?= (\w))", re.IGNORECASE)


def looks_apart(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Take looks out of the phrases, and say them after what they were said in."""
    apart: list[Phrase] = []
    looks: list[Phrase] = []
    alone = True
    for phrase in phrases:
        if phrase.glue != " ":
            apart, looks, alone = [*apart, *looks], [], True
        text, said = _split(phrase.text)
        if text:
            part = replace(phrase, text=text)
            apart.append(part.apart() if alone else part)
            alone = False
        looks += [Phrase(one, phrase.weight) for one in said]
    return [*apart, *looks]


def _split(text: str) -> tuple[str, list[str]]:
    said: list[tuple[int, str]] = []
    for adjective, of in _ADJECTIVES:
        said += [(found.start(), found.expand(of).lower()) for found in adjective.finditer(text)]
        text = adjective.sub(lambda found: " " * len(found[0]), text)
    if not said:
        return text, []
    left = _NOBODY.sub("", " ".join(_EMPTY.sub("", text).split()) + " ").strip()
    left = _ARTICLE.sub(lambda a: a[1] + ("n" if a[2] in "aeiouAEIOU" else ""), left)
    return left, [look for _, look in sorted(said)]
