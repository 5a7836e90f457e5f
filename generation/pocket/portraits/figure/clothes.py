"""The shoulders, and what every kind of clothes is made of."""

from generation.pocket.portraits.colours import Colour, blend, darker
from generation.pocket.portraits.figure.canvas import Canvas, Point, smooth, symmetric
from generation.pocket.portraits.figure.head import draw_neck
from generation.pocket.portraits.figure.sitter import Sitter
from generation.pocket.portraits.palette import WHITE


def shade_of(colour: Colour) -> Colour:
    return blend(darker(colour, 0.74), (30, 20, 70), 0.12)


def torso(sitter: Sitter, more: float = 0.0, neck: float = 0.4) -> list[Point]:
    """Give the outline of the shoulders; `more` makes them broader."""
    wide = sitter.shoulders + more
    return smooth(
        symmetric(
            [
                *((0.0, 1.5), (neck, 1.42), (0.85, 1.6), (wide - 0.25, 1.82), (wide, 2.25)),
                *((wide + 0.12, 3.0), (0.0, 3.2)),
            ]
        )
    )


def draw_torso(canvas: Canvas, sitter: Sitter, colour: Colour, more: float = 0.0) -> None:
    """Draw shoulders of one colour, with a shaded side and the arms' folds."""
    shape = torso(sitter, more)
    canvas.polygon(shape, colour)
    dark, wide, away = shade_of(colour), sitter.shoulders + more, -sitter.lit
    with canvas.inside(shape):
        canvas.blob(
            [
                *((away * (wide - 0.5), 1.5), (away * (wide - 0.35), 2.1)),
                *(
                    (away * (wide - 0.5), 3.2),
                    (away * (wide + 0.6), 3.2),
                    (away * (wide + 0.6), 1.5),
                ),
            ],
            dark,
        )
    for side in (-1, 1):
        x = side * (wide - 0.42)
        canvas.curve([(x, 2.25), (x - side * 0.05, 2.7)], dark, 0.05)


def draw_neckline(canvas: Canvas, sitter: Sitter, wide: float, low: float) -> None:
    """Leave the neck free down to `low`: draw it over the clothes."""
    opening = smooth(
        [(-wide, 1.4), (wide, 1.4), (wide * 0.62, low - 0.12), (0, low), (-wide * 0.62, low - 0.12)]
    )
    with canvas.inside(opening):
        draw_neck(canvas, sitter)


def draw_suit(canvas: Canvas, sitter: Sitter, colour: Colour, shirt: Colour) -> None:
    """Draw a jacket with lapels, open over a shirt."""
    dark, light = shade_of(colour), blend(colour, WHITE, 0.14)
    draw_torso(canvas, sitter, colour, 0.04)
    canvas.polygon([(-0.5, 1.36), (0.5, 1.36), (0.0, 2.75)], shirt)
    draw_neckline(canvas, sitter, 0.4, 1.72)
    for side in (-1, 1):
        canvas.polygon(
            [(side * 0.34, 1.34), (side * 0.5, 1.4), (side * 0.36, 1.86), (side * 0.03, 1.72)],
            WHITE,
        )
        canvas.polygon(
            [
                *(
                    (side * 0.48, 1.36),
                    (side * 0.72, 1.52),
                    (side * 0.94, 1.98),
                    (side * 0.68, 2.02),
                ),
                *((side * 0.74, 2.16), (side * 0.02, 2.8)),
            ],
            light,
        )
        canvas.line([(side * 0.48, 1.36), (side * 0.02, 2.8)], dark, 0.045)
        canvas.line(
            [(side * 0.94, 1.98), (side * 0.68, 2.02), (side * 0.74, 2.16), (side * 0.02, 2.8)],
            dark,
            0.035,
        )
