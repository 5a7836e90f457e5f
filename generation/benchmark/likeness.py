"""How like their people a generator's pictures are."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import TYPE_CHECKING

from generation.benchmark.people import Person
from generation.faces.sight import Sights
from generation.modes import Likeness, Mode
from generation.request import AlbumGenerator, GenerationRequest
from generation.work.judge import Judge, Judgement

if TYPE_CHECKING:
    from PIL.Image import Image

WORDS = "in a forest"
"""Words that hide no face."""

SEED = 1


@dataclass(frozen=True, slots=True)
class Order:
    """What is drawn of each person. `pictures` is the number of pictures in an album."""

    words: str = WORDS
    pictures: int = 6
    seed: int = SEED


@dataclass(frozen=True, slots=True)
class Measurement:
    """All pictures of a mode and a level. `scale` is the face's weight.

    `likenesses` has those of the pictures with a face, as the bot shows them. `strangers` counts
    pictures in which nobody can be the person, `faceless` those without a face. `seconds` is the
    time of a picture.
    """

    mode: str
    level: Likeness
    scale: float
    pictures: int
    likenesses: tuple[float, ...]
    strangers: int
    faceless: int
    seconds: float

    @property
    def faceless_share(self) -> float:
        return self.faceless / self.pictures

    @property
    def strangers_share(self) -> float:
        return self.strangers / self.pictures

    @property
    def mean(self) -> float | None:
        return fmean(self.likenesses) if self.likenesses else None

    @property
    def spread(self) -> float | None:
        """The standard deviation."""
        return pstdev(self.likenesses) if self.likenesses else None


class Comparison:
    """Has a generator draw people, and looks at what it drew. `time` gives seconds."""

    def __init__(
        self,
        generator: AlbumGenerator,
        sights: Sights,
        people: Sequence[Person],
        order: Order,
        time: Callable[[Callable[[], object]], float],
    ) -> None:
        self._generator, self._people, self._order = generator, people, order
        self._judges = [Judge(sights, person.identity) for person in people]
        self._time = time

    def measure(self, modes: Sequence[Mode]) -> Iterator[Measurement]:
        """Measure each mode at each level; the same people, words and seeds in all of them."""
        for mode in modes:
            self._draw(self._people[0], mode, pictures=1)  # so that no album waits for the model
            for level in Likeness:
                yield self._measure(mode.with_likeness(level), level)

    def _measure(self, mode: Mode, level: Likeness) -> Measurement:
        seen: list[Judgement] = []
        seconds = 0.0
        for person, judge in zip(self._people, self._judges, strict=True):
            album, took = self._draw(person, mode, self._order.pictures)
            seen += map(judge.judge, album)
            seconds += took
        faces = [one for one in seen if one.likeness is not None]
        return Measurement(
            mode=mode.name,
            level=level,
            scale=mode.ip_adapter_scale,
            pictures=len(seen),
            likenesses=tuple(one.likeness for one in faces if one.likeness is not None),
            strangers=sum(not one.same for one in faces),
            faceless=len(seen) - len(faces),
            seconds=seconds / len(seen),
        )

    def _draw(self, person: Person, mode: Mode, pictures: int) -> tuple[list["Image"], float]:
        order = self._order
        drawn: list[Image] = []
        request = GenerationRequest(person.character, order.words, mode, order.seed, pictures)

        def draw() -> None:
            drawn.extend(one.image for one in self._generator.album(request, lambda _step: None))

        return drawn, self._time(draw)
