"""Looks at a photo for faces, looks at each one closely, and crops the good ones.

The numbers were measured: docs/decisions/0003-what-is-a-good-face.md.
"""

from dataclasses import dataclass
from io import BytesIO
from math import hypot

import cv2
import numpy as np
from PIL import Image

from generation.faces.face import (
    LEAST_SIZE,
    Face,
    FaceBlurred,
    FaceCut,
    FaceTooSmall,
    NoFace,
)
from generation.faces.photo import read_photo
from generation.faces.rotated_square import RotatedSquare
from generation.faces.yunet import Detection, Pixels, YuNet

MARGIN = 0.25
"""Width of the margin that the first look adds around the photo, as a share of the photo's longer
side: YuNet then finds a cut face, whose box reaches over the border."""

FIRST_EDGE = 640
"""Pixels of the first look's side."""

UPRIGHT = 0.9
"""Least score of a face that is surely upright. YuNet takes a face that lies on its side for an
upright one too, but scores it lower."""

CLOSE_EDGE = 400
"""Pixels of the closer look's side. YuNet sees best a face that is 160 of them high."""

CLOSE_SIDES = 2.5
"""Side of the closer look, in lengths of the face: 400 / 160."""

NEAR = 0.25
"""Greatest distance of the face from the middle of the closer look, in lengths of the face."""

LEAST_SHARE = 0.8
"""Least share of the face's box that lies within the photo."""

HALF_AN_EYE = 0.06
"""Least distance of an eye or a corner of the mouth from the photo's border, in lengths of the
face: nearer ones are cut."""

SHARPNESS_EDGE = 80
"""Pixels of a face's side when its sharpness is measured."""

LEAST_SHARPNESS = 0.03
"""Least `measure_sharpness` of a good face."""

PORTRAIT_SIDES = 1.8
"""Side of the portrait, in lengths of the face."""

PORTRAIT_UP = 0.12
"""How far the portrait's middle is above the face's, in lengths of the face: hair needs more room
above the face than the chin below it."""

LARGEST_EDGE = 512
"""Most pixels of a portrait's side."""

SMALLEST_EDGE = 224
"""Least pixels of a portrait's side: the face adapter's image encoder reads so many."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A face that was found in the closer look at `square`."""

    square: RotatedSquare
    face: Detection

    @property
    def size(self) -> float:
        """The face's length in the photo, in pixels."""
        return self.face.length * self.square.side / CLOSE_EDGE

    def square_around_face(self, sides: float, up: float = 0.0) -> RotatedSquare:
        return self.square.lay_over(self.face, CLOSE_EDGE, sides=sides, up=up)


def crop_faces(photo: bytes, yunet: YuNet) -> list[Face]:
    """Find and crop the good faces: see FaceFinder.find."""
    pixels: Pixels = np.asarray(read_photo(photo))
    faces: list[Face] = []
    refusals: list[FaceTooSmall | FaceCut | FaceBlurred] = []
    for sighting in _find_sightings(pixels, yunet):
        try:
            _refuse_bad(pixels, sighting)
            faces.append(_crop_portrait(pixels, sighting))
        except (FaceTooSmall, FaceCut, FaceBlurred) as refusal:
            refusals.append(refusal)
    if not faces:
        raise refusals[0] if refusals else NoFace
    return faces


def _find_sightings(photo: Pixels, yunet: YuNet) -> list[Sighting]:
    """Find all faces, the largest first."""
    square, faces = _look_at_all(photo, yunet)
    closer = (
        _look_closer(photo, square.lay_over(face, FIRST_EDGE, sides=CLOSE_SIDES), yunet)
        for face in faces
    )
    return sorted(filter(None, closer), key=lambda sighting: sighting.size, reverse=True)


def _look_at_all(photo: Pixels, yunet: YuNet) -> tuple[RotatedSquare, list[Detection]]:
    """Look at the whole photo, rotated by quarters until a face is surely upright."""
    looks = []
    for quarters in range(4):
        square = RotatedSquare.around(photo, MARGIN).rotated(quarters)
        faces = yunet.detect(square.crop(photo, FIRST_EDGE))
        score = max((face.score for face in faces), default=0.0)
        if score >= UPRIGHT:
            return square, faces
        looks.append((score, square, faces))
    _, square, faces = max(looks, key=lambda look: look[0])
    return square, faces


def _look_closer(photo: Pixels, square: RotatedSquare, yunet: YuNet) -> Sighting | None:
    """Look again with the face upright, in the middle, at its best size; None: it was no face."""
    faces = yunet.detect(square.crop(photo, CLOSE_EDGE))
    middle = CLOSE_EDGE / 2

    def distance(face: Detection) -> float:
        x, y = face.x + face.width / 2, face.y + face.height / 2
        return hypot(x - middle, y - middle) / face.length

    face = min(faces, key=distance, default=None)
    return Sighting(square, face) if face is not None and distance(face) < NEAR else None


def _refuse_bad(photo: Pixels, sighting: Sighting) -> None:
    if sighting.size < LEAST_SIZE:
        raise FaceTooSmall(size=int(sighting.size), least=LEAST_SIZE)
    if _is_cut(photo, sighting):
        raise FaceCut
    face = sighting.square_around_face(1.0).crop(photo, SHARPNESS_EDGE)
    if measure_sharpness(face) < LEAST_SHARPNESS:
        raise FaceBlurred


def _is_cut(photo: Pixels, sighting: Sighting) -> bool:
    height, width = photo.shape[:2]
    room = sighting.size * HALF_AN_EYE
    points = (sighting.square.to_photo(x, y, CLOSE_EDGE) for x, y in sighting.face.landmarks)
    if any(min(x, y, width - x, height - y) < room for x, y in points):
        return True
    return sighting.square.share_in_photo(photo, sighting.face, CLOSE_EDGE) < LEAST_SHARE


def measure_sharpness(face: Pixels) -> float:
    """Divide the variance of the Laplacian by the variance of grey, so that contrast cancels out.

    The numbers compare only between faces of one size, SHARPNESS_EDGE.
    """
    grey = cv2.cvtColor(face, cv2.COLOR_RGB2GRAY).astype(np.float32)
    contrast = float(grey.var())
    return float(cv2.Laplacian(grey, cv2.CV_32F).var()) / contrast if contrast else 0.0


def _crop_portrait(photo: Pixels, sighting: Sighting) -> Face:
    square = sighting.square_around_face(PORTRAIT_SIDES, PORTRAIT_UP)
    edge = min(max(round(square.side), SMALLEST_EDGE), LARGEST_EDGE)
    file = BytesIO()
    Image.fromarray(square.crop(photo, edge)).save(file, "PNG")
    return Face(file.getvalue(), round(sighting.size), sighting.face.score)
