"""A HEIF or AVIF: boxes within boxes, whose places must not change."""

import re

from decoding.stripped import Stripped, lacks_little
from decoding.unfit import Reason, Unfit

TYPE = b"ftyp"
"""What stands behind the first four bytes."""

NOTES = re.compile(rb"(infe[\x02\x03].{3}.{4,6})(?:Exif|mime)", re.DOTALL)
"""Where the file says that one of its items is EXIF, or XMP. How the picture is turned stands
elsewhere, so nothing of them is wanted."""

LARGE = 1
"""The size of a box whose size stands behind its name, in eight bytes."""

BOXES = {b"ftyp", b"meta", b"mdat", b"moov", b"free", b"skip", b"uuid"}
"""What else may stand behind the picture is none of it."""

MOST_BOXES = 100
"""Of a file, not counting boxes within boxes; cameras write three to six."""


def strip_heif(data: bytes) -> Stripped:
    """Fill up what is missing at the end: decoders refuse a file that is short of one byte.

    Raises Unfit if much is missing.
    """
    missing = _end(data) - len(data)
    if missing > 0:
        if not lacks_little(missing, len(data)):
            raise Unfit(Reason.DAMAGED)
        data += bytes(missing)
    return Stripped(NOTES.sub(rb"\1none", data))


def _end(data: bytes) -> int:
    """Give where the last box says that it ends."""
    at = 0
    for _ in range(MOST_BOXES):
        size = int.from_bytes(data[at : at + 4])
        if size == LARGE:
            size = int.from_bytes(data[at + 8 : at + 16])
        if not size or data[at + 4 : at + 8] not in BOXES:
            break
        at += size
    return at
