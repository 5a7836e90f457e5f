"""A picture's bytes -> the JPEG sizes in which Telegram stores a photo."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

SIDES = (90, 320, 800, 1280)  # Telegram's sizes s, m, x and y
PHOTO_BYTES = 10 * 1024 * 1024
SIDES_SUM, SIDES_RATIO = 10_000, 20
MEGAPIXELS = 100  # what a person's app would shrink before sending; ours refuses more
QUALITY = 87  # close to what Telegram's own servers write


class Unreadable(Exception):  # noqa: N818 - it is an answer, not an accident
    """The bytes are no picture, or a damaged one."""


class BadSides(Exception):  # noqa: N818 - it is an answer, not an accident
    """The picture is too large, or too long for its width."""


@dataclass(frozen=True)
class Size:
    """One JPEG of a photo; the sides in pixels."""

    width: int
    height: int
    jpeg: bytes


def photo(data: bytes, *, app: bool = False) -> list[Size]:
    """Make the photo's sizes, smallest first, upright, never enlarged.

    `app` is a person's app: it shrinks a large picture itself, so that only the ratio counts.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the sides are checked
        try:
            with Image.open(io.BytesIO(data)) as picture:
                _check(picture.width, picture.height, app=app)
                return _sizes(_flat(picture))
        except Image.DecompressionBombError:
            raise BadSides from None
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
            raise Unreadable from None


def thumbnail(data: bytes) -> Size | None:
    """Make a document's thumbnail; None if it is no picture."""
    try:
        sizes = photo(data, app=True)
    except (Unreadable, BadSides):
        return None
    return next(size for size in reversed(sizes) if max(size.width, size.height) <= SIDES[1])


def _check(width: int, height: int, *, app: bool) -> None:
    too_large = width * height > MEGAPIXELS * 1_000_000 if app else width + height > SIDES_SUM
    if too_large or max(width, height) > SIDES_RATIO * min(width, height):
        raise BadSides


def _flat(picture: Image.Image) -> Image.Image:
    picture.draft("RGB", (SIDES[-1], SIDES[-1]))
    picture = ImageOps.exif_transpose(picture)
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    picture = picture.convert("RGBA")
    white = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(white, picture).convert("RGB")


def _sizes(picture: Image.Image) -> list[Size]:
    longest = max(picture.size)
    sides = [side for side in SIDES if side < longest] + [min(longest, SIDES[-1])]
    return [_size(picture, side) for side in sorted(set(sides))]


def _size(picture: Image.Image, side: int) -> Size:
    small = picture.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    target = io.BytesIO()
    small.save(target, "JPEG", quality=QUALITY)
    return Size(small.width, small.height, target.getvalue())
