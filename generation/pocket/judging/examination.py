"""Examines the pocket model with people, faces and prompts that it has not seen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from math import sqrt
from random import Random
from statistics import mean

from PIL import Image
from tqdm import tqdm

from generation.character import Character, FacialHair, Glasses, Traits
from generation.engine.conditions import Conditions
from generation.engine.pipeline import FacePipeline
from generation.modes import MODES, Mode
from generation.pocket.judging.reader import AttributeReader
from generation.pocket.portraits.attributes import CHOICES, Portrait, number, shown, value
from generation.pocket.portraits.captions import scene_words, traits_of
from generation.pocket.portraits.chance import random_person, random_scene
from generation.pocket.portraits.drawing import draw
from generation.pocket.portraits.reference import clean_face
from generation.words.prompt import Prompt
from generation.words.recipes import POCKET
from generation.words.vocabulary import EVERY_WORD
from generation.words.writer import PromptWriter

FAST = MODES["FAST"]
"""The bot's default mode, in which the model is examined."""

JUDGED = (*("skin", "hair_color", "clothes", "place", "glasses", "facial_hair", "hat", "role"),)
"""Attributes that the judge reads off a picture, after a test of how well it reads each."""

BATCH = 25
"""Number of pictures that are drawn together."""

SEED = 11
"""Seed of the people and prompts. They are not those of training, nor those whose scores led it
(seed 7)."""

FIRST_NOISE = 1_000_000
"""Seed of the first picture's noise: far from training's, which count from 0."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many were right."""

    right: int
    of: int

    def __str__(self) -> str:
        if not self.of:
            return "nobody"
        low, high = self.interval
        return f"{100 * self.value:5.1f} % of {self.of} ({100 * low:.1f} to {100 * high:.1f})"

    @property
    def value(self) -> float:
        return self.right / self.of

    @property
    def interval(self) -> tuple[float, float]:
        """Give Wilson's 95 % interval: its lower and upper end."""
        z = 1.96
        share, n = self.value, self.of
        middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        reach = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
        return middle - reach, middle + reach


def agreement(
    wanted: Sequence[Portrait],
    read: Sequence[dict[str, StrEnum]],
    name: str,
    among: Callable[[Portrait], bool] = lambda _: True,
) -> Share:
    """Count the pictures in which an attribute is as wanted, of those that could show it."""
    judged = [
        (portrait, seen)
        for portrait, seen in zip(wanted, read, strict=True)
        if among(portrait) and shown(portrait, name)
    ]
    right = sum(_same(value(portrait, name), seen[name]) for portrait, seen in judged)
    return Share(right, len(judged))


def _same(wanted: StrEnum, read: StrEnum) -> bool:
    """Compare two values: any beard or none, glasses of either kind or none, all else exactly."""
    if isinstance(wanted, FacialHair):
        return (wanted is FacialHair.BEARD) == (read is FacialHair.BEARD)
    if isinstance(wanted, Glasses):
        return (wanted is Glasses.NONE) == (read is Glasses.NONE)
    return wanted is read


class Examination:
    """Draws the same people and prompts in any mode, and reads what the pictures show.

    `told` are prompts that name every attribute, `untold` prompts that name place and clothes only,
    and `denied` say "without glasses" besides.
    """

    def __init__(self, pipeline: FacePipeline, reader: AttributeReader, samples: int) -> None:
        self._pipeline, self._reader = pipeline, reader
        random = Random(f"score {SEED}")  # noqa: S311 - nothing secret
        self._random = random
        self.portraits = [
            Portrait(random_person(random), random_scene(random, looks=False))
            for _ in range(samples)
        ]
        self.faces = tuple(clean_face(p.person, random) for p in self.portraits)
        everything = frozenset(CHOICES)
        only_scene = frozenset({"place", "clothes"})
        self.told = [self._prompt(p, everything) for p in self.portraits]
        self.untold = [self._prompt(p, only_scene) for p in self.portraits]
        self.denied = [self._prompt(p, only_scene, "without glasses") for p in self.portraits]

    def drawings(self) -> list[dict[str, StrEnum]]:
        """Read portraits that code has drawn: they show how well the judge reads."""
        return self._reader.read([draw(portrait, self._random) for portrait in self.portraits])

    def draw(
        self,
        prompts: Sequence[Prompt],
        mode: Mode,
        label: str,
        faces: Sequence[Image.Image] | None = None,
    ) -> list[Image.Image]:
        """Draw picture k of prompt k, with face k or else person k's, from seed FIRST_NOISE + k."""
        faces = faces or self.faces
        self._pipeline.begin(mode)
        pictures: list[Image.Image] = []
        for start in tqdm(range(0, len(prompts), BATCH), label, leave=False):
            rows = range(start, min(start + BATCH, len(prompts)))
            several = [self._pipeline.embed(prompts[k], [_file(faces[k])], mode) for k in rows]
            pictures += self._pipeline.draw_together(
                Conditions.together(several),
                mode,
                [FIRST_NOISE + k for k in rows],
                lambda _step: None,
            )
        return pictures

    def read(self, pictures: Sequence[Image.Image]) -> list[dict[str, StrEnum]]:
        return self._reader.read(pictures)

    def likeness_to_words(self, pictures: Sequence[Image.Image]) -> list[float]:
        """Give each picture's mean log-likelihood, in nats, of the attributes that were asked."""
        read = self._reader.likelihoods(pictures)
        return [
            mean(
                float(read[name][k, number(portrait, name)].clamp(min=1e-6).log())
                for name in JUDGED
                if shown(portrait, name)
            )
            for k, portrait in enumerate(self.portraits)
        ]

    def _prompt(self, portrait: Portrait, told: frozenset[str], more: str = "") -> Prompt:
        traits = traits_of(portrait.person, told)
        words = scene_words(portrait.scene, told, self._random)
        return self.enhance(traits, ", ".join(filter(None, (words, more))))

    def enhance(self, traits: Traits, words: str, shown: Traits | None = None) -> Prompt:
        """Write a prompt as the bot does, of somebody whose photos show more than they told."""
        writer = PromptWriter(self._pipeline.count_tokens, vocabulary=EVERY_WORD, recipe=POCKET)
        return writer.write(Character("", (b"",), traits, shown=shown or Traits()), words)


def _file(face: Image.Image) -> bytes:
    file = BytesIO()
    face.save(file, "PNG", compress_level=1)
    return file.getvalue()
