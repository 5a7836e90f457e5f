"""Roles of a court: knight, king and queen."""

from generation.pocket.portraits.colours import Colour, blend, darker
from generation.pocket.portraits.figure.canvas import Canvas, mirrored, symmetric
from generation.pocket.portraits.figure.clothes import (
    draw_neckline,
    draw_torso,
    shade_of,
)
from generation.pocket.portraits.figure.sitter import Sitter
from generation.pocket.portraits.palette import (
    DARK_GOLD,
    DARK_STEEL,
    GOLD,
    STEEL,
    WHITE,
)
from generation.pocket.portraits.roles.costume import Costume, draw_fist

_SHINE: Colour = (234, 240, 248)

_FUR: Colour = (250, 248, 244)

_RUBY: Colour = (214, 36, 62)


def _knight_body(canvas: Canvas, sitter: Sitter) -> None:
    draw_torso(canvas, sitter, STEEL, 0.1)
    plate = [(0.0, 1.75), (0.7, 1.72), (1.0, 2.1), (0.9, 3.1), (0.0, 3.2)]
    canvas.blob(symmetric(plate), blend(STEEL, WHITE, 0.2))
    canvas.line([(0, 1.8), (0, 3.1)], DARK_STEEL, 0.06)
    for side in (-1, 1):
        x = side * (sitter.shoulders - 0.2)
        canvas.oval(x, 2.08, 0.52, 0.44, STEEL)
        canvas.ring(x, 2.08, 0.52, 0.44, DARK_STEEL, 0.05)
        canvas.ring(x, 2.2, 0.46, 0.36, DARK_STEEL, 0.05, 0, 180)
        canvas.ring(x - 0.06, 2.06, 0.34, 0.28, _SHINE, 0.08, 190, 290)
    gorget = [(0.0, 1.16), (0.56, 1.16), (0.74, 1.5), (0.6, 1.8), (0.0, 1.9)]
    canvas.blob(symmetric(gorget), STEEL)
    for y in (1.36, 1.58):
        canvas.curve([(-0.66, y - 0.06), (0, y + 0.14), (0.66, y - 0.06)], DARK_STEEL, 0.05)
    canvas.curve([(-0.52, 1.24), (-0.6, 1.46)], _SHINE, 0.09)


def _knight_helmet(canvas: Canvas, sitter: Sitter) -> None:
    plume = (206, 40, 48)
    canvas.blob(
        [
            *((-0.06, -1.62), (0.5, -2.06), (1.3, -1.9), (1.62, -1.2), (1.5, -0.7)),
            *((1.24, -1.24), (0.7, -1.5), (0.1, -1.46)),
        ],
        plume,
    )
    canvas.curve([(0.1, -1.6), (0.8, -1.78), (1.4, -1.2)], darker(plume, 0.72), 0.06)
    dome = symmetric(
        [(0.0, -1.64), (0.6, -1.52), (1.08, -1.0), (1.2, -0.4), (0.9, -0.5), (0.0, -0.62)]
    )
    canvas.blob(dome, STEEL)
    cheek = [(1.0, -0.56), (1.2, -0.5), (1.22, 0.5), (1.0, 1.0), (0.84, 0.92), (0.95, 0.4)]
    canvas.pair(cheek, STEEL)
    canvas.outline(cheek, DARK_STEEL, 0.04)
    canvas.outline(mirrored(cheek), DARK_STEEL, 0.04)
    canvas.blob(
        symmetric(
            [(0.0, -0.98), (0.7, -0.94), (1.14, -0.7), (1.18, -0.44), (0.7, -0.56), (0.0, -0.6)]
        ),
        blend(STEEL, WHITE, 0.3),
    )
    for x in (-0.6, -0.36, -0.12, 0.12, 0.36, 0.6):
        canvas.line([(x, -0.86), (x, -0.7)], DARK_STEEL, 0.06)
    for x in (-1.06, 1.06):
        canvas.oval(x, -0.56, 0.11, 0.11, GOLD)
    lit = sitter.lit
    canvas.curve([(lit * 0.92, -1.06), (lit * 0.6, -1.38), (lit * 0.2, -1.5)], _SHINE, 0.1)


def _sword(canvas: Canvas, sitter: Sitter) -> None:
    canvas.polygon([(1.84, 2.0), (1.84, 0.1), (1.95, -0.16), (2.06, 0.1), (2.06, 2.0)], _SHINE)
    canvas.polygon([(1.95, 2.0), (1.95, -0.16), (2.06, 0.1), (2.06, 2.0)], (160, 172, 190))
    canvas.line([(1.58, 1.9), (2.32, 1.9)], GOLD, 0.14)
    draw_fist(canvas, sitter, (1.95, 2.2), DARK_STEEL)


