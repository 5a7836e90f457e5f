"""A picture file without what is no picture: text, profiles, previews, a camera's notes.

So nothing of that reaches a decoder, and nothing of it can make a good picture unreadable. Only the
orientation is read of it, as far as it can be.
"""

import struct
from collections.abc import Callable

from decoding import gif, heif, jpeg, png, tiff, webp
from decoding.stripped import Stripped

STRIPPERS: dict[bytes, Callable[[bytes], Stripped]] = {
    b"\xff\xd8\xff": jpeg.strip_jpeg,
    png.MAGIC: png.strip_png,
    b"RIFF": webp.strip_webp,
    b"GIF8": gif.strip_gif,
    b"II*\0": tiff.strip_tiff,
    b"MM\0*": tiff.strip_tiff,
    b"II+\0": tiff.strip_tiff,
    b"MM\0+": tiff.strip_tiff,
}
"""By the first bytes."""


def strip(data: bytes) -> Stripped:
    """Take off what is no picture; give the data as they are if they have no sound structure.

    Raises Unfit if they are no fit picture, as far as can be seen without decoding it.
    """
    if data[4:8] == heif.TYPE:
        return heif.strip_heif(data)
    for magic, stripped in STRIPPERS.items():
        if data.startswith(magic):
            try:
                return stripped(data)
            except (LookupError, ValueError, ArithmeticError, struct.error):
                break
    return Stripped(data)
