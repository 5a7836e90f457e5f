"""A picture to be sent as a file, enlarged or not, with the small one that stands for it."""

import io
from dataclasses import dataclass

from PIL import Image

from generation.decency.blur import blurred
from generation.provenance import marked, png_info

ENLARGEMENT = 2
"""How many times longer each side of an enlarged picture is."""

THUMBNAIL_SIDE = 320
"""Most pixels of a side of a file's thumbnail that Telegram takes."""

THUMBNAIL_QUALITY = 85
"""JPEG quality: Telegram takes thumbnails of up to 200 kB."""


@dataclass(frozen=True, slots=True)
class PictureFile:
    content: bytes
    thumbnail: bytes


def as_drawn(content: bytes) -> PictureFile:
    """Take a picture's file as it is. Raises OSError."""
    with Image.open(io.BytesIO(content)) as picture:
        return PictureFile(marked(content), _thumbnail(picture))


def hidden(content: bytes) -> PictureFile:
    """Take it as it is, with a small picture that tells nothing of it. Raises OSError."""
    with Image.open(io.BytesIO(blurred(content))) as picture:
        return PictureFile(marked(content), _thumbnail(picture))


def enlarge(content: bytes) -> PictureFile:
    """Enlarge by Lanczos, which adds no detail; the parameters stay. Raises OSError."""
    with Image.open(io.BytesIO(content)) as picture:
        parameters = picture.info.get("parameters", "")
        side = (picture.width * ENLARGEMENT, picture.height * ENLARGEMENT)
        large = picture.resize(side, Image.Resampling.LANCZOS)
    file = io.BytesIO()
    large.save(file, "PNG", pnginfo=png_info(parameters))
    return PictureFile(file.getvalue(), _thumbnail(large))


def _thumbnail(picture: Image.Image) -> bytes:
    small, file = picture.convert("RGB"), io.BytesIO()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    small.save(file, "JPEG", quality=THUMBNAIL_QUALITY)
    return file.getvalue()
