"""Roles of sagas: wizard, samurai and viking."""

from generation.pocket.portraits.colours import Colour
from generation.pocket.portraits.figure.canvas import Canvas, mirrored, smooth, symmetric
from generation.pocket.portraits.figure.clothes import (
    draw_neckline,
    draw_torso,
    shade_of,
)
from generation.pocket.portraits.figure.sitter import Sitter
from generation.pocket.portraits.palette import (
    DARK_GOLD,
    GOLD,
    LEATHER,
    LINEN,
    STEEL,
    WHITE,
    WOOD,
)
from generation.pocket.portraits.roles.costume import Costume, draw_fist

_SHINE: Colour = (234, 240, 248)

_RUBY: Colour = (214, 36, 62)


def _wizard_body(canvas: Canvas, sitter: Sitter) -> None:
    draw_torso(canvas, sitter, sitter.clothes, 0.06)
    draw_neckline(canvas, sitter, 0.4, 1.9)
    dark = shade_of(sitter.clothes)
    for side in (-1, 1):
        canvas.polygon(
            [(side * 0.4, 1.2), (side * 0.95, 1.5), (side * 0.5, 2.06), (side * 0.1, 1.98)], dark
        )
        canvas.line(
            [(side * 0.4, 1.2), (side * 0.95, 1.5), (side * 0.5, 2.06), (side * 0.1, 1.98), (0, 3)],
            GOLD,
            0.06,
        )
    for x, y in ((-1.1, 2.0), (1.06, 2.36), (-0.66, 2.5), (0.62, 2.12)):
        _star(canvas, x, y, 0.13)


def _star(canvas: Canvas, x: float, y: float, size: float) -> None:
    points = ((0, -1), (0.25, -0.3), (0.95, -0.3), (0.4, 0.12), (0.6, 0.8), (0, 0.4))
    right = [(px * size, py * size) for px, py in points]
    canvas.polygon([(x + px, y + py) for px, py in symmetric(right)], (255, 226, 110))


def _wizard_hat(canvas: Canvas, sitter: Sitter) -> None:
    colour, dark = sitter.clothes, shade_of(sitter.clothes)
    cone = smooth(
        [
            *((-0.98, -0.66), (-0.62, -1.4), (-0.2, -1.96), (0.4, -2.3), (0.86, -2.16)),
            *((0.5, -2.0), (0.56, -1.5), (0.98, -0.66), (0.0, -0.56)),
        ]
    )
    canvas.polygon(cone, colour)
    with canvas.inside(cone):
        canvas.polygon(
            [
                (-sitter.lit * 0.3, -2.4),
                (-sitter.lit * 1.2, -2.4),
                (-sitter.lit * 1.2, -0.5),
                (-sitter.lit * 0.6, -0.5),
            ],
            dark,
        )
        canvas.polygon([(-1.1, -0.98), (1.1, -0.98), (1.1, -0.7), (-1.1, -0.7)], GOLD)
    canvas.blob(
        symmetric(
            [(0.0, -0.78), (0.9, -0.78), (1.62, -0.62), (1.56, -0.46), (0.9, -0.54), (0.0, -0.54)]
        ),
        dark,
    )
    canvas.curve(
        [(-1.58, -0.6), (-0.9, -0.74), (0, -0.74), (0.9, -0.74), (1.58, -0.6)], colour, 0.09
    )
    for x, y in ((-0.26, -1.32), (0.3, -1.62), (0.34, -1.14)):
        _star(canvas, x, y, 0.16)


def _staff(canvas: Canvas, sitter: Sitter) -> None:
    canvas.curve([(1.9, 3.0), (1.94, 1.6), (1.92, 0.4)], WOOD, 0.15)
    canvas.curve([(1.92, 0.42), (1.68, 0.2), (1.72, -0.1)], WOOD, 0.11)
    canvas.curve([(1.92, 0.42), (2.16, 0.2), (2.1, -0.1)], WOOD, 0.11)
    canvas.oval(1.92, 0.06, 0.19, 0.19, (120, 220, 255))
    canvas.oval(1.87, 0.0, 0.07, 0.07, WHITE)
    draw_fist(canvas, sitter, (1.93, 2.1))


def _samurai_body(canvas: Canvas, sitter: Sitter) -> None:
    draw_torso(canvas, sitter, (52, 46, 54), 0.0)
    draw_neckline(canvas, sitter, 0.46, 1.9)
    canvas.line([(-0.5, 1.4), (0.06, 1.96)], LINEN, 0.12)
    canvas.line([(0.5, 1.4), (-0.06, 1.96)], LINEN, 0.12)
    plate = symmetric([(0.0, 1.98), (0.82, 1.92), (0.92, 3.1), (0.0, 3.2)])
    canvas.polygon(plate, sitter.clothes)
    for y in (2.16, 2.4, 2.64):
        canvas.line([(-0.88, y), (0.88, y)], (40, 34, 40), 0.06)
        canvas.line([(-0.88, y + 0.05), (0.88, y + 0.05)], GOLD, 0.03)
    for side in (-1, 1):
        inner, outer = side * (sitter.shoulders - 0.72), side * (sitter.shoulders + 0.02)
        for k in range(4):
            top, slope, more = 1.64 + 0.27 * k, 0.16, side * 0.05 * k
            canvas.polygon(
                [
                    *((inner + more, top), (outer + more, top + slope)),
                    *((outer + more * 1.4, top + slope + 0.27), (inner + more, top + 0.27)),
                ],
                sitter.clothes,
            )
            canvas.line(
                [(inner + more, top + 0.27), (outer + more * 1.4, top + slope + 0.27)], GOLD, 0.05
            )
        canvas.line([(inner, 1.64), (outer, 1.8)], GOLD, 0.06)


