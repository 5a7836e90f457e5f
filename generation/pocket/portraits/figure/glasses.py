"""Glasses, clear or dark."""

from generation.character import Glasses
from generation.pocket.portraits.colours import Colour
from generation.pocket.portraits.figure.canvas import Canvas, rounded
from generation.pocket.portraits.figure.features import EYE
from generation.pocket.portraits.figure.sitter import Sitter
from generation.pocket.portraits.palette import INK, WHITE

DARK_LENS: Colour = (30, 28, 40)
GLEAM: Colour = (112, 120, 156)


def draw_glasses(canvas: Canvas, sitter: Sitter) -> None:
    kind = sitter.person.glasses
    if kind is Glasses.NONE:
        return
    turn, dark = canvas.turn, kind is Glasses.SUNGLASSES
    wide, high = 0.385, 0.315
    y = EYE[1] + 0.03
    for side in (-1, 1):
        x = side * (EYE[0] + 0.015) + turn
        lens = rounded(x - wide, y - high, x + wide, y + high, 0.24)
        if dark:
            canvas.polygon(lens, DARK_LENS)
            with canvas.inside(lens):
                canvas.polygon(
                    [
                        (x - 0.2, y - 0.4),
                        (x + 0.02, y - 0.4),
                        (x - 0.3, y + 0.4),
                        (x - 0.5, y + 0.4),
                    ],
                    GLEAM,
                )
        else:
            canvas.glow(x - 0.16, y - 0.14, 0.18, 0.16, WHITE, 0.4)
        canvas.line([*lens, lens[0]], INK, 0.085)
        canvas.line([(x + side * wide, y - 0.08), (side * 1.02, y - 0.12)], INK, 0.08)
    canvas.curve([(turn - 0.09, y - 0.05), (turn, y - 0.1), (turn + 0.09, y - 0.05)], INK, 0.08)
