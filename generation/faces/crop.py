"""Looks twice at a photo: for faces, then at each one closely, and crops the good ones.

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
from generation.faces.rotated_square import Frame
from generation.faces.yunet import Detection, Pixels, YuNet

MARGIN = 0.25
"""Of the photo's longer side, looked at beyond its borders: so a cut face is seen whole."""

FIRST_EDGE = 640
UPRIGHT = 0.9
"""YuNet's score of a face that doesn't lie on its side, which it would take for an upright one."""

CLOSE_EDGE = 400
"""Pixels; a face 160 high in the middle of it is what YuNet sees best."""

CLOSE_SIDES = 2.5
NEAR = 0.25
"""How far from the middle of the closer look the face may be, in its own lengths."""

LEAST_SHARE = 0.8
"""Of the face's box that must lie within the photo."""

HALF_AN_EYE = 0.06
"""Of the face's length: an eye or a corner of the mouth that is nearer to the border is cut."""

SHARPNESS_EDGE = 80
LEAST_SHARPNESS = 0.03

PORTRAIT_SIDES = 1.8
PORTRAIT_UP = 0.12
"""Hair needs more room above the face's box than the chin below it."""

LARGEST_EDGE = 512
SMALLEST_EDGE = 224
"""Pixels; what the face adapter's image encoder reads."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """A face as found in the closer look of `frame`."""

    frame: Frame
    face: Detection

    @property
    def size(self) -> float:
        return self.face.length * self.frame.side / CLOSE_EDGE

    def framed(self, sides: float, up: float = 0.0) -> Frame:
        return self.frame.on(self.face, CLOSE_EDGE, sides=sides, up=up)


def portraits(photo: bytes, yunet: YuNet) -> list[Face]:
    """See FaceFinder.find."""
    pixels: Pixels = np.asarray(read_photo(photo))
    faces: list[Face] = []
    refusals: list[FaceTooSmall | FaceCut | FaceBlurred] = []
    for sighting in _sightings(pixels, yunet):
        try:
            _judge(pixels, sighting)
            faces.append(_portrait(pixels, sighting))
        except (FaceTooSmall, FaceCut, FaceBlurred) as refusal:
            refusals.append(refusal)
    if not faces:
        raise refusals[0] if refusals else NoFace
    return faces


def _sightings(photo: Pixels, yunet: YuNet) -> list[Sighting]:
    """Find all faces, the largest first."""
    frame, faces = _first_look(photo, yunet)
    closer = (
        _closer(photo, frame.on(face, FIRST_EDGE, sides=CLOSE_SIDES), yunet) for face in faces
    )
    return sorted(filter(None, closer), key=lambda sighting: sighting.size, reverse=True)


def _first_look(photo: Pixels, yunet: YuNet) -> tuple[Frame, list[Detection]]:
    """Look at the whole photo, turned by quarters until its faces are plainly upright."""
    looks = []
    for quarters in range(4):
        frame = Frame.around(photo, MARGIN).turned(quarters)
        faces = yunet.detect(frame.cut(photo, FIRST_EDGE))
        score = max((face.score for face in faces), default=0.0)
        if score >= UPRIGHT:
            return frame, faces
        looks.append((score, frame, faces))
    _, frame, faces = max(looks, key=lambda look: look[0])
    return frame, faces


def _closer(photo: Pixels, frame: Frame, yunet: YuNet) -> Sighting | None:
    """Look again with the face upright, in the middle, at its best size: it may be none."""
    faces = yunet.detect(frame.cut(photo, CLOSE_EDGE))
    middle = CLOSE_EDGE / 2

    def away(face: Detection) -> float:
        x, y = face.x + face.width / 2, face.y + face.height / 2
        return hypot(x - middle, y - middle) / face.length

    face = min(faces, key=away, default=None)
    return Sighting(frame, face) if face is not None and away(face) < NEAR else None


def _judge(photo: Pixels, sighting: Sighting) -> None:
    if sighting.size < LEAST_SIZE:
        raise FaceTooSmall(size=int(sighting.size), least=LEAST_SIZE)
    if _is_cut(photo, sighting):
        raise FaceCut
    if sharpness(sighting.framed(1.0).cut(photo, SHARPNESS_EDGE)) < LEAST_SHARPNESS:
        raise FaceBlurred


def _is_cut(photo: Pixels, sighting: Sighting) -> bool:
    height, width = photo.shape[:2]
    room = sighting.size * HALF_AN_EYE
    points = (sighting.frame.to_photo(x, y, CLOSE_EDGE) for x, y in sighting.face.landmarks)
    if any(min(x, y, width - x, height - y) < room for x, y in points):
        return True
    return sighting.frame.share_of_photo(photo, sighting.face, CLOSE_EDGE) < LEAST_SHARE


def sharpness(face: Pixels) -> float:
    """Measure the variance of a face's Laplacian against that of its grey, which is its contrast.

    All faces are measured at one size, SHARPNESS_EDGE: the numbers compare only so.
    """
    grey = cv2.cvtColor(face, cv2.COLOR_RGB2GRAY).astype(np.float32)
    contrast = float(grey.var())
    return float(cv2.Laplacian(grey, cv2.CV_32F).var()) / contrast if contrast else 0.0


def _portrait(photo: Pixels, sighting: Sighting) -> Face:
    frame = sighting.framed(PORTRAIT_SIDES, PORTRAIT_UP)
    edge = min(max(round(frame.side), SMALLEST_EDGE), LARGEST_EDGE)
    file = BytesIO()
    Image.fromarray(frame.cut(photo, edge)).save(file, "PNG")
    return Face(file.getvalue(), round(sighting.size), sighting.face.score)
