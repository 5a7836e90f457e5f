"""Trains the pocket model: `python -m generation.pocket.train [--steps N] [--directory PATH]`.

Of its parts the autoencoder is trained so far. A run that was cut off goes on where it was.
"""

import argparse
from pathlib import Path
from random import Random

import numpy as np
import torch
from diffusers import AutoencoderKL

from generation.pocket import architecture
from generation.pocket.attributes import Portrait, random_person, random_scene
from generation.pocket.drawing import draw
from generation.pocket.run import Run
from generation.pocket.sizes import PICTURE_SIDE

SEED = 20

KL_WEIGHT = 1e-6
"""As in latent diffusion (Rombach et al., 2022): just enough to keep the latents in bounds."""

EDGE_WEIGHT = 1.0
"""Of the differences between neighbouring pixels: glasses and eyes are all edges."""

CROP_SIDE = 64
WHOLE_SHARE = 0.08
"""Of the autoencoder's steps, the last: on whole portraits. Crops of the face teach the details
at a quarter of the cost."""


def train_autoencoder(steps: int, directory: Path, batch: int = 8) -> AutoencoderKL:
    """Teach the autoencoder to give drawn portraits back."""
    torch.manual_seed(SEED)
    network = architecture.autoencoder()
    run = Run("autoencoder", network, steps, directory, rate=1e-3)
    for step in run.remaining():
        pixels = portraits(step, batch)
        if step < steps * (1 - WHOLE_SHARE):
            random = Random(f"crop {step}")  # noqa: S311 - nothing secret
            x, y = random.randint(16, 48), random.randint(0, PICTURE_SIDE - CROP_SIDE)
            pixels = pixels[:, :, y : y + CROP_SIDE, x : x + CROP_SIDE]
        noise = torch.Generator().manual_seed(step)
        with torch.autocast("cpu", torch.bfloat16, enabled=_multiplies_bfloat16()):
            latents = network.encode(pixels).latent_dist
            drawn = network.decode(latents.sample(noise)).sample.float()
        loss = (drawn - pixels).abs().mean() + EDGE_WEIGHT * _edges(drawn - pixels)
        run.descend(loss + KL_WEIGHT * latents.kl().mean())
    return network


def portraits(step: int, batch: int) -> torch.Tensor:
    """Draw a step's portraits, (batch, 3, 128, 128), -1 to 1: always the same for one number."""
    random = Random(f"{SEED} {step}")  # noqa: S311 - nothing secret
    drawn = [
        np.asarray(draw(Portrait(random_person(random), random_scene(random)), random))
        for _ in range(batch)
    ]
    return torch.from_numpy(np.stack(drawn)).permute(0, 3, 1, 2).float() / 127.5 - 1


def _edges(difference: torch.Tensor) -> torch.Tensor:
    return difference.diff(dim=2).abs().mean() + difference.diff(dim=3).abs().mean()


def _multiplies_bfloat16() -> bool:
    """Whether bfloat16 makes training faster: with AVX-512's instructions 1.7 times, by measure."""
    has = torch.cpu.get_capabilities()
    return bool(has.get("amx_bf16") or has.get("avx512_bf16"))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m generation.pocket.train")
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--directory", type=Path, default=Path("data/training"))
    options = parser.parse_args()
    train_autoencoder(options.steps, options.directory)


if __name__ == "__main__":
    main()
