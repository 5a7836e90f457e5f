"""Working fakes: a generator that draws by script, held and released by the test."""

import hashlib
import threading
import time
from collections.abc import Callable, Iterator, Sequence

from PIL import Image

from generation.download_news import DownloadNews
from generation.modes import Mode
from generation.request import GenerationRequest, Picture, Square, Step
from generation.words.prompt import Prompt, prompt_of

PATIENCE_S = 120


class ScriptedGenerator:
    """Draws flat pictures whose colour is their request's; `hold` keeps it before a step."""

    model_name = "scripted"

    def __init__(self) -> None:
        self.photographs = False
        """Whether its pictures are compared with their person."""
        self.picture: Callable[[GenerationRequest, int], Image.Image] = flat
        """What it draws for a request and a seed."""
        self.mended: Callable[[Image.Image, Square], Image.Image] = lambda image, _square: image
        """What it makes of a picture in which a square is drawn once more."""
        self.requests: list[GenerationRequest] = []
        self.drawn_from: list[Prompt] = []
        """The prompt of each picture that it was to draw or to mend."""
        self.lacking: set[str] = set()
        """The modes whose weights are not here."""
        self.unloaded = 0
        """How often it was asked to give its memory back."""
        self.on_unload: Callable[[], None] = lambda: None
        self.half_precision_given_up = False
        self.forgotten = 0
        """How often it was asked to keep nothing of a person."""
        self.error: Exception | None = None
        self.cut = ""
        self.unknown: tuple[str, ...] = ()
        self.english = ""
        self.costume = ""
        self.missing: tuple[str, ...] = ()
        self.loaded = threading.Event()
        self.unloadable: list[Exception] = []
        """Why it can't be loaded, the next times."""
        self.downloading = threading.Event()
        self.to_download: list[DownloadNews] = []
        """What it tells of its model's download; before the next it waits for `go_on`."""
        self._may_download = threading.Semaphore(0)
        self._free = threading.Event()
        self._free.set()
        self._ending = False
        self._from = 0
        self.steps_taken = 0

    def go_on(self, news: int = 100) -> None:
        """Let the download go on to the next news, or to its end."""
        self._may_download.release(news)

    def hold(self, picture: int = 0) -> None:
        """Draw no further than to the first step of this picture, from 0."""
        self._from = picture
        self._free.clear()

    def release(self) -> None:
        self._free.set()

    def end(self) -> None:
        """Draw no picture further: the bot stops, and has only to notice it."""
        self._ending = True
        self.release()

    def begin(self) -> None:
        """Draw again after an end."""
        self._ending = False

    def load(self, on_news: Callable[[DownloadNews], None] | None = None) -> None:
        if self.unloadable:
            raise self.unloadable.pop(0)
        while on_news and self.to_download:
            on_news(self.to_download.pop(0))
            self.downloading.set()
            if not self._may_download.acquire(timeout=PATIENCE_S):
                raise TimeoutError("the test never let the download go on")
        self.loaded.set()

    def unload(self) -> bool:
        self.unloaded += 1
        self.on_unload()
        return self.unloaded == 1

    def can_draw(self, mode: Mode) -> bool:
        return mode.name not in self.lacking

    def prompts(self, request: GenerationRequest) -> tuple[Prompt, ...]:
        self.requests.append(request)
        if self.error:
            error, self.error = self.error, None
            raise error
        scenes = request.scenes or (request.words,)
        told = {"costume": self.costume, "missing": self.missing}
        return tuple(
            Prompt(words, "", self.cut, self.unknown, self.english, **told)  # type: ignore[arg-type]
            for words in scenes
        )

    def album(
        self,
        request: GenerationRequest,
        on_step: Callable[[Step], None],
        prompts: Sequence[Prompt] = (),
    ) -> Iterator[Picture]:
        prompts = prompts or self.prompts(request)
        for index in range(request.count):
            self.drawn_from.append(prompt_of(prompts, index))
            for step in range(1, request.mode.steps + 1):
                on_step(Step(index, step, request.mode.steps))
                self.steps_taken += 1
                if index >= self._from and not self._free.wait(PATIENCE_S):
                    raise TimeoutError("the test never released the generator")
                while self._ending:  # until the worker is told to stop, which this call raises
                    on_step(Step(index, step, request.mode.steps))
                    time.sleep(0.01)
            seed = request.seed + index
            yield Picture(index, seed, self.picture(request, seed))

    def mend(
        self,
        request: GenerationRequest,
        prompt: Prompt,
        picture: Image.Image,
        square: Square,
        seed: int,
        on_step: Callable[[Step], None],
    ) -> Image.Image:
        self.drawn_from.append(prompt)
        on_step(Step(0, 1, 1))
        return self.mended(picture, square)

    def forget(self) -> None:
        self.forgotten += 1


def flat(request: GenerationRequest, seed: int) -> Image.Image:
    return Image.new("RGB", (64, 64), colour(request.words, seed, request.mode, request.near))


def colour(words: str, seed: int, mode: Mode, near: tuple[int, ...] = ()) -> tuple[int, int, int]:
    """Give the colour of what is drawn: another one for each picture of each request."""
    digest = hashlib.sha256(f"{words}{seed}{mode}{near}".encode()).digest()
    return digest[0], digest[1], digest[2]
