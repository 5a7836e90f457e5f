"""Small changes to faces while the image encoder is trained: no face is shown twice alike."""

import torch
from torch.nn.functional import affine_grid, grid_sample, interpolate

from generation.pocket.portraits.reference import DEVIATION, MEAN

TURN, SIZE, SHIFT = 0.12, 0.12, 0.08
"""Most by which a face is turned (radians), enlarged or reduced, and shifted (halves of a side)."""

LIGHT, TINT, GRAIN = 0.12, 0.04, 0.04
"""Most by which its light and each of its colours differ, and its grain, of 1."""

GAMMA, CONTRAST, SATURATION = 0.2, 0.2, 0.1
"""Most by which the logarithm of its gamma, its contrast and its saturation differ, of 1: cameras
and those who edit photographs differ more than renderings do."""

COVERED = 0.15
"""Share of the faces with a patch of one colour over some part, as a hand or hair may cover it."""


def normalised(faces: torch.Tensor) -> torch.Tensor:
    """Turn (n, 3, side, side), 0 to 255, into what CLIPImageProcessor makes of pictures."""
    mean, deviation = (
        torch.from_numpy(of)[:, None, None].to(faces.device) for of in (MEAN, DEVIATION)
    )
    return (faces.float() / 255 - mean) / deviation


def varied(faces: torch.Tensor, dice: torch.Generator) -> torch.Tensor:
    """Turn, shift, mirror, tint, sharpen or blur, and cover (n, 3, side, side), 0 to 255."""
    count, device = len(faces), faces.device

    def spread(*shape: int) -> torch.Tensor:
        return 2 * torch.rand(count, *shape, generator=dice, device=device) - 1

    turn, size = TURN * spread(), 1 + SIZE * spread()
    mirror = spread().sign()
    cos, sin = size * turn.cos(), size * turn.sin()
    x, y = SHIFT * spread(), SHIFT * spread()
    moved = torch.stack([cos * mirror, -sin, x, sin * mirror, cos, y], dim=1).view(-1, 2, 3)
    grid = affine_grid(moved, list(faces.shape), align_corners=False)
    pixels = grid_sample(faces.float() / 255, grid, padding_mode="reflection", align_corners=False)
    light = (1 + LIGHT * spread(1, 1, 1)) * (1 + TINT * spread(3, 1, 1))
    pixels = pixels.clamp(1e-3, 1) ** (GAMMA * spread(1, 1, 1)).exp()
    middle = pixels.mean(dim=(1, 2, 3), keepdim=True)
    pixels = middle + (pixels - middle) * (1 + CONTRAST * spread(1, 1, 1))
    grey = pixels.mean(dim=1, keepdim=True)
    pixels = grey + (pixels - grey) * (1 + SATURATION * spread(1, 1, 1))
    soft = interpolate(interpolate(pixels, scale_factor=0.5, mode="area"), size=pixels.shape[-1])
    pixels = torch.lerp(pixels, soft, spread(1, 1, 1).clamp(min=-0.5)) * light  # or sharpened
    noise = torch.randn(pixels.shape, generator=dice, device=device)
    pixels = pixels + GRAIN * spread(1, 1, 1).clamp(min=0) * noise
    return 255 * _covered(pixels, dice).clamp(0, 1)


def _covered(pixels: torch.Tensor, dice: torch.Generator) -> torch.Tensor:
    count, _, height, width = pixels.shape

    def random(*shape: int) -> torch.Tensor:
        return torch.rand(count, *shape, generator=dice, device=pixels.device)

    def inside(side: int) -> torch.Tensor:
        places = torch.arange(side, device=pixels.device) / side
        return (places - random(1)).abs() < random(1) * 0.14

    patch = inside(height)[:, None, :, None] & inside(width)[:, None, None, :]
    patch &= random(1, 1, 1) < COVERED
    return torch.where(patch, random(3, 1, 1), pixels)
