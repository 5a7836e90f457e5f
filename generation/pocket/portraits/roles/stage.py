"""Roles of studios, stages and comics: painter, musician, superhero."""

from generation.pocket.portraits.colours import Colour, blend, darker
from generation.pocket.portraits.figure.canvas import Canvas, smooth, symmetric
from generation.pocket.portraits.figure.clothes import (
    draw_neckline,
    draw_suit,
    draw_torso,
    shade_of,
)
from generation.pocket.portraits.figure.sitter import Sitter
from generation.pocket.portraits.palette import GOLD, WHITE
from generation.pocket.portraits.roles.costume import Costume, draw_fist

_SMOCK: Colour = (236, 228, 214)
_PAINTS: tuple[Colour, ...] = ((220, 50, 46), (250, 200, 60), (60, 160, 80), (50, 100, 210))


def _smock(canvas: Canvas, sitter: Sitter) -> None:
    draw_torso(canvas, sitter, _SMOCK)
    draw_neckline(canvas, sitter, 0.44, 1.8)
    dark = shade_of(_SMOCK)
    for side in (-1, 1):
        canvas.curve([(side * 0.5, 1.46), (side * 0.56, 2.2), (side * 0.5, 3.0)], dark, 0.04)
    bow = (60, 70, 150)
    for side in (-1, 1):
        canvas.blob([(0.0, 1.8), (side * 0.4, 1.6), (side * 0.46, 1.86), (side * 0.36, 2.02)], bow)
        canvas.blob(
            [(0.0, 1.84), (side * 0.12, 1.9), (side * 0.3, 2.4), (side * 0.1, 2.36)],
            darker(bow, 0.8),
        )
    canvas.oval(0.0, 1.83, 0.11, 0.11, blend(bow, WHITE, 0.2))
    for (x, y, r), colour in zip(
        ((-1.0, 2.1, 0.12), (-0.7, 2.46, 0.09), (0.86, 2.5, 0.11), (1.2, 2.1, 0.08)),
        _PAINTS,
        strict=True,
    ):
        canvas.oval(x, y, r, r * 0.85, colour)


def _beret(canvas: Canvas, sitter: Sitter) -> None:
    red, dark = (176, 34, 52), (118, 18, 36)
    canvas.blob(
        [
            *((-0.96, -0.6), (-1.3, -0.96), (-1.0, -1.42), (0.0, -1.6), (0.9, -1.4), (1.06, -0.9)),
            *((0.96, -0.62), (0.0, -0.74)),
        ],
        red,
    )
    canvas.curve([(-0.98, -0.64), (0.0, -0.78), (0.98, -0.66)], dark, 0.12)
    canvas.line([(0.0, -1.58), (0.06, -1.76)], dark, 0.09)
    canvas.curve([(sitter.lit * 0.84, -1.16), (sitter.lit * 0.4, -1.42)], (222, 90, 100), 0.09)


def _palette(canvas: Canvas, sitter: Sitter) -> None:
    board = (214, 160, 100)
    canvas.line([(1.5, 0.5), (1.74, 1.5)], (120, 76, 44), 0.08)
    canvas.blob([(1.42, 0.3), (1.56, 0.34), (1.56, 0.62), (1.46, 0.6)], _PAINTS[3])
    canvas.blob(
        [
            (1.2, 2.0),
            (1.46, 1.5),
            (2.0, 1.34),
            (2.44, 1.66),
            (2.46, 2.2),
            (2.06, 2.5),
            (1.86, 2.24),
            (1.6, 2.44),
        ],
        board,
    )
    for (x, y), colour in zip(
        ((1.54, 1.84), (1.86, 1.6), (2.18, 1.74), (2.26, 2.12)), _PAINTS, strict=True
    ):
        canvas.oval(x, y, 0.14, 0.12, colour)
        canvas.oval(x - 0.04, y - 0.04, 0.04, 0.03, blend(colour, WHITE, 0.6))
    draw_fist(canvas, sitter, (1.8, 2.4))


def _band_jacket(canvas: Canvas, sitter: Sitter) -> None:
    draw_suit(canvas, sitter, sitter.clothes, (40, 38, 46))


def _headphones(canvas: Canvas, _sitter: Sitter) -> None:
    dark, light = (48, 48, 58), (120, 122, 138)
    canvas.ring(0.0, -0.1, 1.22, 1.34, dark, 0.17, 188, 352)
    canvas.ring(0.0, -0.1, 1.25, 1.38, light, 0.05, 200, 340)
    for side in (-1, 1):
        canvas.block(side * 1.16 - 0.2, -0.24, side * 1.16 + 0.2, 0.5, 0.18, dark)
        canvas.block(side * 1.26 - 0.1, -0.12, side * 1.26 + 0.1, 0.38, 0.08, (226, 60, 70))


