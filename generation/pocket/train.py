"""Trains the pocket model: `python -m generation.pocket.train [--directory PATH] [--write PATH]`.

It trains on a GPU where there is one. The parts come one after another: the autoencoder, the text
encoder, the image encoder, then the UNet together with the face adapter, while the others stay as
they are. A run that was cut off goes on where it was. `--from MODEL` fine-tunes a trained model, in
fewer steps. `--only PART` trains one of the first three parts alone, so that two of them can be
trained at the same time.
"""

import argparse
import sys
from pathlib import Path

from generation.errors import Refusal
from generation.models.catalogue import POCKET_WEIGHTS
from generation.pocket.training import parts as parts_module
from generation.pocket.training.dataset import build_dataset
from generation.pocket.training.export import export
from generation.pocket.training.machine import CPU, Machine, this_machine
from generation.pocket.training.parts import Parts
from generation.pocket.training.schedule import DATASET_SIZE, FINE_TUNING, FROM_SCRATCH, Schedules
from generation.pocket.training.train_autoencoder import train_autoencoder
from generation.pocket.training.train_encoders import (
    train_image_encoder,
    train_text_encoder,
)
from generation.pocket.training.train_unet import train_unet

ENCODERS = {
    "autoencoder": train_autoencoder,
    "text": train_text_encoder,
    "image": train_image_encoder,
}


def train(
    parts: Parts,
    schedules: Schedules,
    dataset_size: int,
    directory: Path,
    weights: Path,
    machine: Machine,
) -> None:
    """Train the parts that have a schedule, with checkpoints in `directory`; write to `weights`."""
    for name, train_part in ENCODERS.items():
        if name in schedules:
            train_part(parts, schedules[name], directory, machine)
    dataset = build_dataset(parts, dataset_size, directory, machine)
    train_unet(parts, dataset, schedules["unet"], directory, machine)
    parts.to(CPU.device)
    export(parts, dataset.scaling_factor, weights)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m generation.pocket.train")
    parser.add_argument(
        "--directory", type=Path, help="for checkpoints: a directory for each training"
    )
    parser.add_argument("--write", type=Path, default=POCKET_WEIGHTS, help="where the model goes")
    parser.add_argument("--from", type=Path, dest="trained", help="a trained model to fine-tune")
    parser.add_argument("--only", choices=ENCODERS)
    options = parser.parse_args()
    machine = this_machine()
    kind = machine.device.type
    if options.trained:
        try:
            parts, schedules = parts_module.trained(options.trained), FINE_TUNING[kind]
        except Refusal as refusal:
            sys.exit(f"{refusal.text_id()}: {refusal.fields}")
    else:
        parts, schedules = parts_module.fresh(), FROM_SCRATCH[kind]
    name = "training-further" if options.trained else "training"
    directory = options.directory or Path("data", name)
    if options.only and options.only not in schedules:
        parser.error(f"{options.only} is not fine-tuned on this machine")
    if options.only:
        ENCODERS[options.only](parts, schedules[options.only], directory, machine)
    else:
        train(parts, schedules, DATASET_SIZE[kind], directory, options.write, machine)


if __name__ == "__main__":
    main()
