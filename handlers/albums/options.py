"""Options among the words of a command: `--seed 7`."""

import re

from generation.errors import Refusal

SEEDS = 2**31
"""How many seeds there are: from 0 to one less."""

SEED = "seed"

OPTION = re.compile(r"(-{2,}|[—–―‒−])([^\W\d_][\w-]*)(?:[=:](.*)|[,.;!?)]*)")
"""A word that is an option: phones turn two hyphens into a dash."""

SHORT_DASH = re.compile(r"-seed\d*", re.IGNORECASE)
"""Our own option with too short a dash. Any other word with one is a word, such as -5."""

NAME_BEHIND_A_DASH = re.compile(r"[a-z][a-z0-9_-]+")
"""What must stand behind a long dash to be an option that we don't have: “—Hola” is a word."""

TAG = re.compile(r"<\w+:(?!//)[^<>]*>")
"""How other programs load weights among the words: `<lora:name:0.8>`."""

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
    if tag := TAG.search(text):
        raise UnknownOption(given=tag[0][:GIVEN_SHOWN])
    words, seeds, rest = [], set[int](), text.split()
    while rest:
        word = rest.pop(0)
        option = OPTION.fullmatch(word)
        if option and option[2].lower() == SEED:
            seeds.add(_seed(option[3] or _value(rest)))
        elif SHORT_DASH.fullmatch(word) or (option and _is_meant(option, rest)):
            raise UnknownOption(given=word[:GIVEN_SHOWN])
        else:
            words.append(word)
    if len(seeds) > 1:
        raise SeedWrong(given=" ".join(map(str, sorted(seeds))), most=str(SEEDS - 1))
    return " ".join(words), next(iter(seeds), None)


def _is_meant(option: re.Match[str], rest: list[str]) -> bool:
    """Say whether the word is meant as an option, though there is none of its name."""
    dash, name, value = option.groups()
    has_number = (value or " ".join(rest[:1]))[:1].isdecimal()
    return dash.startswith("-") or has_number or bool(NAME_BEHIND_A_DASH.fullmatch(name))


def _value(rest: list[str]) -> str:
    """Take the option's value from the words after it."""
    while rest and rest[0] in {"=", ":"}:
        rest.pop(0)
    return rest.pop(0) if rest else ""


def _seed(given: str) -> int:
    number = given.rstrip(",.;")
    if not re.fullmatch(r"\d{1,10}", number, re.ASCII) or int(number) >= SEEDS:
        raise SeedWrong(given=given[:GIVEN_SHOWN], most=str(SEEDS - 1))
    return int(number)
