"""Eyes, nose and mouth."""

from random import Random

from generation.pocket.portraits.attributes import Expression
from generation.pocket.portraits.colours import blend, darker, lightness_varied
from generation.pocket.portraits.figure.canvas import Canvas, Point, smooth
from generation.pocket.portraits.figure.sitter import Sitter
from generation.pocket.portraits.palette import EYES, INK, WHITE

EYE = (0.43, 0.06)
"""Middle of the right eye of somebody who looks straight ahead."""


def draw_mouth(canvas: Canvas, sitter: Sitter) -> None:
    lips, x, y = sitter.lips, canvas.turn, 0.8 if not sitter.child else 0.72
    dark, inside = darker(lips, 0.45), (92, 22, 30)
    match sitter.scene.expression:
        case Expression.SMILING:
            canvas.blob(_mouth(x, y, 0.42, -0.07, 0.27), lips)
            opening = _mouth(x, y + 0.015, 0.35, -0.04, 0.18)
            canvas.blob(opening, inside)
            with canvas.inside(smooth(opening)):
                canvas.oval(x, y - 0.02, 0.4, 0.115, WHITE)
                canvas.oval(x, y + 0.24, 0.18, 0.1, (206, 92, 98))
            for side in (-1, 1):
                canvas.curve(
                    [
                        (x + side * 0.42, y - 0.11),
                        (x + side * 0.47, y - 0.04),
                        (x + side * 0.46, y + 0.04),
                    ],
                    sitter.skin_deep,
                    0.035,
                )
        case Expression.SERIOUS:
            canvas.blob(
                [
                    *(
                        (x - 0.36, y + 0.03),
                        (x - 0.12, y - 0.08),
                        (x, y - 0.05),
                        (x + 0.12, y - 0.08),
                    ),
                    *((x + 0.36, y + 0.03), (x + 0.17, y + 0.17), (x - 0.17, y + 0.17)),
                ],
                lips,
            )
            canvas.curve([(x - 0.36, y + 0.03), (x, y + 0.04), (x + 0.36, y + 0.03)], dark, 0.06)
        case Expression.SURPRISED:
            canvas.oval(x, y + 0.07, 0.2, 0.24, lips)
            canvas.oval(x, y + 0.07, 0.135, 0.17, inside)
            canvas.chord(x, y + 0.07, 0.13, 0.165, 200, 340, WHITE)
    if sitter.scene.expression is not Expression.SURPRISED:
        canvas.glow(x, y + 0.3, 0.22, 0.1, sitter.skin_shade, 0.7)


def _mouth(x: float, y: float, wide: float, corner: float, low: float) -> list[Point]:
    return [
        *((x - wide, y + corner), (x - wide * 0.5, y - 0.02), (x, y + 0.01)),
        *((x + wide * 0.5, y - 0.02), (x + wide, y + corner)),
        *((x + wide * 0.62, y + low * 0.72), (x, y + low), (x - wide * 0.62, y + low * 0.72)),
    ]


def draw_nose(canvas: Canvas, sitter: Sitter) -> None:
    x, away, deep = canvas.turn * 1.3, -sitter.lit, sitter.skin_deep
    wide = 0.15 if sitter.child else 0.17 if sitter.woman else 0.2
    side = [
        *((x + away * 0.07, -0.05), (x + away * 0.09, 0.2), (x + away * (wide + 0.03), 0.4)),
        *((x + away * 0.1, 0.46), (x, 0.44), (x + away * 0.05, 0.3)),
    ]
    canvas.blob(side, sitter.skin_shade)
    canvas.glow(x - away * 0.03, 0.32, 0.1, 0.12, sitter.skin_light, 0.9)
    canvas.curve([(x - wide, 0.37), (x - wide * 0.75, 0.45), (x - 0.05, 0.45)], deep, 0.045)
    canvas.curve([(x + wide, 0.37), (x + wide * 0.75, 0.45), (x + 0.05, 0.45)], deep, 0.045)
    canvas.curve([(x - 0.06, 0.45), (x, 0.475), (x + 0.06, 0.45)], deep, 0.045)


def draw_eyes(canvas: Canvas, sitter: Sitter, random: Random) -> None:
    iris = lightness_varied(EYES[sitter.person.eyes], random)
    surprised = sitter.scene.expression is Expression.SURPRISED
    size = 1.12 if sitter.child else 1.05 if sitter.woman else 1.0
    for side in (-1, 1):
        x, y = side * EYE[0] + canvas.turn, EYE[1]
        _draw_eye(canvas, sitter, iris, (x, y), side, size)
        _draw_brow(canvas, sitter, x, y - (0.12 if surprised else 0.0), side)


def _draw_eye(
    canvas: Canvas, sitter: Sitter, iris: tuple[int, int, int], at: Point, side: int, size: float
) -> None:
    (x, y), out = at, side * size
    surprised = sitter.scene.expression is Expression.SURPRISED
    up = (0.23 if surprised else 0.185) * size
    down = {Expression.SMILING: 0.115, Expression.SURPRISED: 0.2}.get(
        sitter.scene.expression, 0.14
    ) * size
    upper = [(x - out * 0.27, y + 0.05), (x - out * 0.13, y - up * 0.8), (x + out * 0.04, y - up)]
    upper += [(x + out * 0.19, y - up * 0.66), (x + out * 0.29, y + 0.0)]
    lower = [(x + out * 0.15, y + down * 0.86), (x - out * 0.08, y + down)]
    canvas.glow(x, y - 0.02, 0.4 * size, 0.34 * size, sitter.skin_shade, 0.55)
    white = smooth([*upper, *lower])
    canvas.polygon(white, (250, 248, 246))
    radius, low = 0.158 * size, y - 0.005
    with canvas.inside(white):
        canvas.oval(x, low, radius, radius, darker(iris, 0.5))
        canvas.oval(x, low, radius * 0.82, radius * 0.82, iris)
        canvas.oval(x, low + radius * 0.34, radius * 0.55, radius * 0.42, blend(iris, WHITE, 0.32))
        canvas.oval(x, low, radius * 0.46, radius * 0.46, (14, 12, 16))
        canvas.curve([(px, py + 0.04) for px, py in upper], (206, 202, 214), 0.06)
    canvas.oval(x + 0.05, low - 0.065, 0.046, 0.05, WHITE)
    canvas.curve(upper, INK, 0.075 if sitter.woman else 0.058)
    canvas.curve([(x + out * 0.26, y + 0.05), *lower], sitter.skin_deep, 0.028)
    if sitter.woman:
        canvas.line([(x + out * 0.26, y - 0.03), (x + out * 0.38, y - 0.12)], INK, 0.055)
    lid = [(px, py - 0.075) for px, py in upper[1:4]]
    canvas.curve(lid, sitter.skin_deep, 0.026)


def _draw_brow(canvas: Canvas, sitter: Sitter, x: float, y: float, side: int) -> None:
    thick = 0.07 if sitter.woman else 0.085 if sitter.child else 0.115
    serious = sitter.scene.expression is Expression.SERIOUS
    inner, outer = (-0.01, 0.01) if serious else (-0.03, 0.02)
    y -= 0.33
    canvas.blob(
        [
            *((x - side * 0.27, y + inner + thick * 0.1), (x - side * 0.02, y - 0.09)),
            *((x + side * 0.2, y - 0.07), (x + side * 0.36, y + 0.05 + outer)),
            *((x + side * 0.18, y - 0.07 + thick * 0.75), (x - side * 0.02, y - 0.09 + thick)),
            (x - side * 0.26, y + inner + thick),
        ],
        sitter.brows,
    )
