"""Roles of the sky: astronaut and pilot."""

from generation.pocket.portraits.colours import Colour, blend, darker
from generation.pocket.portraits.figure.canvas import Canvas, symmetric
from generation.pocket.portraits.figure.clothes import draw_torso
from generation.pocket.portraits.figure.sitter import Sitter
from generation.pocket.portraits.palette import (
    GOLD,
    LEATHER,
    WHITE,
)
from generation.pocket.portraits.roles.costume import Costume

_SUIT: Colour = (238, 240, 244)


_SUIT_SHADE: Colour = (188, 194, 208)


def _helmet_behind(canvas: Canvas, sitter: Sitter) -> None:
    """Draw the inside of an open helmet, behind the head."""
    canvas.oval(0, -0.06, 1.72, 1.72, _SUIT)
    canvas.oval(0, -0.06, 1.5, 1.5, (112, 142, 190))
    canvas.oval(sitter.lit * 0.12, -0.02, 1.38, 1.4, (72, 96, 146))
    for x in (-1.66, 1.66):
        canvas.block(x - 0.16, -0.36, x + 0.16, 0.36, 0.12, (214, 60, 52))


def _helmet_ring(canvas: Canvas, sitter: Sitter) -> None:
    """Draw the helmet's rim and the light on its glass, around the face."""
    canvas.ring(0, -0.06, 1.62, 1.62, _SUIT, 0.2)
    canvas.ring(0, -0.06, 1.74, 1.74, _SUIT_SHADE, 0.06, 0, 360)
    canvas.ring(0, -0.06, 1.5, 1.5, _SUIT_SHADE, 0.05)
    start = 198 if sitter.lit < 0 else 292
    canvas.ring(0, -0.06, 1.32, 1.32, (226, 240, 255), 0.1, start, start + 50)


def _spacesuit(canvas: Canvas, sitter: Sitter) -> None:
    draw_torso(canvas, sitter, _SUIT, 0.22)
    for side in (-1, 1):
        x = side * (sitter.shoulders - 0.1)
        canvas.curve([(x - 0.3, 1.95), (x, 2.1), (x + 0.4, 2.05)], (232, 112, 36), 0.12)
        canvas.curve([(x - 0.4, 2.4), (x + 0.5, 2.4)], _SUIT_SHADE, 0.06)
    canvas.blob(
        symmetric([(0.0, 1.4), (0.9, 1.44), (1.02, 1.66), (0.7, 1.86), (0.0, 1.94)]),
        (168, 176, 194),
    )
    canvas.curve(
        [(-0.96, 1.6), (-0.5, 1.78), (0, 1.84), (0.5, 1.78), (0.96, 1.6)], (222, 228, 238), 0.08
    )
    canvas.block(-0.62, 2.08, 0.62, 2.9, 0.12, (206, 212, 224))
    canvas.block(-0.46, 2.2, 0.02, 2.44, 0.06, (60, 90, 150))
    for x, colour in ((0.18, (220, 60, 54)), (0.38, (70, 180, 90))):
        canvas.oval(x, 2.32, 0.08, 0.08, colour)
    canvas.oval(-1.12, 2.22, 0.17, 0.17, (44, 92, 190))
    canvas.curve([(-1.22, 2.26), (-1.12, 2.16), (-1.02, 2.26)], WHITE, 0.05)
    canvas.curve([(0.9, 3.0), (1.06, 2.3), (0.7, 2.2)], (232, 112, 36), 0.1)


def _pilot_body(canvas: Canvas, sitter: Sitter) -> None:
    draw_torso(canvas, sitter, LEATHER, 0.06)
    canvas.blob(
        [(-0.5, 1.3), (0.5, 1.3), (0.56, 1.7), (0.2, 2.0), (-0.3, 1.96), (-0.56, 1.7)],
        (250, 246, 236),
    )
    canvas.curve([(-0.46, 1.5), (0.0, 1.76), (0.46, 1.5)], (212, 206, 196), 0.06)
    canvas.blob([(0.06, 1.8), (0.4, 1.84), (0.56, 2.7), (0.2, 2.8)], (250, 246, 236))
    wool = (236, 220, 188)
    for side in (-1, 1):
        canvas.blob(
            [
                (side * 0.5, 1.16),
                (side * 0.86, 1.32),
                (side * 1.12, 1.8),
                (side * 0.86, 2.16),
                (side * 0.62, 1.9),
            ],
            wool,
        )
        for dx, dy in ((0.66, 1.4), (0.82, 1.66), (0.9, 1.92)):
            canvas.ring(side * dx, dy, 0.09, 0.08, (206, 186, 148), 0.035, 180, 420)
    canvas.polygon([(-1.3, 2.24), (-0.84, 2.2), (-0.6, 2.3), (-0.84, 2.38), (-1.3, 2.42)], GOLD)
    canvas.line([(0.0, 2.1), (-0.1, 3.0)], darker(LEATHER, 0.6), 0.05)


def _flying_cap(canvas: Canvas, sitter: Sitter) -> None:
    dark = darker(LEATHER, 0.72)
    canvas.blob(
        symmetric(
            [
                (0.0, -1.44),
                (0.6, -1.34),
                (1.06, -0.9),
                (1.14, -0.4),
                (0.84, -0.5),
                (0.4, -0.62),
                (0.0, -0.64),
            ]
        ),
        LEATHER,
    )
    canvas.pair(
        [(0.94, -0.56), (1.16, -0.4), (1.2, 0.5), (1.06, 0.84), (0.9, 0.62), (0.96, 0.1)], LEATHER
    )
    for side in (-1, 1):
        canvas.curve(
            [(side * 0.96, -0.44), (side * 0.97, 0.1), (side * 0.92, 0.56)], (236, 220, 188), 0.09
        )
    canvas.curve(
        [(-0.9, -0.5), (-0.4, -0.6), (0.0, -0.62), (0.4, -0.6), (0.9, -0.5)], (236, 220, 188), 0.09
    )
    canvas.line([(-1.1, -0.86), (1.1, -0.86)], dark, 0.13)
    for side in (-1, 1):
        canvas.oval(side * 0.4, -0.94, 0.38, 0.29, dark)
        canvas.oval(side * 0.4, -0.94, 0.31, 0.22, (148, 204, 230))
        canvas.line([(side * 0.4 - 0.14, -0.88), (side * 0.4 + 0.02, -1.06)], WHITE, 0.07)
    canvas.ring(0, -0.94, 0.06, 0.06, GOLD, 0.06)
    canvas.curve(
        [(sitter.lit * 0.8, -1.16), (sitter.lit * 0.5, -1.32)], blend(LEATHER, WHITE, 0.35), 0.07
    )


ASTRONAUT = Costume(behind=_helmet_behind, body=_spacesuit, thing=_helmet_ring)


PILOT = Costume(body=_pilot_body, headwear=_flying_cap)
