"""Takes options out of the words of a request: `--seed 7`, and those that other programs know."""

import difflib
import re
from dataclasses import dataclass, replace

from generation.words.reading.option_names import (
    BARE,
    BEHIND_ONE_DASH,
    GLUED,
    NO,
    OF_OTHERS,
    OPTION,
    OURS_BY_NAME,
    RATIOS,
    RAW,
    SHAPES,
    SPACED,
    WITH_WORD,
)
from generation.words.reading.options import (
    GIVEN_SHOWN,
    MOST_PICTURES,
    NO_NAMES,
    NOTHING_SET,
    SEEDS,
    CountWrong,
    Names,
    OptionEmpty,
    Options,
    SeedWrong,
    items_of,
    size_of_ratio,
    whole_number,
)
from generation.words.reading.remark import Remark
from generation.words.reading.signs import (
    CLOSING,
    OPENING,
    QUOTES,
    bare,
    has_word,
    plain_name,
)

_ALIKE = 0.75
"""How like one of our names a name must be to be a slip of it, as difflib counts."""

_LONGEST_NAME = 4
"""Most words of a style's name."""

_AROUND = frozenset(')]}"”»,')
_EMPTY_PAIR = re.compile(r"\(\s*\)|\[\s*\]|\{\s*\}|[“„\"]\s*[”\"]|«\s*»")
"""Signs that stood about an option, and what is left of a pair of them."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A text without its options. `unwanted` is what `--no` names."""

    text: str
    options: Options
    unwanted: tuple[str, ...]
    remarks: tuple[Remark, ...]


def take_options(text: str, names: Names = NO_NAMES, *, goes_on: bool = False) -> Taken:
    """Split the words from the options; `goes_on`: other words stand before these.

    Raises SeedWrong, CountWrong and OptionEmpty.
    """
    return _Taking(text, names, goes_on=goes_on).run()


