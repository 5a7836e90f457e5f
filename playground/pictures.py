"""A picture's bytes -> the JPEG sizes in which Telegram stores a photo.

They are made in a child process: nobody knows what is in them.
"""

from typing import cast

from decoding.preview import Preview
from decoding.sandbox import SANDBOX
from decoding.unfit import Reason, Unfit

SIDES = (90, 320, 800, 1280)  # Telegram's sizes s, m, x and y
PHOTO_BYTES = 10 * 1024 * 1024
SIDES_SUM, SIDES_RATIO = 10_000, 20


class Unreadable(Exception):  # noqa: N818 - it is an answer, not an accident
    """The bytes are no picture, or a damaged one, or one that takes too long to read."""


class BadSides(Exception):  # noqa: N818 - it is an answer, not an accident
    """The picture is too large, or too long for its width."""


def photo(data: bytes, *, app: bool = False) -> list[Preview]:
    """Make the photo's sizes, smallest first, upright, never enlarged.

    `app` is a person's app: it shrinks a large picture itself, so that only the ratio counts.
    """
    sides_sum = None if app else SIDES_SUM
    try:
        made = SANDBOX.run("decoding.previews:make", data, SIDES, sides_sum, SIDES_RATIO)
    except Unfit as unfit:
        if unfit.reason in {Reason.TOO_LARGE, Reason.TOO_NARROW}:
            raise BadSides from unfit
        raise Unreadable from unfit
    return cast("list[Preview]", made)


def thumbnail(data: bytes) -> Preview | None:
    """Make a document's thumbnail; None if it is no picture."""
    try:
        sizes = photo(data, app=True)
    except (Unreadable, BadSides):
        return None
    return next(size for size in reversed(sizes) if max(size.width, size.height) <= SIDES[1])
