"""Trains the autoencoder to give drawn portraits back."""

from functools import partial
from pathlib import Path
from random import Random

import torch
from torch.nn.functional import avg_pool2d, mse_loss

from generation.pocket.pixels import to_tensor
from generation.pocket.portraits.attributes import Portrait, random_person, random_scene
from generation.pocket.portraits.drawing import draw
from generation.pocket.sizes import PICTURE_SIDE
from generation.pocket.training.machine import Machine
from generation.pocket.training.parts import Parts
from generation.pocket.training.schedule import Schedule
from generation.pocket.training.trainer import SEED, Trainer

KL_WEIGHT = 5e-7
"""Weight of the KL divergence in the loss, half of latent diffusion's (Rombach et al., 2022)."""

KL_FROM = 0.2
"""Share of the steps that come before the KL divergence counts. Colours have to be learned before:
later they would not be worth their bits."""

EDGE_WEIGHT = 1.0
"""Weight of the errors in the differences between neighbouring pixels: glasses and eyes are all
edges."""

COLOUR_WEIGHT = 2.0
"""Weight of the distance of the first three latents from the mean colours of their 8 x 8 pixels.

Left to itself the network codes light and edges first, and green and purple stay grey for
thousands of steps. So three latents become a thumbnail; the others code what is finer.
"""

HUE_WEIGHT = 5.0
"""Weight of the squared errors in hue: few pixels differ from others by hue alone, so the decoder
would ignore hue for as many steps."""

COLOUR_SCALE = 2.0
"""Factor that makes colours, -1 to 1, as large as the other latents."""

CROP_SIDE = 64
"""Side of the crops that it is trained on, in pixels: details at a quarter of the cost."""

WHOLE_SHARE = 0.1
"""Share of the steps, at the end, that are trained on whole portraits."""


def train_autoencoder(
    parts: Parts,
    schedule: Schedule,
    directory: Path,
    machine: Machine,
) -> None:
    """Train it on crops, and on whole portraits at the end."""
    network = parts.autoencoder
    trainer = Trainer("autoencoder", network, schedule, directory, machine)
    for step, drawn in trainer.batches(partial(_batch, schedule)):
        pixels = drawn.to(machine.device)
        noise = torch.Generator().manual_seed(step)
        with machine.half_precision():
            latents = network.encode(pixels).latent_dist
            given_back = network.decode(latents.sample(noise)).sample.float()
        kl_weight = KL_WEIGHT if step > schedule.steps * KL_FROM else 0
        colours = COLOUR_SCALE * avg_pool2d(pixels, 8)
        trainer.descend(
            _difference(given_back - pixels)
            + COLOUR_WEIGHT * mse_loss(latents.mean[:, :3].float(), colours)
            + kl_weight * latents.kl().mean()
        )


def _batch(schedule: Schedule, step: int) -> tuple[int, torch.Tensor]:
    pixels = _portraits(step, schedule.batch_size)
    return step, _cropped(pixels, step) if step < schedule.steps * (1 - WHOLE_SHARE) else pixels


def _portraits(step: int, batch_size: int) -> torch.Tensor:
    """Draw a step's portraits, (batch, 3, 128, 128), -1 to 1; a step always has the same."""
    random = Random(f"{SEED} {step}")  # noqa: S311 - nothing secret
    return to_tensor(
        [
            draw(Portrait(random_person(random), random_scene(random)), random)
            for _ in range(batch_size)
        ]
    )


def _cropped(pixels: torch.Tensor, step: int) -> torch.Tensor:
    random = Random(f"crop {step}")  # noqa: S311 - nothing secret
    x, y = (random.randint(0, PICTURE_SIDE - CROP_SIDE) for _ in range(2))
    crops = pixels[:, :, y : y + CROP_SIDE, x : x + CROP_SIDE]
    return crops.clone()  # a view would carry whole portraits from process to process


def _difference(by: torch.Tensor) -> torch.Tensor:
    """Weigh errors in pixels (batch, 3, height, width), edges and hue."""
    edges = by.diff(dim=2).abs().mean() + by.diff(dim=3).abs().mean()
    red, green, blue = avg_pool2d(by, 8).unbind(1)
    hue = 2 * (green - (red + blue) / 2).square().mean() + (red - blue).square().mean()
    return 2 * by.abs().mean() + EDGE_WEIGHT * edges + HUE_WEIGHT * hue