def _guitar(canvas: Canvas, sitter: Sitter) -> None:
    """Draw a guitar across the body, its neck up to the right."""
    canvas.curve([(-1.1, 1.64), (-0.6, 2.0), (-0.3, 2.1)], (70, 54, 48), 0.12)
    body = smooth(
        [
            *((-1.5, 2.36), (-1.3, 1.92), (-0.86, 1.82), (-0.5, 2.0), (-0.16, 1.82), (0.3, 1.9)),
            *((0.44, 2.3), (0.3, 2.86), (-0.3, 3.1), (-1.2, 3.0)),
        ]
    )
    canvas.polygon(body, (214, 132, 54))
    canvas.line([*body, body[0]], (120, 62, 24), 0.07)
    canvas.oval(-0.16, 2.3, 0.26, 0.23, (60, 34, 22))
    canvas.line([(-0.2, 2.32), (1.86, 1.02)], (92, 56, 34), 0.24)
    canvas.polygon([(1.76, 0.96), (2.06, 0.66), (2.28, 0.88), (1.96, 1.2)], (92, 56, 34))
    for x, y in ((1.88, 0.76), (2.02, 0.64), (2.2, 1.04), (2.08, 1.14)):
        canvas.oval(x, y, 0.06, 0.06, WHITE)
    for d in (-0.06, 0.0, 0.06):
        canvas.line([(-0.7 + d, 2.64 + d), (1.86 + d, 1.02 + d)], (244, 240, 230), 0.02)
    draw_fist(canvas, sitter, (1.36, 1.4))


def _hero_behind(canvas: Canvas, sitter: Sitter) -> None:
    """Draw a cape that blows behind the shoulders; it is never of the suit's colour."""
    cape = _cape(sitter)
    canvas.blob(
        [
            (-0.6, 1.3),
            (-1.5, 1.5),
            (-2.2, 2.2),
            (-2.6, 3.2),
            (2.8, 3.2),
            (2.66, 2.0),
            (2.3, 1.4),
            (1.5, 1.42),
            (0.6, 1.3),
        ],
        cape,
    )
    canvas.curve([(1.6, 1.6), (2.1, 2.0), (2.3, 2.8)], darker(cape, 0.72), 0.08)
    canvas.curve([(-1.5, 1.7), (-1.9, 2.2), (-2.0, 2.8)], darker(cape, 0.72), 0.08)


def _cape(sitter: Sitter) -> Colour:
    red, green, blue = sitter.clothes
    return (44, 70, 180) if red > 150 and blue < 120 and green < 180 else (204, 30, 44)


def _hero_suit(canvas: Canvas, sitter: Sitter) -> None:
    draw_torso(canvas, sitter, sitter.clothes, 0.04)
    draw_neckline(canvas, sitter, 0.4, 1.62)
    dark, light = shade_of(sitter.clothes), blend(sitter.clothes, WHITE, 0.2)
    canvas.curve([(-0.9, 2.66), (-0.5, 2.5), (0.0, 2.62), (0.5, 2.5), (0.9, 2.66)], dark, 0.05)
    canvas.curve([(-1.2, 1.9), (-0.9, 1.72)], light, 0.1)
    cape = _cape(sitter)
    for side in (-1, 1):
        canvas.blob(
            [
                (side * 0.4, 1.36),
                (side * 1.1, 1.5),
                (side * 1.5, 1.82),
                (side * 1.0, 1.82),
                (side * 0.56, 1.66),
            ],
            cape,
        )
        canvas.oval(side * 0.86, 1.78, 0.12, 0.12, GOLD)
    shield = [(0.0, 1.78), (0.56, 1.86), (0.5, 2.3), (0.0, 2.66)]
    canvas.polygon(symmetric(shield), (60, 44, 20))
    canvas.polygon(symmetric([(x * 0.88, 2.2 + (y - 2.2) * 0.88) for x, y in shield]), GOLD)
    bolt = [(0.12, 1.9), (-0.22, 2.26), (-0.02, 2.26), (-0.12, 2.54), (0.24, 2.12), (0.04, 2.12)]
    canvas.polygon(bolt, (206, 30, 44))


PAINTER = Costume(body=_smock, headwear=_beret, thing=_palette)
MUSICIAN = Costume(body=_band_jacket, headwear=_headphones, thing=_guitar)
SUPERHERO = Costume(behind=_hero_behind, body=_hero_suit)
