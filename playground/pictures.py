"""A picture's bytes -> the JPEG sizes in which Telegram stores a photo.

They are made in a child process: nobody knows what is in them.
"""

from typing import cast

from decoding.allowance import Allowance
from decoding.preview import Preview
from decoding.sandbox import SANDBOX
from decoding.unfit import Reason, Unfit

MAKE = "decoding.previews:make"
SIDES = (90, 320, 800, 1280)  # Telegram's sizes s, m, x and y
THUMBNAIL_S = 2.0  # most seconds of computing: the bot's own look at the file is to follow at once
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
    return _made(data, SIDES, None if app else SIDES_SUM, Allowance())


def thumbnail(data: bytes, allowance: Allowance | None = None) -> Preview | None:
    """Make a document's thumbnail; None if it is no picture, or takes too long.

    Documents with the same `allowance` (see `thumbnails_allowance`) share its time.
    """
    try:
        return _made(data, SIDES[:2], None, allowance or thumbnails_allowance(1))[-1]
    except (Unreadable, BadSides):
        return None


def thumbnails_allowance(documents: int) -> Allowance:
    """Allow the time of one to the thumbnails of so many documents of one message."""
    return Allowance(documents, THUMBNAIL_S)


def _made(
    data: bytes, sides: tuple[int, ...], sides_sum: int | None, allowance: Allowance
) -> list[Preview]:
    try:
        made = SANDBOX.run(MAKE, data, sides, sides_sum, SIDES_RATIO, allowance=allowance)
    except Unfit as unfit:
        if unfit.reason in {Reason.TOO_LARGE, Reason.TOO_NARROW}:
            raise BadSides from unfit
        raise Unreadable from unfit
    return cast("list[Preview]", made)
