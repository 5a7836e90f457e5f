"""Raw photos of cameras, which hold no finished picture but what the sensor saw."""

from struct import Struct
from typing import Literal

MAGIC = {
    b"FUJIFILMCCD-RAW": "RAF",
    b"IIRO": "ORF",
    b"IIRS": "ORF",
    b"MMOR": "ORF",
    b"IIU\0": "RW2",
    b"FOVb": "X3F",
    b"\0MRM": "MRW",
    b"II\x1a\0\0\0HEAPCCDR": "CRW",
    b"II*\0\x10\0\0\0CR\x02": "CR2",
}
"""The first bytes of the kinds that have their own."""

TIFF = (b"II*\0", b"MM\0*")

DNG_VERSION = 0xC612
REDUCED = 1
"""What tag 254 says of a preview."""

SENSOR_COLOURS = {32803, 34892}
"""What tag 262 says of a sensor's own pixels: behind colour filters, or linear."""

MAKERS = {
    b"NIKON": "NEF",
    b"SONY": "ARW",
    b"PENTAX": "PEF",
    b"SAMSUNG": "SRW",
    b"HASSELBLAD": "3FR",
}
"""The first word of the maker (tag 271), and how that maker's files are called."""

INLINE = 4
"""Most bytes of a value that stand in its entry."""

MOST_TAGS = 500
"""Of a directory; cameras write some sixty."""


def raw_format(data: bytes) -> str | None:
    """Give the format's name if it is a raw photo, such as DNG."""
    if data[4:12] == b"ftypcrx ":
        return "CR3"
    for magic, name in MAGIC.items():
        if data.startswith(magic):
            return name
    return _raw_tiff(data) if data.startswith(TIFF) else None


def _raw_tiff(data: bytes) -> str | None:
    """Most raw formats are TIFF whose first directory is a preview beside the sensor's pixels."""
    tags = _tags(data, int.from_bytes(data[4:8], _order(data)))
    if DNG_VERSION in tags:
        return "DNG"
    inner = [_tags(data, start) for start in tags.get(330, ())[:8]]
    preview = REDUCED in tags.get(254, ()) and inner
    sensor = any(SENSOR_COLOURS & set(found.get(262, ())) for found in (tags, *inner))
    if not preview and not sensor:
        return None
    words = bytes(tags.get(271, ())).upper()
    return next((name for maker, name in MAKERS.items() if words.startswith(maker)), "RAW")


def _order(data: bytes) -> Literal["little", "big"]:
    return "little" if data.startswith(b"I") else "big"


def _tags(data: bytes, start: int) -> dict[int, tuple[int, ...]]:
    """Read the whole numbers of a directory; what can't be read is left out."""
    sign = "<" if data.startswith(b"I") else ">"
    order = _order(data)
    entry = Struct(sign + "HHI")
    tags: dict[int, tuple[int, ...]] = {}
    for number in range(min(int.from_bytes(data[start : start + 2], order), MOST_TAGS)):
        at = start + 2 + 12 * number
        if at + 12 > len(data):
            break
        tag, kind, count = entry.unpack_from(data, at)
        size = {1: 1, 2: 1, 3: 2, 4: 4, 13: 4}.get(kind, 0)
        if not size or count > MOST_TAGS:
            continue
        place = at + 8 if size * count <= INLINE else int.from_bytes(data[at + 8 : at + 12], order)
        value = data[place : place + size * count]
        tags[tag] = tuple(
            int.from_bytes(value[byte : byte + size], order) for byte in range(0, len(value), size)
        )
    return tags
