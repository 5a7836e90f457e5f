"""Roles of towns: chef, doctor, scientist and firefighter."""

from generation.pocket.portraits.colours import Colour, blend, darker
from generation.pocket.portraits.figure.canvas import Canvas, symmetric
from generation.pocket.portraits.figure.clothes import (
    draw_neckline,
    draw_suit,
    draw_torso,
    torso,
)
from generation.pocket.portraits.figure.sitter import Sitter
from generation.pocket.portraits.palette import (
    DARK_STEEL,
    GOLD,
    STEEL,
    WHITE,
    WOOD,
)
from generation.pocket.portraits.roles.costume import Costume, draw_fist

_CLOTH: Colour = (250, 250, 250)


_FOLD: Colour = (204, 208, 220)


def _chef_body(canvas: Canvas, sitter: Sitter) -> None:
    draw_torso(canvas, sitter, _CLOTH)
    canvas.polygon([(-0.3, 1.7), (0.6, 1.66), (0.7, 3.1), (-0.5, 3.1)], WHITE)
    canvas.curve([(-0.3, 1.72), (-0.46, 2.3), (-0.5, 3.0)], _FOLD, 0.05)
    for y in (2.06, 2.42):
        for x in (-0.24, 0.44):
            canvas.oval(x, y, 0.08, 0.08, (60, 64, 76))
    scarf = (214, 44, 48)
    canvas.blob(
        [(-0.58, 1.3), (0.0, 1.46), (0.58, 1.3), (0.62, 1.56), (0.0, 1.78), (-0.62, 1.56)], scarf
    )
    canvas.blob([(-0.06, 1.66), (0.12, 1.66), (0.34, 2.06), (0.08, 2.1)], scarf)
    canvas.blob([(0.02, 1.66), (-0.12, 1.66), (-0.3, 2.02), (-0.06, 2.06)], darker(scarf, 0.8))
    canvas.oval(0.0, 1.68, 0.13, 0.11, darker(scarf, 0.85))


def _toque(canvas: Canvas, sitter: Sitter) -> None:
    for x, y, r in (
        (-0.82, -1.5, 0.46),
        (0.82, -1.5, 0.46),
        (-0.36, -1.78, 0.5),
        (0.36, -1.78, 0.5),
        (0.0, -1.5, 0.6),
    ):
        canvas.oval(x, y, r, r * 0.92, _CLOTH)
    canvas.polygon([(-0.94, -1.4), (0.94, -1.4), (0.94, -0.6), (-0.94, -0.6)], _CLOTH)
    for x in (-0.5, -0.16, 0.2, 0.54):
        canvas.curve([(x, -1.12), (x * 1.1, -1.36), (x * 1.3, -1.62)], _FOLD, 0.05)
    canvas.block(-0.98, -1.04, 0.98, -0.54, 0.08, WHITE)
    canvas.line([(-0.96, -1.02), (0.96, -1.02)], _FOLD, 0.05)
    canvas.line([(-0.96, -0.57), (0.96, -0.57)], _FOLD, 0.04)
    canvas.glow(-sitter.lit * 0.8, -1.2, 0.5, 0.9, (170, 176, 196), 0.6)


def _spatula(canvas: Canvas, sitter: Sitter) -> None:
    canvas.line([(1.9, 2.6), (1.94, 1.3)], WOOD, 0.14)
    canvas.line([(1.94, 1.3), (1.95, 0.98)], DARK_STEEL, 0.09)
    canvas.block(1.66, 0.3, 2.26, 1.02, 0.12, STEEL)
    for x in (1.8, 1.96, 2.12):
        canvas.line([(x, 0.46), (x, 0.84)], (84, 92, 108), 0.07)
    draw_fist(canvas, sitter, (1.91, 2.1))


def _white_coat(canvas: Canvas, sitter: Sitter) -> None:
    draw_suit(canvas, sitter, _CLOTH, (120, 184, 214))
    canvas.block(0.72, 2.3, 1.24, 2.8, 0.04, WHITE)
    canvas.line([(0.72, 2.34), (1.24, 2.34)], _FOLD, 0.05)
    canvas.line([(0.86, 2.14), (0.86, 2.4)], (44, 92, 200), 0.06)
    canvas.line([(1.0, 2.14), (1.0, 2.4)], (214, 44, 48), 0.06)


def _stethoscope(canvas: Canvas, _sitter: Sitter) -> None:
    tube = (44, 50, 66)
    canvas.curve([(-0.56, 1.34), (-0.72, 1.8), (-0.62, 2.24), (-0.3, 2.42)], tube, 0.11)
    canvas.curve([(0.56, 1.34), (0.7, 1.8), (0.5, 2.26), (0.0, 2.46), (-0.3, 2.42)], tube, 0.11)
    canvas.line([(-0.3, 2.42), (-0.42, 2.6)], tube, 0.1)
    canvas.oval(-0.44, 2.56, 0.22, 0.22, STEEL)
    canvas.oval(-0.44, 2.56, 0.13, 0.13, (230, 236, 244))
    canvas.polygon([(-1.24, 2.18), (-1.04, 2.18), (-1.04, 2.72), (-1.24, 2.72)], (214, 44, 48))
    canvas.polygon([(-1.4, 2.36), (-0.88, 2.36), (-0.88, 2.54), (-1.4, 2.54)], (214, 44, 48))


