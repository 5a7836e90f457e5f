"""The whole numbers of a TIFF's or EXIF's directory, read as far as they can be."""

from struct import Struct
from typing import Literal

WHOLE = {1: 1, 2: 1, 3: 2, 4: 4, 6: 1, 8: 2, 9: 4, 13: 4}
"""The kinds of whole numbers, characters among them, and how many bytes one has. Programs exchange
them freely."""

INLINE = 4
"""Most bytes of a value that stand in its entry."""

MOST_TAGS = 500
"""Of a directory; cameras write some sixty."""

Tags = dict[int, tuple[int, ...]]


def order_of(data: bytes) -> Literal["little", "big"]:
    return "little" if data.startswith(b"I") else "big"


def first_directory(data: bytes) -> Tags:
    """Read the first directory of a TIFF, which EXIF is too."""
    return directory(data, int.from_bytes(data[4:8], order_of(data)))


def directory(data: bytes, start: int) -> Tags:
    """Read the directory that begins there; what can't be read is left out."""
    order = order_of(data)
    entry = Struct("<HHI" if order == "little" else ">HHI")
    tags: Tags = {}
    for number in range(min(int.from_bytes(data[start : start + 2], order), MOST_TAGS)):
        at = start + 2 + entry.size * number + INLINE * number
        if at + entry.size + INLINE > len(data):
            break
        tag, kind, count = entry.unpack_from(data, at)
        size = WHOLE.get(kind, 0)
        if not size or count > MOST_TAGS:
            continue
        place = at + entry.size
        if size * count > INLINE:
            place = int.from_bytes(data[place : place + INLINE], order)
        tags[tag] = whole_numbers(data[place : place + size * count], size, order)
    return tags


def whole_numbers(value: bytes, size: int, order: Literal["little", "big"]) -> tuple[int, ...]:
    """Split a value into numbers of so many bytes."""
    return tuple(
        int.from_bytes(value[byte : byte + size], order) for byte in range(0, len(value), size)
    )
