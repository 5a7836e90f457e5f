"""How the engine uses the machine."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Tuning:
    """`None` leaves a choice to the machine.

    `at_once` is the number of pictures in a batch, `album` that of most albums. `channels_last` is
    the networks' memory format, `attention_slicing` saves memory and takes time; so does
    `low_memory`, which lets the text encoder go once it has embedded an album's words. `compiled`
    has torch compile the networks in the background, where it can; `compiled_in` is the folder that
    keeps the code for the next start (None: torch's own), and `compiler` is what compiles, as
    `torch.compile` takes it. `tiny_vae` has the model's tiny autoencoder decode the pictures of
    few-step weights.
    `size` is the side of a square picture in pixels, a multiple of 8; None is the model's own.
    """

    at_once: int | None = None
    album: int | None = None
    channels_last: bool | None = None
    attention_slicing: bool | None = None
    low_memory: bool | None = None
    compiled: bool | None = False
    compiled_in: Path | None = None
    compiler: str | Callable[..., Any] = "inductor"
    tiny_vae: bool = True
    size: int | None = None
