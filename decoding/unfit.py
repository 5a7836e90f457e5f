"""Why a file can't be used as a picture."""

from collections.abc import Callable
from enum import StrEnum
from functools import partial


class Reason(StrEnum):
    """What is wrong with the file."""

    EMPTY = "empty"
    NOT_A_PICTURE = "not a picture"
    RAW = "raw"
    """A camera's raw data. Field: format, such as DNG."""
    DAMAGED = "damaged"
    ANIMATED = "animated"
    TOO_LARGE = "too large"
    """Fields: megapixels; limit, of its format; format; jpeg_limit."""
    TOO_NARROW = "too narrow"
    """Fields: width, height."""
    TOO_HARD = "too hard"
    """It would take more time or memory than a picture may."""


class Unfit(Exception):  # noqa: N818 - it is an answer, not an accident
    """The file is no picture that may be used, for a `reason`; `fields` say more."""

    def __init__(self, reason: Reason, **fields: str | float) -> None:
        super().__init__(reason, fields)
        self.reason = reason
        self.fields = fields

    def __reduce__(self) -> tuple[Callable[[], "Unfit"], tuple[()]]:
        """Make it picklable: pickle would pass the fields by position."""
        return partial(type(self), self.reason, **self.fields), ()
