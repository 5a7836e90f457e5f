"""Glasses, clear or dark."""

from generation.character import Glasses
from generation.pocket.portraits.colours import Colour
from generation.pocket.portraits.figure.canvas import Canvas
from generation.pocket.portraits.figure.sitter import Sitter

DARK_LENS: Colour = (24, 22, 30)
GLEAM: Colour = (130, 130, 150)


def draw_glasses(canvas: Canvas, sitter: Sitter) -> None:
    manner, turn, pen = sitter.manner, canvas.turn, canvas.pen
    colour, width = manner.frame_colour, canvas.width(manner.frame)
    dark = sitter.person.glasses is Glasses.SUNGLASSES
    for side in (-1, 1):
        box = canvas.box(side * 0.44 + turn, 0.04, manner.lens, manner.lens * 0.82)
        left, top, right, _ = box
        pen.rounded_rectangle(
            box,
            radius=0.22 * canvas.half,
            fill=DARK_LENS if dark else None,
            outline=colour,
            width=max(width // 3, 1) if manner.browline else width,
        )
        if manner.browline:
            pen.line((left, top + width, right, top + width / 2), colour, 2 * width)
        if dark:
            pen.line((left + 12, top + 16, left + 20, top + 8), GLEAM, 4)
        edge = side * (0.44 + manner.lens) + turn
        canvas.line((edge, 0.0), (side * 1.02, -0.04), colour, manner.frame)
    canvas.line((turn - 0.1, 0), (turn + 0.1, 0), colour, manner.frame)
