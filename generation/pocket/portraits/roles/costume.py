"""What a role puts on a person."""

from collections.abc import Callable
from dataclasses import dataclass

from generation.pocket.portraits.colours import Colour, darker
from generation.pocket.portraits.figure.canvas import Canvas, Point
from generation.pocket.portraits.figure.sitter import Sitter

Draw = Callable[[Canvas, Sitter], None]


def nothing(_canvas: Canvas, _sitter: Sitter) -> None:
    """Draw nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Costume:
    """Draws a role: what is behind the person, the body, the headwear, and a thing in the hand."""

    body: Draw
    behind: Draw = nothing
    headwear: Draw = nothing
    thing: Draw = nothing


def draw_fist(canvas: Canvas, sitter: Sitter, at: Point, glove: Colour | None = None) -> None:
    """Draw a hand that holds something, over the thing."""
    x, y = at
    skin = glove or sitter.skin
    shade = darker(glove, 0.75) if glove else sitter.skin_shade
    canvas.oval(x, y, 0.24, 0.22, skin)
    for k in range(4):
        canvas.oval(x - 0.17, y - 0.13 + k * 0.1, 0.1, 0.06, skin)
        canvas.curve([(x - 0.24, y - 0.08 + k * 0.1), (x - 0.06, y - 0.08 + k * 0.1)], shade, 0.025)
    canvas.line([(x + 0.02, y + 0.2), (x + 0.2, y + 0.16)], shade, 0.03)
