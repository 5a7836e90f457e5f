"""Trains the pocket model: `python -m generation.pocket.train [--directory PATH] [--write PATH]`.

On a GPU, where there is one. Its parts are trained one after another: the autoencoder, the text
encoder, the image encoder, and with these three held still the UNet together with the face adapter.
A run that was cut off goes on where it was. `--from MODEL` teaches a trained model further, with
fewer steps. `--only PART` trains one of the first three by itself, so that two of them may run
beside each other.
"""

import argparse
import sys
from pathlib import Path

from generation.errors import Refusal
from generation.models.catalogue import POCKET_WEIGHTS
from generation.pocket.training import parts as parts_module
from generation.pocket.training.course import FRESH, FURTHER, POOL, Courses
from generation.pocket.training.export import export
from generation.pocket.training.parts import Parts
from generation.pocket.training.train_autoencoder import train_autoencoder
from generation.pocket.training.train_encoders import (
    train_image_encoder,
    train_text_encoder,
)
from generation.pocket.training.train_unet import fill_pool, train_unet
from generation.pocket.training.workshop import CPU, Workshop, this_machine

ENCODERS = {
    "autoencoder": train_autoencoder,
    "text": train_text_encoder,
    "image": train_image_encoder,
}


def train(
    parts: Parts,
    courses: Courses,
    pool_size: int,
    directory: Path,
    weights: Path,
    workshop: Workshop,
) -> None:
    """Train what has a course in `directory`, and write all of it to `weights`."""
    for name, teach in ENCODERS.items():
        if name in courses:
            teach(parts, courses[name], directory, workshop)
    pool = fill_pool(parts, pool_size, directory, workshop)
    train_unet(parts, pool, courses["unet"], directory, workshop)
    parts.to(CPU.device)
    export(parts, pool.scaling_factor, weights)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m generation.pocket.train")
    parser.add_argument("--directory", type=Path, help="of checkpoints: one for each training")
    parser.add_argument("--write", type=Path, default=POCKET_WEIGHTS, help="where the model goes")
    parser.add_argument("--from", type=Path, dest="trained", help="a model to teach further")
    parser.add_argument("--only", choices=ENCODERS)
    options = parser.parse_args()
    workshop = this_machine()
    kind = workshop.device.type
    if options.trained:
        try:
            parts, courses = parts_module.trained(options.trained), FURTHER[kind]
        except Refusal as refusal:
            sys.exit(f"{refusal.text_id()}: {refusal.fields}")
    else:
        parts, courses = parts_module.fresh(), FRESH[kind]
    name = "training-further" if options.trained else "training"
    directory = options.directory or Path("data", name)
    if options.only and options.only not in courses:
        parser.error(f"{options.only} is not taught further on this machine")
    if options.only:
        ENCODERS[options.only](parts, courses[options.only], directory, workshop)
    else:
        train(parts, courses, POOL[kind], directory, options.write, workshop)


if __name__ == "__main__":
    main()
