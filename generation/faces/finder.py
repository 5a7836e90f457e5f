"""Finds the good faces of a photo, or says why there are none.

A child process with limits does it, and imports OpenCV and Pillow: see decoding.sandbox.
"""

from collections.abc import Callable, Hashable
from functools import partial
from pathlib import Path
from typing import cast

from decoding.allowance import Allowance
from decoding.sandbox import SANDBOX
from decoding.unfit import Unfit
from generation.faces.face import Face
from generation.faces.looks_file import FILES, read_looks
from generation.faces.photo import refusal

CROP_FACES = "generation.faces.crop:crop_faces"


class FaceFinder:
    """Finds faces in photos. Any thread may call it, several at once."""

    def __init__(self, detector: Path | None = None) -> None:
        """Read YuNet from the file `detector`; None: from the package that ships it."""
        self._file = detector

    def of_message(self, asker: Hashable, photos: int) -> Callable[[bytes], list[Face]]:
        """Give a `find` for so many photos of one message: together they may take the time of one.

        Of one `asker` one photo is read at a time: see decoding.sandbox.Sandbox.run.
        """
        return partial(self.find, asker=asker, allowance=Allowance(photos))

    def find(
        self,
        photo: bytes,
        asker: Hashable | None = None,
        allowance: Allowance | None = None,
    ) -> list[Face]:
        """Find the good faces in a photo file, at least one, the largest first.

        Raises NoFace. If no face is good, raises what is wrong with the largest: FaceTooSmall,
        FaceCut or FaceBlurred. Raises what is wrong with the file, as in generation.faces.photo,
        and generation.faces.shipped.FaceModelDamaged.
        """
        try:
            faces = SANDBOX.run(CROP_FACES, photo, self._file, asker=asker, allowance=allowance)
        except Unfit as unfit:
            raise refusal(unfit) from unfit
        return cast("list[Face]", faces)

    def warm(self) -> None:
        """Have the first photo wait for no imports; log whether traits can't be read."""
        for file in FILES:
            read_looks(file)  # here too: what the child logs nobody sees
        SANDBOX.warm(CROP_FACES)