def _samurai_helmet(canvas: Canvas, sitter: Sitter) -> None:
    black, light = (46, 42, 52), (110, 108, 126)
    flare = [(0.8, -0.7), (1.2, -0.74), (1.62, 0.06), (1.5, 0.2), (1.08, -0.1)]
    canvas.pair(flare, sitter.clothes)
    for points in (flare, mirrored(flare)):
        canvas.outline(points, GOLD, 0.05)
    canvas.blob(
        symmetric([(0.0, -1.6), (0.62, -1.5), (1.06, -1.0), (1.14, -0.56), (0.0, -0.66)]), black
    )
    for x in (-0.62, -0.32, 0.32, 0.62):
        canvas.curve([(x * 0.3, -1.52), (x * 0.86, -1.24), (x * 1.2, -0.74)], light, 0.04)
    canvas.blob(
        symmetric([(0.0, -0.86), (0.8, -0.84), (1.2, -0.68), (1.2, -0.52), (0.0, -0.54)]), black
    )
    canvas.curve(
        [(-1.18, -0.66), (-0.6, -0.84), (0.0, -0.86), (0.6, -0.84), (1.18, -0.66)], GOLD, 0.07
    )
    horn = [(0.06, -1.0), (0.62, -1.3), (0.92, -2.0), (1.0, -2.06), (0.86, -1.34), (0.4, -0.88)]
    canvas.pair(horn, GOLD)
    canvas.oval(0.0, -1.0, 0.2, 0.2, GOLD)
    canvas.oval(0.0, -1.0, 0.12, 0.12, _RUBY)


def _katana(canvas: Canvas, sitter: Sitter) -> None:
    canvas.curve([(1.9, 1.9), (2.0, 0.9), (1.96, -0.1)], _SHINE, 0.13)
    canvas.curve([(1.95, 1.9), (2.05, 0.9), (2.0, 0.0)], (150, 160, 180), 0.05)
    canvas.oval(1.9, 1.88, 0.26, 0.09, GOLD)
    canvas.line([(1.9, 1.94), (1.84, 2.7)], (40, 34, 44), 0.15)
    draw_fist(canvas, sitter, (1.88, 2.2))


def _viking_body(canvas: Canvas, sitter: Sitter) -> None:
    draw_torso(canvas, sitter, sitter.clothes, 0.06)
    draw_neckline(canvas, sitter, 0.4, 1.8)
    for colour, dy in (((98, 68, 46), 0.04), ((134, 98, 66), 0.0)):
        for k in range(-7, 8):
            x = k * 0.23
            canvas.oval(
                x,
                1.72 + dy + 0.2 * (1 - (x / 1.6) ** 2) + (0.06 if k % 2 else 0),
                0.25,
                0.24,
                colour,
            )
    draw_neckline(canvas, sitter, 0.4, 1.72)
    for x in (-0.86, 0.86):
        canvas.oval(x, 2.0, 0.15, 0.15, GOLD)
        canvas.ring(x, 2.0, 0.08, 0.08, DARK_GOLD, 0.04)


def _viking_helmet(canvas: Canvas, sitter: Sitter) -> None:
    horn = [(0.86, -0.98), (1.36, -1.02), (1.62, -1.5), (1.5, -2.02), (1.34, -1.6), (1.06, -1.42)]
    canvas.pair(horn, (244, 234, 206))
    for side in (-1, 1):
        canvas.curve(
            [(side * 1.06, -1.0), (side * 1.46, -1.2), (side * 1.55, -1.6)], (206, 186, 146), 0.07
        )
    dome = symmetric([(0.0, -1.52), (0.6, -1.42), (1.04, -0.96), (1.1, -0.6), (0.0, -0.66)])
    canvas.blob(dome, STEEL)
    canvas.line([(0, -1.5), (0, -0.7)], LEATHER, 0.16)
    canvas.blob(
        symmetric([(0.0, -0.88), (0.7, -0.86), (1.12, -0.74), (1.12, -0.5), (0.0, -0.56)]), LEATHER
    )
    for x in (-0.78, -0.4, 0.0, 0.4, 0.78):
        canvas.oval(x, -0.7, 0.07, 0.07, GOLD)
    canvas.curve([(sitter.lit * 0.86, -1.02), (sitter.lit * 0.54, -1.28)], _SHINE, 0.1)


def _axe(canvas: Canvas, sitter: Sitter) -> None:
    canvas.line([(1.86, 3.0), (1.92, 0.7)], WOOD, 0.15)
    canvas.blob(
        [
            (1.86, 0.78),
            (2.1, 0.72),
            (2.4, 0.5),
            (2.46, 1.0),
            (2.36, 1.46),
            (2.1, 1.2),
            (1.88, 1.16),
        ],
        STEEL,
    )
    canvas.curve([(2.4, 0.54), (2.45, 1.0), (2.35, 1.42)], _SHINE, 0.08)
    draw_fist(canvas, sitter, (1.88, 2.15))


WIZARD = Costume(body=_wizard_body, headwear=_wizard_hat, thing=_staff)


SAMURAI = Costume(body=_samurai_body, headwear=_samurai_helmet, thing=_katana)


VIKING = Costume(body=_viking_body, headwear=_viking_helmet, thing=_axe)
