"""The hat that words ask for."""

from random import Random

from generation.pocket.portraits.colours import blend, darker
from generation.pocket.portraits.figure.canvas import Canvas, smooth, symmetric
from generation.pocket.portraits.figure.sitter import Sitter
from generation.pocket.portraits.palette import HATS, LINEN, WHITE


def draw_hat(canvas: Canvas, sitter: Sitter, random: Random) -> None:
    """Draw a felt hat with a band and a brim."""
    colour = random.choice(HATS)
    light, dark = blend(colour, WHITE, 0.2), darker(colour, 0.72)
    crown = smooth(
        symmetric([(0.0, -1.62), (0.5, -1.78), (0.86, -1.58), (1.0, -0.8), (0.9, -0.62), (0, -0.6)])
    )
    canvas.polygon(crown, colour)
    with canvas.inside(crown):
        canvas.oval(-sitter.lit * 0.9, -1.2, 0.4, 0.8, dark)
        canvas.polygon([(-1.1, -1.02), (1.1, -1.02), (1.1, -0.6), (-1.1, -0.6)], LINEN)
    canvas.curve([(sitter.lit * 0.4, -1.64), (sitter.lit * 0.72, -1.4)], light, 0.09)
    canvas.blob(
        symmetric(
            [(0.0, -0.84), (0.9, -0.82), (1.5, -0.86), (1.52, -0.72), (0.9, -0.56), (0, -0.54)]
        ),
        dark,
    )
    canvas.curve(
        [(-1.46, -0.83), (-0.9, -0.78), (0.0, -0.8), (0.9, -0.78), (1.46, -0.83)], light, 0.06
    )
