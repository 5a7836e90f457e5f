"""A WebP: written anew of its picture, so that nothing odd beside it counts."""

from struct import Struct

from decoding.orientation import Orientation
from decoding.stripped import Pieces, Stripped, lacks_little
from decoding.unfit import Reason, Unfit

HEAD = Struct("<4sI")
"""A chunk's name and length."""

NAMES = {b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L", b"EXIF", b"XMP "}

FRAME = 16
"""Bytes of a film's frame (ANMF) that come before its picture."""

SIDES = Struct("<HH")
SIDES_AT = 6
"""Where VP8 has width and height, in the lower 14 bits of each."""

ALPHA = 0x10
"""The flag in VP8X."""

SPARE = 64
"""Bytes of nothing behind a picture that is cut short: so its decoder doesn't meet the end."""


def strip_webp(data: bytes) -> Stripped:
    """Raises Unfit if it is a film, lacks much or has too many chunks; ValueError if it is none."""
    if data[8:12] != b"WEBP":
        raise ValueError("another kind of RIFF")
    found, orientation = _read(data), Orientation()
    orientation.read_exif(found.get(b"EXIF", b""))
    orientation.read_xmp(found.get(b"XMP ", b""))
    if b"VP8L" in found:
        chunks = [_chunk(b"VP8L", found[b"VP8L"])]
    elif b"ALPH" in found:
        chunks = [
            _chunk(b"VP8X", bytes([ALPHA, 0, 0, 0]) + _canvas(found[b"VP8 "])),
            _chunk(b"ALPH", found[b"ALPH"]),
            _chunk(b"VP8 ", found[b"VP8 "]),
        ]
    else:
        chunks = [_chunk(b"VP8 ", found[b"VP8 "])]
    body = b"WEBP" + b"".join(chunks)
    return Stripped(b"RIFF" + len(body).to_bytes(4, "little") + body, orientation.number)


def _read(data: bytes) -> dict[bytes, bytes]:
    """Give the contents of the first chunk of each known name; those of a film's frame too."""
    found: dict[bytes, bytes] = {}
    at, pieces = 12, Pieces()
    while at + HEAD.size <= len(data):
        pieces.count()
        name, length = HEAD.unpack_from(data, at)
        at += HEAD.size
        end = at + length
        if name == b"ANMF":
            if name in found:
                raise Unfit(Reason.ANIMATED)
            found[name] = b""
            at += FRAME
            continue
        if name in NAMES and name not in found:
            found[name] = data[at:end]
            if name in {b"VP8 ", b"VP8L"} and end > len(data):
                found[name] += _rest(end - len(data), length)
        # A chunk of an odd length is followed by a byte of nothing, or should be.
        at = end + 1 if length % 2 and data[end : end + 4] not in NAMES else end
    return found


def _rest(missing: int, length: int) -> bytes:
    if not lacks_little(missing, length):
        raise Unfit(Reason.DAMAGED)
    return bytes(missing + SPARE)


def _canvas(picture: bytes) -> bytes:
    """Give width and height of a VP8 picture as VP8X has them."""
    return b"".join(
        ((side & 0x3FFF) - 1).to_bytes(3, "little") for side in SIDES.unpack_from(picture, SIDES_AT)
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    return HEAD.pack(name, len(content)) + content + bytes(len(content) % 2)
