"""How a picture is turned, by the notes in its file: EXIF's numbers, 1 to 8."""

import re

from decoding.tags import first_directory

TAG = 0x0112

EXIF = b"Exif\0\0"

XMP = re.compile(rb"tiff:Orientation(?:=[\"']|>)([1-8])")


class Orientation:
    """Is told the notes of one file, in any order. Of a kind the first one that says it counts.

    Browsers and phones believe EXIF; XMP may be of before the picture was turned. So XMP counts
    only where EXIF says nothing.
    """

    def __init__(self) -> None:
        self._exif: int | None = None
        self._xmp: int | None = None

    def read_exif(self, exif: bytes) -> None:
        if self._exif is None:
            self._exif = exif_orientation(exif)

    def read_xmp(self, xmp: bytes) -> None:
        if self._xmp is None and (found := XMP.search(xmp)):
            self._xmp = int(found[1])

    @property
    def number(self) -> int:
        return self._exif or self._xmp or 1


def exif_orientation(exif: bytes) -> int | None:
    """Read it if it can be read."""
    while exif.startswith(EXIF):
        exif = exif[len(EXIF) :]
    if not exif.startswith((b"II", b"MM")):
        return None
    return known(first_directory(exif).get(TAG, ()))


def known(numbers: tuple[int, ...]) -> int | None:
    """Give the orientation that a tag holds, if it is one."""
    return numbers[0] if numbers and 1 <= numbers[0] <= 8 else None  # noqa: PLR2004 - EXIF's
