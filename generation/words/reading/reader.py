"""The reading of a request, step by step."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from generation.words.lora import LoraUse
from generation.words.reading.contradiction import settle
from generation.words.reading.emphasis import balance, tokens_of, written
from generation.words.reading.foreign import take_foreign, take_negative, take_parameters
from generation.words.reading.loras import LORA, take_loras
from generation.words.reading.negation import Unwanted, divide
from generation.words.reading.option_names import NO
from generation.words.reading.option_taker import take_options
from generation.words.reading.options import (
    NO_NAMES,
    NOTHING_SET,
    Names,
    Options,
    items_of,
)
from generation.words.reading.remark import Remark
from generation.words.reading.russian_forms import named_item
from generation.words.reading.signs import (
    CLOSING,
    LONG_DASHES,
    QUOTES,
    has_word,
    plain,
    take_pictures,
)
from generation.words.reading.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """`wanted` may weigh its phrases as `(phrase:1.2)`; `unwanted` has a phrase an item.

    `words` are the person's own, without options and without what no model reads. What they ruled
    out by `--no` or `Negative prompt:` stands behind the other words, as `--no hat, crowd`.
    """

    words: str
    wanted: str
    unwanted: tuple[str, ...] = ()
    options: Options = NOTHING_SET
    loras: tuple[LoraUse, ...] = ()
    remarks: tuple[Remark, ...] = ()

    @property
    def says_something(self) -> bool:
        """Whether there is anything in it that a model could read."""
        return has_word(self.wanted) or bool(self.unwanted)


def read(text: str, names: Names = NO_NAMES, *, goes_on: bool = False) -> Reading:
    """Read a request.

    `names` says, by option, which values of several words there are, such as the style
    “fairy tale”; under `lora` are the LoRAs. `goes_on`: it is about words that stand before it.
    Raises SeedWrong, CountWrong and OptionEmpty.
    """
    words, pictures = take_pictures(text)
    words, parameters, remarks = take_parameters(plain(words))
    words, loras, unused = take_loras(words, names.get(LORA, ()))
    words, outweighed, foreign = take_foreign(words)
    values = {option: names[option] for option in names if option != LORA}
    taken = take_options(words, values, goes_on=goes_on)
    words, negative = take_negative(taken.text)
    words, broken = balance(_in_one_line(words))
    listed = tuple(dict.fromkeys(map(named_item, [*taken.unwanted, *negative, *outweighed])))
    remarks = [*taken.remarks, *remarks, *unused, *foreign, *broken]
    if pictures:
        remarks.append(Remark("emoji", " ".join(pictures)))
    wanted, unwanted = _divided(words, listed, remarks)
    if unwanted and not wanted:
        remarks.append(Remark("only-unwanted", ", ".join(unwanted)))
    return Reading(
        words=with_listed(words, listed),
        wanted=wanted,
        unwanted=unwanted,
        options=_either(taken.options, parameters),
        loras=loras,
        remarks=tuple(dict.fromkeys(remarks)),
    )


def _in_one_line(words: str) -> str:
    """Put lines one after the other: a comma parts them, unless a line goes on in the next."""
    lines = [_UNEVEN.sub(",", " ".join(line.split())) for line in words.split("\n")]
    text = ""
    for line in filter(None, lines):
        goes_on = not text or text[-1] in _PARTING or line[0] in CLOSING or _GOES_ON.search(text)
        text = f"{text}{' ' if goes_on else ', '}{line}" if text else line
    return text


_UNEVEN = re.compile(r"\s*,(?:\s*,)*")

_GOES_ON = re.compile(
    r"(?:^|\s)(?:a|an|the|in|on|at|of|with|without|and|or|no|not|to|by|for|from|и|или|в|во|на|с|со|"
    r"без|не|у|под|за|из|от|к|по|о|об|при|над|перед)$",
    re.IGNORECASE,
)


def _divided(
    words: str, listed: Sequence[str], remarks: list[Remark]
) -> tuple[str, tuple[str, ...]]:
    """Divide what is wanted from what is not; what is `listed` as unwanted counts as said last."""
    tokens = tokens_of(readable(words), remarks)
    zero = [one for one in tokens if one.is_word and one.weight <= 0]
    divided = divide([one for one in tokens if one not in zero])
    last = [tuple(tokens_of(readable(item), [])) for item in listed] + [(one,) for one in zero]
    more = (Unwanted(thing, len(divided.wanted)) for thing in last)
    divided, dropped = settle(replace(divided, unwanted=(*divided.unwanted, *more)))
    remarks += (Remark("contradiction", given, taken) for given, taken in dropped)
    unwanted = (_text(one.thing) for one in divided.unwanted)
    return written(_polite(divided.wanted)), tuple(dict.fromkeys(filter(None, unwanted)))


_COURTESY = frozenset(
    (
        "please",
        "pls",
        "plz",
        "thanks",
        "thx",
        "пожалуйста",
        "спасибо",
        "плиз",
        "плз",
    )
)
_JOINS_CLAUSES = frozenset(("but", "yet", "а", "но", "зато", "and", "и"))
_JOINS = frozenset(("or", "или", "only", "только"))
_DENIES_NOTHING = frozenset(("no", "not", "without", "нет", "не", "без", "ни"))


def _polite(tokens: Sequence[Token]) -> list[Token]:
    """Leave out courtesies, the small words that joined lost clauses, and signs without words."""
    left: list[Token] = []
    for token in tokens:
        begins = not left or not left[-1].is_word
        joins = token.small in _JOINS_CLAUSES or (not left and token.small in _JOINS)
        parts_nothing = begins and token.text in _PARTING | _DASHES
        if token.small in _COURTESY or (begins and joins) or parts_nothing:
            continue
        left.append(token)
    if all(token.small in _DENIES_NOTHING for token in left):
        return []
    while left and (
        left[-1].text in _PARTING | _DASHES or left[-1].small in _JOINS | _JOINS_CLAUSES
    ):
        left.pop()
    return left


def _text(tokens: Sequence[Token]) -> str:
    return written([replace(one, weight=1.0) for one in tokens]).strip(" ,.;:-'")


_PARTING = frozenset(",;:.|!?")
"""Signs that part one thing from another, and mean nothing without either."""

_DASHES = frozenset(f"-/&{LONG_DASHES}")

_SIGNS = re.compile(rf"[{QUOTES}`*~#<>|\\^=]+|(?<!\w)['_]+|['_]+(?!\w)")


def readable(words: str) -> str:
    """Write words without the signs of quotations and of markup."""
    text = re.sub(r"(?<!\w)w/o(?:ut)?(?!\w)", "without", words, flags=re.IGNORECASE)
    return re.sub(r"(?<=\w)_(?=\w)", " ", _SIGNS.sub(" ", text))


def with_listed(words: str, listed: Sequence[str]) -> str:
    """Write what is ruled out behind the words: `a knight --no hat, crowd`."""
    words = words.strip(" ,;")
    if words and listed:
        return f"{words} --{NO} {', '.join(listed)}"
    return words or " ".join(f"--{NO} {item}" for item in listed)


def split_listed(words: str) -> tuple[str, list[str]]:
    """Split the words of a reading from what is ruled out behind them."""
    own, *listed = words.split(f"--{NO} ")
    return own.strip(" ,;."), items_of(",".join(listed))


def _either(first: Options, second: Options) -> Options:
    """Give each option as the first has it, or else the second."""
    values = {
        one.name: getattr(second, one.name)
        if getattr(first, one.name) is None
        else getattr(first, one.name)
        for one in fields(Options)
    }
    return Options(**values)
