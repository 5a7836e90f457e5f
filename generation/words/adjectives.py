"""Adjectives of somebody's looks, said as the pocket model was taught them: as phrases.

Its captions say "red hair" and "bald head" of whoever is in the picture. Before that "a red-haired
chef" had the face's hair in all of 24 pictures: docs/decisions/0056-looks-in-the-words.md.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from generation.words.named import COLOURS, GINGER_THINGS
from generation.words.people import PEOPLE
from generation.words.phrases import Phrase
from generation.words.shades import OTHER_NAMES

_NO_HAIR = (
    r"(?![- ](?:and )?(?:[\w-]+ )?(?:hair|beard|mo?ustache|goatee|stubble|whiskers|eyebrow|brow"
    r"|lash|curl|lock|bang|fringe|wig|pony|pig|bun|braid|plait|afro|mohawk|dread|bob|head|ale"
    r"|beer))"
)
"""What follows must be no hair: "blond curly hair" is said as a phrase already."""

_SHADE = r"(?:(?:very|dark|light|pale|bright|jet|dirty|ash|honey|strawberry)[- ])?"
"""What a colour may be more exactly. It isn't drawn, and must not become the person's skin."""

_ALONE = (
    r"(?=\s*(?:$|[,.;:!?)]|(?:in|on|at|with|and|or|of|by|near|under|over|who|as|from|to|is|was"
    r"|\w+ing|dressed)\b))"
)
"""What follows a noun: "a blonde in a garden", but "a blonde queen"."""

_KINDS = r"(?:long|short|medium|curly)"
"""What hair may be besides a colour."""

_NOUNS = (
    (rf"{_SHADE}(?:blondes?|blonds?)", "blond hair"),
    (r"red-?heads?", "red hair"),
    (rf"{_SHADE}brunett?e?s?", "brown hair"),
    (r"gingers?", "red hair"),
)
_LOOKS = (
    *(
        (rf"(?:{'|'.join(names)})[- ]?haired", f"{color} hair")
        for color, names in OTHER_NAMES.items()
    ),
    (rf"((?:{_KINDS}[- ]){{0,3}}){_SHADE}({COLOURS})[- ]?haired", r"\1\2 hair"),
    (rf"({_KINDS})[- ]?haired", r"\1 hair"),
    (rf"{_SHADE}({COLOURS})[- ]eyed", r"\1 eyes"),
    (r"(?:dark|black)[- ]skinned", "dark skin"),
    (r"(?:fair|light|white)[- ]skinned", "fair skin"),
    (r"(?:tan|tanned|olive)[- ]skinned", "tan skin"),
    (r"(pale|brown)[- ]skinned", r"\1 skin"),
    (rf"(?:platinum[- ])?{_SHADE}blonde?s?{_NO_HAIR}", "blond hair"),
    (r"red-?head|red[- ]?headed", "red hair"),
    (rf"ginger{_NO_HAIR}(?! {GINGER_THINGS}\b)(?= \w)", "red hair"),
    (rf"{_SHADE}brunett?e?{_NO_HAIR}", "brown hair"),
    (r"(?:very )?(?:bald[- ]?headed|balding|bald(?! (?:head|eagle|spot|patch|tire)))", "bald head"),
    (r"mo?ustach(?:ed|ioed)", "moustache"),
    (r"goateed", "beard"),
    (rf"({COLOURS}|long)[- ]bearded", r"\1 beard"),
    (r"(?:\w+ly[- ])?bearded(?! (?:dragon|vulture|collie|axe|iris))", "beard"),
    (r"bespectacled", "wearing glasses"),
)
"""What is said of looks, by a noun or before one, and the phrase in its place."""

_SAID = [
    *((f"{said}{_ALONE}", of, "person") for said, of in _NOUNS),
    *((rf"{said}(?![\w'-])", of, "") for said, of in _LOOKS),
]
_PATTERNS = [
    (re.compile(rf"(?<![\w-]){said}", re.IGNORECASE), of, noun) for said, of, noun in _SAID
]

OTHERS = r"by|to|from|behind|against|among|between|near"
"""Words behind which somebody else stands: they are asked for here and for looks after "with"."""

_DONE = r"(?!(?:(?:vi)?king|being|becoming|playing|portraying)\b)\w+ing (?:an?|the|some|two|many)"
"""What is done to somebody else, up to their article."""

_COMPANY = re.compile(
    rf"\b(?:with|next to|beside|my|his|her|their|on|holding|riding|hugging|kissing|{OTHERS}|{_DONE}"
    r"|and (?:an?|the|my|his|her))\b",
    re.IGNORECASE,
)
"""Behind these words somebody or something else may have such looks: they stay as they are."""

_MINE = re.compile(rf"my (?=(?:[\w-]+ ){{0,3}}?{PEOPLE}\b)", re.IGNORECASE)
"""Behind this the person themselves may stand: "my blonde sister"."""

_WEIGHTED = re.compile(r"\(([^()]*):(\d+(?:\.\d+)?)\)")

_GAP = "\0"
"""Stands where something was taken out."""

_ARTICLE = re.compile(rf"\b(a)n?(?=[\s{_GAP}]*{_GAP}(?:[\s{_GAP}]|and\b|or\b)*(\w))", re.IGNORECASE)

_LEFT_OVER = (
    (re.compile(r"\([\s,]*(?::\d+(?:\.\d+)?)?\)"), ""),
    (re.compile(r"\s+"), " "),
    (re.compile(r"^ ?((?:an?|the) )?(?:and|or) ", re.IGNORECASE), r"\1"),
    (re.compile(r"\s(?:who|that) (?:is|was|are)\s*$", re.IGNORECASE), ""),
    (re.compile(r"^ ?(?:(?:an?|the|some) ?)?(?:persons?)?\s*$", re.IGNORECASE), ""),
)
"""What nobody would say without what was taken out."""


def looks_apart(phrases: Sequence[Phrase]) -> list[Phrase]:
    """Take looks out of the phrases, and say them after what they were said in, in plain shades."""
    apart: list[Phrase] = []
    looks: list[Phrase] = []
    alone = True
    for phrase in phrases:
        if phrase.glue != " ":
            apart, looks, alone = [*apart, *looks], [], True
        text, said = _split(phrase)
        if text:
            part = replace(phrase, text=text)
            apart.append(part.apart() if alone else part)
            alone = False
        looks += said
    return [*apart, *looks]


def _split(phrase: Phrase) -> tuple[str, list[Phrase]]:
    mine = _MINE.match(phrase.text)
    company = _COMPANY.search(phrase.text, mine.end() if mine else 0)
    end = company.start() if company else len(phrase.text)
    own, others = phrase.text[:end], phrase.text[end:]
    said: list[tuple[int, Phrase]] = []
    for words, of, noun in _PATTERNS:
        said += [
            (found.start(), Phrase(found.expand(of).lower(), _weight(phrase, found.start())))
            for found in words.finditer(own)
        ]
        own = words.sub(partial(_left_by, noun), own)
    if not said:
        return phrase.text, []
    left = _ARTICLE.sub(lambda a: a[1] + ("n" if a[2] in "aeiouAEIOU" else ""), own + others)
    left = left.replace(_GAP, " ")
    for pattern, instead in _LEFT_OVER:
        left = pattern.sub(instead, left)
    return left.strip(), [look for _, look in sorted(said, key=lambda one: one[0])]


def _left_by(noun: str, found: re.Match[str]) -> str:
    """Give what stands where something was taken out; all else stays where it was."""
    return (noun or _GAP).ljust(len(found[0]), _GAP)


def _weight(phrase: Phrase, at: int) -> str:
    """Give the weight of the group around a place in the phrase, or the phrase's."""
    groups: Iterator[re.Match[str]] = _WEIGHTED.finditer(phrase.text)
    return next((g[2] for g in groups if g.start() <= at < g.end()), phrase.weight)
