"""The hair: what falls behind the head, and what lies on it."""

from random import Random

from generation.pocket.portraits.attributes import Cut
from generation.pocket.portraits.colours import blend, darker
from generation.pocket.portraits.figure.canvas import Canvas
from generation.pocket.portraits.figure.sitter import Sitter
from generation.pocket.portraits.palette import WHITE

BACK_CURLS = ((-1.1, -0.1), (1.1, -0.1), (-1.2, 0.45), (1.2, 0.45), (-1.05, 0.9), (1.05, 0.9))
TOP_CURLS = (
    *((-0.85, -0.72), (-0.45, -1.0), (0, -1.1), (0.45, -1.0), (0.85, -0.72)),
    *((-1.1, -0.3), (1.1, -0.3)),
)
"""Middles of the curls, in halves of the head's width."""

SIDES = {Cut.SHORT: 0.02, Cut.BUN: 0.1}
LONGER_SIDES = 0.55
"""Where the hair beside the face ends, by cut and for all other cuts: below the head's middle, in
halves of its width."""


def draw_hair_behind(canvas: Canvas, sitter: Sitter) -> None:
    shade = darker(sitter.hair, 0.86)
    match sitter.person.cut:
        case Cut.LONG:
            canvas.block(-1.24, -0.6, 1.24, 2.5, 0.5, shade)
        case Cut.MEDIUM:
            canvas.block(-1.26, -0.6, 1.26, 1.25, 0.4, shade)
        case Cut.CURLY:
            for x, y in BACK_CURLS:
                canvas.oval(x, y, 0.4, 0.4, shade)
        case Cut.BUN:
            canvas.oval(0, -1.5, 0.45, 0.42, darker(sitter.hair, 0.9))
        case Cut.BALD | Cut.SHORT:
            pass


def draw_hair_above(canvas: Canvas, sitter: Sitter, random: Random) -> None:
    cut, hair = sitter.person.cut, sitter.hair
    if cut is Cut.BALD:
        gloss = blend(sitter.skin, WHITE, 0.5)
        canvas.arc(-0.35, -0.65, 0.25, 0.18, 180, 300, gloss, 0.07)
        return
    canvas.chord(0, -0.12, 1.1, 1.14, 197, 343, hair)
    end = SIDES.get(cut, LONGER_SIDES)
    for side in (-1, 1):
        inner, outer = side * 0.93, side * 1.12
        canvas.polygon([(side * 0.9, -0.62), (outer, -0.5), (outer, end), (inner, end)], hair)
    if cut is Cut.CURLY:
        for x, y in TOP_CURLS:
            canvas.oval(x, y, 0.34, 0.34, hair)
    elif cut is not Cut.BUN:
        _draw_fringe(canvas, sitter, random)


def _draw_fringe(canvas: Canvas, sitter: Sitter, random: Random) -> None:
    tip = -0.38 if sitter.man else -0.28
    parting = random.choice((-0.3, 0.3))
    canvas.polygon(
        [
            (parting, -0.95),
            (0.98, -0.6),
            (0.95, tip),
            (parting * 0.5, -0.62),
            (-0.95, tip),
            (-0.98, -0.6),
        ],
        sitter.hair,
    )
