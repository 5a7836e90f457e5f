"""What a model reads."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the model reads.

    Both may weigh their phrases as `(phrase:1.2)`. `cut` has the person's words that did not fit
    into 77 tokens, `unknown` those that it draws nothing for. `english` is what their words were
    translated to; empty where they were English. `face_at_most` is the greatest scale of the face
    adapter with which the words are obeyed. `costume` are the looks that a scene has from the rest
    of its story. `missing` are the LoRAs that were asked for, and that can't be had any more.
    """

    positive: str
    negative: str
    cut: str = ""
    unknown: tuple[str, ...] = ()
    english: str = ""
    face_at_most: float = 1.0
    costume: str = ""
    missing: tuple[str, ...] = ()


def prompt_of(prompts: Sequence[Prompt], picture: int) -> Prompt:
    """Give the prompt of a picture, from 0: an album has one for all of them, or one for each."""
    return prompts[picture % len(prompts)]
