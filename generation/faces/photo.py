"""Why a file that somebody sent is refused as a photo."""

from decoding.unfit import Reason, Unfit
from generation.errors import Refusal


class EmptyFile(Refusal):
    pass


class NotAPicture(Refusal):
    pass


class RawPhoto(Refusal):
    """Fields: format, such as DNG."""


class DamagedPicture(Refusal):
    """A file that begins as a picture but can't be read to its end."""


class AnimatedPicture(Refusal):
    pass


class PictureTooLarge(Refusal):
    """Fields: megapixels of the picture; format; limit of that format, and of JPEG, jpeg_limit."""


class PictureTooNarrow(Refusal):
    """Fields: width, height."""


class PictureTooHard(Refusal):
    """Reading it takes more time or memory than a photo may."""


REFUSALS: dict[Reason, type[Refusal]] = {
    Reason.EMPTY: EmptyFile,
    Reason.NOT_A_PICTURE: NotAPicture,
    Reason.RAW: RawPhoto,
    Reason.DAMAGED: DamagedPicture,
    Reason.ANIMATED: AnimatedPicture,
    Reason.TOO_LARGE: PictureTooLarge,
    Reason.TOO_NARROW: PictureTooNarrow,
    Reason.TOO_HARD: PictureTooHard,
}


def refusal(unfit: Unfit) -> Refusal:
    """Give what a person is told."""
    return REFUSALS[unfit.reason](**unfit.fields)
