"""A style: words that say how a picture is made, not what it shows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """`words` come after the person and the scene; `negative` are what the style rules out."""

    name: str
    words: str = ""
    negative: str = ""
