"""What an album's words become by a reply such as “but with a hat”."""

import re
from dataclasses import replace

from generation.words.reading.contradiction import asks_for, settle, superseded
from generation.words.reading.emphasis import tokens_of, written
from generation.words.reading.negation import Divided, Unwanted
from generation.words.reading.options import NO_NAMES, Names
from generation.words.reading.reader import Reading, read, split_listed, with_listed
from generation.words.reading.signs import plain
from generation.words.reading.tokens import Token

_BEGINS = re.compile(
    r"^\W*(?:(?:but|and|now|only|just|(?:the )?same(?: thing)?|again|ok|okay|please|add|put on|"
    r"make it|give (?:me|him|her)|change it to|но|а|и|теперь|только|(?:всё |все )?то же(?: самое)?|"
    r"так же|такой же|такая же|ещё раз|еще раз|давай|пусть(?: будет)?|пожалуйста|добавь(?:те)?|"
    r"надень(?:те)?|дай(?:те)?|сделай(?:те)?)\b[\s,]*)+",
    re.IGNORECASE,
)
"""How people begin to say what shall be different."""

_COMMA = Token(",", glued=True)


def changed(words: str, reply: str, names: Names = NO_NAMES) -> Reading:
    """Read the words as the reply changes them; its options, LoRAs and remarks are the reading's.

    What the reply rules out goes, what it asks for is ruled out no more, and of two coats, places
    or times of day the new one counts. Raises as `read`.
    """
    before, after = read(words), read(_BEGINS.sub("", plain(reply)), names, goes_on=True)
    old, new = tokens_of(before.wanted, []), tokens_of(after.wanted, [])
    ruled_out = [item for item in before.unwanted if not asks_for(after.wanted, item)]
    later = (Unwanted(tuple(tokens_of(item, [])), len(old)) for item in after.unwanted)
    left = superseded(settle(Divided(tuple(old), tuple(later)))[0].wanted, new)
    if left == old and len(ruled_out) == len(before.unwanted):
        whole = read(_joined(before.words, after.words))
    else:
        wanted = written([*left, _COMMA, *new] if new else left)
        whole = read(with_listed(wanted, [*ruled_out, *after.unwanted]))
    remarks = tuple(one for one in after.remarks if one.kind != "only-unwanted" or not whole.wanted)
    return replace(whole, options=after.options, loras=after.loras, remarks=remarks)


def _joined(words: str, more: str) -> str:
    """Put words one after the other; what either rules out by an option stands at the end."""
    (own, listed), (added, more_listed) = split_listed(words), split_listed(more)
    return with_listed(", ".join(filter(None, (own, added))), [*listed, *more_listed])
