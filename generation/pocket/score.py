"""Scores the pocket model: `python -m generation.pocket.score [--samples N] [--sheet PATH]`.

Fresh random people and prompts, drawn by the very code that the bot draws with, and judged by a
network that was taught on drawings only (`reader.py`). Each figure stands with the number of its
samples and its 95 % interval (Wilson, 1927).
"""

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import combinations
from math import sqrt
from pathlib import Path
from random import Random
from statistics import mean

import numpy as np
from PIL import Image
from tqdm import tqdm

from generation import models
from generation.character import Character, FacialHair, Glasses
from generation.device import choose
from generation.model_files import locate
from generation.pipeline import Conditions, FacePipeline
from generation.pocket.attributes import (
    CHOICES,
    Cut,
    Hat,
    Portrait,
    number,
    random_person,
    random_scene,
    value,
)
from generation.pocket.captions import scene_words, traits_of
from generation.pocket.drawing import draw
from generation.pocket.reader import AttributeReader, load_reader
from generation.pocket.reference import reference
from generation.presets import Preset
from generation.prompt import NEGATIVE_PROMPT, PromptEnhancer
from generation.request import Prompt

FAST = Preset("FAST", 12, 6.5, 0.50)
STEPS = (10, 12, 15, 20)
ASKED = ("skin", "hair_color", "clothes", "place", "glasses", "facial_hair")
CARRIED = ("skin", "hair_color", "glasses", "facial_hair")
SCALES = (0.0, 0.2, 0.4, 0.6, 0.8)
BATCH = 25
"""Pictures that are drawn together."""
SEED = 7
"""Of the people: other ones than those of the training."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many were right."""

    right: int
    of: int

    def __str__(self) -> str:
        low, high = self.interval
        return f"{100 * self.value:5.1f} % of {self.of} ({100 * low:.1f} to {100 * high:.1f})"

    @property
    def value(self) -> float:
        return self.right / self.of

    @property
    def interval(self) -> tuple[float, float]:
        """Give Wilson's 95 % interval."""
        z = 1.96
        share, n = self.value, self.of
        middle = (share + z * z / (2 * n)) / (1 + z * z / n)
        reach = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
        return middle - reach, middle + reach


def agreement(wanted: Sequence[Portrait], read: Sequence[dict[str, StrEnum]], name: str) -> Share:
    """Count where an attribute was read as wanted; hair has no colour on a bald head."""
    judged = [
        (portrait, seen)
        for portrait, seen in zip(wanted, read, strict=True)
        if not (name == "hair_color" and portrait.person.cut is Cut.BALD)
    ]
    right = sum(_same(value(portrait, name), seen[name]) for portrait, seen in judged)
    return Share(right, len(judged))


def _same(wanted: StrEnum, read: StrEnum) -> bool:
    """Compare; a beard is a beard, or it is not, and so are glasses of either kind."""
    if isinstance(wanted, FacialHair):
        return (wanted is FacialHair.BEARD) == (read is FacialHair.BEARD)
    if isinstance(wanted, Glasses):
        return (wanted is Glasses.NONE) == (read is Glasses.NONE)
    return wanted is read


class Examination:
    """Draws for the same people and prompts again and again, and reads what came out."""

    def __init__(self, pipeline: FacePipeline, reader: AttributeReader, samples: int) -> None:
        self._pipeline, self._reader = pipeline, reader
        random = Random(f"score {SEED}")  # noqa: S311 - nothing secret
        self.random = random
        self.portraits = [
            Portrait(random_person(random), random_scene(random, looks=False))
            for _ in range(samples)
        ]
        self.faces = [reference(p.person, random, plain=True) for p in self.portraits]
        everything = frozenset(CHOICES)
        only_scene = frozenset({"place", "clothes"})
        self.told = [self._prompt(p, everything) for p in self.portraits]
        self.untold = [self._prompt(p, only_scene) for p in self.portraits]

    def drawings(self) -> list[dict[str, StrEnum]]:
        """Read what code has drawn: the judge's own examination."""
        return self._reader.read([draw(portrait, self.random) for portrait in self.portraits])

    def draw(self, prompts: Sequence[Prompt], preset: Preset, label: str) -> list[Image.Image]:
        """Draw picture k with face k from seed k."""
        self._pipeline.begin(preset)
        pictures: list[Image.Image] = []
        for start in tqdm(range(0, len(prompts), BATCH), label, leave=False):
            rows = range(start, min(start + BATCH, len(prompts)))
            several = [self._pipeline.embed(prompts[k], self.faces[k], preset) for k in rows]
            pictures += self._pipeline.draw_together(
                Conditions.together(several), preset, list(rows), lambda _step: None
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
                for name in ("skin", "clothes", "place", "eyes", "expression", "glasses", "cut")
            )
            for k, portrait in enumerate(self.portraits)
        ]

    def _prompt(self, portrait: Portrait, told: frozenset[str]) -> Prompt:
        traits = traits_of(portrait.person, told)
        words = scene_words(portrait.scene, told, self.random)
        return PromptEnhancer(self._pipeline.count_tokens).write(Character("", b"", traits), words)