class _Taking:
    """Goes through a text word by word."""

    def __init__(self, text: str, names: Names, *, goes_on: bool) -> None:
        self._goes_on = goes_on
        spaced = SPACED.sub(lambda found: f"{found[1]}=", text)
        self._rest = re.findall(r"\S+|\n", GLUED.sub(" ", spaced))[::-1]
        self._names = {ours: {plain_name(name) for name in names[ours]} for ours in names}
        self._words: list[str] = []
        self._options = NOTHING_SET
        self._written: dict[str, str] = {}
        """What was written of each option that is set."""
        self._unwanted: list[str] = []
        self._remarks: list[Remark] = []
        self._behind = ""
        """The brackets and quotation marks behind the value that was read last."""

    def run(self) -> Taken:
        while self._rest:
            word = self._rest.pop()
            inside = word.lstrip(OPENING)
            place, self._behind = len(self._words), ""
            if self._take(inside):
                self._words.insert(place, word[: len(word) - len(inside)])
                self._words.append(self._behind)
            else:
                self._words.append(word)
        text = _EMPTY_PAIR.sub(" ", " ".join(filter(None, self._words)).replace(" \n ", "\n"))
        return Taken(text.strip(), self._options, tuple(self._unwanted), tuple(self._remarks))

    def _take(self, word: str) -> bool:
        """Take an option with its value; False: the word is none."""
        if found := BARE.fullmatch(word):
            ours = OURS_BY_NAME[found[1].lower()]
            self._set(ours, found[1], self._value(ours, found[2], word))
            return True
        option = OPTION.fullmatch(word)
        if option is None:
            return False
        name, value = _name_of(option), option[3] or option[4] or ""
        if not self._is_meant(option[1], name, value):
            return False
        self._take_named(name, value, word)
        return True

    def _take_named(self, name: str, value: str, word: str) -> None:
        ours = OURS_BY_NAME.get(name)
        if ours == NO:
            self._take_no(value)
        elif ours == "style" and (value or self._next()).lower() == RAW and not self._knows(RAW):
            self._remark(word, value, takes_word=True)
        elif ours:
            self._set(ours, f"--{name}", self._value(ours, value, word))
        elif name in RATIOS:
            self._take_ratio(name, value)
        elif name in SHAPES:
            self._set("size", f"--{name}", SHAPES[name].value)
        elif name.startswith(f"{NO}-") and name != f"{NO}-":
            self._take_no(name.removeprefix(f"{NO}-").replace("-", " "))
        elif not value and not self._next()[:1].isdecimal() and (ours := self._naming(name)):
            self._set(ours, f"--{ours}", name)
        elif name in OF_OTHERS:
            self._remark(word, value, takes_word=name in WITH_WORD)
        elif slip := difflib.get_close_matches(name, OURS_BY_NAME, 1, _ALIKE):
            self._take_slip(OURS_BY_NAME[slip[0]], word, value)
        else:
            self._remark(word, value, takes_word=False)

    def _is_meant(self, dash: str, name: str, value: str) -> bool:
        """Say whether a word with dashes before it is meant as an option."""
        given = value or self._next()
        ours = OURS_BY_NAME.get(name)
        known = bool(ours) or name in RATIOS | OF_OTHERS
        if "--" in dash or (len(dash) > 1 and known):
            return True
        if dash == "-":
            return given[:1].isdecimal() and (known or name.isascii())
        return (
            given[:1].isdecimal()
            or name in BEHIND_ONE_DASH
            or (ours not in {None, NO} and given != "")
        )

    def _naming(self, name: str) -> str | None:
        """Give the option that has a value of this name: `--anime` is a style."""
        return next((ours for ours in self._names if plain_name(name) in self._names[ours]), None)

    def _knows(self, style: str) -> bool:
        return style in self._names.get("style", ())

    def _take_slip(self, ours: str, word: str, value: str) -> None:
        if ours == NO:
            self._take_no(value)
            return
        given = self._value(ours, value, word)
        written = word if value else f"{word} {given}"
        self._remarks.append(Remark("slip", written.rstrip(CLOSING), f"--{ours} {given}"))
        self._set(ours, f"--{ours}", given)

    def _take_ratio(self, name: str, value: str) -> None:
        follows = not value and size_of_ratio(bare(self._next()))
        given = self._pop() if follows else value
        if size_of_ratio(bare(given)):
            self._set("size", f"--{name}", bare(given))
            self._behind = _tail(given)
        else:
            self._remarks.append(Remark("option", f"--{name} {given}".strip()))

    def _remark(self, word: str, value: str, *, takes_word: bool) -> None:
        """Name an option that there isn't, with the value that belongs to it."""
        following = self._next()
        belongs = takes_word and not self._is_option(following)
        goes_on = not value and word[-1] not in CLOSING
        if goes_on and following and (following[:1].isdecimal() or belongs):
            word = f"{word} {self._pop()}"
        self._behind = _tail(word)
        self._remarks.append(Remark("option", word.rstrip(CLOSING)))

    def _take_no(self, value: str) -> None:
        """Take what follows, up to the next option or line, as a list of what is not wanted.

        Before all other words only the first thing is one, in a request that does not go on.
        """
        parts = [value] if value else []
        while self._next() not in {"", "|"} and not self._is_option(self._next()):
            parts.append(self._pop())
        listed = " ".join(parts)
        begins = not self._goes_on and not any(map(has_word, self._words))
        if begins and "," in listed and not self._rest:
            listed, _, rest = listed.partition(",")
            self._rest = rest.split()[::-1]
        items = items_of(listed)
        if not items:
            self._remarks.append(Remark("option", f"--{NO}"))
        self._unwanted.extend(items)

    def _is_option(self, word: str) -> bool:
        """Say whether the word ends the value of the option before it."""
        option = OPTION.fullmatch(word.lstrip(OPENING))
        if option is None:
            return False
        name = _name_of(option)
        known = name in OURS_BY_NAME or name in RATIOS | OF_OTHERS
        return "--" in option[1] or (known and option[1] != "-")

    def _value(self, ours: str, value: str, word: str) -> str:
        """Take the option's value from the words after it, if it is not in the word.

        Quotation marks hold several words together, and a name that there is does.
        """
        while not value and self._next() in {"=", ":"}:
            self._pop()
        value = value or ("" if self._is_option(self._next()) else self._pop())
        if value and value[0] in QUOTES:
            while self._next() and bare(value[1:]) == value[1:].rstrip(",.;!?)"):
                value = f"{value} {self._pop()}"
        else:
            value = self._longest(ours, value)
            self._behind = _tail(value)
        value = bare(value)
        if not value and ours == "seed":
            raise SeedWrong(given="", most=str(SEEDS - 1))
        if not value:
            raise OptionEmpty(given=word[:GIVEN_SHOWN])
        return value

    def _longest(self, ours: str, value: str) -> str:
        """Go on with the words after `value` that make it one of the names that there are."""
        names = self._names.get(ours, ())
        for count in range(min(_LONGEST_NAME, len(self._rest)), 0, -1):
            longer = " ".join([value, *self._rest[: -count - 1 : -1]])
            if "\n" not in longer and plain_name(longer) in names:
                del self._rest[-count:]
                return longer
        return value

    def _set(self, ours: str, name: str, given: str) -> None:
        """Set one of our options; the later one of two counts."""
        value: int | str = given
        if ours == "seed":
            value = whole_number(given, 0, SEEDS - 1, SeedWrong)
        elif ours == "count":
            value = whole_number(given, 1, MOST_PICTURES, CountWrong)
        elif ours == "size" and (size := size_of_ratio(given)):
            value = size.value
            self._remarks.append(Remark("size", f"{name} {given}", value))
        elif ours == "size" and (size := SHAPES.get(given.lower())):
            value = size.value
        before, written = getattr(self._options, ours), f"--{ours} {value}"
        if before is not None and before != value:
            self._remarks.append(Remark("twice", self._written[ours], written))
        self._written[ours] = written
        changes: dict[str, object] = {ours: value}
        self._options = replace(self._options, **changes)  # type: ignore[arg-type]

    def _next(self) -> str:
        """Give the next word of this line; empty: there is none."""
        return self._rest[-1].strip() if self._rest else ""

    def _pop(self) -> str:
        return self._rest.pop() if self._next() else ""


def _name_of(option: re.Match[str]) -> str:
    return option[2].lower().replace("_", "-")


def _tail(value: str) -> str:
    """Give the brackets, quotation marks and commas behind a value."""
    return "".join(one for one in value[len(value.rstrip(CLOSING)) :] if one in _AROUND)
