"""The shoulders in their clothes, and the neck."""

from random import Random

from generation.pocket.portraits.colours import darker, lightness_varied
from generation.pocket.portraits.figure.canvas import Canvas
from generation.pocket.portraits.figure.sitter import Sitter
from generation.pocket.portraits.palette import CLOTHES


def draw_body(canvas: Canvas, sitter: Sitter, random: Random) -> None:
    colour = lightness_varied(CLOTHES[sitter.scene.clothes], random)
    shade = sitter.shaded_skin
    neck = 0.36 if sitter.woman or sitter.child else 0.46
    width = 1.35 if sitter.child else 1.6 if sitter.woman else 1.85
    canvas.block(-width, 1.62, width, 5, 0.6, colour)
    canvas.polygon([(-neck, 0.9), (neck, 0.9), (neck, 1.75), (-neck, 1.75)], shade)
    canvas.oval(0, 1.75, neck, 0.2, shade)
    canvas.arc(0, 1.7, neck + 0.08, 0.32, 0, 180, darker(colour, 0.75), 0.1)
    canvas.arc(0, 3.3, width * 0.55, 1.6, 180, 360, darker(colour, 0.88), 0.05)