def words(exam: Examination) -> dict[str, object]:
    """As asked by words: with no face at all, and in FAST with the person's own."""
    scores: dict[str, object] = {}
    for label, preset in (
        ("words alone (adapter 0)", replace(FAST, ip_adapter_scale=0.0)),
        ("words and face (FAST)", FAST),
        ("without guidance", replace(FAST, guidance_scale=1.0)),
    ):
        read = exam.read(exam.draw(exam.told, preset, label))
        for name in ASKED:
            scores[f"{label}: {name}"] = agreement(exam.portraits, read, name)
        for asked in (Hat.HAT, Hat.NONE):
            hats = [
                seen["hat"] is asked
                for portrait, seen in zip(exam.portraits, read, strict=True)
                if portrait.scene.hat is asked
            ]
            scores[f"{label}: hat, {'asked' if asked is Hat.HAT else 'not asked'}"] = Share(
                sum(hats), len(hats)
            )
    return scores


def faces(exam: Examination) -> dict[str, object]:
    """As shown by the face, with no trait in the words; and what chance would give."""
    scores: dict[str, object] = {}
    for scale in SCALES:
        read = exam.read(exam.draw(exam.untold, replace(FAST, ip_adapter_scale=scale), "faces"))
        others = [*exam.portraits[1:], exam.portraits[0]]
        for name in CARRIED:
            scores[f"face at {scale}: {name}"] = agreement(exam.portraits, read, name)
            scores[f"chance at {scale}: {name}"] = agreement(others, read, name)
    return scores


def negative(exam: Examination) -> dict[str, object]:
    """Faces with glasses: how many come back, without and with `glasses` in the negative words."""
    wearers = [k for k, p in enumerate(exam.portraits) if p.person.glasses is not Glasses.NONE]
    scores: dict[str, object] = {}
    for label, ruled_out in (("without", ""), ("with", "glasses, ")):
        prompts = [replace(prompt, negative=ruled_out + NEGATIVE_PROMPT) for prompt in exam.untold]
        read = exam.read(exam.draw(prompts, FAST, "negative"))
        worn = sum(read[k]["glasses"] is not Glasses.NONE for k in wearers)
        scores[f"glasses, {label} them in the negative words"] = Share(worn, len(wearers))
    return scores


def steps(exam: Examination) -> dict[str, object]:
    """How likely the asked attributes are after so many steps."""
    scores: dict[str, object] = {}
    before: list[float] = []
    for count in STEPS:
        pictures = exam.draw(exam.told, replace(FAST, steps=count), f"{count} steps")
        now = exam.likeness_to_words(pictures)
        text = f"{mean(now):.4f} nats"
        if before:
            gains = [b - a for a, b in zip(before, now, strict=True)]
            error = 1.96 * float(np.std(gains)) / sqrt(len(gains))
            text += f", {mean(gains):+.4f} (± {error:.4f}) against the line above"
        scores[f"{count} steps: log-likelihood of what was asked"] = text
        before = now
    return scores


def diversity(exam: Examination, albums: int = 20, size: int = 6) -> dict[str, object]:
    """Give the mean distance of two pictures of one album, of 255."""
    distances = []
    for k in range(albums):
        exam.faces[:size] = [exam.faces[k]] * size
        pictures = exam.draw([exam.untold[k]] * size, FAST, "albums")
        pixels = [np.asarray(picture, float) for picture in pictures]
        distances += [float(np.abs(a - b).mean()) for a, b in combinations(pixels, 2)]
    text = f"{mean(distances):.1f} of 255, {min(distances):.1f} at least ({len(distances)} pairs)"
    return {"two pictures of one album differ by": text}


PARTS: dict[str, Callable[[Examination], dict[str, object]]] = {
    "words": words,
    "faces": faces,
    "negative": negative,
    "steps": steps,
    "diversity": diversity,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m generation.pocket.score")
    parser.add_argument("--model", default="pocket")
    parser.add_argument("--samples", type=int, default=500, help="people and prompts a figure")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS))
    parser.add_argument("--sheet", type=Path, help="where a contact sheet goes, a PNG")
    parser.add_argument("--json", type=Path, help="where the figures go besides")
    options = parser.parse_args()
    pipeline = FacePipeline(locate(models.resolve(options.model)), choose("auto"))
    exam = Examination(pipeline, load_reader(), options.samples)
    scores: dict[str, object] = {
        f"the judge on drawings: {name}": agreement(exam.portraits, read, name)
        for read in [exam.drawings()]
        for name in (*ASKED, "hat")
    }
    if options.sheet:
        sheet(exam).save(options.sheet)
    for part in options.only:
        scores |= PARTS[part](exam)
    for name, score in scores.items():
        print(f"{name:55} {score}")
    if options.json:
        told = {name: str(score) for name, score in scores.items()}
        options.json.write_text(json.dumps(told, indent=1), encoding="utf-8")


def sheet(exam: Examination, rows: int = 5, columns: int = 10) -> Image.Image:
    """Show each person's reference above what was drawn of them with it and all their words."""
    pictures = exam.draw(exam.told[: rows * columns], FAST, "sheet")
    side = pictures[0].width
    page = Image.new("RGB", (columns * side, rows * 2 * side))
    for k, picture in enumerate(pictures):
        x, y = k % columns * side, k // columns * 2 * side
        page.paste(exam.faces[k].resize((side, side)), (x, y))
        page.paste(picture, (x, y + side))
    return page


if __name__ == "__main__":
    main()
