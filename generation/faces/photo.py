"""Reads a file that somebody sent as an upright picture of a sensible size, or refuses it."""

import re
from io import BytesIO

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from generation.errors import Refusal

pillow_heif.register_heif_opener()

LIMIT = 50
"""Most megapixels of a picture: the largest phone cameras give 48 to 50 in everyday use."""

LONG_SIDE = 2048
"""Most pixels of a photo's longer side; larger photos are shrunk. A face that is a tenth as high as
such a photo is still well above the least size."""

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF", "BMP", "TIFF")
"""Formats that cameras, phones and screenshots have. Pillow's other decoders never see a stranger's
file."""

FILMS = ("GIF", "PNG", "WEBP", "AVIF")
"""Formats whose several frames are a film. In JPEG (MPO), HEIF and TIFF they are variants of one
picture."""


class EmptyFile(Refusal):
    pass


class NotAPicture(Refusal):
    pass


class DamagedPicture(Refusal):
    """A file that begins as a picture but can't be read to its end."""


class AnimatedPicture(Refusal):
    pass


class PictureTooLarge(Refusal):
    """Fields: megapixels of the picture; limit."""


def read_photo(data: bytes) -> Image.Image:
    """Decode a picture: RGB, upright by EXIF, on white, at most LONG_SIDE pixels on a side.

    Raises only EmptyFile, NotAPicture, DamagedPicture, AnimatedPicture or PictureTooLarge.
    """
    if not data:
        raise EmptyFile
    try:
        image = _open(data)
        _refuse_unfit(image)
        return _decode(image)
    except Refusal:
        raise
    except Exception as error:  # hostile bytes make every decoder fail in its own way
        raise DamagedPicture from error


def _open(data: bytes) -> Image.Image:
    """Read the header only."""
    try:
        return Image.open(BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError as error:
        raise (DamagedPicture if _begins_as_picture(data) else NotAPicture) from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        # Pillow refuses bombs above its own, higher limit; only its message has the size.
        pixels = int(re.findall(r"\d+", str(bomb))[0])
        raise PictureTooLarge(megapixels=pixels // 1_000_000, limit=LIMIT) from bomb


def _begins_as_picture(data: bytes) -> bool:
    openers = (Image.OPEN[name] for name in FORMATS)
    return any(accept is not None and accept(data[:16]) for _, accept in openers)


def _refuse_unfit(image: Image.Image) -> None:
    pixels = image.width * image.height
    if pixels > LIMIT * 1_000_000:
        raise PictureTooLarge(megapixels=pixels // 1_000_000, limit=LIMIT)
    if image.format in FILMS and getattr(image, "is_animated", False):
        raise AnimatedPicture


def _decode(image: Image.Image) -> Image.Image:
    image.draft("RGB", (LONG_SIDE, LONG_SIDE))  # a JPEG is decoded at 1/2, 1/4 or 1/8
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I"):  # 16-bit grey: convert("RGB") would clip it instead of scaling
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    if image.mode == "RGB":
        return image
    white = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(white, image).convert("RGB")
