"""What a negation denies."""

from collections.abc import Collection
from dataclasses import dataclass

from generation.words.reading.tokens import Token


@dataclass(frozen=True, slots=True)
class Denial:
    """`items` are the things denied; the words go on at `end`.

    `looks_back`: if nothing follows that could be denied, it is what stands before: `hat: no`;
    in Russian in one of the `cases`, as `named` takes them.
    `cancels` is a denial of a denial, whose words mean nothing: `not without`. `inside`: a word
    denies by its own end, so the words before it lead to others: `a hat-free knight`.
    """

    items: tuple[tuple[Token, ...], ...]
    end: int
    looks_back: bool = False
    cancels: bool = False
    inside: bool = False
    cases: Collection[str] = ("gent", "accs", "nomn")
