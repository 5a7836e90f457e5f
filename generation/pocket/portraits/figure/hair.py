"""The hair: what falls behind the head, what lies on it, and what falls over the shoulders."""

from math import atan2, cos, pi, sin
from random import Random

from generation.pocket.portraits.attributes import Cut
from generation.pocket.portraits.colours import Colour, blend
from generation.pocket.portraits.figure.canvas import Canvas, Point, mirrored, smooth, symmetric
from generation.pocket.portraits.figure.sitter import Sitter
from generation.pocket.portraits.palette import WHITE

TIE: Colour = (214, 60, 96)
"""Colour of the band that ties hair."""

SIDES = {Cut.SHORT: 0.04, Cut.PARTED: 0.04, Cut.RECEDING: 0.1, Cut.BUN: 0.0, Cut.PONYTAIL: 0.0}
"""Where hair beside the face ends, below the head's middle, in halves of its width."""


def draw_hair_behind(canvas: Canvas, sitter: Sitter) -> None:
    shade = sitter.hair_shade
    match sitter.person.cut:
        case Cut.LONG:
            canvas.blob(
                symmetric(
                    [
                        *((0.0, -1.36), (0.75, -1.2), (1.18, -0.6), (1.26, 0.2), (1.34, 1.2)),
                        *((1.4, 2.3), (1.0, 2.7), (0.0, 2.7)),
                    ]
                ),
                shade,
            )
        case Cut.MEDIUM:
            canvas.blob(
                symmetric(
                    [
                        *((0.0, -1.36), (0.75, -1.2), (1.18, -0.6), (1.28, 0.2), (1.34, 0.9)),
                        *((1.12, 1.24), (0.6, 1.3), (0.0, 1.3)),
                    ]
                ),
                shade,
            )
        case Cut.CURLY:
            _draw_curls(canvas, _BACK_CURLS, 0.42, shade)
            _draw_ringlets(canvas, sitter, _BACK_CURLS)
        case Cut.AFRO:
            canvas.polygon(_afro(-0.36, 1.28, 1.16), shade)
        case Cut.BUN if not sitter.covered:
            canvas.oval(0, -1.56, 0.47, 0.42, sitter.hair)
            canvas.ring(0.05, -1.54, 0.27, 0.22, shade, 0.04, 200, 420)
            canvas.ring(-0.02, -1.58, 0.4, 0.34, sitter.hair_light, 0.04, 200, 290)
            canvas.line([(-0.3, -1.22), (0.3, -1.22)], TIE, 0.12)
        case Cut.BUN:  # in the neck, under what is worn on the head
            canvas.oval(1.0, 0.95, 0.36, 0.34, sitter.hair)
            canvas.ring(1.04, 0.95, 0.2, 0.18, shade, 0.04, 200, 420)
        case Cut.PONYTAIL:
            canvas.blob(
                [
                    *((0.7, -0.75), (1.2, -0.95), (1.62, -0.5), (1.7, 0.4), (1.52, 1.3)),
                    *((1.36, 1.0), (1.24, 0.3), (1.1, -0.3)),
                ],
                sitter.hair,
            )
            canvas.curve([(1.2, -0.7), (1.48, -0.1), (1.5, 0.8)], shade, 0.05)
            canvas.curve([(1.34, -0.66), (1.6, -0.1), (1.6, 0.5)], sitter.hair_light, 0.05)
            canvas.oval(0.98, -0.72, 0.16, 0.19, TIE, 40)
        case _:
            pass


_BACK_CURLS = tuple(
    (1.2 * cos(a), 0.05 + 0.95 * sin(a)) for a in (k * pi / 6 for k in (-1, 0, 1, 2, 4, 5, 6, 7))
)
_TOP_CURLS = (
    *((-1.02, -0.42), (1.02, -0.42), (-0.92, -0.82), (0.92, -0.82), (-0.56, -1.12)),
    *((0.56, -1.12), (0.0, -1.24), (-0.3, -0.86), (0.34, -0.86)),
)
"""Middles of the curls, in halves of the head's width."""


