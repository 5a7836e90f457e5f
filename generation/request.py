"""What is asked of a generator, and what it gives off on the way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from generation.character import Character
from generation.presets import Preset

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """A snapshot: editing the character later does not change a request.

    Picture k of the album (from 0) is drawn from seed `seed + k`.
    """

    character: Character
    words: str
    preset: Preset
    seed: int
    count: int = 6


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the model reads; `cut` are the person's words that did not fit into its 77 tokens."""

    positive: str
    negative: str
    cut: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Denoising step `step` of `steps` of picture `picture` (from 0) is done."""

    picture: int
    step: int
    steps: int


@dataclass(frozen=True, slots=True)
class Picture:
    index: int
    seed: int
    image: "Image"


class AlbumGenerator(Protocol):
    """Draws albums, one request at a time, on one thread."""

    model_name: str

    def prompt(self, request: GenerationRequest) -> Prompt:
        """Write what the model will read. The first call loads the model.

        Raises ModelUnavailable when the model can't be had.
        """

    def album(
        self, request: GenerationRequest, on_step: Callable[[Step], None]
    ) -> Iterator[Picture]:
        """Draw `request.count` pictures, yielding each as it is ready.

        `on_step` is called after every denoising step; what it raises ends the album at once,
        and the next album is unharmed.
        """
