"""What other programs read among words: tags, weights, links, and the block below a prompt."""

import re

from generation.words.reading.options import SEEDS, Options, items_of, size_of_ratio
from generation.words.reading.remark import Remark

_TAG = re.compile(r"<\w+:(?!//)[^<>]*>|(?<!\w)embedding:[\w.-]+")
"""How other programs load weights among the words: `<hypernet:name:0.8>`."""

_MARKUP = re.compile(r"</?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>")
"""A tag of HTML."""

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>]+", re.IGNORECASE)

_JOINING = re.compile(r"(?<!\w)(BREAK|ADDCOMM|ADDROW|ADDCOL|ADDBASE)(?!\w)")
"""Words that part a prompt's pieces in other programs, if the rest is not in capitals too."""

_CAPITAL_AND = re.compile(r"(?<!\w)AND(?!\w)")

_WEIGHED = re.compile(r"::\s*(-?\d+(?:\.\d+)?)?")
"""How another program weighs what stands before it: `cat::2`."""

_LIGHTEST, _HEAVIEST = 0.5, 1.5
"""Between these stay weights that were shares of a whole: further out pictures break."""

_SCHEDULE = re.compile(r"[\[{]([^\[\]{}:|]*)(?:[:|]([^\[\]{}:|]*))+[\]}]")
"""Words that change while a picture is drawn, `[cat:dog:0.5]`, or of which one is drawn by lot,
`{cat|dog}`."""

_WILDCARD = re.compile(r"(?<!\w)__[\w/*-]+?__(?!\w)")

_POSITIVE = re.compile(r"^\s*(?:positive\s+)?prompt\s*:\s*|^\s*промпт\s*:\s*", re.IGNORECASE)
_NEGATIVE = re.compile(
    r"(?<!\w)(?:neg(?:ative)?(?:\s+prompts?)?|(?:негативный|отрицательный)\s+промпт|негатив"
    r"|exclude|avoid|without|исключить|исключи|без|не\s+рисовать)"
    r"\s*:\s*",
    re.IGNORECASE,
)
_PARAMETERS = re.compile(r"(?:(?<=\s)|^)(?:Steps:\s*\d+|Sampler:\s*\w[^,]*),.*", re.DOTALL)
"""The line below a prompt in the files of other programs: `Steps: 20, Sampler: Euler a, ...`."""


def take_parameters(text: str) -> tuple[str, Options, list[Remark]]:
    """Split the words from the line of parameters; its seed and size are taken."""
    found = _PARAMETERS.search(text)
    if found is None:
        return text, Options(), []
    seed = size = None
    rest, remarks = [], []
    for part in re.split(r",\s*(?=[\w ]+:)", found[0]):
        name, _, value = (one.strip() for one in part.partition(":"))
        number = value.strip(" ,.")
        if name == "Seed" and number.isdecimal() and int(number) < SEEDS:
            seed = int(number)
        elif name == "Size" and (shape := size_of_ratio(number)):
            size = shape.value
            remarks.append(Remark("size", f"{name}: {number}", size))
        else:
            rest.append(part.strip())
    remarks.append(Remark("parameters", ", ".join(rest)))
    return text[: found.start()].rstrip(), Options(seed=seed, size=size), remarks


def take_negative(text: str) -> tuple[str, list[str]]:
    """Split the words from the block `Negative prompt: ...`, which goes on to the end."""
    text, *rest = _NEGATIVE.split(_POSITIVE.sub("", text))
    positive, items = [text], []
    for block in rest:
        negative, *again = re.split(
            r"\n\s*(?:positive\s+)?prompt\s*:\s*", block, flags=re.IGNORECASE
        )
        items += items_of(negative)
        positive += again
    return "\n".join(part.strip() for part in positive if part.strip()), items


def take_foreign(text: str) -> tuple[str, list[str], list[Remark]]:
    """Split the words from what means something to other programs only, or translate it.

    In the middle is what a negative weight rules out.
    """
    remarks: list[Remark] = []

    for kind, pattern in (("tag", _TAG), ("tag", _WILDCARD), ("link", _LINK), ("markup", _MARKUP)):
        found = [one[0] for one in pattern.finditer(text)]
        if found:
            remarks.append(Remark(kind, " ".join(dict.fromkeys(found))))
            text = pattern.sub(" ", text)
    if text.upper() != text:
        if found := _JOINING.findall(text):
            remarks.append(Remark("option", ", ".join(dict.fromkeys(found))))
            text = _JOINING.sub(",", text)
        text = _CAPITAL_AND.sub("and", text)
    text = _unscheduled(text, remarks)
    text, unwanted = _reweighed(text, remarks)
    return text, unwanted, remarks


def _unscheduled(text: str, remarks: list[Remark]) -> str:
    def one(found: re.Match[str]) -> str:
        parts = [part.strip() for part in re.split(r"[:|]", found[0][1:-1])]
        words = [part for part in parts if part and not re.fullmatch(r"[\d.]+", part)]
        alternatives = "|" in found[0]
        if not alternatives and found[0][0] == "[" and len(words) == len(parts) == 1:
            return found[0]
        taken = words[0] if alternatives and words else words[-1] if words else ""
        remarks.append(Remark("schedule" if taken else "brackets", found[0], taken))
        return taken

    return _SCHEDULE.sub(one, text)


def _reweighed(text: str, remarks: list[Remark]) -> tuple[str, list[str]]:
    """Write `cat::2 dog` with our weights: theirs are shares of the whole."""
    if "::" not in text:
        return text, []
    pieces = _WEIGHED.split(text)
    parts = [
        (part.strip(" ,"), float(weight or 1))
        for part, weight in zip(pieces[::2], [*pieces[1::2], None], strict=True)
    ]
    parts = [(part, weight) for part, weight in parts if part]
    unwanted = [item for part, weight in parts if weight <= 0 for item in items_of(part)]
    wanted = [(part, weight) for part, weight in parts if weight > 0]
    if parts and not wanted and "," in parts[0][0]:  # they hardly mean all of it
        words, _, last = parts[0][0].rpartition(",")
        wanted, unwanted[: len(items_of(parts[0][0]))] = [(words, 1.0)], items_of(last)
    mean = sum(weight for _, weight in wanted) / max(1, len(wanted))
    taken = ", ".join(_with_weight(part, weight / mean) for part, weight in wanted)
    remarks.append(
        Remark("weight", " ".join(one[0] for one in re.finditer(r"\S*::\s?-?[\d.]*", text)), taken)
    )
    return taken, unwanted


def _with_weight(part: str, weight: float) -> str:
    weight = round(min(max(weight, _LIGHTEST), _HEAVIEST), 2)
    return part if weight == 1 else f"({part}:{weight:g})"
