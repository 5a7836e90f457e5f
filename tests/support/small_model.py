"""A model of the shape of sd15 that a test can serve. Light to import, for processes."""

from dataclasses import replace

from generation.models.catalogue import SD15
from generation.models.model import Model
from generation.models.sources import Source

BASE, FACES = "someone/portraits", "someone/faces"
SMALL_MODEL = Model(
    name="stand-in",
    base=Source(BASE, files=SD15.base.files, licence="MIT"),
    image_encoder=Source(FACES, "models/image_encoder", SD15.image_encoder.files),
    adapter=Source(FACES, "models/face.safetensors"),
)


def at(model: Model, commit: str) -> Model:
    """Pin its pipeline to a commit."""
    return replace(model, base=replace(model.base, revision=commit))
