"""What is asked of a generator, and what it gives off on the way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from generation.character import Character
from generation.modes import Mode

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """A snapshot: editing the character later does not change a request.

    Picture k of the album (from 0) is drawn from seed `seed + k`; with `near`, as a variation of
    the picture of these seeds (of a variation of a variation there are several).
    """

    character: Character
    words: str
    mode: Mode
    seed: int
    count: int = 6
    near: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Prompt:
    """What the model reads; `cut` are the person's words that did not fit into its 77 tokens."""

    positive: str
    negative: str
    cut: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """Denoising step `step` of `steps` is done, of `together` pictures from `picture` (0) on."""

    picture: int
    step: int
    steps: int
    together: int = 1


@dataclass(frozen=True, slots=True)
class Picture:
    index: int
    seed: int
    image: "Image"


class AlbumGenerator(Protocol):
    """Draws albums, one request at a time, on one thread."""

    model_name: str

    def load(self, on_bytes: Callable[[int, int], None] | None = None) -> None:
        """Load the model now rather than at the first prompt; twice is once.

        If it has to be downloaded, `on_bytes` is given the bytes that are here and those of the
        whole, again and again; what it raises stops the download, which later goes on from there.
        Raises ModelUnavailable when the model can't be had.
        """

    def prompt(self, request: GenerationRequest) -> Prompt:
        """Write what the model will read. Raises what `load` raises."""

    def album(
        self, request: GenerationRequest, on_step: Callable[[Step], None]
    ) -> Iterator[Picture]:
        """Draw `request.count` pictures, yielding each as it is ready.

        `on_step` is called after every denoising step; what it raises ends the album at once,
        and the next album is unharmed.
        """


@dataclass(frozen=True, slots=True)
class Job:
    id: int
    request: GenerationRequest
