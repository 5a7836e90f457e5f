"""A whole person: head, hair, face, clothes, and what is worn on the head.

Features are coarse on purpose: the autoencoder has one latent for 8 x 8 pixels.
"""

from random import Random

from generation.character import Age, Glasses
from generation.pocket.portraits.attributes import Hat
from generation.pocket.portraits.figure.canvas import Canvas
from generation.pocket.portraits.figure.clothes import draw_body
from generation.pocket.portraits.figure.features import draw_eyes, draw_mouth, draw_nose
from generation.pocket.portraits.figure.glasses import draw_glasses
from generation.pocket.portraits.figure.hair import draw_hair_above, draw_hair_behind
from generation.pocket.portraits.figure.head import draw_facial_hair, draw_head, draw_wrinkles
from generation.pocket.portraits.figure.headwear import draw_cap, draw_hat
from generation.pocket.portraits.figure.sitter import Sitter


def draw_figure(canvas: Canvas, sitter: Sitter, random: Random) -> None:
    """Draw from the back to the front; the same random state gives the same pixels."""
    draw_hair_behind(canvas, sitter)
    draw_body(canvas, sitter, random)
    draw_head(canvas, sitter)
    if sitter.person.age is Age.OLD:
        draw_wrinkles(canvas, sitter)
    draw_facial_hair(canvas, sitter)
    draw_mouth(canvas, sitter)
    draw_nose(canvas, sitter)
    draw_eyes(canvas, sitter, random)
    draw_hair_above(canvas, sitter, random)
    if sitter.manner.cap:
        draw_cap(canvas, random)
    elif sitter.scene.hat is Hat.HAT:
        draw_hat(canvas, random)
    if sitter.person.glasses is not Glasses.NONE:
        draw_glasses(canvas, sitter)
