"""Finds faces in pictures of our own, and says whose they are, with OpenCV.

Not for strangers' files: those are opened in a child process, see generation.faces.finder.
"""

from io import BytesIO

import cv2
import numpy as np
from PIL import Image

from generation.faces.closeup import SIDES, Closeup, View
from generation.faces.face import FACE_SIDES, FACE_UP
from generation.faces.rotated_square import RotatedSquare
from generation.faces.search import MARGIN, search
from generation.faces.sface import SFace
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

    def look(self, picture: Image.Image) -> list[tuple[Closeup, bytes]]:
        """Find the faces of a picture, the largest first, each with its embedding."""
        view = View(np.asarray(picture.convert("RGB")))
        squares = [RotatedSquare.around(view.pixels, MARGIN)]
        found = search(view.pixels, squares, self._yunet, quarters=1)[:MOST_FACES]
        closer = (Closeup.look(view, square, self._yunet) for square in found)
        faces = [closeup for closeup in closer if closeup and closeup.face.score >= LEAST_SCORE]
        return [(closeup, self._embed(closeup)) for closeup in faces]

    def embed_face(self, image: bytes) -> bytes | None:
        """Give the embedding of a Face's image; None where no face is seen in it."""
        with Image.open(BytesIO(image), formats=["PNG"]) as picture:
            view = View(np.asarray(picture.convert("RGB")))
        edge = len(view.pixels)
        length = edge / FACE_SIDES
        square = RotatedSquare(edge / 2, edge / 2 + length * FACE_UP, length * SIDES)
        closeup = Closeup.look(view, square, self._yunet)
        return self._embed(closeup) if closeup else None

    def _embed(self, closeup: Closeup) -> bytes:
        return self._sface.embed(closeup.pixels, closeup.face)