def _draw_curls(canvas: Canvas, middles: tuple[Point, ...], radius: float, colour: Colour) -> None:
    for x, y in middles:
        canvas.oval(x, y, radius, radius * 0.96, colour)


def _draw_ringlets(canvas: Canvas, sitter: Sitter, middles: tuple[Point, ...]) -> None:
    for x, y in middles:
        canvas.ring(x, y, 0.22, 0.2, sitter.hair_shade, 0.045, 20, 200)
        canvas.ring(x, y, 0.24, 0.22, sitter.hair_light, 0.04, 220, 300)


def _afro(middle: float, wide: float, high: float) -> list[Point]:
    """Give a round outline of small bumps."""
    return [
        (
            (wide + 0.035 * sin(26 * a)) * sin(a),
            middle - (high + 0.035 * sin(26 * a)) * cos(a),
        )
        for a in (2 * pi * k / 240 for k in range(240))
    ]


def draw_hair_above(canvas: Canvas, sitter: Sitter, random: Random) -> None:
    part = random.choice((-1, 1))
    match sitter.person.cut:
        case Cut.BALD:
            canvas.glow(sitter.lit * 0.36, -0.78, 0.34, 0.2, WHITE, 0.75)
        case Cut.BUZZ:
            _draw_buzz(canvas, sitter)
        case Cut.RECEDING:
            _draw_receding(canvas, sitter)
        case Cut.SHORT:
            _draw_cap(canvas, sitter, 1.33)
            _draw_fringe(canvas, sitter, part)
        case Cut.PARTED:
            _draw_cap(canvas, sitter, 1.36)
            _draw_parting(canvas, sitter, part)
        case Cut.AFRO:
            _draw_afro(canvas, sitter)
        case Cut.CURLY:
            _draw_sides(canvas, sitter, 0.55)
            _draw_curls(canvas, _TOP_CURLS, 0.36, sitter.hair)
            _draw_ringlets(canvas, sitter, _TOP_CURLS)
        case Cut.MEDIUM | Cut.LONG:
            _draw_cap(canvas, sitter, 1.36)
            _draw_curtains(canvas, sitter, part)
        case Cut.BUN | Cut.PONYTAIL:
            _draw_pulled_back(canvas, sitter)


def draw_locks(canvas: Canvas, sitter: Sitter) -> None:
    """Draw long hair over the shoulders."""
    if sitter.person.cut is not Cut.LONG:
        return
    lock = [
        *((0.96, -0.3), (1.16, -0.1), (1.28, 0.8), (1.36, 1.7), (1.2, 2.35), (0.86, 2.45)),
        *((0.84, 1.7), (0.98, 0.9), (0.95, 0.3)),
    ]
    canvas.pair(lock, sitter.hair)
    for side in (-1, 1):
        for dx, colour in ((0.0, sitter.hair_shade), (0.12, sitter.hair_light)):
            canvas.curve(
                [(side * (1.0 + dx), 0.5), (side * (1.03 + dx), 1.3), (side * (0.98 + dx), 2.1)],
                colour,
                0.045,
            )


def _crown(top: float) -> list[Point]:
    """Give the right half of the hair's outer outline."""
    high = -top
    return [(0.0, high), (0.5, high * 0.95), (0.92, high * 0.73), (1.13, -0.42), (1.09, 0.0)]


def _draw_cap(canvas: Canvas, sitter: Sitter, top: float) -> None:
    """Draw hair on the whole skull, down to the hairline; the forehead is left free."""
    inner = [(0.94, -0.02), (0.93, -0.34), (0.72, -0.66), (0.3, -0.78), (0.0, -0.8)]
    canvas.polygon(smooth(symmetric([*_crown(top), *inner])), sitter.hair)
    _draw_sides(canvas, sitter, SIDES.get(sitter.person.cut, 0.6))
    _draw_gloss(canvas, sitter, top)