def _goggles(canvas: Canvas, _sitter: Sitter) -> None:
    canvas.curve([(-1.08, -0.78), (0.0, -0.88), (1.08, -0.78)], (60, 64, 76), 0.14)
    for side in (-1, 1):
        canvas.oval(side * 0.42, -0.9, 0.4, 0.3, (60, 64, 76))
        canvas.oval(side * 0.42, -0.9, 0.31, 0.22, (150, 236, 190))
        canvas.line([(side * 0.42 - 0.14, -0.84), (side * 0.42 + 0.02, -1.02)], WHITE, 0.07)


def _flask(canvas: Canvas, sitter: Sitter) -> None:
    glass, liquid = (214, 236, 242), (110, 214, 84)
    flask = [
        (1.74, 0.62),
        (2.06, 0.62),
        (2.06, 1.1),
        (2.42, 1.86),
        (2.3, 2.0),
        (1.5, 2.0),
        (1.38, 1.86),
        (1.74, 1.1),
    ]
    canvas.polygon(flask, glass)
    canvas.polygon(
        [(1.62, 1.36), (2.18, 1.36), (2.4, 1.84), (2.28, 1.96), (1.52, 1.96), (1.4, 1.84)], liquid
    )
    for x, y, r in (
        (1.7, 1.66, 0.08),
        (2.06, 1.56, 0.06),
        (1.94, 1.8, 0.07),
        (1.9, 1.2, 0.05),
        (1.9, 0.36, 0.09),
        (2.06, 0.14, 0.06),
    ):
        canvas.oval(x, y, r, r, blend(liquid, WHITE, 0.5))
    canvas.line([(1.68, 0.62), (2.12, 0.62)], (130, 160, 176), 0.08)
    canvas.line([*flask, flask[0]], (130, 160, 176), 0.04)
    draw_fist(canvas, sitter, (1.9, 2.16))


_COAT: Colour = (56, 58, 66)


_SIGNAL: Colour = (252, 222, 60)


def _fire_coat(canvas: Canvas, sitter: Sitter) -> None:
    draw_torso(canvas, sitter, _COAT, 0.08)
    collar = symmetric(
        [(0.0, 1.56), (0.4, 1.2), (0.72, 1.18), (0.82, 1.56), (0.4, 1.84), (0.0, 1.92)]
    )
    canvas.blob(collar, (44, 44, 52))
    draw_neckline(canvas, sitter, 0.36, 1.66)
    with canvas.inside(torso(sitter, 0.08)):
        for y in (2.2, 2.56):
            canvas.line([(-2.2, y), (2.2, y)], _SIGNAL, 0.17)
            canvas.line([(-2.2, y), (2.2, y)], (232, 236, 240), 0.06)
    canvas.line([(0, 1.86), (0, 3.1)], (30, 30, 36), 0.07)
    for y in (2.0, 2.38):
        canvas.line([(-0.14, y), (0.14, y)], STEEL, 0.09)


def _fire_helmet(canvas: Canvas, sitter: Sitter) -> None:
    red, dark, light = (214, 40, 36), (156, 22, 26), (250, 110, 96)
    canvas.blob(
        symmetric([(0.0, -1.66), (0.56, -1.54), (0.98, -1.06), (1.08, -0.66), (0.0, -0.7)]), red
    )
    for x in (-0.5, 0.5):
        canvas.curve([(x * 0.2, -1.62), (x * 1.0, -1.3), (x * 1.3, -0.76)], dark, 0.06)
    canvas.blob(
        symmetric(
            [(0.0, -0.84), (0.9, -0.84), (1.46, -0.62), (1.42, -0.48), (0.8, -0.56), (0.0, -0.54)]
        ),
        red,
    )
    canvas.curve(
        [(-1.42, -0.52), (-0.8, -0.6), (0.0, -0.58), (0.8, -0.6), (1.42, -0.52)], dark, 0.06
    )
    canvas.polygon(
        [(0, -1.52), (0.36, -1.36), (0.3, -0.94), (0.0, -0.76), (-0.3, -0.94), (-0.36, -1.36)], GOLD
    )
    canvas.blob([(0.0, -1.4), (0.16, -1.14), (0.1, -0.92), (-0.1, -0.92), (-0.16, -1.14)], red)
    canvas.curve([(sitter.lit * 0.84, -1.1), (sitter.lit * 0.56, -1.4)], light, 0.09)


def _fire_axe(canvas: Canvas, sitter: Sitter) -> None:
    canvas.line([(1.84, 3.0), (1.92, 0.5)], (216, 60, 44), 0.15)
    canvas.polygon(
        [(1.8, 0.56), (2.1, 0.62), (2.44, 0.42), (2.44, 1.06), (2.1, 0.9), (1.8, 0.9)], STEEL
    )
    canvas.polygon([(1.84, 0.58), (1.5, 0.74), (1.84, 0.88)], STEEL)
    canvas.line([(2.42, 0.46), (2.42, 1.02)], (234, 240, 248), 0.07)
    draw_fist(canvas, sitter, (1.88, 2.15), (50, 46, 50))


CHEF = Costume(body=_chef_body, headwear=_toque, thing=_spatula)


DOCTOR = Costume(body=_white_coat, thing=_stethoscope)


SCIENTIST = Costume(body=_white_coat, headwear=_goggles, thing=_flask)


FIREFIGHTER = Costume(body=_fire_coat, headwear=_fire_helmet, thing=_fire_axe)
