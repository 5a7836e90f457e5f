"""The album that is measured."""

import io

from PIL import Image

from generation.character import Character
from generation.modes import Mode
from generation.request import GenerationRequest
from generation.sizes import Size

WORDS = "an astronaut on the moon"
FACE = Image.radial_gradient("L").resize((512, 512)).convert("RGB")
"""Stands for a face: what it shows does not change the time."""

SEED = 1


def order(mode: Mode, pictures: int, shape: Size = Size.SQUARE) -> GenerationRequest:
    """Order so many pictures of the face."""
    face = io.BytesIO()
    FACE.save(face, "PNG")
    character = Character("Nobody", (face.getvalue(),))
    return GenerationRequest(character, WORDS, mode, SEED, pictures, size=shape)
