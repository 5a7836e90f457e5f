"""Roles of the sea: pirate and sailor."""

from generation.pocket.portraits.colours import Colour, darker
from generation.pocket.portraits.figure.canvas import Canvas, mirrored, smooth, symmetric
from generation.pocket.portraits.figure.clothes import (
    draw_neckline,
    draw_torso,
    shade_of,
    torso,
)
from generation.pocket.portraits.figure.sitter import Sitter
from generation.pocket.portraits.palette import (
    GOLD,
    LEATHER,
    WHITE,
    WOOD,
)
from generation.pocket.portraits.roles.costume import Costume, draw_fist

_NAVY: Colour = (34, 46, 92)


def _pirate_body(canvas: Canvas, sitter: Sitter) -> None:
    coat = sitter.clothes
    dark = shade_of(coat)
    draw_torso(canvas, sitter, coat, 0.05)
    canvas.polygon([(-0.5, 1.38), (0.5, 1.38), (0.42, 3.1), (-0.42, 3.1)], (248, 244, 232))
    draw_neckline(canvas, sitter, 0.4, 1.92)
    for side in (-1, 1):
        canvas.blob(
            [
                (side * 0.3, 1.4),
                (side * 0.5, 1.5),
                (side * 0.3, 1.96),
                (side * 0.08, 2.1),
                (side * 0.06, 1.9),
            ],
            WHITE,
        )
        lapel = [
            (side * 0.46, 1.34),
            (side * 0.86, 1.5),
            (side * 0.96, 2.1),
            (side * 0.7, 2.6),
            (side * 0.44, 3.1),
            (side * 0.5, 2.2),
        ]
        canvas.blob(lapel, dark)
        canvas.curve(
            [(side * 0.86, 1.5), (side * 0.96, 2.1), (side * 0.7, 2.6), (side * 0.46, 3.1)],
            GOLD,
            0.06,
        )
        for y in (1.84, 2.16, 2.48):
            canvas.oval(side * 0.68, y, 0.075, 0.075, GOLD)
    canvas.line([(-1.3, 1.74), (0.9, 3.0)], LEATHER, 0.2)


def _pirate_hat(canvas: Canvas, _sitter: Sitter) -> None:
    black, light = (44, 38, 44), (92, 84, 98)
    brim = smooth(
        symmetric(
            [
                (0.0, -1.9),
                (0.42, -1.84),
                (0.84, -1.4),
                (1.62, -1.02),
                (1.7, -0.86),
                (1.3, -0.66),
                (0.6, -0.56),
                (0.0, -0.62),
            ]
        )
    )
    canvas.polygon(brim, black)
    canvas.curve(
        [
            (-1.66, -0.96),
            (-0.86, -1.36),
            (-0.42, -1.8),
            (0.0, -1.86),
            (0.42, -1.8),
            (0.86, -1.36),
            (1.66, -0.96),
        ],
        GOLD,
        0.08,
    )
    canvas.curve(
        [(-1.3, -0.72), (-0.6, -0.62), (0.0, -0.66), (0.6, -0.62), (1.3, -0.72)], light, 0.05
    )
    canvas.line([(-0.34, -0.84), (0.34, -1.12)], (250, 248, 240), 0.09)
    canvas.line([(0.34, -0.84), (-0.34, -1.12)], (250, 248, 240), 0.09)
    canvas.oval(0.0, -1.28, 0.26, 0.24, (250, 248, 240))
    canvas.block(-0.15, -1.18, 0.15, -0.98, 0.06, (250, 248, 240))
    for x in (-0.1, 0.1):
        canvas.oval(x, -1.27, 0.07, 0.08, black)


def _pirate_thing(canvas: Canvas, sitter: Sitter) -> None:
    canvas.ring(-1.02, 0.5, 0.1, 0.12, GOLD, 0.06)
    canvas.curve([(1.86, 2.0), (2.1, 1.2), (1.98, 0.3), (1.86, 0.0)], (226, 232, 240), 0.2)
    canvas.curve([(1.96, 1.9), (2.2, 1.2), (2.06, 0.4)], (150, 160, 178), 0.05)
    canvas.curve([(1.6, 2.0), (1.9, 1.9), (2.2, 2.06)], GOLD, 0.1)
    draw_fist(canvas, sitter, (1.87, 2.24))


