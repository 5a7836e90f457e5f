"""A picture file without what is no picture: text, profiles, previews, a camera's notes.

So nothing of that reaches a decoder, and nothing of it can make a good picture unreadable. Only the
orientation is read of it, as far as it can be.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from struct import Struct

from PIL import Image

from decoding.unfit import Reason, Unfit

ORIENTATION = 0x0112

XMP_ORIENTATION = re.compile(rb"tiff:Orientation(?:=[\"']|>)([1-8])")

JFIF = b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
"""The plainest one: it says that the colours are YCbCr."""

SCAN, END = b"\xff\xda", b"\xff\xd9"
NOTES = {bytes([0xFF, number]) for number in (*range(0xE0, 0xF0), 0xFE)}
BARE_MARKERS = {bytes([0xFF, number]) for number in (0x01, *range(0xD0, 0xD9))}
"""The markers of a JPEG: what applications and people note, and those without a length."""

ADOBE = 12
"""Least bytes of Adobe's note."""

MOST_SCANS = 100
"""Of a JPEG. Programs write up to some twenty."""

PNG = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = {b"IHDR", b"PLTE", b"tRNS", b"acTL"}

WEBP_KEPT = {b"VP8X", b"ALPH", b"VP8 ", b"VP8L", b"ANIM", b"ANMF"}
WEBP_METADATA = 0x20 | 0x08 | 0x04
"""The flags in VP8X: profile, EXIF, XMP."""

EXIF_ITEM = re.compile(rb"(infe[\x02\x03].{3}.{4,6})Exif", re.DOTALL)
"""Where a HEIF or AVIF file says that one of its items is EXIF. How the picture is turned stands
elsewhere, so nothing of it is wanted."""

TIFF_KEPT = {
    *range(256, 260), 262, 266, ORIENTATION, 273, *range(277, 280), 284, 292, 293, 317,
    *range(320, 326), 332, 338, 339, 347, 512, 513, 514, 529, 530, 532,
}  # fmt: skip
"""The tags that say how the pixels are stored."""

MOST_STRIPS = 100_000
"""Of a TIFF. A strip has at least a row, and no picture that we take has more rows."""


@dataclass(frozen=True, slots=True)
class Stripped:
    """The bare picture. `orientation` is EXIF's, 1 to 8; `cut_short`: the file's end is missing."""

    data: bytes
    orientation: int = 1
    cut_short: bool = False


def strip(data: bytes) -> Stripped:
    """Take off what is no picture; give the data as they are if they have no sound structure."""
    if data[4:8] == b"ftyp":
        return Stripped(EXIF_ITEM.sub(rb"\1none", data))
    for magic, stripped in STRIPPERS.items():
        if data.startswith(magic):
            try:
                return stripped(data)
            except (IndexError, ValueError, ArithmeticError):
                break
    return Stripped(data)


def exif_orientation(exif: bytes) -> int:
    """Read it if it can be read; else 1."""
    try:
        found = Image.Exif()
        found.load(exif)
        value = found.get(ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - garbage makes it fail in many ways
        return 1
    return value if value in range(1, 9) else 1


def xmp_orientation(xmp: bytes) -> int:
    found = XMP_ORIENTATION.search(xmp)
    return int(found[1]) if found else 1


def _jpeg(data: bytes) -> Stripped:
    kept, orientation, at = [data[:2]], 1, 2
    while (marker := data[at : at + 2]) != SCAN:
        if marker == b"\xff\xff":  # the first is for filling
            at += 1
            continue
        if marker in BARE_MARKERS:
            at += 2
            continue
        if marker[:1] != b"\xff":
            raise ValueError("no marker")
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4])
        content = data[at + 4 : end]
        if marker == b"\xff\xe1" and orientation == 1:
            orientation = _noted_orientation(content)
        if marker == b"\xff\xe0" and content.startswith(b"JFIF"):
            kept.append(JFIF)
        elif marker not in NOTES or (marker == b"\xff\xee" and _is_adobes(content)):
            kept.append(data[at:end])
        at = end
    return _jpeg_scans(b"".join(kept), data[at:], orientation)


def _is_adobes(note: bytes) -> bool:
    """Whether it says how the colours are stored."""
    return note.startswith(b"Adobe") and len(note) >= ADOBE


def _noted_orientation(note: bytes) -> int:
    return exif_orientation(note) if note.startswith(b"Exif") else xmp_orientation(note)


def _jpeg_scans(head: bytes, scans: bytes, orientation: int) -> Stripped:
    """Mend a file whose last bytes are missing. Raises Unfit for too many scans, or too few."""
    end = scans.find(END)
    if scans.count(SCAN, 0, end if end >= 0 else None) > MOST_SCANS:
        raise Unfit(Reason.TOO_HARD)
    if end >= 0:
        return Stripped(head + scans, orientation)
    if b"\xff\xc2" in head and not _has_all_scans(scans):
        raise Unfit(Reason.DAMAGED)
    return Stripped(head + scans + END, orientation, cut_short=True)


