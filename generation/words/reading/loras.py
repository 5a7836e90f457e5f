"""LoRAs among the words of a request: `<lora:film:0.8>`, as other programs write them."""

import re
from collections.abc import Collection

from generation.words.lora import LEAST_SCALE, MOST_SCALE, LoraUse, found, together
from generation.words.reading.option_names import NO, OURS
from generation.words.reading.remark import Remark
from generation.words.reading.signs import LONG_DASHES

LORA = "lora"
"""The key of `Names` under which the LoRAs are that there are."""

_KIND = r"(?:lora|lyco|locon|лор[ау])\s*[:=]"

_ESCAPED = re.compile(rf"&lt;\s*({_KIND}[^<>&\n]*)&gt;", re.IGNORECASE)
"""A tag that was copied from a page's source."""

_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)")

_TAG = re.compile(rf"<\s*{_KIND}([^<>:]*)(?::([^<>]*))?>", re.IGNORECASE)
_BROKEN = re.compile(
    rf"(?:<\s*|(?<!\w)){_KIND}\s*([^<>:\n|]{{1,60}}?)\s*:\s*({_NUMBER.pattern})(?![\w])\s?>?"
    rf"|<\s*{_KIND}\s*([^\s<>:,]+)"
    rf"|(?<!\w){_KIND}\s*([^\s<>:,]+)>",
    re.IGNORECASE,
)
"""A tag that lost a bracket: its name ends at its number, or else at a space."""

_GONE = "\0"
"""Stands where a tag stood: `plain` leaves no such sign among the words."""

_EMPTIED = re.compile(
    rf"[(\[{{<«“„\"](?=[^()\[\]{{}}<>«»“”„\"]*{_GONE})[{_GONE}\s,|]*(?::[{_GONE}\s\d.,|+-]*)*"
    r"[)\]}>»”\"]"
)
"""Brackets and quotation marks about nothing but tags, with the weight of what is gone."""

_DASHES = f"[{LONG_DASHES}-]"
_NO = rf"(?<!\S){_DASHES}+(?:{'|'.join(sorted(OURS[NO], key=len, reverse=True))})(?!\w)"
_STYLE = rf"(?<!\S){_DASHES}+(?:{'|'.join(OURS['style'])})[\s=:]*"
_DENIAL = r"(?<!\w)(?:without|w/o|no|not|minus|без|не|минус|убери(?:те)?|remove)"
_CHAIN = rf"(?:[\s{_GONE}]|and\b|or\b|the\b|и\b|или\b|этой\b)*"

_DENIED = re.compile(
    rf"(?:{_NO}(?:(?!\s{_DASHES}{{2}}\w)[^\n|])*|{_DENIAL}(?!\w){_CHAIN})\Z", re.IGNORECASE
)
"""What makes a tag mean that its LoRA is left out, at once before it or in the list of `--no`."""

_DENIES_NOTHING = re.compile(
    rf"{_NO}[\s=:,]*{_GONE}[\s,{_GONE}]*(?=\s{_DASHES}|\||\n|\Z)"
    rf"|{_STYLE}{_GONE}"
    rf"|{_DENIAL}\s+(?:the\s+)?{_GONE}(?:{_CHAIN}{_GONE})?(?!\s*(?:and|or|и|или)\b)",
    re.IGNORECASE,
)
"""A denial or an option that is left without what it was about."""

_DENIES_MORE = re.compile(
    rf"({_DENIAL})\s+(?:the\s+)?{_GONE}\s*(?:and|or|и|или)\s+(?!{_GONE}|the\s+{_GONE})",
    re.IGNORECASE,
)
"""A denial that goes on with words: `without <lora:film> and a hat`."""


def take_loras(text: str, known: Collection[str]) -> tuple[str, tuple[LoraUse, ...], list[Remark]]:
    """Split the words from the LoRAs that they name, of those that are known.

    One that is ruled out, as in `--no <lora:film>`, is used with a scale of 0.
    """
    uses: list[LoraUse] = []
    remarks: list[Remark] = []

    def take(tag: re.Match[str]) -> str:
        written = " ".join(tag[0].replace(_GONE, " ").split())
        name, scale = _name_and_scale(tag)
        denied = _DENIED.search(_TAG.sub(_GONE, tag.string[: tag.start()])) is not None
        if there := found(name, known):
            use = LoraUse(there, 0 if denied else _scale(scale))
            if not denied and not _is_read(scale):
                remarks.append(Remark("lora-scale", written, str(use)))
            uses.append(use)
        elif known:
            remarks.append(Remark("lora-unknown", written, ", ".join(known)))
        else:
            remarks.append(Remark("lora-none", written))
        return _GONE

    for pattern in (_TAG, _BROKEN):
        text = pattern.sub(take, _ESCAPED.sub(r"<\1>", text))
    return _without_remains(text), together(uses), remarks


def _name_and_scale(tag: re.Match[str]) -> tuple[str, str | None]:
    name, scale, *others = tag.groups()
    return name or next(filter(None, others), ""), scale


def _without_remains(text: str) -> str:
    """Write the words without what is left where tags stood."""
    before = ""
    while _GONE in text and text != before:
        before, text = text, _EMPTIED.sub(_GONE, text)
    text = _DENIES_MORE.sub(r"\1 ", text)
    return _DENIES_NOTHING.sub(" ", text).replace(_GONE, " ")


def _is_read(given: str | None) -> bool:
    """Say whether a scale is taken as it was written."""
    return given is None or (
        _NUMBER.fullmatch(given.strip()) is not None and _number(given) == _scale(given)
    )


def _scale(given: str | None) -> float:
    """Give how much is used: all of it where no number says so.

    Others write more behind it, such as a number for the text encoder alone.
    """
    return min(max(_number(given or ""), LEAST_SCALE), MOST_SCALE)


def _number(given: str) -> float:
    number = _NUMBER.match(given.strip())
    return float(number[0].replace(",", ".")) if number else 1.0
