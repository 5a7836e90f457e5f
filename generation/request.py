"""What a generator is asked to draw, and what it returns."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from generation.character import Character
from generation.download_news import DownloadNews
from generation.modes import Mode
from generation.sizes import Size
from generation.words.lora import LoraUse
from generation.words.prompt import Prompt
from generation.words.reading import Remark
from generation.words.style import Style

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """A snapshot: editing the character later does not change a request.

    Picture k of the album, from 0, is drawn from seed `seed + k`. With `near` it is a variation of
    the picture that has these seeds: one, or several if that is a variation itself.

    With `scenes` the album is a story: picture k shows scene k, and `words` are not drawn.
    `english` are the words, or the scenes one after the other with a bar between, in English as
    their person put them; empty: they are read as they are. `loras` are those that the words name:
    the style may have one of its own.
    """

    character: Character
    words: str
    mode: Mode
    seed: int
    count: int = 6
    near: tuple[int, ...] = ()
    style: Style | None = None
    size: Size = Size.SQUARE
    scenes: tuple[str, ...] = ()
    english: str = ""
    loras: tuple[LoraUse, ...] = ()


@dataclass(frozen=True, slots=True)
class AlbumOrder:
    """What a person orders. Their character joins it when it is accepted, as it is then.

    `remarks` say what of their text was not taken as it stood. The other fields are as in
    GenerationRequest.
    """

    words: str
    mode: Mode
    seed: int
    count: int = 6
    near: tuple[int, ...] = ()
    style: Style | None = None
    size: Size = Size.SQUARE
    scenes: tuple[str, ...] = ()
    english: str = ""
    loras: tuple[LoraUse, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """Step `step` of `steps` is done for `together` pictures. `picture`, from 0, is their first."""

    picture: int
    step: int
    steps: int
    together: int = 1


@dataclass(frozen=True, slots=True)
class Picture:
    index: int
    seed: int
    image: "Image"


@dataclass(frozen=True, slots=True)
class PictureNote:
    """What is written down of a picture.

    `faces` is the number of faces in it, and `likeness` how like its person the most similar is, as
    a share of how like each other the person's own photos are; None: there is no face. `mended`: a
    small face was drawn once more.
    """

    seed: int
    faces: int
    likeness: float | None
    mended: bool = False


Square = tuple[int, int, int]
"""A part of a picture: its left side, its top, and its side, in pixels."""


class AlbumGenerator(Protocol):
    """Draws albums, one request at a time, on one thread."""

    @property
    def model_name(self) -> str:
        """The name of the model that it draws with now."""

    @property
    def photographs(self) -> bool:
        """Whether it draws photographs: only on these is it measured whether they are like.

        Raises ModelUnavailable if there is no such model.
        """

    @property
    def half_precision_given_up(self) -> bool:
        """Whether it draws in full precision since half precision lost too many pictures."""

    def load(self, on_news: Callable[[DownloadNews], None] | None = None) -> None:
        """Load the model now rather than at the first prompt; a second call does nothing.

        Where the owner has chosen another model meanwhile, that one takes its place.

        If it has to be downloaded, `on_news` hears again and again how far it is, and every second
        of a wait. What it raises stops the download; the next one goes on from there. Raises
        ModelUnavailable.
        """

    def unload(self) -> bool:
        """Give the model's memory back, where the machine's other programs could have it.

        It says whether there was any to give.

        The next load, or the next prompt, reads the model again.
        """

    def can_draw(self, mode: Mode) -> bool:
        """Say whether the weights that a mode needs are here. Raises ModelUnavailable."""

    def prompts(self, request: GenerationRequest) -> tuple[Prompt, ...]:
        """Write what the model will read: one prompt for all pictures, or one for each scene.

        Loads the model, so it raises what `load` raises; and NotTranslated for words that can't be
        put into English.
        """

    def album(
        self,
        request: GenerationRequest,
        on_step: Callable[[Step], None],
        prompts: Sequence[Prompt] = (),
    ) -> Iterator[Picture]:
        """Draw `request.count` pictures, yielding each as it is ready.

        `prompts` is one for all pictures or one for each; none: they are written as `prompts` does.
        `on_step` is called after every denoising step. What it raises ends the album at once, and
        harms no later album.
        """

    def mend(
        self,
        request: GenerationRequest,
        prompt: Prompt,
        picture: "Image",
        square: Square,
        seed: int,
        on_step: Callable[[Step], None],
    ) -> "Image":
        """Draw a part of a picture once more, larger and with the same prompt and face.

        Outside of the square not a bit changes. `on_step` is as in `album`.
        """

    def forget(self) -> None:
        """Keep in memory nothing of the person whose album was drawn last."""


@dataclass(frozen=True, slots=True)
class Job:
    id: int
    request: GenerationRequest
