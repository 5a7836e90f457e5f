"""A PNG: only what its pixels are read by, and only what is sound of that."""

import zlib
from collections.abc import Iterator
from struct import Struct

from decoding.orientation import Orientation
from decoding.stripped import Pieces, Stripped
from decoding.unfit import Reason, Unfit

MAGIC = b"\x89PNG\r\n\x1a\n"

HEAD = Struct(">I4s")
"""A chunk's length and name."""

COLOURS_AT = 9
"""Where the header says which kind of colours there are; how many bits each has, is before it."""

GREY, RGB, PALETTE = 0, 2, 3
SEE_THROUGH = {GREY: 2, RGB: 6}
"""How many bytes tRNS has, by the kind of colours; for a palette, up to one a colour."""

BELIEVED = {b"IHDR", b"PLTE", b"acTL", b"fdAT"}
"""Chunks that are wanted with a wrong sum too: two for the pixels, two to know a film by."""

CONTROL_SIZE = 8
"""Bytes of acTL."""


def strip_png(data: bytes) -> Stripped:
    """Raises Unfit if it is a film or has too many chunks, ValueError if it is none at all."""
    found: dict[bytes, bytes] = {}
    pixels, orientation = [], Orientation()
    for name, content, total in _chunks(data):
        if name == b"IDAT":
            pixels.append(content)
        elif name == b"eXIf":
            orientation.read_exif(content)
        elif name == b"iTXt":
            orientation.read_xmp(content)
        elif name in BELIEVED or (name == b"tRNS" and total == _sum(name, content)):
            found.setdefault(name, content)
    if b"fdAT" in found and _frames(found.get(b"acTL", b"")) > 1:
        raise Unfit(Reason.ANIMATED)
    header = found.get(b"IHDR", b"")
    # One chunk of pixels is as good as a million, and costs less.
    chunks = [
        (b"IHDR", header),
        *_colours(header, found),
        (b"IDAT", b"".join(pixels)),
        (b"IEND", b""),
    ]
    written = (
        len(content).to_bytes(4) + name + content + _sum(name, content).to_bytes(4)
        for name, content in chunks
    )
    return Stripped(MAGIC + b"".join(written), orientation.number)


def _frames(control: bytes) -> int:
    """Give how many pictures the film's control says that there are."""
    return int.from_bytes(control[:4]) if len(control) == CONTROL_SIZE else 0


def _colours(header: bytes, found: dict[bytes, bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Give palette and transparency, where the pixels need them; what doesn't fit is left out."""
    bits, kind = header[COLOURS_AT - 1], header[COLOURS_AT]
    see_through = found.get(b"tRNS", b"")
    fits = len(see_through) == SEE_THROUGH.get(kind)
    if kind == PALETTE:
        palette = found.get(b"PLTE", b"")
        colours = min(len(palette) // 3, 1 << bits)
        yield b"PLTE", palette[: 3 * colours]
        fits = 0 < len(see_through) <= colours
    if fits:
        yield b"tRNS", see_through


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, int]]:
    """Give names, contents and sums, up to the end of the picture or of the file."""
    at, pieces = len(MAGIC), Pieces()
    while at + HEAD.size <= len(data):
        pieces.count()
        length, name = HEAD.unpack_from(data, at)
        at += HEAD.size
        if at + length > len(data) and name != b"IDAT":  # its length is wrong: find the pixels
            at = data.find(b"IDAT", at) - 4
            if at < 0:
                return
            continue
        yield name, data[at : at + length], int.from_bytes(data[at + length : at + length + 4])
        at += length + 4
        if name == b"IEND":
            return


def _sum(name: bytes, content: bytes) -> int:
    return zlib.crc32(content, zlib.crc32(name))
