"""A whole person: head, hair, face, clothes, and what is worn on the head."""

from random import Random

from generation.pocket.portraits.attributes import Hat, Role
from generation.pocket.portraits.figure.canvas import Canvas
from generation.pocket.portraits.figure.facial_hair import draw_facial_hair, draw_moustache
from generation.pocket.portraits.figure.features import draw_eyes, draw_mouth, draw_nose
from generation.pocket.portraits.figure.garments import draw_garment
from generation.pocket.portraits.figure.glasses import draw_glasses
from generation.pocket.portraits.figure.hair import (
    draw_hair_above,
    draw_hair_behind,
    draw_locks,
)
from generation.pocket.portraits.figure.head import draw_age, draw_head, draw_neck
from generation.pocket.portraits.figure.headwear import draw_hat
from generation.pocket.portraits.figure.sitter import Sitter
from generation.pocket.portraits.roles.wardrobe import WARDROBE


def draw_person(canvas: Canvas, sitter: Sitter, random: Random) -> None:
    """Draw from the back to the front; the same random state gives the same pixels."""
    role = sitter.scene.role
    costume = WARDROBE.get(role)
    if costume:
        costume.behind(canvas, sitter)
    draw_hair_behind(canvas, sitter)
    draw_neck(canvas, sitter)
    if costume:
        costume.body(canvas, sitter)
    else:
        draw_garment(canvas, sitter)
    draw_locks(canvas, sitter)
    draw_head(canvas, sitter)
    draw_age(canvas, sitter)
    draw_facial_hair(canvas, sitter)
    draw_nose(canvas, sitter)
    draw_mouth(canvas, sitter)
    draw_moustache(canvas, sitter)
    draw_eyes(canvas, sitter, random)
    draw_hair_above(canvas, sitter, random)
    if costume:
        costume.headwear(canvas, sitter)
    elif role is Role.NONE and sitter.scene.hat is Hat.HAT:
        draw_hat(canvas, sitter, random)
    draw_glasses(canvas, sitter)
    if costume:
        costume.thing(canvas, sitter)
