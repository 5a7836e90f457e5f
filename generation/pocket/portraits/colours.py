"""Colours, and what is done to them."""

from random import Random

Colour = tuple[int, int, int]
"""Red, green and blue, 0 to 255."""


def blend(one: Colour, other: Colour, share: float) -> Colour:
    """Mix two colours; `share` is the second one's, 0 to 1."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def darker(colour: Colour, factor: float) -> Colour:
    """Multiply a colour by `factor`, 0 to 1."""
    return blend((0, 0, 0), colour, factor)


def lightness_varied(colour: Colour, random: Random, spread: int = 8) -> Colour:
    """Make a colour lighter or darker: move its three parts by one number, at most `spread`."""
    shift = random.randint(-spread, spread)
    red, green, blue = (min(max(part + shift, 0), 255) for part in colour)
    return red, green, blue


def varied(colour: Colour, random: Random, spread: int = 8) -> Colour:
    """Move each part of a colour by a number of its own, at most `spread`."""
    red, green, blue = (min(max(part + random.randint(-spread, spread), 0), 255) for part in colour)
    return red, green, blue
