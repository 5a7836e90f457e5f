"""Trains the pocket model: `python -m generation.pocket.train [--directory PATH] [--write PATH]`.

Its parts are trained one after another: the autoencoder, the text encoder, the image encoder, and
with these three held still the UNet together with the face adapter: on a GPU, where there is one.
A run that was cut off goes on where it was. `--from MODEL` teaches a trained model further, with
fewer steps. `--only PART` trains one of the first three by itself, so that two of them may run
beside each other.
"""

import argparse
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from generation.errors import Refusal
from generation.pocket import parts as parts_module
from generation.pocket.export import export
from generation.pocket.parts import Parts
from generation.pocket.train_autoencoder import train_autoencoder
from generation.pocket.train_encoders import train_image_encoder, train_text_encoder
from generation.pocket.train_unet import fill_pool, train_unet
from generation.pocket.workshop import CPU, Workshop, this_machine


@dataclass(frozen=True, slots=True)
class Course:
    """How a part is taught: `further` is the steps of one that has been taught before.

    `rate` is AdamW's highest learning rate.
    """

    steps: int
    further: int
    rate: float
    batch: int


CPU_COURSES = {
    "autoencoder": Course(steps=4500, further=0, rate=1e-3, batch=8),
    "text": Course(steps=1600, further=0, rate=1e-3, batch=32),
    "image": Course(steps=3400, further=4500, rate=6e-4, batch=32),
    "unet": Course(steps=30_000, further=8000, rate=6e-4, batch=32),
}
GPU_COURSES = {
    "autoencoder": Course(steps=5000, further=2400, rate=1.2e-3, batch=512),
    "text": Course(steps=800, further=0, rate=1e-3, batch=256),
    "image": Course(steps=2000, further=700, rate=1e-3, batch=256),
    "unet": Course(steps=6000, further=1500, rate=1e-3, batch=1024),
}
"""A GPU takes hardly longer for so large a batch: it waits for Python to say what comes next."""

POOL = 80_000
WEIGHTS = Path(__file__).parent / "weights"

ENCODERS = {
    "autoencoder": train_autoencoder,
    "text": train_text_encoder,
    "image": train_image_encoder,
}


def train(
    parts: Parts,
    directory: Path,
    weights: Path,
    courses: Mapping[str, Course],
    pool_size: int = POOL,
    workshop: Workshop = CPU,
) -> None:
    """Train everything in `directory`, and write it to `weights`."""
    for name, teach in ENCODERS.items():
        course = courses[name]
        teach(parts, course.steps, directory, course.rate, course.batch, workshop)
    parts.to(workshop.device)
    pool = fill_pool(parts, pool_size, directory, workshop)
    course = courses["unet"]
    train_unet(parts, pool, course.steps, directory, course.rate, course.batch, workshop)
    parts.to(CPU.device)
    export(parts, pool.scaling_factor, weights)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m generation.pocket.train")
    parser.add_argument("--directory", type=Path, help="of checkpoints: one for each training")
    parser.add_argument("--write", type=Path, default=WEIGHTS, help="where the model goes")
    parser.add_argument("--from", type=Path, dest="trained", help="a model to teach further")
    parser.add_argument("--only", choices=ENCODERS)
    options = parser.parse_args()
    if options.trained:
        try:
            parts = parts_module.trained(options.trained)
        except Refusal as refusal:
            sys.exit(f"{refusal.text_id()}: {refusal.fields}")
    else:
        parts = parts_module.fresh()
    workshop = this_machine()
    courses = CPU_COURSES if workshop is CPU else GPU_COURSES
    if options.trained:
        courses = {name: replace(one, steps=one.further) for name, one in courses.items()}
    name = "training-further" if options.trained else "training"
    directory = options.directory or Path("data", name)
    if options.only:
        teach, course = ENCODERS[options.only], courses[options.only]
        teach(parts, course.steps, directory, course.rate, course.batch, workshop)
    else:
        train(parts, directory, options.write, courses, workshop=workshop)


if __name__ == "__main__":
    main()
