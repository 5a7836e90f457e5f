"""What is left of a file when what is no picture has been taken off."""

from dataclasses import dataclass

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
