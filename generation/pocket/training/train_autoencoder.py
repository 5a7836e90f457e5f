"""Trains the autoencoder to give drawn portraits back."""

from functools import partial
from pathlib import Path

import torch
from diffusers import AutoencoderKL
from torch.nn.functional import avg_pool2d, mse_loss

from generation.pocket.sizes import LATENT_FACTOR, LATENT_SIDE
from generation.pocket.training.machine import Machine
from generation.pocket.training.parts import Parts
from generation.pocket.training.pool import Pool
from generation.pocket.training.schedule import Schedule
from generation.pocket.training.trainer import Trainer

KL_WEIGHT = 2e-4
"""Weight of the KL divergence in the loss, a latent."""

KL_FROM = 0.2
"""Share of the steps that come before the KL divergence counts. Colours have to be learned before:
later they would not be worth their bits."""

EDGE_WEIGHT = 1.0
"""Weight of the errors in the differences between neighbouring pixels: glasses and eyes are all
edges."""

COLOUR_WEIGHT = 2.0
"""Weight of the distance of the first three latents from the mean colours of their 16 x 16 pixels.

Left to itself the network codes light and edges first, and green and purple stay grey for
thousands of steps. So three latents become a thumbnail; the others code what is finer.
"""

HUE_WEIGHT = 5.0
"""Weight of the squared errors in hue: few pixels differ from others by hue alone, so the decoder
would ignore hue for as many steps."""

COLOUR_SCALE = 2.0
"""Factor that makes colours, -1 to 1, as large as the other latents."""


def train_autoencoder(
    parts: Parts, pool: Pool, schedule: Schedule, directory: Path, machine: Machine
) -> None:
    """Train it on whole portraits: its middle attends to all of one."""
    network = parts.autoencoder
    machine.fast(network)
    error = machine.compiled(partial(_error, network))
    trainer = Trainer("autoencoder", network, schedule, directory, machine)
    if trainer.done:
        return
    pixels = pool.portraits()["pixels"].to(machine.device)
    for step, dice in trainer.steps():
        rows = torch.randint(
            len(pixels), (schedule.batch_size,), generator=dice, device=machine.device
        )
        noise = torch.randn(
            (len(rows), network.config.latent_channels, LATENT_SIDE, LATENT_SIDE),
            generator=dice,
            device=machine.device,
        )
        kl_weight = KL_WEIGHT if step >= schedule.steps * KL_FROM else 0.0
        shown = pixels[rows].float() / 127.5 - 1
        with machine.half_precision():
            loss = error(shown, noise, torch.full((), kl_weight, device=machine.device))
        trainer.descend(loss)


def _error(
    network: AutoencoderKL, pixels: torch.Tensor, noise: torch.Tensor, kl_weight: torch.Tensor
) -> torch.Tensor:
    latents = network.encode(pixels).latent_dist
    mean, deviation = latents.mean.float(), latents.std.float()
    given_back = network.decode(mean + deviation * noise).sample.float()
    colours = COLOUR_SCALE * avg_pool2d(pixels, LATENT_FACTOR)
    kl = 0.5 * (mean.square() + deviation.square() - 1 - 2 * deviation.log()).mean()
    error: torch.Tensor = _difference(given_back - pixels)
    error += COLOUR_WEIGHT * mse_loss(mean[:, :3], colours) + kl_weight * kl
    return error


def _difference(by: torch.Tensor) -> torch.Tensor:
    """Weigh errors in pixels (batch, 3, height, width), edges and hue."""
    edges = by.diff(dim=2).abs().mean() + by.diff(dim=3).abs().mean()
    red, green, blue = avg_pool2d(by, 8).unbind(1)
    hue = 2 * (green - (red + blue) / 2).square().mean() + (red - blue).square().mean()
    return 2 * by.abs().mean() + EDGE_WEIGHT * edges + HUE_WEIGHT * hue
