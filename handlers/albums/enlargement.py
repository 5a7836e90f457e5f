"""A picture to be sent as a file, enlarged or not, with the small one that stands for it."""

import io
from dataclasses import dataclass

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from db import KeptPicture

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


def read(kept: KeptPicture) -> PictureFile:
    """Read a picture's file as it is. Raises OSError."""
    content = kept.read_bytes()
    with Image.open(io.BytesIO(content)) as picture:
        return PictureFile(content, _thumbnail(picture))


def enlarge(kept: KeptPicture) -> PictureFile:
    """Enlarge by Lanczos, which adds no detail; the parameters stay. Raises OSError."""
    info, content = PngInfo(), io.BytesIO()
    with Image.open(io.BytesIO(kept.read_bytes())) as picture:
        info.add_text("parameters", picture.info.get("parameters", ""))
        side = (picture.width * ENLARGEMENT, picture.height * ENLARGEMENT)
        large = picture.resize(side, Image.Resampling.LANCZOS)
    large.save(content, "PNG", pnginfo=info)
    return PictureFile(content.getvalue(), _thumbnail(large))


def _thumbnail(picture: Image.Image) -> bytes:
    small, file = picture.convert("RGB"), io.BytesIO()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
    small.save(file, "JPEG", quality=THUMBNAIL_QUALITY)
    return file.getvalue()
