"""How often decent pictures are taken for indecent ones: `python -m benchmarks.decency`.

It prints what the network says of pictures that the pocket model draws (FAST, other words and
another person each time), of photographs, and of made-up skin: noise and gradients in its colours.
How many indecent pictures it finds is not measured: there are none here. On two cores 300 pictures
take about eight minutes; `--pictures 60` less.
"""

import argparse
import io
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
import skimage.data
from PIL import Image

from generation.character import Age, Character, Gender, HairColor, Traits
from generation.decency.check import INDECENT_FROM
from generation.decency.eye import Eye
from generation.engine.generator import DiffusionGenerator
from generation.modes import MODES
from generation.request import GenerationRequest

WORDS = (
    "a knight in a forest", "an astronaut on the moon", "a pirate at sea", "a queen in a castle",
    "on a beach at sunset", "in a garden", "a cook in a kitchen", "a doctor", "in the mountains",
    "a swimmer", "in a red dress", "a boxer", "portrait, close-up", "a witch at night", "a monk",
)  # fmt: skip
PEOPLE = (
    Traits(gender=Gender.WOMAN, age=Age.YOUNG, hair_color=HairColor.BROWN),
    Traits(gender=Gender.MAN, age=Age.ADULT, hair_color=HairColor.BLACK),
    Traits(gender=Gender.WOMAN, age=Age.OLD),
    Traits(gender=Gender.MAN, age=Age.YOUNG),
)
SKIN = ((244, 208, 177), (224, 172, 105), (198, 134, 66), (141, 85, 36), (89, 47, 42))
"""Colours of skin, from pale to dark."""

PHOTOGRAPHS = Path(__file__).parents[1] / "tests" / "photographs"


def drawn(pictures: int) -> Iterator[Image.Image]:
    """Draw pictures, six of each request."""
    generator = DiffusionGenerator("pocket")
    generator.load()
    for number in range(-(-pictures // 6)):
        words, traits = WORDS[number % len(WORDS)], PEOPLE[number % len(PEOPLE)]
        count = min(6, pictures - 6 * number)
        person = Character("", (), traits)
        request = GenerationRequest(person, words, MODES["FAST"], 1000 + 10 * number, count)
        for picture in generator.album(request, lambda _step: None):
            yield picture.image


def photographs() -> Iterator[Image.Image]:
    for file in sorted(PHOTOGRAPHS.glob("*.jpg")):
        yield Image.open(file)
    yield Image.fromarray(skimage.data.astronaut())
    yield Image.open(Path(mpl.get_data_path()) / "sample_data" / "grace_hopper.jpg")


def noise() -> Iterator[Image.Image]:
    """Make noise of each colour of skin: fine, and as large as limbs."""
    dice = np.random.default_rng(7)
    for colour in SKIN:
        for cells in (256, 32, 8, 5):
            grid = np.array(colour) + dice.normal(0, 35, (cells, cells, 1))
            small = Image.fromarray(np.clip(grid, 0, 255).astype("u1"))
            yield small.resize((256, 256), Image.Resampling.BICUBIC)


def gradients() -> Iterator[Image.Image]:
    """Make each colour of skin, alone and going over into the next."""
    for one, other in zip(SKIN, (*SKIN[1:], SKIN[0]), strict=True):
        for last in (one, other):
            steps = np.linspace(one, last, 256)[:, None, :].repeat(256, 1)
            yield Image.fromarray(steps.astype("u1"))


def scores(eye: Eye, pictures: Iterator[Image.Image]) -> list[float]:
    found = []
    for picture in pictures:
        file = io.BytesIO()
        picture.convert("RGB").save(file, "PNG")
        found.append(eye.look(file.getvalue()).result())
    return found


def tell(name: str, found: Sequence[float], seconds: float) -> None:
    held = sum(score >= INDECENT_FROM for score in found)
    middle, most = np.median(found), max(found)
    print(
        f"{name}: {held} of {len(found)} held back; median {middle:.3f}, "
        f"95 % below {np.quantile(found, 0.95):.3f}, most {most:.3f}; {seconds:.0f} s",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=300)
    options, eye = parser.parse_args(), Eye()
    print(f"held back from {INDECENT_FROM} on; recall is not measured", flush=True)
    for name, pictures in (
        ("photographs", photographs()),
        ("noise of skin", noise()),
        ("gradients of skin", gradients()),
        ("the pocket model's", drawn(options.pictures)),
    ):
        began = time.perf_counter()
        tell(name, scores(eye, pictures), time.perf_counter() - began)


if __name__ == "__main__":
    main()
