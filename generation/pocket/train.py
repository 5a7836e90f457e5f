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
from pathlib import Path

from generation.errors import Refusal
from generation.pocket import parts as parts_module
from generation.pocket.export import export
from generation.pocket.parts import Parts
from generation.pocket.train_autoencoder import train_autoencoder
from generation.pocket.train_encoders import train_image_encoder, train_text_encoder
from generation.pocket.train_unet import fill_pool, train_unet
from generation.pocket.workshop import CPU, Workshop, this_machine

STEPS = {"autoencoder": 8000, "text": 1600, "image": 3400, "unet": 30_000}
FURTHER = {"autoencoder": 6000, "text": 0, "image": 1500, "unet": 12_000}
"""Steps of a model that has been trained before: it knows the words."""

RATES = {"autoencoder": 1e-3, "text": 1e-3, "image": 1e-3, "unet": 6e-4}
"""AdamW's highest learning rates."""

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
    steps: Mapping[str, int] = STEPS,
    pool_size: int = POOL,
    rates: Mapping[str, float] = RATES,
    workshop: Workshop = CPU,
) -> None:
    """Train everything in `directory`, and write it to `weights`."""
    for name, teach in ENCODERS.items():
        teach(parts, steps[name], directory, rates[name], workshop)
    pool = fill_pool(parts, pool_size, directory, workshop)
    train_unet(parts, pool, steps["unet"], directory, rates["unet"], workshop)
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
            parts, steps = parts_module.trained(options.trained), FURTHER
        except Refusal as refusal:
            sys.exit(f"{refusal.text_id()}: {refusal.fields}")
    else:
        parts, steps = parts_module.fresh(), STEPS
    name = "training-further" if options.trained else "training"
    directory, workshop = options.directory or Path("data", name), this_machine()
    if options.only:
        teach, name = ENCODERS[options.only], options.only
        teach(parts, steps[name], directory, RATES[name], workshop)
    else:
        train(parts, directory, options.write, steps, workshop=workshop)


if __name__ == "__main__":
    main()
