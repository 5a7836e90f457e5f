"""What a model reads."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the model reads.

    Both may weigh their phrases as `(phrase:1.2)`. `cut` has the person's words that did not fit
    into 77 tokens, `unknown` those that it draws nothing for. `english` is what their words were
    translated to; empty where they were English.
    """

    positive: str
    negative: str
    cut: str = ""
    unknown: tuple[str, ...] = ()
    english: str = ""
