"""Finds faces in pictures of our own, and says whose they are, with OpenCV.

Not for strangers' files: those are opened in a child process, see generation.faces.finder.
"""

from collections.abc import Sequence
from io import BytesIO
from threading import Lock

import cv2
import numpy as np
from PIL import Image

from generation.character import Traits
from generation.faces.calibration import Likely
from generation.faces.closeup import SIDES, Closeup, View
from generation.faces.face import FACE_SIDES, FACE_UP
from generation.faces.looks import TraitReader, mean_of, shown_traits
from generation.faces.rotated_square import RotatedSquare
from generation.faces.search import MARGIN, search
from generation.faces.sface import Seen, SFace, align
from generation.faces.yunet import YuNet

MOST_FACES = 4
"""So many of the largest faces of a picture are looked at: with two it isn't of one person."""

LEAST_SCORE = 0.7
"""Least score of a face in a picture that was drawn. What scores less is a pattern, as a rule."""


class Eyes:
    """Any thread may use them. Making them raises generation.faces.shipped.FaceModelDamaged."""

    def __init__(self) -> None:
        cv2.setNumThreads(1)  # a second one saves a tenth, and takes it from what is drawn
        self._yunet = YuNet()
        self._sface = SFace()
        self._reader: TraitReader | None = None
        self._reading = Lock()  # its networks hold what they read

    def look(self, picture: Image.Image) -> list[tuple[Closeup, bytes]]:
        """Find the faces of a picture, the largest first, each with its embedding."""
        view = View(np.asarray(picture.convert("RGB")))
        squares = [RotatedSquare.around(view.pixels, MARGIN)]
        found = search(view.pixels, squares, self._yunet, quarters=1)[:MOST_FACES]
        closer = (Closeup.look(view, square, self._yunet) for square in found)
        faces = [closeup for closeup in closer if closeup and closeup.face.score >= LEAST_SCORE]
        return [(closeup, self._see(closeup).embedding) for closeup in faces]

    def embed_face(self, image: bytes) -> bytes | None:
        """Give the embedding of a Face's image; None where no face is seen in it."""
        with Image.open(BytesIO(image), formats=["PNG"]) as picture:
            seen = self.see(picture)
        return seen.embedding if seen else None

    def read_traits(self, faces: Sequence[bytes]) -> Traits:
        """Read off the images of somebody's Faces what they are drawn with, in the mean of them.

        What no face is seen in, or can't be opened, says nothing.
        """
        return shown_traits(mean_of([self._likely(face) for face in faces]))

    def _likely(self, image: bytes) -> Likely:
        try:
            with Image.open(BytesIO(image), formats=["PNG"]) as picture:
                portrait = picture.convert("RGB")
        except (OSError, ValueError):  # Pillow raises the second of a chunk that is too large
            return {}
        seen = self.see(portrait)
        if seen is None:
            return {}
        with self._reading:
            self._reader = self._reader or TraitReader()
            return self._reader.likely(np.asarray(portrait), seen)

    def see(self, portrait: Image.Image, sides: float = FACE_SIDES) -> Seen | None:
        """See the face of a portrait that was cropped as a Face's image; None where there is none.

        `sides` is the side of the portrait, in lengths of the face.
        """
        view = View(np.asarray(portrait.convert("RGB")))
        edge = len(view.pixels)
        length = edge / sides
        square = RotatedSquare(edge / 2, edge / 2 + length * FACE_UP, length * SIDES)
        closeup = Closeup.look(view, square, self._yunet)
        return self._see(closeup) if closeup else None

    def _see(self, closeup: Closeup) -> Seen:
        return self._sface.see(align(closeup.pixels, closeup.face))
