"""A TIFF: the tags of the pixels in its first directory, and no directory after it."""

from struct import Struct

from decoding.orientation import TAG, known
from decoding.stripped import Pieces, Stripped
from decoding.tags import WHOLE, order_of, whole_numbers
from decoding.unfit import Reason, Unfit

KEPT = {
    *range(256, 260), 262, 266, 273, *range(277, 280), 284, 292, 293, 317,
    *range(320, 326), 332, 338, 339, 347, 512, 513, 514, 529, 530, 532,
}  # fmt: skip
"""The tags that say how the pixels are stored."""

STRIPS = {273, 324}
MOST_STRIPS = 100_000
"""A strip has at least a row, and no picture that we take has more rows."""

BIG = (b"+\0", b"\0+")
"""What stands for the version of a BigTIFF."""


def strip_tiff(data: bytes) -> Stripped:
    """Raises Unfit for too many strips or tags; ValueError, struct.error without a directory."""
    order, big = "<" if order_of(data) == "little" else ">", data[2:4] in BIG
    count = Struct(order + ("Q" if big else "H"))
    entry = Struct(order + ("HHQ8s" if big else "HHI4s"))
    (start,) = Struct(order + ("Q" if big else "I")).unpack_from(data, 8 if big else 4)
    if start + count.size > len(data):
        raise ValueError("no directory")
    first = start + count.size
    (entries,) = count.unpack_from(data, start)
    kept, orientation, pieces = [], 1, Pieces()
    for at in range(first, first + entry.size * min(entries, len(data)), entry.size):
        pieces.count()
        if at + entry.size > len(data):
            raise ValueError("no whole directory")
        tag, kind, length, value = entry.unpack_from(data, at)
        if tag in STRIPS and length > MOST_STRIPS:
            raise Unfit(Reason.TOO_HARD)
        if tag == TAG and kind in WHOLE:
            said = whole_numbers(value[: WHOLE[kind]], WHOLE[kind], order_of(data))
            orientation = known(said) or 1
        elif tag in KEPT:
            kept.append(data[at : at + entry.size])
    directory = count.pack(len(kept)) + b"".join(kept) + bytes(8 if big else 4)
    return Stripped(data[:start] + directory + data[start + len(directory) :], orientation)
