"""A JPEG: the segments that its pixels are read by, up to the end of its first picture."""

import re
from collections.abc import Iterator

from decoding.orientation import Orientation
from decoding.stripped import Pieces, Stripped
from decoding.unfit import Reason, Unfit

START, END, SCAN, PROGRESSIVE = 0xD8, 0xD9, 0xDA, 0xC2
JFIF, APP1, ADOBE = 0xE0, 0xE1, 0xEE
"""The second bytes of markers; the first is 0xFF."""

NOTES = {*range(0xE0, 0xF0), 0xFE}
"""What applications and people note."""

BARE = {0x01, *range(0xD0, SCAN)}
"""Those without a length, START and END among them."""

MARKER = re.compile(rb"\xff[^\xff]")
"""The next one, whatever stands before it."""

AFTER_SCAN = re.compile(rb"\xff[^\0\x01\xd0-\xd7\xff]")
"""The marker that ends a scan's data."""

PLAIN_JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
"""It says that the colours are YCbCr."""

LEAST_ADOBE = 16
"""Least bytes of Adobe's note, with its marker and length. It says how the colours are stored."""

FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
"""The markers of a picture's size and components."""

MOST_SCANS = 100
MOST_SCANNED = 1_300_000_000
"""Most scans, and most pixels of all of them together: programs write up to some twenty scans, and
a progressive picture has up to 66 megapixels."""


def strip_jpeg(data: bytes) -> Stripped:
    """Raises Unfit for too many scans, or too few; ValueError if there are none at all."""
    kept, scans, orientation = [b"\xff\xd8"], list[bytes](), Orientation()
    number, pixels, progressive = 0, 0, False
    for number, segment in _segments(data):
        if number == SCAN:
            scans.append(segment)
            if len(scans) > MOST_SCANS or len(scans) * pixels > MOST_SCANNED:
                raise Unfit(Reason.TOO_HARD)
        elif number in FRAMES:
            pixels = int.from_bytes(segment[5:7]) * int.from_bytes(segment[7:9])
        elif number == APP1 and segment.startswith(b"Exif", 4):
            orientation.read_exif(segment[4:])
        elif number == APP1:
            orientation.read_xmp(segment[4:])
        progressive = progressive or number == PROGRESSIVE
        if needed := _needed(number, segment):
            kept.append(needed)
    if not scans:
        raise ValueError("no picture")
    cut_short = number != END
    if cut_short and progressive and not _are_all_there(scans):
        raise Unfit(Reason.DAMAGED)
    end = b"\xff\xd9" if cut_short else b""
    return Stripped(b"".join(kept) + end, orientation.number, cut_short)


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Give markers' numbers with all of their segments, up to the end of the picture."""
    at, in_picture, pieces = 2, False, Pieces()
    while found := MARKER.search(data, at):  # between segments anything may stand
        pieces.count()
        at, end = found.span()
        number = data[at + 1]
        if number == START and in_picture:  # another picture; the end of this one is missing
            return
        if number not in BARE:
            end += int.from_bytes(data[end : end + 2])
        if number == SCAN:
            in_picture = True
            after = AFTER_SCAN.search(data, end)
            end = after.start() if after else len(data)
        yield number, data[at:end]
        if number == END:
            return
        at = end


def _needed(number: int, segment: bytes) -> bytes:
    """Give what a decoder needs of a segment."""
    if number == JFIF and segment.startswith(b"JFIF", 4):
        return PLAIN_JFIF
    is_adobes = number == ADOBE and segment.startswith(b"Adobe", 4)
    if is_adobes and len(segment) >= LEAST_ADOBE:
        return segment
    return b"" if number in NOTES or (number in BARE and number != END) else segment


def _are_all_there(scans: list[bytes]) -> bool:
    """Whether a progressive JPEG brings each coefficient of each component to its last bit."""
    missing: dict[int, set[int]] = {}
    for scan in scans:
        count = scan[4]
        header = scan[5 : 8 + 2 * count]
        first, last, low = header[-3], header[-2], header[-1] & 15
        for component in header[0 : 2 * count : 2]:
            whole = missing.setdefault(component, set(range(64)))
            if low == 0:
                whole -= set(range(first, last + 1))
    return not any(missing.values())
