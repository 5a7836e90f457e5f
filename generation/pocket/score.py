"""Scores the pocket model: `python -m generation.pocket.score [--samples N] [--sheet PATH]`.

Fresh random people and prompts, drawn by the very code that the bot draws with, and judged by a
network that was taught on drawings only (`reader.py`). Each figure stands with the number of its
samples and its 95 % interval (Wilson, 1927).
"""

import argparse
import json
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from math import sqrt
from pathlib import Path
from statistics import mean

import numpy as np

from generation import models
from generation.character import Glasses
from generation.device import choose
from generation.model_files import locate
from generation.pipeline import FacePipeline
from generation.pocket.attributes import Hat
from generation.pocket.examination import FAST, Examination, Share, agreement
from generation.pocket.reader import load_reader
from generation.pocket.sheets import photo_sheet, sheet
from generation.prompt import NEGATIVE_PROMPT

STEPS = (10, 12, 15, 20)
ASKED = ("skin", "hair_color", "clothes", "place", "glasses", "facial_hair")
CARRIED = ("skin", "hair_color", "glasses", "facial_hair")
SCALES = (0.0, 0.2, 0.4, 0.6, 0.8)


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
    for face, prompt in zip(exam.faces[:albums], exam.untold, strict=False):
        pictures = exam.draw([prompt] * size, FAST, "albums", face)
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
    parser.add_argument("--photo", type=Path, nargs="*", help="photographs to show on it instead")
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
        page = photo_sheet(exam, options.photo) if options.photo else sheet(exam)
        page.save(options.sheet)
    for part in options.only:
        scores |= PARTS[part](exam)
    for name, score in scores.items():
        print(f"{name:55} {score}")
    if options.json:
        told = {name: str(score) for name, score in scores.items()}
        options.json.write_text(json.dumps(told, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