def _robe(canvas: Canvas, sitter: Sitter) -> None:
    """Draw a robe of the clothes' colour, with a collar of ermine and a chain of gold."""
    draw_torso(canvas, sitter, sitter.clothes, 0.1)
    canvas.line([(0, 1.9), (0, 3.1)], GOLD, 0.12)
    collar = symmetric(
        [(0.0, 1.72), (0.4, 1.36), (0.78, 1.36), (1.3, 1.72), (1.4, 2.1), (0.86, 2.22), (0.0, 2.34)]
    )
    canvas.blob(collar, _FUR)
    draw_neckline(canvas, sitter, 0.42, 1.74)
    for x, y in ((0.62, 1.62), (1.02, 1.84), (0.62, 2.02), (1.2, 2.06), (0.28, 2.1)):
        for side in (-1, 1):
            canvas.oval(side * x, y, 0.035, 0.075, (40, 34, 40))
    canvas.curve([(-0.8, 1.6), (-0.4, 2.12), (0.0, 2.26), (0.4, 2.12), (0.8, 1.6)], GOLD, 0.08)
    canvas.oval(0.0, 2.32, 0.15, 0.15, GOLD)
    canvas.oval(0.0, 2.32, 0.09, 0.09, _RUBY)


def _crown(canvas: Canvas, sitter: Sitter) -> None:
    points = [(-0.92, -0.66), (-1.02, -1.5), (-0.62, -1.1), (-0.42, -1.68), (0.0, -1.16)]
    canvas.blob(
        symmetric([(0.0, -1.5), (0.5, -1.4), (0.8, -1.0), (0.8, -0.7), (0.0, -0.8)]), (170, 26, 54)
    )
    canvas.polygon([*points, *mirrored(points)[::-1]], GOLD)
    canvas.polygon([(-0.94, -0.82), (0.94, -0.82), (0.92, -0.56), (-0.92, -0.56)], DARK_GOLD)
    canvas.line([(-0.92, -0.84), (0.92, -0.84)], (255, 226, 130), 0.06)
    for x, y in ((-1.02, -1.52), (-0.42, -1.7), (0.42, -1.7), (1.02, -1.52)):
        canvas.oval(x, y, 0.1, 0.1, (255, 236, 170))
    for x, colour in ((-0.56, (50, 120, 230)), (0.0, _RUBY), (0.56, (50, 120, 230))):
        canvas.oval(x, -0.69, 0.1, 0.1, colour)
    canvas.line([(sitter.lit * 0.88, -1.2), (sitter.lit * 0.82, -0.9)], (255, 240, 180), 0.07)


def _sceptre(canvas: Canvas, sitter: Sitter) -> None:
    canvas.line([(1.98, 0.9), (1.9, 3.0)], GOLD, 0.13)
    canvas.oval(1.99, 0.72, 0.23, 0.23, GOLD)
    canvas.oval(1.99, 0.72, 0.14, 0.14, _RUBY)
    canvas.line([(1.99, 0.5), (1.99, 0.28)], GOLD, 0.1)
    canvas.line([(1.88, 0.39), (2.1, 0.39)], GOLD, 0.1)
    draw_fist(canvas, sitter, (1.94, 2.1))


def _gown(canvas: Canvas, sitter: Sitter) -> None:
    """Draw a gown with a high white collar behind the neck, puffed sleeves and pearls."""
    draw_torso(canvas, sitter, sitter.clothes, -0.1)
    dark, light = shade_of(sitter.clothes), blend(sitter.clothes, WHITE, 0.25)
    for side in (-1, 1):
        x = side * (sitter.shoulders - 0.25)
        canvas.oval(x, 2.16, 0.5, 0.5, sitter.clothes)
        for dx in (-0.24, 0.0, 0.24):
            canvas.curve([(x + dx * 0.5, 1.76), (x + dx * 1.3, 2.2), (x + dx, 2.6)], dark, 0.045)
        canvas.curve([(x - 0.3, 1.82), (x, 1.7), (x + 0.3, 1.82)], light, 0.07)
    draw_neckline(canvas, sitter, 0.72, 2.12)
    canvas.curve([(-0.74, 1.5), (-0.46, 1.98), (0.0, 2.16), (0.46, 1.98), (0.74, 1.5)], GOLD, 0.1)
    for x in (-0.36, -0.2, 0.0, 0.2, 0.36):
        canvas.oval(x, 1.68 - abs(x) * 0.42, 0.075, 0.075, (252, 248, 240))
    canvas.oval(0.0, 1.86, 0.11, 0.13, _RUBY)


def _ruff(canvas: Canvas, _sitter: Sitter) -> None:
    for k in range(-5, 6):
        x = k * 0.235
        canvas.blob(
            [
                (x * 0.7, 1.6),
                (x - 0.19, 0.72 + abs(k) * 0.075),
                (x, 0.62 + abs(k) * 0.075),
                (x + 0.19, 0.72 + abs(k) * 0.075),
            ],
            _FUR,
        )
        canvas.line([(x * 0.8, 1.5), (x, 0.74 + abs(k) * 0.075)], (206, 206, 220), 0.035)


KNIGHT = Costume(body=_knight_body, headwear=_knight_helmet, thing=_sword)


KING = Costume(body=_robe, headwear=_crown, thing=_sceptre)


QUEEN = Costume(behind=_ruff, body=_gown, headwear=_crown, thing=_sceptre)
