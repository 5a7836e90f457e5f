"""A JPEG: the segments that its pixels are read by, up to the end of its first picture."""

import re
from collections.abc import Iterator

from decoding.orientation import Orientation
from decoding.stripped import Stripped
from decoding.unfit import Reason, Unfit

FIRST = 0xFF
START, END, SCAN, PROGRESSIVE = 0xD8, 0xD9, 0xDA, 0xC2
JFIF, APP1, ADOBE = 0xE0, 0xE1, 0xEE
"""The bytes of markers: the first of each, and the second of some."""

NOTES = {*range(0xE0, 0xF0), 0xFE}
"""What applications and people note."""

BARE = {0x01, *range(0xD0, SCAN)}
"""Those without a length, START and END among them."""

AFTER_SCAN = re.compile(rb"\xff[^\0\x01\xd0-\xd7\xff]")
"""The marker that ends a scan's data."""

PLAIN_JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
"""It says that the colours are YCbCr."""

LEAST_ADOBE = 16
"""Least bytes of Adobe's note, with its marker and length. It says how the colours are stored."""

MOST_SCANS = 100
"""Programs write up to some twenty."""


def strip_jpeg(data: bytes) -> Stripped:
    """Raises Unfit for too many scans, or too few; ValueError if there are none at all."""
    kept, scans, orientation = [b"\xff\xd8"], list[bytes](), Orientation()
    number, progressive = 0, False
    for number, segment in _segments(data):
        if number == SCAN:
            scans.append(segment)
            if len(scans) > MOST_SCANS:
                raise Unfit(Reason.TOO_HARD)
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
    at, in_picture = 2, False
    while at + 1 < len(data):
        number = data[at + 1]
        if data[at] != FIRST or number == FIRST:  # between segments anything may stand
            at = _next(data, at + 1)
            continue
        end = at + 2
        if number == START and in_picture:  # another picture; the end of this one is missing
            return
        if number not in BARE:
            end += int.from_bytes(data[end : end + 2])
        if number == SCAN:
            in_picture = True
            found = AFTER_SCAN.search(data, end)
            end = found.start() if found else len(data)
        yield number, data[at:end]
        if number == END:
            return
        at = end


def _next(data: bytes, at: int) -> int:
    found = data.find(FIRST, at)
    return found if found >= 0 else len(data)


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
