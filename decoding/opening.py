"""Opens a file that somebody sent: reads its header, and refuses what is no fit picture."""

from dataclasses import dataclass, replace
from io import BytesIO
from math import ceil

import pillow_heif
from PIL import Image, UnidentifiedImageError

from decoding.orientation import exif_orientation
from decoding.raw import raw_format
from decoding.strip import strip
from decoding.stripped import Stripped
from decoding.unfit import Reason, Unfit

pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)
Image.MAX_IMAGE_PIXELS = None  # the limits are ours

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF", "BMP", "TIFF")
"""Formats that cameras, phones and screenshots have. Pillow's other decoders never see a stranger's
file."""

FILMS = ("GIF", "PNG", "WEBP", "AVIF")
"""Formats whose several frames are a film. In HEIF they are variants of one picture; of JPEG and
TIFF only the first is left."""

BUDGET = 200_000_000
"""Most bytes that a decoder may take."""

LIMIT = 50
"""Most megapixels. The largest phone cameras give 48 to 50 in everyday use; decoded, a pixel takes
four bytes."""

LIMITS = {"JPEG": 200, "HEIF": 30, "AVIF": 20, "WEBP": 12}
"""The same where it is another. A JPEG is decoded reduced, and the largest sensors of phones have
200; the decoders of the others take 6, 10 and 17 bytes a pixel."""

NARROW, NARROW_SIDE = 20, 20_000
"""A picture whose one side is more than so many times the other may have so many pixels on it."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A picture whose header was read: `image` is not decoded yet."""

    file: Stripped
    image: Image.Image
    decoder_bytes: float
    """What a pixel takes besides the four bytes of the decoded one."""


def open_file(data: bytes) -> Opened:
    """Read the header. Raises Unfit."""
    if not data:
        raise Unfit(Reason.EMPTY)
    if raw := raw_format(data):
        raise Unfit(Reason.RAW, format=raw)
    file = strip(data)
    try:
        image = Image.open(BytesIO(file.data), formats=FORMATS)
    except UnidentifiedImageError as error:
        raise Unfit(Reason.DAMAGED if _begins_as_picture(data) else Reason.NOT_A_PICTURE) from error
    if image.format == "AVIF":  # Pillow tells the picture's properties as if they were EXIF
        file = replace(file, orientation=exif_orientation(image.info.get("exif", b"")) or 1)
    decoder_bytes = _progressive_bytes(image)
    _refuse_large(image, decoder_bytes)
    if image.format in FILMS and getattr(image, "is_animated", False):
        raise Unfit(Reason.ANIMATED)
    return Opened(file, image, decoder_bytes)


def _begins_as_picture(data: bytes) -> bool:
    openers = (Image.OPEN[name] for name in FORMATS)
    return any(accept is not None and accept(data[:16]) for _, accept in openers)


def _refuse_large(image: Image.Image, decoder_bytes: float) -> None:
    shorter, longer = sorted(image.size)
    if longer > NARROW_SIDE and longer > NARROW * shorter:
        raise Unfit(Reason.TOO_NARROW, width=image.width, height=image.height)
    limit = LIMITS.get(image.format or "", LIMIT)
    if decoder_bytes:
        limit = min(limit, int(BUDGET / decoder_bytes / 1_000_000))
    if image.width * image.height > limit * 1_000_000:
        megapixels = ceil(image.width * image.height / 100_000) / 10  # never "50, of at most 50"
        raise Unfit(
            Reason.TOO_LARGE,
            megapixels=megapixels,
            limit=limit,
            format=image.format or "",
            jpeg_limit=LIMITS["JPEG"],
        )


def _progressive_bytes(image: Image.Image) -> float:
    """Give the bytes a pixel of a progressive JPEG's coefficients, which are all kept; else 0."""
    layers: list[tuple[int, int, int, int]] = getattr(image, "layer", [])
    if not layers or "progressive" not in image.info:
        return 0
    most = max(across for _, across, _, _ in layers) * max(down for _, _, down, _ in layers)
    return 2.0 * sum(across * down for _, across, down, _ in layers) / most
