"""Options among the words of a command: `--seed 7`."""

import re
import unicodedata

from generation.errors import Refusal
from handlers.core.invocation import INVISIBLE

SEEDS = 2**31
"""How many seeds there are: from 0 to one less."""

SEED = "seed"

LONG_DASHES = "—–―‒−"
"""What phones make of two hyphens. People write them among words too."""

OPTION = re.compile(rf"([-{LONG_DASHES}]+)([^\W\d_][\w-]*)(?:[=:](.*)|[,.;!?)]*)")
"""A word that may be an option: dashes, a name, and perhaps a value."""

GLUED_SEED = re.compile(
    rf"(?<=[^\s{LONG_DASHES}-])(?=(-{{2,}}|[{LONG_DASHES}]){SEED}[\s=:]*\d)", re.IGNORECASE
)
"""Where our option stands without a space before it."""

OF_OTHERS = {
    "no", "neg", "negative", "style", "stylize", "tile", "hd", "niji", "raw", "turbo", "video",
}  # fmt: skip
"""Options of other programs whose value is no number. Behind one long dash any other name is a
word: “a king —old man”."""

TAG = re.compile(r"<\w+:(?!//)[^<>]*>")
"""How other programs load weights among the words: `<lora:name:0.8>`."""

WEIGHT = re.compile(r"\S*::-?\d[\d.]*")
"""How other programs weigh a part of the words: `cat::2`."""

MAY_BE_OPTION = re.compile(rf"[\W_]*[-－﹣{LONG_DASHES}]")
"""What only a word can begin with that is an option: signs, a dash among them."""

OPENING, CLOSING = "([{\"'«“", ",.;!?)]}\"'»”"
"""Signs that may stand before an option and behind its number."""

GIVEN_SHOWN = 50
"""Most characters of a wrong option that are shown."""


class SeedWrong(Refusal):
    """What follows `--seed` is not a whole number below SEEDS, or there are two."""


class UnknownOption(Refusal):
    """There is no such option. Field: what was given."""


def take_options(text: str) -> tuple[str, int | None]:
    """Split the words and the seed, which is None when none is given.

    Raises SeedWrong and UnknownOption.
    """
    for foreign in (TAG, WEIGHT):
        if found := foreign.search(text):
            raise UnknownOption(given=found[0][:GIVEN_SHOWN])
    words, seeds, rest = [], set[int](), GLUED_SEED.sub(" ", _plain(text)).split()
    while rest:
        word = rest.pop(0)
        option = OPTION.fullmatch(word)
        if option and option[2].lower() == SEED:
            seeds.add(_seed(option[3] or _value(rest)))
        elif option and _is_meant(option, rest):
            raise UnknownOption(given=word[:GIVEN_SHOWN])
        else:
            words.append(word)
    if len(seeds) > 1:
        raise SeedWrong(given=" ".join(map(str, sorted(seeds))), most=str(SEEDS - 1))
    return " ".join(words), next(iter(seeds), None)


def _plain(text: str) -> str:
    """Write what may be an option without invisible signs, brackets and wide letters."""
    return " ".join(
        _plain_option(word) if MAY_BE_OPTION.match(word) else word for word in text.split()
    )


def _plain_option(word: str) -> str:
    visible = re.sub(f"[{INVISIBLE}]+", " ", unicodedata.normalize("NFKC", word)).strip()
    bare = visible.lstrip(OPENING)
    return bare if OPTION.match(bare) else visible


def _is_meant(option: re.Match[str], rest: list[str]) -> bool:
    """Say whether the word is meant as an option, though there is none of its name."""
    dash, name, value = option.groups()
    has_number = (value or " ".join(rest[:1]))[:1].isdecimal()
    if name.lower().startswith(SEED):  # a slip of ours
        return True
    if dash == "-":
        return has_number and name.isascii()
    return "--" in dash or has_number or name.lower() in OF_OTHERS


def _value(rest: list[str]) -> str:
    """Take the option's value from the words after it."""
    while rest and rest[0] in {"=", ":"}:
        rest.pop(0)
    return rest.pop(0) if rest else ""


def _seed(given: str) -> int:
    visible = re.sub(f"[{INVISIBLE}]", "", unicodedata.normalize("NFKC", given))
    number = visible.rstrip(CLOSING)
    if not re.fullmatch(r"\d{1,10}", number, re.ASCII) or int(number) >= SEEDS:
        raise SeedWrong(given=given[:GIVEN_SHOWN], most=str(SEEDS - 1))
    return int(number)
