"""Roles of streets and gardens: detective and gardener."""

from generation.pocket.portraits.colours import Colour, blend
from generation.pocket.portraits.figure.canvas import Canvas, mirrored, smooth, symmetric
from generation.pocket.portraits.figure.clothes import (
    draw_neckline,
    draw_suit,
    draw_torso,
    shade_of,
)
from generation.pocket.portraits.figure.sitter import Sitter
from generation.pocket.portraits.palette import (
    GOLD,
    LEATHER,
    WHITE,
    WOOD,
)
from generation.pocket.portraits.roles.costume import Costume, draw_fist

_TRENCH: Colour = (202, 170, 122)


def _trench_coat(canvas: Canvas, sitter: Sitter) -> None:
    draw_suit(canvas, sitter, _TRENCH, WHITE)
    dark = shade_of(_TRENCH)
    canvas.polygon(
        [(-0.13, 1.72), (0.13, 1.72), (0.2, 2.5), (0.0, 2.75), (-0.2, 2.5)], (120, 34, 44)
    )
    canvas.polygon([(-0.12, 1.66), (0.12, 1.66), (0.08, 1.84), (-0.08, 1.84)], (150, 44, 54))
    for side in (-1, 1):
        canvas.polygon(
            [
                (side * 0.42, 1.08),
                (side * 0.8, 1.22),
                (side * 0.98, 1.7),
                (side * 0.62, 1.86),
                (side * 0.44, 1.5),
            ],
            blend(_TRENCH, WHITE, 0.16),
        )
        canvas.line(
            [(side * 0.8, 1.22), (side * 0.98, 1.7), (side * 0.62, 1.86), (side * 0.44, 1.5)],
            dark,
            0.04,
        )
        canvas.oval(side * 0.86, 2.44, 0.08, 0.08, dark)
        canvas.line([(side * 1.3, 1.82), (side * 1.7, 1.98)], dark, 0.05)


def _deerstalker(canvas: Canvas, _sitter: Sitter) -> None:
    tweed, dark, light = (148, 112, 74), (96, 70, 46), (190, 152, 108)
    dome = smooth(symmetric([(0.0, -1.54), (0.6, -1.44), (1.06, -0.98), (1.1, -0.56), (0.0, -0.7)]))
    canvas.polygon(dome, tweed)
    with canvas.inside(dome):
        for k in range(-5, 6):
            canvas.line([(k * 0.26, -1.7), (k * 0.26, -0.4)], dark, 0.05)
        for y in (-1.36, -1.12, -0.88):
            canvas.line([(-1.2, y), (1.2, y)], dark, 0.05)
            canvas.line([(-1.2, y + 0.12), (1.2, y + 0.12)], light, 0.03)
    canvas.blob(
        symmetric([(0.0, -0.92), (0.6, -0.88), (0.98, -0.62), (0.7, -0.44), (0.0, -0.46)]), tweed
    )
    canvas.curve(
        [(-0.94, -0.6), (-0.6, -0.46), (0.0, -0.47), (0.6, -0.46), (0.94, -0.6)], dark, 0.06
    )
    canvas.pair([(0.94, -0.98), (1.22, -0.86), (1.28, -0.34), (1.08, -0.2), (1.0, -0.5)], tweed)
    for side in (-1, 1):
        canvas.curve([(side * 0.98, -0.96), (side * 1.04, -0.56), (side * 1.1, -0.22)], dark, 0.05)
    canvas.blob([(-0.02, -1.5), (-0.36, -1.68), (-0.34, -1.42)], dark)
    canvas.blob([(0.02, -1.5), (0.36, -1.68), (0.34, -1.42)], dark)
    canvas.oval(0, -1.52, 0.08, 0.08, light)


def _magnifier(canvas: Canvas, sitter: Sitter) -> None:
    canvas.line([(1.78, 1.7), (1.62, 2.4)], WOOD, 0.18)
    canvas.oval(1.9, 1.16, 0.56, 0.56, (190, 226, 240))
    canvas.glow(2.0, 1.3, 0.4, 0.4, (130, 180, 210), 0.7)
    canvas.curve([(1.6, 1.2), (1.66, 0.96), (1.86, 0.82)], WHITE, 0.1)
    canvas.ring(1.9, 1.16, 0.56, 0.56, GOLD, 0.13)
    draw_fist(canvas, sitter, (1.68, 2.2))


