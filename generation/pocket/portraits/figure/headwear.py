"""The hat that words ask for, and the uniform's cap that a photograph may show."""

from random import Random

from generation.pocket.portraits.colours import Colour, darker, lightness_varied
from generation.pocket.portraits.figure.canvas import Canvas
from generation.pocket.portraits.palette import CAPS, HATS

STRAW: Colour = (232, 216, 170)
GOLD: Colour = (224, 200, 120)
SILVER: Colour = (240, 240, 240)


def draw_hat(canvas: Canvas, random: Random) -> None:
    colour = random.choice(HATS)
    canvas.block(-0.98, -1.75, 0.98, -0.6, 0.4, colour)
    canvas.block(-1.45, -0.8, 1.45, -0.55, 0.12, darker(colour, 0.8))
    canvas.polygon([(-0.98, -0.98), (0.98, -0.98), (0.98, -0.8), (-0.98, -0.8)], STRAW)


def draw_cap(canvas: Canvas, random: Random) -> None:
    """Draw a band, straight or as round as hair, and by chance a crown, a badge and a peak."""
    colour = _cap_colour(random)
    top, rim = random.uniform(-1.5, -1.2), random.uniform(-0.62, -0.35)
    if _by_chance(random):
        crown = _cap_colour(random)
        canvas.oval(0, top + 0.1, random.uniform(0.8, 1.15), random.uniform(0.35, 0.6), crown)
        top += 0.25
    wide = random.uniform(1.0, 1.25)
    if _by_chance(random):
        canvas.block(-wide, top, wide, rim, 0.3, colour)
    else:
        canvas.chord(0, rim + 0.25, wide, rim + 0.25 - top, 190, 350, colour)
    if _by_chance(random):
        _draw_badges(canvas, top, random)
    if _by_chance(random):
        canvas.chord(canvas.turn, rim - 0.1, 0.95, 0.3, 0, 180, darker(colour, 0.7))


def _draw_badges(canvas: Canvas, top: float, random: Random) -> None:
    for _ in range(random.choice((1, 1, 5))):
        x, y = canvas.turn + random.uniform(-0.2, 0.2), top + random.uniform(0.15, 0.4)
        badge = random.choice((GOLD, SILVER, GOLD))
        canvas.oval(x, y, random.uniform(0.1, 0.4), random.uniform(0.08, 0.22), badge)


def _cap_colour(random: Random) -> Colour:
    return lightness_varied(random.choice(CAPS), random)


def _by_chance(random: Random) -> bool:
    return random.choice((True, False))
