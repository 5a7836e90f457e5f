"""What is left of a file when what is no picture has been taken off."""

from dataclasses import dataclass

from decoding.unfit import Reason, Unfit

MOST_PIECES = 100_000
"""Most segments, chunks or blocks of a file: a large GIF has 80,000, a large PNG 10,000."""

LACKING = 0.02
"""Most of a file that may be missing at its end, as a share of its bytes."""


@dataclass(frozen=True, slots=True)
class Stripped:
    """The bare picture. `orientation` is EXIF's, 1 to 8; `cut_short`: the file's end is missing."""

    data: bytes
    orientation: int = 1
    cut_short: bool = False


def lacks_little(missing: int, whole: int) -> bool:
    """Whether nobody sees that so many bytes of so many are missing."""
    return missing <= whole * LACKING


class Pieces:
    """Counts the pieces of a file: a picture has few, and each takes its time."""

    def __init__(self) -> None:
        self._left = MOST_PIECES

    def count(self) -> None:
        """Count one more. Raises Unfit if they are too many."""
        if not self._left:
            raise Unfit(Reason.TOO_HARD)
        self._left -= 1