def _has_all_scans(scans: bytes) -> bool:
    """Whether a progressive JPEG brings each coefficient of each component to its last bit."""
    missing: dict[int, set[int]] = {}
    for found in re.finditer(SCAN, scans):
        count = scans[found.end() + 2]
        header = scans[found.end() + 3 : found.end() + 6 + 2 * count]
        first, last, low = header[-3], header[-2], header[-1] & 15
        for component in header[0 : 2 * count : 2]:
            whole = missing.setdefault(component, set(range(64)))
            if low == 0:
                whole -= set(range(first, last + 1))
    return not any(missing.values())


def _png(data: bytes) -> Stripped:
    kept, pixels, orientation = [], [], 1
    for name, content, sum_read in _png_chunks(data):
        if name == b"IDAT":
            pixels.append(content)
        elif name == b"eXIf":
            orientation = exif_orientation(content)
        elif name == b"iTXt" and orientation == 1:
            orientation = xmp_orientation(content)
        elif name in PNG_KEPT and (
            name in {b"IHDR", b"PLTE"} or sum_read == _png_sum(name, content)
        ):
            kept.append((name, content))
    # One chunk of pixels is as good as a million, and costs less.
    chunks = [*kept, (b"IDAT", b"".join(pixels)), (b"IEND", b"")]
    written = (
        len(content).to_bytes(4) + name + content + _png_sum(name, content).to_bytes(4)
        for name, content in chunks
    )
    return Stripped(PNG + b"".join(written), orientation)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """Give names, contents and sums, up to the end of the picture or of the file."""
    at, head = len(PNG), Struct(">I4s")
    while at + head.size <= len(data):
        length, name = head.unpack_from(data, at)
        at += head.size
        yield name, data[at : at + length], int.from_bytes(data[at + length : at + length + 4])
        at += length + 4
        if name == b"IEND":
            return


def _png_sum(name: bytes, content: bytes) -> int:
    return zlib.crc32(content, zlib.crc32(name))


def _webp(data: bytes) -> Stripped:
    if data[8:12] != b"WEBP":
        raise ValueError("another kind of RIFF")
    kept, orientation, at = [], 1, 12
    while at + 8 <= len(data):
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        chunk = bytearray(data[at : at + 8 + length + length % 2])
        if name == b"EXIF":
            orientation = exif_orientation(bytes(chunk[8:]))
        elif name == b"XMP " and orientation == 1:
            orientation = xmp_orientation(bytes(chunk[8:]))
        elif name in WEBP_KEPT:
            if name == b"VP8X":
                chunk[8] &= ~WEBP_METADATA
            kept.append(bytes(chunk))
        at += len(chunk)
    body = b"WEBP" + b"".join(kept)
    return Stripped(b"RIFF" + len(body).to_bytes(4, "little") + body, orientation)


def _tiff(data: bytes) -> Stripped:
    """Leave the tags of the pixels in the first directory, and no directory after it."""
    order = "<" if data[0:1] == b"I" else ">"
    big = data[2:4] in (b"+\0", b"\0+")
    count, entry = (
        Struct(order + ("Q" if big else "H")),
        Struct(order + ("HHQ8s" if big else "HHI4s")),
    )
    (start,) = Struct(order + ("Q" if big else "I")).unpack_from(data, 8 if big else 4)
    if start + count.size > len(data):
        raise ValueError("no directory")
    first = start + count.size
    (entries,) = count.unpack_from(data, start)
    found = [first + number * entry.size for number in range(min(entries, len(data)))]
    kept, orientation = [], 1
    for at in found:
        if at + entry.size > len(data):
            raise ValueError("no whole directory")
        tag, _, length, value = entry.unpack_from(data, at)
        if tag in {273, 324} and length > MOST_STRIPS:
            raise Unfit(Reason.TOO_HARD)
        if tag == ORIENTATION:
            said = Struct(order + "H").unpack_from(value)[0]
            orientation = said if said in range(1, 9) else 1
        elif tag in TIFF_KEPT:
            kept.append(data[at : at + entry.size])
    directory = count.pack(len(kept)) + b"".join(kept) + bytes(8 if big else 4)
    return Stripped(data[:start] + directory + data[start + len(directory) :], orientation)


STRIPPERS: dict[bytes, Callable[[bytes], Stripped]] = {
    b"\xff\xd8\xff": _jpeg,
    PNG: _png,
    b"RIFF": _webp,
    b"II*\0": _tiff,
    b"MM\0*": _tiff,
    b"II+\0": _tiff,
    b"MM\0+": _tiff,
}
"""By the first bytes."""