def _sailor_body(canvas: Canvas, sitter: Sitter) -> None:
    draw_torso(canvas, sitter, WHITE)
    with canvas.inside(torso(sitter)):
        for y in (2.0, 2.26, 2.52):
            canvas.curve([(-1.9, y + 0.1), (0.0, y), (1.9, y + 0.1)], (52, 88, 170), 0.09)
    draw_neckline(canvas, sitter, 0.46, 1.94)
    flap = [
        (0.4, 1.34),
        (0.78, 1.42),
        (1.3, 1.82),
        (1.16, 2.12),
        (0.62, 1.98),
        (0.0, 2.36),
        (0.0, 2.0),
    ]
    for points in (flap, mirrored(flap)):
        canvas.polygon(points, _NAVY)
        canvas.line(
            [
                (1.22 * (1 if points is flap else -1), 1.86),
                (1.08 * (1 if points is flap else -1), 2.04),
                (0.6 * (1 if points is flap else -1), 1.9),
                (0.0, 2.26),
            ],
            WHITE,
            0.04,
        )
    canvas.polygon([(-0.16, 2.1), (0.16, 2.1), (0.1, 2.34), (-0.1, 2.34)], (206, 44, 52))
    canvas.polygon([(-0.1, 2.3), (0.1, 2.3), (0.26, 2.8), (-0.26, 2.8)], (206, 44, 52))


def _sailor_cap(canvas: Canvas, _sitter: Sitter) -> None:
    canvas.blob(
        symmetric([(0.0, -1.52), (0.7, -1.44), (1.2, -1.16), (1.16, -0.9), (0.0, -0.86)]), WHITE
    )
    canvas.curve([(-1.12, -1.0), (0.0, -0.94), (1.12, -1.0)], (206, 212, 226), 0.08)
    canvas.polygon([(-0.96, -0.9), (0.96, -0.9), (0.98, -0.56), (-0.98, -0.56)], _NAVY)
    canvas.line([(-0.96, -0.74), (0.96, -0.74)], WHITE, 0.04)
    canvas.oval(0.0, -1.18, 0.12, 0.12, (206, 44, 52))
    _anchor(canvas, 0.0, -0.73, 0.13, GOLD)


def _anchor(canvas: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    canvas.line([(x, y - size), (x, y + size)], colour, size * 0.34)
    canvas.line(
        [(x - size * 0.6, y - size * 0.5), (x + size * 0.6, y - size * 0.5)], colour, size * 0.34
    )
    canvas.curve(
        [
            (x - size, y + size * 0.3),
            (x - size * 0.5, y + size * 0.9),
            (x, y + size),
            (x + size * 0.5, y + size * 0.9),
            (x + size, y + size * 0.3),
        ],
        colour,
        size * 0.36,
    )


def _wheel(canvas: Canvas, sitter: Sitter) -> None:
    x, y = 1.86, 1.66
    for dx, dy in ((0, 1), (1, 0), (0.7, 0.7), (0.7, -0.7)):
        canvas.line([(x - dx * 0.78, y - dy * 0.78), (x + dx * 0.78, y + dy * 0.78)], WOOD, 0.12)
    canvas.ring(x, y, 0.52, 0.52, WOOD, 0.16)
    canvas.ring(x, y, 0.52, 0.52, darker(WOOD, 0.7), 0.03)
    canvas.oval(x, y, 0.16, 0.16, GOLD)
    draw_fist(canvas, sitter, (x - 0.42, y + 0.36))


PIRATE = Costume(body=_pirate_body, headwear=_pirate_hat, thing=_pirate_thing)


SAILOR = Costume(body=_sailor_body, headwear=_sailor_cap, thing=_wheel)
