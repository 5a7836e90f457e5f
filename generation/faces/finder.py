"""Finds the good faces of a photo, or says why there are none.

A child process with limits does it, and imports OpenCV and Pillow: see decoding.sandbox.
"""

from collections.abc import Hashable
from pathlib import Path
from typing import cast

from decoding.sandbox import SANDBOX
from decoding.unfit import Unfit
from generation.faces.face import Face
from generation.faces.photo import refusal

CROP_FACES = "generation.faces.crop:crop_faces"


class FaceFinder:
    """Finds faces in photos. Any thread may call it, several at once."""

    def __init__(self, detector: Path | None = None) -> None:
        """Read YuNet from the file `detector`; None: from the package that ships it."""
        self._file = detector

    def find(self, photo: bytes, asker: Hashable | None = None) -> list[Face]:
        """Find the good faces in a photo file, at least one, the largest first.

        Of one `asker` one photo is read at a time: see decoding.sandbox.Sandbox.run.

        Raises NoFace. If no face is good, raises what is wrong with the largest: FaceTooSmall,
        FaceCut or FaceBlurred. Raises what is wrong with the file, as in generation.faces.photo,
        and generation.faces.yunet.FaceModelDamaged.
        """
        try:
            return cast("list[Face]", SANDBOX.run(CROP_FACES, photo, self._file, asker=asker))
        except Unfit as unfit:
            raise refusal(unfit) from unfit

    def warm(self) -> None:
        """Have the first photo wait for no imports."""
        SANDBOX.warm(CROP_FACES)
