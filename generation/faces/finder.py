"""Finds the good faces of a photo, or says why there are none.

OpenCV and Pillow are imported with the first photo, so that the bot answers sooner.
"""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from generation.faces.face import Face

if TYPE_CHECKING:
    from generation.faces.yunet import YuNet


class FaceFinder:
    """Finds faces in photos. Any thread may call it."""

    def __init__(self, detector: Path | None = None) -> None:
        """Read YuNet from the file `detector`; None: from the package that ships it."""
        self._file = detector

    def find(self, photo: bytes) -> list[Face]:
        """Find the good faces in a photo file, at least one, the largest first.

        Raises NoFace. If no face is good, raises what is wrong with the largest: FaceTooSmall,
        FaceCut or FaceBlurred. Raises what generation.faces.photo.read_photo raises, and
        generation.faces.yunet.FaceModelDamaged.
        """
        from generation.faces.crop import crop_faces  # noqa: PLC0415 - see the module's docstring

        return crop_faces(photo, self._yunet)

    @cached_property
    def _yunet(self) -> "YuNet":
        from generation.faces.yunet import YuNet  # noqa: PLC0415 - see the module's docstring

        return YuNet(self._file)
