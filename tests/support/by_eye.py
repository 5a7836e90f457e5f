"""The people of `tests/photographs`, as the bot stores them and as a person sees them."""

from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image

from generation.faces.crop import crop_faces
from generation.faces.eyes import Eyes
from generation.faces.sface import Seen
from tests.support.photographs import Picture, astronaut, encode

FREE = Path(__file__).parents[1] / "photographs"
"""Free photographs of people."""

BY_EYE = {
    "biden": ("pale fair tan", "gray white", "short", "none", "none"),
    "collins": ("pale fair", "brown blond", "short medium", "none", "none"),
    "giunchedi": ("pale fair", "black brown", "short", "beard", "none"),
    "hopper": ("pale fair tan", "gray white", "short medium", "none", "glasses"),
    "obama_1": ("brown tan", "gray black", "short", "none", "none"),
    "obama_2": ("brown tan", "gray black", "short", "none", "none"),
    "obama_3": ("brown tan", "gray black", "short", "none", "none"),
    "rossum": ("pale fair", "gray blond", "short medium", "stubble beard", "glasses"),
    "speaker": ("fair tan", "black brown", "short", "none stubble", "none"),
}
"""What a person would say of them: skin, colour and length of hair, beard, glasses; several values
where people would differ."""

CAPPED = {"hopper"}
"""Whose hair is hidden by a cap."""


@cache
def portrait(name: str) -> Picture:
    """Crop somebody's photograph as the bot does."""
    file = encode(astronaut()) if name == "astronaut" else (FREE / f"{name}.jpg").read_bytes()
    (face,) = crop_faces(file)
    return Image.open(BytesIO(face.image)).convert("RGB")


def seen_in(picture: Picture) -> Seen:
    """Have SFace see a portrait."""
    seen = _eyes().see(picture)
    assert seen
    return seen


@cache
def _eyes() -> Eyes:
    return Eyes()