_DENIM: Colour = (70, 104, 156)


def _overalls(canvas: Canvas, sitter: Sitter) -> None:
    draw_torso(canvas, sitter, sitter.clothes)
    draw_neckline(canvas, sitter, 0.44, 1.84)
    light = blend(sitter.clothes, WHITE, 0.2)
    collar = [(0.34, 1.3), (0.62, 1.44), (0.5, 1.9), (0.06, 1.76)]
    for shape in (collar, mirrored(collar)):
        canvas.polygon(shape, light)
        canvas.line([*shape, shape[0]], shade_of(sitter.clothes), 0.03)
    for side in (-1, 1):
        canvas.line([(side * 0.98, 1.58), (side * 0.72, 2.2)], _DENIM, 0.22)
    canvas.block(-0.82, 2.12, 0.82, 3.2, 0.1, _DENIM)
    canvas.block(-0.36, 2.34, 0.36, 2.9, 0.06, blend(_DENIM, WHITE, 0.14))
    for x in (-0.7, 0.7):
        canvas.oval(x, 2.24, 0.09, 0.09, GOLD)


def _straw_hat(canvas: Canvas, _sitter: Sitter) -> None:
    straw, dark = (240, 208, 128), (196, 154, 78)
    canvas.blob(
        symmetric([(0.0, -1.5), (0.6, -1.46), (0.9, -1.16), (0.98, -0.7), (0.0, -0.64)]), straw
    )
    canvas.blob(
        symmetric(
            [(0.0, -0.92), (0.9, -0.9), (1.74, -0.7), (1.72, -0.54), (0.9, -0.54), (0.0, -0.52)]
        ),
        straw,
    )
    for y, reach in ((-1.3, 0.74), (-1.12, 0.86)):
        canvas.curve([(-reach, y + 0.08), (0.0, y), (reach, y + 0.08)], dark, 0.035)
    canvas.curve(
        [(-1.68, -0.6), (-0.9, -0.62), (0.0, -0.6), (0.9, -0.62), (1.68, -0.6)], dark, 0.045
    )
    canvas.curve([(-0.98, -0.86), (0.0, -0.94), (0.98, -0.86)], (90, 160, 80), 0.17)
    for dx, dy in ((0.0, -0.13), (0.13, 0.0), (0.0, 0.13), (-0.13, 0.0)):
        canvas.oval(0.6 + dx, -0.96 + dy, 0.11, 0.11, (240, 90, 130))
    canvas.oval(0.6, -0.96, 0.09, 0.09, (255, 220, 90))


def _flower_pot(canvas: Canvas, sitter: Sitter) -> None:
    pot = (200, 104, 62)
    canvas.line([(1.9, 1.7), (1.9, 0.9)], (70, 150, 66), 0.09)
    canvas.blob([(1.9, 1.46), (2.2, 1.2), (2.3, 1.3), (2.06, 1.5)], (70, 150, 66))
    canvas.blob([(1.9, 1.5), (1.6, 1.26), (1.5, 1.36), (1.72, 1.54)], (70, 150, 66))
    for dx, dy in ((0.0, -0.25), (0.24, -0.08), (0.15, 0.2), (-0.15, 0.2), (-0.24, -0.08)):
        canvas.oval(1.9 + dx, 0.72 + dy, 0.2, 0.2, (250, 110, 150))
    canvas.oval(1.9, 0.72, 0.16, 0.16, (255, 220, 90))
    canvas.polygon([(1.48, 1.74), (2.32, 1.74), (2.18, 2.56), (1.62, 2.56)], pot)
    canvas.block(1.42, 1.6, 2.38, 1.84, 0.06, blend(pot, WHITE, 0.16))
    draw_fist(canvas, sitter, (1.62, 2.2), LEATHER)


DETECTIVE = Costume(body=_trench_coat, headwear=_deerstalker, thing=_magnifier)


GARDENER = Costume(body=_overalls, headwear=_straw_hat, thing=_flower_pot)
