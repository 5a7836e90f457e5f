"""Teaches the autoencoder to give drawn portraits back."""

from functools import partial
from pathlib import Path
from random import Random

import torch
from torch.nn.functional import avg_pool2d, mse_loss

from generation.pocket.pixels import to_tensor
from generation.pocket.portraits.attributes import Portrait, random_person, random_scene
from generation.pocket.portraits.drawing import draw
from generation.pocket.sizes import PICTURE_SIDE
from generation.pocket.training.course import Course
from generation.pocket.training.parts import Parts
from generation.pocket.training.run import SEED, Run
from generation.pocket.training.workshop import Workshop

KL_WEIGHT = 5e-7
"""Half of what latent diffusion has (Rombach et al., 2022), and none at first: colours that are
not learned early are not worth their bits later."""
KL_FROM = 0.2
"""Of the steps."""

EDGE_WEIGHT = 1.0
"""Of the differences between neighbouring pixels: glasses and eyes are all edges."""

COLOUR_WEIGHT = 2.0
"""Of the first three latents' distance from the mean colours of their 8 x 8 pixels.

Left to itself the network codes light and edges first, and green and purple stay grey for
thousands of steps. So three latents are told to be a thumbnail; the others code what is finer.
"""
HUE_WEIGHT = 5.0
"""Of the squares of what is too green or too red: few pixels differ from others by hue alone, and
the decoder would ignore them as long."""

COLOUR_SCALE = 2.0
"""Of colours of -1 to 1, to make them as large as the other latents."""

CROP_SIDE = 64
WHOLE_SHARE = 0.1
"""Of the steps, the last: on whole portraits. Crops teach the details at a quarter of the cost."""


def train_autoencoder(
    parts: Parts,
    course: Course,
    directory: Path,
    workshop: Workshop,
) -> None:
    """Teach it crops, and whole portraits at the end."""
    network = parts.autoencoder
    run = Run("autoencoder", network, course, directory, workshop)
    for step, drawn in run.lessons(partial(_lesson, course)):
        pixels = drawn.to(workshop.device)
        noise = torch.Generator().manual_seed(step)
        with workshop.half_precision():
            latents = network.encode(pixels).latent_dist
            given_back = network.decode(latents.sample(noise)).sample.float()
        kl_weight = KL_WEIGHT if step > course.steps * KL_FROM else 0
        colours = COLOUR_SCALE * avg_pool2d(pixels, 8)
        run.descend(
            _difference(given_back - pixels)
            + COLOUR_WEIGHT * mse_loss(latents.mean[:, :3].float(), colours)
            + kl_weight * latents.kl().mean()
        )


def _lesson(course: Course, step: int) -> tuple[int, torch.Tensor]:
    pixels = portraits(step, course.batch)
    return step, _cropped(pixels, step) if step < course.steps * (1 - WHOLE_SHARE) else pixels


def portraits(step: int, batch: int) -> torch.Tensor:
    """Draw a step's portraits, (batch, 3, 128, 128), -1 to 1: always the same for one number."""
    random = Random(f"{SEED} {step}")  # noqa: S311 - nothing secret
    return to_tensor(
        [draw(Portrait(random_person(random), random_scene(random)), random) for _ in range(batch)]
    )


def _cropped(pixels: torch.Tensor, step: int) -> torch.Tensor:
    random = Random(f"crop {step}")  # noqa: S311 - nothing secret
    x, y = (random.randint(0, PICTURE_SIDE - CROP_SIDE) for _ in range(2))
    crops = pixels[:, :, y : y + CROP_SIDE, x : x + CROP_SIDE]
    return crops.clone()  # a part of them would carry the whole from process to process


def _difference(by: torch.Tensor) -> torch.Tensor:
    edges = by.diff(dim=2).abs().mean() + by.diff(dim=3).abs().mean()
    red, green, blue = avg_pool2d(by, 8).unbind(1)
    hue = 2 * (green - (red + blue) / 2).square().mean() + (red - blue).square().mean()
    return 2 * by.abs().mean() + EDGE_WEIGHT * edges + HUE_WEIGHT * hue
