"""Small changes to faces while networks are trained: no face is shown twice alike."""

from dataclasses import dataclass

import torch
from torch.nn.functional import affine_grid, grid_sample, interpolate

from generation.pocket.portraits.reference import DEVIATION, MEAN


@dataclass(frozen=True, slots=True)
class Limits:
    """How much faces differ at most.

    - turn: radians; size: a share; shift: halves of a side
    - light, tint, grain: of a whole picture's light, of each colour, and of each pixel, of 1
    - gamma: of its logarithm; contrast and saturation: shares. Cameras and those who edit
      photographs differ more than renderings do.
    - covered: share of the faces with a patch of one colour over some part, as a hand or hair may
      cover it
    """

    turn: float = 0.12
    size: float = 0.12
    shift: float = 0.08
    light: float = 0.12
    tint: float = 0.04
    grain: float = 0.04
    gamma: float = 0.2
    contrast: float = 0.2
    saturation: float = 0.1
    covered: float = 0.15


FACE_LIMITS = Limits()


def normalised(faces: torch.Tensor) -> torch.Tensor:
    """Turn (n, 3, side, side), 0 to 255, into what CLIPImageProcessor makes of pictures."""
    mean, deviation = (
        torch.from_numpy(of)[:, None, None].to(faces.device) for of in (MEAN, DEVIATION)
    )
    return (faces.float() / 255 - mean) / deviation


def varied(
    faces: torch.Tensor, dice: torch.Generator, limits: Limits = FACE_LIMITS
) -> torch.Tensor:
    """Turn, shift, mirror, tint, sharpen or blur, and cover (n, 3, side, side), 0 to 255.

    What further channels say of each pixel goes with it, and is 0 where it is covered.
    """
    count, device = len(faces), faces.device

    def spread(*shape: int) -> torch.Tensor:
        return 2 * torch.rand(count, *shape, generator=dice, device=device) - 1

    turn, size = limits.turn * spread(), 1 + limits.size * spread()
    mirror = spread().sign()
    cos, sin = size * turn.cos(), size * turn.sin()
    x, y = limits.shift * spread(), limits.shift * spread()
    moved = torch.stack([cos * mirror, -sin, x, sin * mirror, cos, y], dim=1).view(-1, 2, 3)
    grid = affine_grid(moved, list(faces.shape), align_corners=False)
    planes = grid_sample(faces.float() / 255, grid, padding_mode="reflection", align_corners=False)
    pixels, said = planes[:, :3], planes[:, 3:]
    light = (1 + limits.light * spread(1, 1, 1)) * (1 + limits.tint * spread(3, 1, 1))
    pixels = pixels.clamp(1e-3, 1) ** (limits.gamma * spread(1, 1, 1)).exp()
    middle = pixels.mean(dim=(1, 2, 3), keepdim=True)
    pixels = middle + (pixels - middle) * (1 + limits.contrast * spread(1, 1, 1))
    grey = pixels.mean(dim=1, keepdim=True)
    pixels = grey + (pixels - grey) * (1 + limits.saturation * spread(1, 1, 1))
    soft = interpolate(interpolate(pixels, scale_factor=0.5, mode="area"), size=pixels.shape[-1])
    pixels = torch.lerp(pixels, soft, spread(1, 1, 1).clamp(min=-0.5)) * light  # or sharpened
    noise = torch.randn(pixels.shape, generator=dice, device=device)
    pixels = pixels + limits.grain * spread(1, 1, 1).clamp(min=0) * noise
    return 255 * _covered(pixels, said, dice, limits.covered).clamp(0, 1)


def _covered(
    pixels: torch.Tensor, said: torch.Tensor, dice: torch.Generator, share: float
) -> torch.Tensor:
    count, _, height, width = pixels.shape

    def random(*shape: int) -> torch.Tensor:
        return torch.rand(count, *shape, generator=dice, device=pixels.device)

    def inside(side: int) -> torch.Tensor:
        places = torch.arange(side, device=pixels.device) / side
        return (places - random(1)).abs() < random(1) * 0.14

    patch = inside(height)[:, None, :, None] & inside(width)[:, None, None, :]
    patch &= random(1, 1, 1) < share
    covered = torch.where(patch, random(3, 1, 1), pixels)
    return torch.cat([covered, said * ~patch], dim=1)
