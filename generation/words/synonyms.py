"""Words that people use for what the pocket model draws under another name."""

import re
import tomllib
from pathlib import Path

from generation.words.named import GARMENTS
from generation.words.subject import article

FILE = Path(__file__).parent / "synonyms.toml"


_DRAWN = {
    synonym.replace("-", " "): drawn
    for table in tomllib.loads(FILE.read_text(encoding="utf-8")).values()
    for drawn, synonyms in table.items()
    for synonym in synonyms.split()
}
"""What the model's word for each of them is."""

NAMES = frozenset(_DRAWN)

_LONGEST_FIRST = sorted(_DRAWN, key=len, reverse=True)
_CALLED = re.compile(
    rf"(?<![\w'-])(?:(?P<a>an?) )?"
    rf"(?P<called>{'|'.join(one.replace(' ', '[ -]') for one in _LONGEST_FIRST)})"
    r"(?P<plural>s)?(?![\w'-]|(?<=shades) of\b)"
    rf"(?P<worn>(?= (?:{GARMENTS}|hat|cap|helmet)\b))?",
    re.IGNORECASE,
)


_SNOW_WHITE = re.compile(
    r"(?:^|(?<=\bas )|(?<=, ))snow[- ]white(?=$|,| (?:in|at|on|with|and|under)\b)", re.IGNORECASE
)
"""A princess; snow-white hair, or a castle, is white."""


def plain_names(text: str) -> str:
    """Call them as the pocket model does: a surgeon is a doctor, Batman a superhero."""
    return _CALLED.sub(_drawn, _SNOW_WHITE.sub("princess", text))


def _drawn(found: re.Match[str]) -> str:
    called = found["called"].lower().replace("-", " ")
    drawn = _DRAWN[called] + (found["plural"] or "")
    if found["worn"] is not None and " in " in drawn:  # a "santa costume" is no old man
        return found[0]
    return f"{article(drawn)} {drawn}" if found["a"] else drawn
