"""A picture's bytes -> JPEG files of several sizes."""

from io import BytesIO

from PIL import Image

from decoding.picture import Picture
from decoding.preview import Preview
from decoding.unfit import Reason, Unfit

QUALITY = 87
"""Of the JPEG files: close to what Telegram's own servers write."""


def make(
    data: bytes, edges: tuple[int, ...], sides_sum: int | None, sides_ratio: float
) -> list[Preview]:
    """Make one for each of the `edges`, smallest first, upright, never enlarged.

    Raises Unfit; TOO_LARGE also if width and height together are more than `sides_sum`, TOO_NARROW
    if one is more than `sides_ratio` times the other.
    """
    picture = Picture(data)
    width, height = picture.size
    if max(width, height) > sides_ratio * min(width, height):
        raise Unfit(Reason.TOO_NARROW, width=width, height=height)
    if sides_sum is not None and width + height > sides_sum:
        raise Unfit(Reason.TOO_LARGE)
    largest = picture.whole(max(edges))
    longest = max(largest.size)
    return [
        _preview(largest, edge)
        for edge in sorted({edge for edge in edges if edge < longest} | {longest})
    ]


def _preview(picture: Image.Image, edge: int) -> Preview:
    small = picture.copy()
    small.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    target = BytesIO()
    small.save(target, "JPEG", quality=QUALITY)
    return Preview(small.width, small.height, target.getvalue())