def _draw_gloss(canvas: Canvas, sitter: Sitter, top: float) -> None:
    lit = sitter.lit
    canvas.curve(
        [(lit * 0.9, -0.62), (lit * 0.66, -top * 0.72), (lit * 0.2, -top * 0.84)],
        sitter.hair_light,
        0.075,
    )
    canvas.curve([(lit * 0.96, -0.44), (lit * 0.8, -0.8)], sitter.hair_light, 0.04)


def _draw_sides(canvas: Canvas, sitter: Sitter, end: float) -> None:
    canvas.pair(
        [
            *((0.88, -0.66), (1.08, -0.6), (1.13, -0.3), (1.1, end - 0.15), (1.02, end)),
            *((0.95, end - 0.12), (0.94, -0.3)),
        ],
        sitter.hair,
    )


def _draw_fringe(canvas: Canvas, sitter: Sitter, part: int) -> None:
    tuft = [
        *((-0.9, -0.7), (-0.4, -1.0), (0.5, -1.05), (0.98, -0.62), (0.95, -0.3), (0.78, -0.56)),
        *((0.5, -0.5), (0.36, -0.62), (0.06, -0.5), (-0.1, -0.62), (-0.42, -0.5)),
        *((-0.56, -0.62), (-0.84, -0.42), (-0.95, -0.3)),
    ]
    canvas.blob([(part * x, y) for x, y in tuft], sitter.hair)
    for x in (-0.42, 0.06, 0.5):
        canvas.curve(
            [(part * x, -0.55), (part * (x + 0.06), -0.75), (part * (x + 0.2), -0.95)],
            sitter.hair_shade,
            0.04,
        )


def _draw_parting(canvas: Canvas, sitter: Sitter, part: int) -> None:
    """Draw hair combed to one side, and the line where it parts."""
    swept = [
        *((-0.46, -1.1), (0.1, -1.14), (0.76, -0.94), (1.0, -0.5), (0.96, -0.22), (0.84, -0.5)),
        *((0.5, -0.68), (0.0, -0.62), (-0.34, -0.72)),
    ]
    small = [(-0.46, -1.1), (-0.9, -0.8), (-0.97, -0.28), (-0.84, -0.56), (-0.5, -0.76)]
    for shape in (swept, small):
        canvas.blob([(part * x, y) for x, y in shape], sitter.hair)
    scalp = blend(sitter.skin, sitter.hair, 0.25)
    canvas.curve([(-part * 0.44, -0.76), (-part * 0.48, -1.06), (-part * 0.42, -1.3)], scalp, 0.06)
    for x, y in ((0.1, -0.72), (0.45, -0.76)):
        canvas.curve(
            [(part * (x - 0.4), y - 0.26), (part * x, y - 0.16), (part * (x + 0.4), y + 0.06)],
            sitter.hair_shade,
            0.04,
        )


def _draw_curtains(canvas: Canvas, sitter: Sitter, part: int) -> None:
    """Draw hair that falls to both sides of the face from a parting."""
    for side, inner in ((part, 0.1), (-part, -0.14)):
        start = side * inner
        shape = [
            *((start, -0.86), (side * 0.4, -1.06), (side * 0.98, -0.66), (side * 1.14, -0.1)),
            *((side * 1.18, 0.7), (side * 1.0, 1.0), (side * 0.93, 0.5), (side * 0.94, 0.0)),
            *((side * 0.82, -0.42), (side * 0.46, -0.66)),
        ]
        canvas.blob(shape, sitter.hair)
        canvas.curve(
            [(side * 0.3, -0.88), (side * 0.8, -0.6), (side * 1.02, 0.0), (side * 1.04, 0.6)],
            sitter.hair_shade,
            0.045,
        )
    lit = sitter.lit
    canvas.curve(
        [(lit * 0.5, -1.08), (lit * 0.92, -0.7), (lit * 1.08, -0.2)], sitter.hair_light, 0.07
    )


