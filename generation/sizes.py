"""The shapes of a picture."""

from enum import StrEnum

LONG_SIDE = 1.5
"""How much longer the long side of a picture is than the short one: 512 by 768 pixels is the
longest that Stable Diffusion 1.5 draws without doubling the person."""

STEP = 16
"""Pixels that the long side is a multiple of: a latent stands for 8 or 16 of them. A coarser step
would make of a small picture (IMAGE_SIZE) one that is twice as long."""


class Size(StrEnum):
    """What shape a picture has. Only this file knows its pixels."""

    SQUARE = "square"
    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"

    @classmethod
    def stored(cls, value: object) -> "Size":
        """Read what was stored; what another version wrote is the usual one."""
        return next((size for size in cls if size == value), cls.SQUARE)

    @property
    def cost(self) -> float:
        """Say what a picture costs, in squares: its area."""
        return 1.0 if self is Size.SQUARE else LONG_SIDE

    def pixels(self, side: int) -> tuple[int, int]:
        """Give the width and the height of a model's picture, whose square has this side."""
        long = round(side * LONG_SIDE / STEP) * STEP
        return {
            Size.SQUARE: (side, side),
            Size.PORTRAIT: (side, long),
            Size.LANDSCAPE: (long, side),
        }[self]
