"""A GIF: its first picture, without what is said beside it."""

import re

from decoding.stripped import Pieces, Stripped
from decoding.unfit import Reason, Unfit

SCREEN = 13
"""Bytes before the colours of the whole; the last but two says how many those are."""

PLACE = 10
"""Bytes of a picture's place and size, before its own colours; the last says how many."""

BEGINNING = re.compile(rb"[!,;]")
"""What a block begins with: something beside a picture, a picture, the end."""

CONTROL = b"!\xf9"
CONTROL_SIZE = 4
"""Bytes of what is said about the next picture: which colour is see-through."""


def strip_gif(data: bytes) -> Stripped:
    """Raises Unfit if it is a film or of too many pieces; ValueError, IndexError if it is none."""
    head, pieces = SCREEN + _colours(data[SCREEN - 3]), Pieces()
    control, picture, cut_short, at = b"", b"", False, head
    while (found := BEGINNING.search(data, at)) and found[0] != b";":
        start = found.start()
        if found[0] == b"!":
            at = _end(data, start + 2, pieces)
            if not picture and data.startswith(CONTROL, start) and data[start + 2] >= CONTROL_SIZE:
                control = data[start + 3 : start + 3 + CONTROL_SIZE]
        elif picture:
            raise Unfit(Reason.ANIMATED)
        else:
            at = _end(data, start + PLACE + _colours(data[start + PLACE - 1]) + 1, pieces)
            picture, cut_short = data[start:at], at > len(data)
    if not picture:
        raise ValueError("no picture")
    said = CONTROL + bytes([CONTROL_SIZE]) + control + b"\0" if control else b""
    end = b"" if cut_short else b";"
    return Stripped(data[:head] + said + picture + end, cut_short=cut_short)


def _colours(flags: int) -> int:
    """Give the bytes of the colours that these flags tell of."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _end(data: bytes, at: int, pieces: Pieces) -> int:
    """Give where the pieces end that begin there: one of nothing is the last."""
    while at < len(data):
        pieces.count()
        size = data[at]
        at += size + 1
        if not size:
            return at
    return len(data) + 1