def _draw_buzz(canvas: Canvas, sitter: Sitter) -> None:
    """Draw hair so short that the skull's shape shows, with a sharp hairline."""
    near = blend(sitter.hair, sitter.skin, 0.14)
    soft = blend(sitter.hair, sitter.skin, 0.42)
    skull = [(0.0, -1.17), (0.54, -1.08), (0.92, -0.68), (1.02, -0.2), (1.0, 0.02)]
    for inner, colour in (
        ([(0.9, 0.0), (0.86, -0.36), (0.7, -0.52), (0.4, -0.6), (0.0, -0.62)], soft),
        ([(0.94, -0.06), (0.9, -0.42), (0.72, -0.6), (0.4, -0.68), (0.0, -0.7)], near),
    ):
        canvas.polygon(smooth(symmetric([*skull, *inner])), colour)
    canvas.glow(sitter.lit * 0.4, -0.92, 0.3, 0.16, sitter.hair_light, 0.5)


def _draw_receding(canvas: Canvas, sitter: Sitter) -> None:
    """Draw hair at the sides and a tuft in the middle; the temples are bare."""
    canvas.glow(sitter.lit * 0.5, -0.74, 0.26, 0.18, WHITE, 0.5)
    top = [(0.0, -1.27), (0.36, -1.24), (0.74, -1.05), (1.06, -0.55), (1.08, 0.0)]
    inner = [(0.95, 0.0), (0.95, -0.4), (0.8, -0.72), (0.56, -0.98), (0.3, -0.92), (0.0, -0.84)]
    canvas.polygon(smooth(symmetric([*top, *inner])), sitter.hair)
    _draw_sides(canvas, sitter, 0.1)
    canvas.curve([(-0.16, -0.94), (-0.08, -1.16)], sitter.hair_shade, 0.04)
    canvas.curve([(0.16, -0.94), (0.1, -1.16)], sitter.hair_shade, 0.04)


def _draw_afro(canvas: Canvas, sitter: Sitter) -> None:
    rim = [(x, y) for x, y in _afro(-0.4, 1.24, 1.12) if y < -0.05]
    inner = [(-0.94, 0.0), (-0.9, -0.34), (-0.66, -0.58), (0.0, -0.68)]
    hairline = smooth([*inner, *mirrored(inner[-2::-1])], closed=False)
    rim.sort(key=lambda p: atan2(-p[0], -p[1] - 0.4))  # from the right ear to the left one
    canvas.polygon([*rim, *hairline], sitter.hair)
    for k, (x, y) in enumerate(_AFRO_CURLS):
        tone = sitter.hair_light if k % 3 == 0 else sitter.hair_shade
        canvas.ring(x, y, 0.07, 0.06, tone, 0.035, 180, 400)


_AFRO_CURLS = tuple(
    (r * cos(a), -0.42 + r * 0.9 * sin(a))
    for r, count in ((1.1, 17), (0.86, 13))
    for a in (pi + pi * k / (count - 1) for k in range(count))
)


def _draw_pulled_back(canvas: Canvas, sitter: Sitter) -> None:
    inner = [(0.95, -0.05), (0.92, -0.38), (0.66, -0.72), (0.3, -0.84), (0.0, -0.86)]
    outer = [(0.0, -1.24), (0.5, -1.16), (0.9, -0.82), (1.06, -0.4), (1.04, -0.02)]
    canvas.polygon(smooth(symmetric([*outer, *inner])), sitter.hair)
    for x in (-0.6, -0.25, 0.25, 0.6):
        canvas.curve([(x * 1.1, -0.78), (x * 0.7, -1.06), (x * 0.4, -1.2)], sitter.hair_shade, 0.04)
    lit = sitter.lit
    canvas.curve([(lit * 0.86, -0.62), (lit * 0.6, -0.95)], sitter.hair_light, 0.07)
