"""Stubble, moustache and beard."""

from generation.character import FacialHair
from generation.pocket.portraits.attributes import Expression
from generation.pocket.portraits.colours import blend, darker
from generation.pocket.portraits.figure.canvas import Canvas, smooth, symmetric
from generation.pocket.portraits.figure.head import outline
from generation.pocket.portraits.figure.sitter import Sitter


def draw_facial_hair(canvas: Canvas, sitter: Sitter) -> None:
    """Draw what lies under the mouth; a moustache comes after it: `draw_moustache`."""
    match sitter.person.facial_hair:
        case FacialHair.STUBBLE:
            _draw_stubble(canvas, sitter)
        case FacialHair.BEARD:
            _draw_beard(canvas, sitter)
        case FacialHair.MOUSTACHE | FacialHair.NONE:
            pass


def _draw_stubble(canvas: Canvas, sitter: Sitter) -> None:
    x = canvas.turn * 0.6
    soft = blend(sitter.skin, darker(sitter.hair, 0.55), 0.38)
    shape = smooth(
        symmetric(
            [(0.0, 0.56), (0.3, 0.54), (0.55, 0.72), (0.93, 0.3), (1.1, 0.6), (0.6, 1.5), (0, 1.6)]
        )
    )
    with canvas.inside(outline(sitter)):
        canvas.polygon([(px + x, py) for px, py in shape], soft)
    canvas.glow(x, 0.98, 0.3, 0.2, sitter.skin, 0.2)


def _draw_beard(canvas: Canvas, sitter: Sitter) -> None:
    x, chin = canvas.turn * 0.6, sitter.chin
    shape = symmetric(
        [
            *((0.0, 0.52), (0.28, 0.5), (0.5, 0.62), (0.76, 0.6), (0.93, 0.12), (1.02, 0.2)),
            *((1.0, 0.7), (0.82, chin - 0.12), (0.46, chin + 0.22), (0.0, chin + 0.32)),
        ]
    )
    canvas.blob([(px + x * (py < 1), py) for px, py in shape], sitter.hair)
    for px in (-0.62, -0.36, 0.36, 0.62):
        canvas.curve(
            [(px * 1.2, 0.86), (px * 1.05, 1.08), (px * 0.6, chin + 0.12)], sitter.hair_shade, 0.035
        )
    canvas.curve([(-0.14, chin - 0.05), (-0.1, chin + 0.2)], sitter.hair_shade, 0.035)
    canvas.curve([(0.14, chin - 0.05), (0.1, chin + 0.2)], sitter.hair_shade, 0.035)
    canvas.oval(canvas.turn, 0.85, 0.44, 0.23, sitter.skin_shade)


def draw_moustache(canvas: Canvas, sitter: Sitter) -> None:
    kind = sitter.person.facial_hair
    if kind not in (FacialHair.MOUSTACHE, FacialHair.BEARD):
        return
    x, y = canvas.turn, 0.5
    lift = -0.05 if sitter.scene.expression is Expression.SMILING else 0.0
    tip = 0.56 if kind is FacialHair.MOUSTACHE else 0.5
    half = [
        *((0.0, y), (0.2, y + 0.0), (0.4, y + 0.1 + lift), (tip, y + 0.2 + lift)),
        *((0.36, y + 0.24), (0.14, y + 0.2), (0.0, y + 0.16)),
    ]
    for side in (-1, 1):
        canvas.blob([(x + side * px, py) for px, py in half], sitter.hair)
        canvas.curve(
            [(x + side * 0.1, y + 0.1), (x + side * 0.36, y + 0.16 + lift)], sitter.hair_shade, 0.03
        )
