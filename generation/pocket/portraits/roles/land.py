"""Roles of far lands: explorer and cowboy."""

from generation.pocket.portraits.colours import Colour, blend, darker
from generation.pocket.portraits.figure.canvas import Canvas, mirrored, symmetric
from generation.pocket.portraits.figure.clothes import draw_neckline, draw_torso, shade_of
from generation.pocket.portraits.figure.sitter import Sitter
from generation.pocket.portraits.palette import (
    GOLD,
    LEATHER,
    WHITE,
)
from generation.pocket.portraits.roles.costume import Costume, draw_fist

_KHAKI: Colour = (196, 168, 116)


def _explorer_body(canvas: Canvas, sitter: Sitter) -> None:
    draw_torso(canvas, sitter, _KHAKI)
    draw_neckline(canvas, sitter, 0.44, 1.88)
    collar = [(0.34, 1.3), (0.66, 1.44), (0.56, 1.94), (0.06, 1.8)]
    dark = shade_of(_KHAKI)
    for shape in (collar, mirrored(collar)):
        canvas.polygon(shape, blend(_KHAKI, WHITE, 0.22))
        canvas.line([*shape, shape[0]], dark, 0.03)
    canvas.blob(
        [(-0.3, 1.62), (0.0, 1.74), (0.3, 1.62), (0.14, 1.92), (0.0, 2.1), (-0.14, 1.92)],
        (206, 60, 48),
    )
    for side in (-1, 1):
        canvas.block(
            side * 0.9 - 0.32, 2.14, side * 0.9 + 0.32, 2.56, 0.06, blend(_KHAKI, WHITE, 0.12)
        )
        canvas.line([(side * 0.9 - 0.32, 2.26), (side * 0.9 + 0.32, 2.26)], dark, 0.04)
        canvas.line([(side * 0.98, 1.6), (side * 0.56, 2.7)], LEATHER, 0.1)
    canvas.line([(0, 2.1), (0, 3)], dark, 0.04)


def _pith_helmet(canvas: Canvas, sitter: Sitter) -> None:
    pale, dark = (230, 208, 160), (176, 146, 96)
    canvas.blob(
        symmetric([(0.0, -1.66), (0.5, -1.6), (0.94, -1.16), (1.04, -0.7), (0.0, -0.7)]), pale
    )
    canvas.line([(0.0, -1.62), (0.0, -0.9)], dark, 0.05)
    canvas.oval(0.0, -1.68, 0.12, 0.08, dark)
    canvas.blob(
        symmetric(
            [(0.0, -0.94), (0.9, -0.9), (1.44, -0.6), (1.42, -0.46), (0.9, -0.58), (0.0, -0.58)]
        ),
        pale,
    )
    canvas.curve(
        [(-1.42, -0.5), (-0.9, -0.62), (0.0, -0.62), (0.9, -0.62), (1.42, -0.5)], dark, 0.06
    )
    canvas.curve([(-1.0, -0.92), (0.0, -1.0), (1.0, -0.92)], LEATHER, 0.16)
    canvas.curve([(sitter.lit * 0.78, -1.2), (sitter.lit * 0.5, -1.46)], (250, 240, 212), 0.09)


def _binoculars(canvas: Canvas, sitter: Sitter) -> None:
    canvas.curve([(1.5, 1.6), (1.0, 2.2), (0.5, 2.4)], LEATHER, 0.06)
    for x in (1.64, 2.1):
        canvas.block(x - 0.2, 1.4, x + 0.2, 2.1, 0.08, (52, 52, 58))
        canvas.block(x - 0.15, 1.22, x + 0.15, 1.44, 0.05, (84, 84, 92))
        canvas.oval(x, 2.08, 0.2, 0.09, (130, 190, 220))
    canvas.line([(1.76, 1.64), (1.98, 1.64)], (84, 84, 92), 0.12)
    draw_fist(canvas, sitter, (2.2, 1.86))


def _cowboy_body(canvas: Canvas, sitter: Sitter) -> None:
    draw_torso(canvas, sitter, sitter.clothes)
    for side in (-1, 1):
        canvas.blob(
            [
                (side * 0.62, 1.44),
                (side * 1.2, 1.7),
                (side * 1.3, 3.1),
                (side * 0.56, 3.1),
                (side * 0.74, 2.2),
            ],
            LEATHER,
        )
        canvas.curve(
            [(side * 0.66, 1.48), (side * 0.76, 2.2), (side * 0.58, 3.0)],
            darker(LEATHER, 0.65),
            0.05,
        )
    canvas.blob(
        [(-0.62, 1.36), (0.0, 1.54), (0.62, 1.36), (0.5, 1.8), (0.0, 2.24), (-0.5, 1.8)],
        (206, 44, 48),
    )
    for x, y in ((-0.26, 1.72), (0.0, 1.94), (0.26, 1.72), (0.0, 1.68)):
        canvas.oval(x, y, 0.045, 0.045, WHITE)
    star = ((0, -1), (0.25, -0.3), (0.95, -0.3), (0.4, 0.12), (0.6, 0.8), (0, 0.4))
    canvas.polygon(
        [(0.96 + x, 2.2 + y) for x, y in symmetric([(px * 0.24, py * 0.24) for px, py in star])],
        GOLD,
    )


def _cowboy_hat(canvas: Canvas, sitter: Sitter) -> None:
    tan, dark = (180, 126, 74), (126, 82, 44)
    canvas.blob(
        symmetric([(0.0, -1.52), (0.42, -1.78), (0.78, -1.6), (0.96, -0.74), (0.0, -0.64)]), tan
    )
    canvas.curve([(0.0, -1.5), (0.0, -1.1)], dark, 0.06)
    canvas.curve([(-0.94, -0.86), (0.0, -0.78), (0.94, -0.86)], dark, 0.15)
    canvas.blob(
        symmetric(
            [
                (0.0, -0.74),
                (0.9, -0.78),
                (1.54, -1.16),
                (1.72, -1.1),
                (1.4, -0.68),
                (0.8, -0.52),
                (0.0, -0.5),
            ]
        ),
        tan,
    )
    canvas.curve(
        [
            (-1.6, -1.04),
            (-1.3, -0.72),
            (-0.8, -0.58),
            (0.0, -0.55),
            (0.8, -0.58),
            (1.3, -0.72),
            (1.6, -1.04),
        ],
        dark,
        0.05,
    )
    canvas.curve([(sitter.lit * 0.5, -1.66), (sitter.lit * 0.7, -1.3)], (216, 170, 118), 0.09)


def _lasso(canvas: Canvas, sitter: Sitter) -> None:
    rope, dark = (222, 186, 120), (170, 130, 70)
    for rx, ry in ((0.5, 0.62), (0.38, 0.5)):
        canvas.ring(1.9, 1.3, rx, ry, dark, 0.13)
        canvas.ring(1.9, 1.29, rx, ry, rope, 0.09)
    draw_fist(canvas, sitter, (1.86, 1.96))


EXPLORER = Costume(body=_explorer_body, headwear=_pith_helmet, thing=_binoculars)


COWBOY = Costume(body=_cowboy_body, headwear=_cowboy_hat, thing=_lasso)
