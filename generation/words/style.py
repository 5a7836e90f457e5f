"""A style: words that say how a picture is made, not what it shows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """`words` come after the person and the scene; `negative` are what the style rules out.

    `medium` is what such a picture is called: "oil painting" of a person; empty: what the model
    draws by itself. `lora` is the LoRA that makes it, and how much of it: "film:0.8".
    """

    name: str
    words: str = ""
    negative: str = ""
    medium: str = ""
    lora: str = ""
