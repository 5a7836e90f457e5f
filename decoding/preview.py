"""What a picture looks like when it is small."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Preview:
    """One JPEG of a picture; the sides in pixels."""

    width: int
    height: int
    jpeg: bytes
