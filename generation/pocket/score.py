"""Scores the pocket model: `python -m generation.pocket.score [--samples N] [--sheet PATH]`.

New random people and prompts are drawn by the code that the bot draws with, and judged by a network
that was trained on drawings only (`judging/reader.py`). Each figure stands with the number of its
samples and its 95 % interval (Wilson, 1927).
"""

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import combinations
from math import sqrt
from pathlib import Path
from statistics import mean

import numpy as np

from generation.character import FacialHair, Glasses
from generation.engine.devices import choose
from generation.engine.pipeline import FacePipeline
from generation.errors import Refusal
from generation.models import catalogue
from generation.models.files import locate
from generation.modes import MODES
from generation.pocket.judging.examination import (
    FAST,
    JUDGED,
    Examination,
    Share,
    agreement,
)
from generation.pocket.judging.reader import load_reader
from generation.pocket.judging.sheets import photo_sheet, sheet
from generation.pocket.portraits.attributes import Hat, Portrait, Role
from generation.words.prompt import Prompt
from generation.words.recipes import POCKET

STEPS = (10, 12, 15, 20)
"""Steps of the bot's modes, which are compared."""

SCALES = (0.0, 0.2, 0.4, 0.6, 0.8)
"""Scales of the face adapter that are compared."""

GOOD_JUDGE = 0.98
"""Share of the drawings that the judge must be right about, or nothing is scored."""

CHOICES = ("skin", "hair_color", "clothes", "place")
"""Attributes of which everybody has one value, and that words ask for."""

CARRIED = ("skin", "hair_color")
"""Those of them that a face shows too."""

EXTRAS: dict[str, tuple[str, Callable[[Portrait], bool]]] = {
    "glasses": ("glasses", lambda p: p.person.glasses is not Glasses.NONE),
    "beard": ("facial_hair", lambda p: p.person.facial_hair is FacialHair.BEARD),
    "hat": ("hat", lambda p: p.scene.hat is Hat.HAT),
    "role": ("role", lambda p: p.scene.role is not Role.NONE),
}
"""Things that a person has or has not: the attribute, and who has it. Those who have it are counted
apart too: a model that never draws it would be right about all the others."""

Scores = Iterator[tuple[str, object]]


def judge(exam: Examination) -> Scores:
    """Score the judge on drawings, which it was trained on; exit if it errs there too often."""
    read = exam.drawings()
    for name in JUDGED:
        share = agreement(exam.portraits, read, name)
        yield f"the judge on drawings: {name}", share
        if share.value < GOOD_JUDGE:
            sys.exit(f"The judge is right about {name} in {share}: it can judge nobody.")
    yield "the judge on drawings: no stubble on a clean face", _clean(exam.portraits, read)


def words(exam: Examination) -> Scores:
    """Score what words ask for: without a face, with it, in fewer steps, and without guidance."""
    for label, mode in (
        ("words alone (adapter 0)", replace(FAST, ip_adapter_scale=0.0)),
        ("words and face (FAST)", FAST),
        ("ULTRA_FAST", MODES["ULTRA_FAST"]),
        ("without guidance", replace(FAST, guidance_scale=1.0)),
    ):
        read = exam.read(exam.draw(exam.told, mode, label))
        for name in CHOICES:
            yield f"{label}: {name}", agreement(exam.portraits, read, name)
        for thing in EXTRAS:
            yield from _extra(exam.portraits, read, thing, label, ("asked", "not asked"))
        yield f"{label}: no stubble on a clean face", _clean(exam.portraits, read)


def faces(exam: Examination) -> Scores:
    """Score what a face shows while the words name no trait, and what chance would give."""
    others = [*exam.portraits[1:], exam.portraits[0]]
    for scale in SCALES:
        read = exam.read(exam.draw(exam.untold, replace(FAST, ip_adapter_scale=scale), "faces"))
        for label, people in ((f"face at {scale}", exam.portraits), (f"chance at {scale}", others)):
            for name in CARRIED:
                yield f"{label}: {name}", agreement(people, read, name)
            for thing in ("glasses", "beard"):
                yield from _extra(people, read, thing, label, ("worn", "not worn"))
            yield f"{label}: no stubble on a clean face", _clean(people, read)


def _extra(
    people: Sequence[Portrait],
    read: Sequence[dict[str, StrEnum]],
    thing: str,
    label: str,
    names: tuple[str, str],
) -> Scores:
    attribute, has = EXTRAS[thing]
    yield f"{label}: {thing} or none", agreement(people, read, attribute)
    yield f"{label}: {thing}, {names[0]}", agreement(people, read, attribute, has)
    yield (
        f"{label}: {thing}, {names[1]}",
        agreement(people, read, attribute, lambda portrait: not has(portrait)),
    )


