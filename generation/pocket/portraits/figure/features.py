"""Eyes, nose and mouth."""

from random import Random

from generation.pocket.portraits.attributes import Expression
from generation.pocket.portraits.colours import blend, darker, lightness_varied
from generation.pocket.portraits.figure.canvas import Canvas
from generation.pocket.portraits.figure.sitter import Sitter
from generation.pocket.portraits.palette import EYES, INK, WHITE


def draw_mouth(canvas: Canvas, sitter: Sitter) -> None:
    lips = (190, 40, 62) if sitter.woman else blend(sitter.skin, (120, 30, 30), 0.6)
    x, y = canvas.turn, 0.78
    match sitter.scene.expression:
        case Expression.SMILING:
            canvas.chord(x, y - 0.06, 0.36, 0.26, 0, 180, lips)
            canvas.chord(x, y - 0.05, 0.27, 0.11, 0, 180, WHITE)
        case Expression.SERIOUS:
            box = canvas.box(x, y + 0.02, 0.27, 0.055)
            canvas.pen.rounded_rectangle(box, radius=3, fill=lips)
        case Expression.SURPRISED:
            canvas.oval(x, y + 0.06, 0.17, 0.2, lips)
            canvas.oval(x, y + 0.06, 0.09, 0.12, (70, 16, 24))


def draw_nose(canvas: Canvas, sitter: Sitter) -> None:
    canvas.arc(canvas.turn * 1.3, 0.3, 0.13, 0.13, 10, 170, darker(sitter.skin, 0.7), 0.07)


def draw_eyes(canvas: Canvas, sitter: Sitter, random: Random) -> None:
    iris = lightness_varied(EYES[sitter.person.eyes], random)
    size = sitter.manner.eyes * (1.2 if sitter.child else 1.0)
    surprised = sitter.scene.expression is Expression.SURPRISED
    white_height = (0.2 if surprised else 0.165) * size
    brow, brow_width = darker(sitter.hair, 0.75), 0.1 if sitter.man else 0.06
    raised = 0.1 if surprised else 0.0
    for side in (-1, 1):
        x, y = side * 0.42 + canvas.turn, 0.02
        if sitter.manner.sockets:
            _draw_socket(canvas, sitter, x, y)
        canvas.oval(x, y, 0.25 * size, white_height, WHITE)
        canvas.oval(x, y, 0.15 * size, 0.155 * size, iris)
        canvas.oval(x, y, 0.065 * size, 0.065 * size, (10, 10, 12))
        canvas.oval(x + 0.05, y - 0.06, 0.035, 0.035, WHITE)
        if sitter.woman:
            canvas.arc(x, y, 0.29 * size, 0.22 * size, 190, 350, INK, 0.07)
        canvas.arc(x, y - 0.14 - raised, 0.28, 0.2, 205, 335, brow, brow_width)


def _draw_socket(canvas: Canvas, sitter: Sitter, x: float, y: float) -> None:
    for reach, depth in ((0.38, 0.25), (0.3, 0.45)):
        shade = darker(sitter.skin, 1 - depth * sitter.manner.sockets)
        canvas.oval(x, y, reach, reach * 0.7, shade)
