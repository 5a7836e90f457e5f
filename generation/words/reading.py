"""What a person's words ask for: one place reads them, in English and Russian.

The same words are read twice: by the handler that accepts a request, for its options, and by the
worker, for what is wanted and what is not. `Reading.words` read again gives the same reading.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was written and is not taken as it stands: `kind` is the text that names it.

    `given` is what was written, `taken` what it was taken as, if it was.
    """

    kind: str
    given: str
    taken: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a request sets for itself, as it was written; None: not set."""

    seed: int | None = None
    preset: str | None = None
    style: str | None = None
    size: str | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """`wanted` may weigh its phrases as `(phrase:1.2)`; `unwanted` has a phrase an item.

    `words` are the person's own, without options and without what no model reads.
    """

    words: str
    wanted: str
    unwanted: tuple[str, ...] = ()
    options: Options = Options()
    remarks: tuple[Remark, ...] = ()


def read(text: str) -> Reading:
    """Read a request. Raises SeedWrong, UnknownOption and other refusals for wrong options."""
    words = " ".join(text.split())
    return Reading(words=words, wanted=words)