def _clean(people: Sequence[Portrait], read: Sequence[dict[str, StrEnum]]) -> Share:
    """Count the clean faces on which nothing grows; for "beard or none" stubble is none."""
    seen = [
        found["facial_hair"]
        for portrait, found in zip(people, read, strict=True)
        if portrait.person.facial_hair is FacialHair.NONE
    ]
    return Share(seen.count(FacialHair.NONE), len(seen))


def negative(exam: Examination) -> Iterator[tuple[str, Share]]:
    """Count who is drawn with glasses of either kind, by the face's and by what rules them out.

    The bot itself rules out both kinds for somebody without glasses.
    """
    wearers = [k for k, p in enumerate(exam.portraits) if p.person.glasses is not Glasses.NONE]
    faces = [exam.faces[k] for k in wearers]
    for label, prompts in _glassless(exam).items():
        read = exam.read(exam.draw([prompts[k] for k in wearers], FAST, "negative", faces))
        for kind in (Glasses.GLASSES, Glasses.SUNGLASSES):
            worn = [
                seen["glasses"] is not Glasses.NONE
                for k, seen in zip(wearers, read, strict=True)
                if exam.portraits[k].person.glasses is kind
            ]
            yield f"face in {kind}, {label}", Share(sum(worn), len(worn))


def _glassless(exam: Examination) -> dict[str, list[Prompt]]:
    """Give prompts that rule glasses out in the negative words, more or less, or in the words."""
    ruled_out = {
        f"ruled out: {', '.join(words) or 'nothing'}": [
            replace(prompt, negative=", ".join([*words, *POCKET.negative]))
            for prompt in exam.untold
        ]
        for words in ((), ("glasses",), ("sunglasses",), ("glasses", "sunglasses"))
    }
    return {**ruled_out, "told: without glasses": exam.denied}


def steps(exam: Examination) -> Scores:
    """Score how likely the attributes that were asked for are, by the number of steps."""
    before: list[float] = []
    for count in STEPS:
        pictures = exam.draw(exam.told, replace(FAST, steps=count), f"{count} steps")
        now = exam.likeness_to_words(pictures)
        text = f"{mean(now):.4f} nats"
        if before:
            gains = [b - a for a, b in zip(before, now, strict=True)]
            error = 1.96 * float(np.std(gains)) / sqrt(len(gains))
            text += f", {mean(gains):+.4f} (± {error:.4f}) against the line above"
        yield f"{count} steps: log-likelihood of what was asked", text
        before = now


def diversity(exam: Examination, albums: int = 20, size: int = 6) -> Scores:
    """Give the mean distance between two pictures of an album, in levels of 255 a pixel.

    Each picture has a seed of its own.
    """
    people = [k for k in range(min(albums, len(exam.untold))) for _ in range(size)]
    pictures = exam.draw(
        [exam.untold[k] for k in people], FAST, "albums", [exam.faces[k] for k in people]
    )
    pixels = [np.asarray(picture, float) for picture in pictures]
    distances = [
        float(np.abs(one - other).mean())
        for start in range(0, len(pixels), size)
        for one, other in combinations(pixels[start : start + size], 2)
    ]
    text = f"{mean(distances):.1f} of 255, {min(distances):.1f} at least ({len(distances)} pairs)"
    yield "two pictures of one album differ by", text


PARTS: dict[str, Callable[[Examination], Scores]] = {
    "words": words,
    "faces": faces,
    "negative": negative,
    "steps": steps,
    "diversity": diversity,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m generation.pocket.score")
    parser.add_argument("--weights", type=Path, default=catalogue.POCKET_WEIGHTS)
    parser.add_argument("--samples", type=int, default=500, help="number of people and prompts")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS))
    parser.add_argument("--sheet", type=Path, help="write a contact sheet of 100 pictures here")
    parser.add_argument(
        "--photo", type=Path, nargs="*", help="show these photographs on it instead"
    )
    options = parser.parse_args()
    try:
        pipeline = FacePipeline(locate(catalogue.pocket(options.weights)), choose("auto"))
    except Refusal as refusal:
        sys.exit(f"{refusal.text_id()}: {refusal.fields}")
    exam = Examination(pipeline, load_reader(), options.samples)
    for part in (judge, *(PARTS[name] for name in options.only)):
        for name, score in part(exam):
            print(f"{name:55} {score}", flush=True)
    if options.sheet:
        page = photo_sheet(exam, options.photo) if options.photo else sheet(exam)
        page.save(options.sheet)


if __name__ == "__main__":
    main()
