"""A photo -> one aligned, good enough face, or a reason why not.

OpenCV and Pillow come in with the first photo: the bot answers before it needs them.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from generation.errors import Refusal

if TYPE_CHECKING:
    from generation.yunet import YuNet

LEAST_SIZE = 80
"""Pixels of a face from hair to chin, or from side to side if that is more."""


class NoFace(Refusal):
    pass


class FaceTooSmall(Refusal):
    """The face's `size` and the `least`, in pixels."""


class FaceBlurred(Refusal):
    pass


class FaceCut(Refusal):
    """A part of the face lies outside the photo."""


@dataclass(frozen=True, slots=True)
class Face:
    """A head with hair and chin, the eyes level: a square RGB PNG file without metadata.

    `size` is the face's length in the photo (at most 2048 pixels a side), `score` the
    detector's confidence, 0 to 1.
    """

    image: bytes
    size: int
    score: float


class FaceFinder:
    """Finds faces in photos. Any thread may call it."""

    def __init__(self, detector: Path | None = None) -> None:
        """Take YuNet from the file `detector`; from the package that carries it, if None."""
        self._file = detector

    def find(self, photo: bytes) -> list[Face]:
        """Find the good faces in a photo file, at least one, the largest first.

        If none is good, the largest one's reason is raised: FaceTooSmall, FaceCut or
        FaceBlurred. Raises NoFace, what generation.photo.read_photo raises, and
        generation.yunet.FaceModelDamaged.
        """
        from generation.portrait import portraits  # noqa: PLC0415 - see the module's docstring

        return portraits(photo, self._yunet)

    @cached_property
    def _yunet(self) -> "YuNet":
        from generation.yunet import YuNet  # noqa: PLC0415 - see the module's docstring

        return YuNet(self._file)
