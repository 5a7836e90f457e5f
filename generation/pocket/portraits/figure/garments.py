"""What is worn without a role."""

from collections.abc import Callable

from generation.pocket.portraits.attributes import Garment
from generation.pocket.portraits.colours import blend
from generation.pocket.portraits.figure.canvas import Canvas, mirrored, smooth, symmetric
from generation.pocket.portraits.figure.clothes import (
    draw_neckline,
    draw_suit,
    draw_torso,
    shade_of,
)
from generation.pocket.portraits.figure.sitter import Sitter
from generation.pocket.portraits.palette import LINEN, WHITE


def draw_garment(canvas: Canvas, sitter: Sitter) -> None:
    _GARMENTS[sitter.scene.garment](canvas, sitter)


def _draw_shirt(canvas: Canvas, sitter: Sitter) -> None:
    colour = sitter.clothes
    dark = shade_of(colour)
    light = blend(colour, WHITE, 0.2)
    draw_torso(canvas, sitter, colour)
    draw_neckline(canvas, sitter, 0.44, 1.86)
    collar = [(0.34, 1.3), (0.62, 1.44), (0.5, 1.9), (0.06, 1.76)]
    for shape in (collar, mirrored(collar)):
        canvas.polygon(shape, light)
        canvas.line([*shape, shape[0]], dark, 0.03)
    canvas.line([(0, 1.8), (0, 3.0)], dark, 0.04)
    for y in (2.02, 2.36):
        canvas.oval(0.0, y, 0.055, 0.055, blend(light, WHITE, 0.5))


def _draw_sweater(canvas: Canvas, sitter: Sitter) -> None:
    colour = sitter.clothes
    dark = shade_of(colour)
    light = blend(colour, WHITE, 0.2)
    draw_torso(canvas, sitter, colour)
    canvas.blob(
        symmetric([(0.0, 1.3), (0.56, 1.24), (0.62, 1.5), (0.36, 1.72), (0.0, 1.78)]), light
    )
    canvas.blob(symmetric([(0.0, 1.2), (0.46, 1.22), (0.42, 1.4), (0.0, 1.5)]), sitter.skin_shade)
    for x in (-0.4, -0.2, 0.0, 0.2, 0.4):
        canvas.line([(x, 1.58 - abs(x) * 0.2), (x * 1.06, 1.72 - abs(x) * 0.26)], dark, 0.03)
    for x in (-0.7, -0.35, 0.0, 0.35, 0.7):
        canvas.line([(x, 1.95 + abs(x) * 0.05), (x, 3.0)], dark, 0.03)


def _draw_jacket(canvas: Canvas, sitter: Sitter) -> None:
    colour = sitter.clothes
    draw_suit(canvas, sitter, colour, WHITE if sum(colour) < 640 else (120, 160, 214))


def _draw_hoodie(canvas: Canvas, sitter: Sitter) -> None:
    colour = sitter.clothes
    dark = shade_of(colour)
    light = blend(colour, WHITE, 0.2)
    hood = symmetric([(0.0, 1.05), (0.78, 1.1), (0.98, 1.45), (0.8, 1.72), (0.0, 1.9)])
    canvas.blob(hood, dark)
    draw_torso(canvas, sitter, colour)
    draw_neckline(canvas, sitter, 0.46, 1.8)
    canvas.curve(
        [(-0.82, 1.34), (-0.62, 1.72), (0.0, 1.92), (0.62, 1.72), (0.82, 1.34)], dark, 0.16
    )
    canvas.curve([(-0.84, 1.3), (-0.64, 1.66), (0.0, 1.86), (0.64, 1.66), (0.84, 1.3)], light, 0.1)
    for x in (-0.24, 0.24):
        canvas.line([(x, 1.84), (x * 1.15, 2.34)], LINEN if sum(colour) < 600 else dark, 0.06)


def _draw_dress(canvas: Canvas, sitter: Sitter) -> None:
    colour = sitter.clothes
    light = blend(colour, WHITE, 0.2)
    draw_torso(canvas, sitter, sitter.skin, -0.12)
    gown = smooth(
        symmetric(
            [
                *((0.0, 2.1), (0.5, 1.98), (0.86, 1.56), (1.12, 1.62), (1.2, 2.1)),
                *((1.35, 3.1), (0.0, 3.2)),
            ]
        )
    )
    canvas.polygon(gown, colour)
    canvas.curve([(0.86, 1.56), (0.5, 1.98), (0.0, 2.1), (-0.5, 1.98), (-0.86, 1.56)], light, 0.07)
    canvas.curve([(-0.42, 1.5), (0.0, 1.78), (0.42, 1.5)], (250, 246, 236), 0.05)
    canvas.oval(0.0, 1.8, 0.07, 0.07, (250, 246, 236))


_GARMENTS: dict[Garment, Callable[[Canvas, Sitter], None]] = {
    Garment.SHIRT: _draw_shirt,
    Garment.SWEATER: _draw_sweater,
    Garment.JACKET: _draw_jacket,
    Garment.HOODIE: _draw_hoodie,
    Garment.DRESS: _draw_dress,
}
