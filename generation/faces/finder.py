"""A photo -> one aligned, good enough face, or a reason why not.

OpenCV and Pillow come in with the first photo: the bot answers before it needs them.
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
        """Take YuNet from the file `detector`; from the package that carries it, if None."""
        self._file = detector

    def find(self, photo: bytes) -> list[Face]:
        """Find the good faces in a photo file, at least one, the largest first.

        If none is good, the largest one's reason is raised: FaceTooSmall, FaceCut or
        FaceBlurred. Raises NoFace, what generation.faces.photo.read_photo raises, and
        generation.faces.yunet.FaceModelDamaged.
        """
        from generation.faces.crop import portraits  # noqa: PLC0415 - see the module's docstring

        return portraits(photo, self._yunet)

    @cached_property
    def _yunet(self) -> "YuNet":
        from generation.faces.yunet import YuNet  # noqa: PLC0415 - see the module's docstring

        return YuNet(self._file)
