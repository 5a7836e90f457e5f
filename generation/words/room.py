"""The room that a model's text encoder has, and which phrases get it."""

from collections.abc import Sequence
from dataclasses import dataclass

from generation.words.phrases import Count, Phrase, join, plain

ALWAYS = (0, 0)
"""The rank of what never goes."""


@dataclass(frozen=True, slots=True)
class Part:
    """A phrase of a prompt; those of the greatest rank go first.

    `asked` are the words in it that somebody asked for: they are told when it goes.
    """

    phrase: Phrase
    rank: tuple[int, int]
    asked: str = ""


@dataclass(frozen=True, slots=True)
class Fitted:
    """`kept` is what the model reads; `read` and `cut` are what was asked for, in it and not."""

    kept: str
    read: str
    cut: str


def fitted(parts: Sequence[Part], limit: int, count: Count) -> Fitted:
    """Keep whole phrases, the most important first, as many as fit into `limit` tokens."""
    kept = {at for at, part in enumerate(parts) if part.rank == ALWAYS}
    full = False
    for at in sorted(set(range(len(parts))) - kept, key=lambda at: parts[at].rank):
        if full:
            break
        together = count(plain(_joined(parts, kept | {at})))
        if together <= limit:
            kept.add(at)
        full = together == limit  # not even a comma more
    gone = set(range(len(parts))) - kept
    return Fitted(_joined(parts, kept), _asked(parts, kept), _asked(parts, gone))


def _joined(parts: Sequence[Part], which: set[int]) -> str:
    """Join some of the parts; one whose beginning isn't there stands by itself."""
    return join(
        [parts[at].phrase if at - 1 in which else parts[at].phrase.apart() for at in sorted(which)]
    )


def _asked(parts: Sequence[Part], which: set[int]) -> str:
    text = ""
    for at in sorted(which):
        if parts[at].asked:
            glue = parts[at].phrase.glue if at - 1 in which and parts[at - 1].asked else ", "
            text = f"{text}{glue}{parts[at].asked}" if text else parts[at].asked
    return text
