"""The bare head: skull, ears, neck, and the light on them."""

from generation.character import Skin
from generation.pocket.portraits.colours import blend
from generation.pocket.portraits.figure.canvas import Canvas, Point, smooth, symmetric
from generation.pocket.portraits.figure.sitter import Sitter


def outline(sitter: Sitter) -> list[Point]:
    """Give the outline of the face, chin to crown."""
    chin = sitter.chin
    if sitter.child:
        lower = [(1.0, 0.28), (0.9, 0.68), (0.52, chin - 0.08)]
    elif sitter.man:
        lower = [(0.975, 0.3), (0.9, 0.78), (0.52, chin - 0.1)]
    elif sitter.woman:
        lower = [(0.965, 0.25), (0.82, 0.7), (0.4, chin - 0.1)]
    else:
        lower = [(0.97, 0.28), (0.86, 0.74), (0.46, chin - 0.1)]
    upper = [(0.0, -1.12), (0.52, -1.03), (0.88, -0.66), (0.985, -0.15)]
    return smooth(symmetric([*upper, *lower, (0.0, chin)]))


def draw_neck(canvas: Canvas, sitter: Sitter) -> None:
    neck = 0.38 if sitter.child else 0.42 if sitter.woman else 0.54
    shape = symmetric([(0.0, 0.8), (neck, 0.8), (neck, 1.35), (neck + 0.2, 1.72), (0.0, 2.0)])
    canvas.blob(shape, sitter.skin)
    with canvas.inside(smooth(shape)):
        canvas.oval(0.06 * -sitter.lit, 0.92, neck + 0.25, sitter.chin - 0.72, sitter.skin_shade)


def draw_head(canvas: Canvas, sitter: Sitter) -> None:
    for side in (-1, 1):
        canvas.oval(side * 1.0, 0.16, 0.17, 0.27, sitter.skin)
        canvas.oval(side * 1.01, 0.18, 0.09, 0.16, sitter.skin_shade)
    face = outline(sitter)
    canvas.polygon(face, sitter.skin)
    shade, lit = sitter.skin_shade, sitter.lit
    with canvas.inside(face):
        edge = [(0.98, -1.3), (0.8, -0.5), (0.8, 0.3), (0.62, 0.85), (0.1, sitter.chin - 0.06)]
        away = [(0.1, 1.7), (1.4, 1.6), (1.4, -1.3)]
        canvas.blob([(-lit * x, y) for x, y in (*edge, *away)], shade)
        canvas.glow(lit * 0.5, -0.55, 0.6, 0.5, sitter.skin_light, 0.6)
    blush = blend(sitter.skin, (236, 62, 70), 0.5)
    for side in (-1, 1):
        strength = 0.75 if sitter.child else 0.55 if sitter.woman else 0.35
        strength *= 0.6 if sitter.person.skin in (Skin.BROWN, Skin.DARK) else 1.0
        canvas.glow(side * 0.6 + canvas.turn, 0.5, 0.36, 0.3, blush, strength)


def draw_age(canvas: Canvas, sitter: Sitter) -> None:
    """Draw the marks of age: lines on the forehead, at the eyes, and from nose to mouth."""
    if not sitter.old:
        return
    colour, turn = sitter.skin_deep, canvas.turn
    for y, reach in ((-0.66, 0.4), (-0.5, 0.46)):
        canvas.curve(
            [(turn - reach, y + 0.03), (turn, y - 0.03), (turn + reach, y + 0.03)], colour, 0.035
        )
    for side in (-1, 1):
        x = side * 0.42 + turn
        canvas.curve([(x - side * 0.2, 0.27), (x, 0.34), (x + side * 0.22, 0.28)], colour, 0.035)
        for dy in (-0.07, 0.07):
            canvas.line(
                [(x + side * 0.33, 0.05 + dy / 2), (x + side * 0.45, 0.05 + dy * 1.6)],
                colour,
                0.035,
            )
        canvas.curve(
            [
                (turn + side * 0.2, 0.46),
                (turn + side * 0.4, 0.62),
                (turn + side * 0.46, 0.86),
            ],
            colour,
            0.045,
        )
