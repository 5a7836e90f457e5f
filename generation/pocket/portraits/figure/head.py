"""The bare head, and what age and a beard do to it."""

from generation.character import FacialHair, Gender
from generation.pocket.portraits.colours import blend, darker
from generation.pocket.portraits.figure.canvas import Canvas
from generation.pocket.portraits.figure.sitter import Sitter

JAWS = {Gender.MAN: 0.92, Gender.PERSON: 0.84, Gender.WOMAN: 0.76}
"""Width of the jaw, as a share of the head's width."""


def draw_head(canvas: Canvas, sitter: Sitter) -> None:
    for x in (-1.0, 1.0):
        canvas.oval(x, 0.1, 0.17, 0.26, sitter.shaded_skin)
    jaw = JAWS[sitter.person.gender]
    canvas.oval(0, -0.1, 1.0, 1.05, sitter.skin)
    canvas.block(-jaw, 0, jaw, sitter.chin, 0.68 * jaw, sitter.skin)
    canvas.oval(0, 0.15, 0.985, 0.8, sitter.skin)
    if sitter.child:
        red_cheek = blend(sitter.skin, (255, 90, 90), 0.3)
        for x in (-0.62, 0.62):
            canvas.oval(x + canvas.turn, 0.5, 0.17, 0.12, red_cheek)


def draw_wrinkles(canvas: Canvas, sitter: Sitter) -> None:
    colour = darker(sitter.skin, 0.72)
    for y in (-0.62, -0.46):
        canvas.arc(canvas.turn, y + 0.35, 0.5, 0.4, 235, 305, colour, 0.05)
    for side in (-1, 1):
        canvas.arc(side * 0.42 + canvas.turn, 0.34, 0.22, 0.14, 30, 150, colour, 0.05)
        x = side * 0.55 + canvas.turn
        canvas.line((x - side * 0.12, 0.45), (x, 0.78), colour, 0.06)


def draw_facial_hair(canvas: Canvas, sitter: Sitter) -> None:
    hair, skin, x = sitter.hair, sitter.skin, canvas.turn * 0.6
    match sitter.person.facial_hair:
        case FacialHair.STUBBLE:
            soft = blend(skin, darker(hair, 0.6), 0.35)
            canvas.chord(x, 0.62, 0.86, sitter.chin - 0.64, 8, 172, soft)
        case FacialHair.BEARD:
            canvas.chord(x, 0.5, 0.98, sitter.chin - 0.28, -4, 184, hair)
            canvas.oval(x, 0.42, 0.6, 0.22, skin)
            canvas.oval(x, 0.58, 0.5, 0.17, hair)
        case FacialHair.MOUSTACHE:
            for side in (-1, 1):
                inner, outer, lower = x + side * 0.3, x + side * 0.58, x + side * 0.28
                canvas.polygon(
                    [(x, 0.5), (inner, 0.5), (outer, 0.72), (lower, 0.7), (x, 0.66)], hair
                )
        case FacialHair.NONE:
            pass
