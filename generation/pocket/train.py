"""Trains the pocket model: `python -m generation.pocket.train [--directory PATH] [--write PATH]`.

Its parts are trained one after another: the autoencoder, the text encoder, the image encoder, and
with these three held still the UNet together with the face adapter. A run that was cut off goes
on where it was. `--only PART` trains one of the first three by itself, so that two of them may
run beside each other.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from generation.pocket.export import export
from generation.pocket.train_autoencoder import train_autoencoder
from generation.pocket.train_encoders import train_image_encoder, train_text_encoder
from generation.pocket.train_unet import Parts, fill_pool, train_unet
from generation.pocket.vocabulary import build_tokenizer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

STEPS = {"autoencoder": 4500, "text": 1600, "image": 3400, "unet": 17400}
POOL = 20_000
WEIGHTS = Path(__file__).parent / "weights"


def train(
    directory: Path, weights: Path, steps: "Mapping[str, int]" = STEPS, pool_size: int = POOL
) -> None:
    """Train everything in `directory`, and write the model to `weights`."""
    tokenizer = build_tokenizer()
    image_encoder, face_projection = train_image_encoder(steps["image"], directory)
    parts = Parts(
        tokenizer,
        train_autoencoder(steps["autoencoder"], directory),
        train_text_encoder(tokenizer, steps["text"], directory),
        image_encoder,
        face_projection,
    )
    pool = fill_pool(parts, pool_size, directory)
    unet = train_unet(parts, pool, steps["unet"], directory)
    export(parts, unet, pool.scaling_factor, weights)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m generation.pocket.train")
    parser.add_argument("--directory", type=Path, default=Path("data/training"))
    parser.add_argument("--write", type=Path, default=WEIGHTS, help="where the model goes")
    parser.add_argument("--only", choices=[part for part in STEPS if part != "unet"])
    options = parser.parse_args()
    alone: dict[str, Callable[[], object]] = {
        "autoencoder": lambda: train_autoencoder(STEPS["autoencoder"], options.directory),
        "text": lambda: train_text_encoder(build_tokenizer(), STEPS["text"], options.directory),
        "image": lambda: train_image_encoder(STEPS["image"], options.directory),
    }
    if options.only:
        alone[options.only]()
    else:
        train(options.directory, options.write)


if __name__ == "__main__":
    main()
