"""Looks at a photo for faces, looks at each one closely, and crops the good ones.

The numbers were measured: docs/decisions/0003-what-is-a-good-face.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from math import hypot
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from decoding.picture import Picture
from decoding.unfit import Reason, Unfit
from generation.faces.face import (
    LEAST_SIZE,
    Face,
    FaceBlurred,
    FaceCut,
    FaceTooSmall,
    NoFace,
)
from generation.faces.rotated_square import RotatedSquare
from generation.faces.yunet import Detection, Pixels, YuNet

MARGIN = 0.25
"""Width of the margin that the first look adds around the photo, as a share of the photo's longer
side: YuNet then finds a cut face, whose box reaches over the border."""

FIRST_EDGE = 640
"""Pixels of the first look's side."""

QUARTER = 0.6
"""Side of the second look's squares, as a share of the photo's longer side: they overlap, and show
faces that are too small for the first look."""

REDUCED_EDGE = 2048
"""Most pixels of a side of the photo that is looked at as a whole. What is found is cut out of the
full one."""

FREED = 2
"""A photo that is so many times REDUCED_EDGE is decoded again for each use."""

MOST_FACES = 10
"""So many of the largest faces are looked at closely: nobody pages through more."""

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

CUT_SIDES = 5.0
"""Side of what is cut out of the full photo around a face, in lengths of the face: the closer look
and the portrait fit in, however they are rotated."""

CUT_EDGE = round(LARGEST_EDGE / PORTRAIT_SIDES * CUT_SIDES)
"""Pixels of its side that are enough for the largest portrait."""

SMALLEST_EDGE = 224
"""Least pixels of a portrait's side: the face adapter's image encoder reads so many."""


@dataclass(frozen=True, slots=True)
class View:
    """A photo, or a part of it around a face. One of its pixels is `scale` pixels of the file."""

    pixels: Pixels
    scale: float


@dataclass(frozen=True, slots=True)
class Sighting:
    """A face that was found in the closer look at a `square` of the view."""

    view: View
    square: RotatedSquare
    face: Detection

    @property
    def length(self) -> float:
        """The face's length in the view, in pixels."""
        return self.face.length * self.square.side / CLOSE_EDGE

    @property
    def size(self) -> float:
        """The face's length in the file, in pixels."""
        return self.length * self.view.scale

    def square_around_face(self, sides: float, up: float = 0.0) -> RotatedSquare:
        return self.square.lay_over(self.face, CLOSE_EDGE, sides=sides, up=up)


def crop_faces(photo: bytes, detector: Path | None = None) -> list[Face]:
    """Find and crop the good faces: see FaceFinder.find. Raises decoding.unfit.Unfit."""
    try:
        return _crop_faces(Picture(photo), _yunet(detector))
    except cv2.error as error:
        if error.code == cv2.Error.StsNoMem:
            raise Unfit(Reason.TOO_HARD) from error
        raise


def _crop_faces(picture: Picture, yunet: YuNet) -> list[Face]:
    faces: list[Face] = []
    refusals: list[FaceTooSmall | FaceCut | FaceBlurred] = []
    for sighting in _find_sightings(picture, yunet):
        try:
            _refuse_bad(sighting)
            faces.append(_crop_portrait(sighting))
        except (FaceTooSmall, FaceCut, FaceBlurred) as refusal:
            refusals.append(refusal)
    if not faces:
        raise refusals[0] if refusals else NoFace
    return faces


@cache
def _yunet(detector: Path | None) -> YuNet:
    cv2.setNumThreads(1)  # a second one saves a tenth, and waits where an album is being drawn
    return YuNet(detector)


def _find_sightings(picture: Picture, yunet: YuNet) -> list[Sighting]:
    """Find all faces, the largest first."""
    reduced = np.asarray(picture.whole(REDUCED_EDGE))
    whole = View(reduced, max(picture.size) / max(reduced.shape))
    if whole.scale > FREED:
        picture.free()  # a large photo and a look at it take too much memory together
    for squares in _squares(whole):
        surroundings = [_cut_out(picture, whole, face) for face in _look(reduced, squares, yunet)]
        picture.free()
        closer = (_look_closer(view, square, yunet) for view, square in surroundings)
        if sightings := list(filter(None, closer)):
            return sorted(sightings, key=lambda sighting: sighting.size, reverse=True)
    return []


def _squares(whole: View) -> Iterator[list[RotatedSquare]]:
    """Give the squares to look at: all of the photo, and then its quarters if it was reduced."""
    photo = RotatedSquare.around(whole.pixels, MARGIN)
    yield [photo]
    if whole.scale > 1:
        longer = max(whole.pixels.shape)
        offsets = (-longer * (1 - QUARTER) / 2, longer * (1 - QUARTER) / 2)
        yield [
            replace(photo, x=photo.x + across, y=photo.y + down, side=longer * QUARTER)
            for across in offsets
            for down in offsets
        ]


def _look(photo: Pixels, squares: list[RotatedSquare], yunet: YuNet) -> list[RotatedSquare]:
    """Give a square around each of the largest faces; rotate until a face is surely upright."""
    looks = []
    for quarters in range(4):
        faces = [
            (face.score, square.lay_over(face, FIRST_EDGE, sides=CLOSE_SIDES))
            for square in (square.rotated(quarters) for square in squares)
            for face in yunet.detect(square.crop(photo, FIRST_EDGE))
        ]
        score = max((score for score, _ in faces), default=0.0)
        looks.append((score, [square for _, square in faces]))
        if score >= UPRIGHT:
            break
    _, found = max(looks, key=lambda look: look[0])
    return _largest(found)


def _largest(squares: list[RotatedSquare]) -> list[RotatedSquare]:
    """Leave out what was seen twice, where two quarters overlap."""
    kept: list[RotatedSquare] = []
    for square in sorted(squares, key=lambda square: square.side, reverse=True):
        near = square.side / CLOSE_SIDES / 2
        if all(hypot(square.x - other.x, square.y - other.y) > near for other in kept):
            kept.append(square)
        if len(kept) == MOST_FACES:
            break
    return kept


def _cut_out(picture: Picture, whole: View, square: RotatedSquare) -> tuple[View, RotatedSquare]:
    """Give the face's surroundings as sharp as a portrait needs them, and the square in them."""
    half = square.side / CLOSE_SIDES * CUT_SIDES / 2
    if whole.scale <= 1 or 2 * half >= CUT_EDGE:
        return whole, square
    width, height = picture.size
    left, right = (round((square.x + side) * whole.scale) for side in (-half, half))
    top, bottom = (round((square.y + side) * whole.scale) for side in (-half, half))
    box = (max(left, 0), max(top, 0), min(right, width), min(bottom, height))
    part = np.asarray(picture.part(box, CUT_EDGE))
    scale = max(box[2] - box[0], box[3] - box[1]) / max(part.shape)
    finer = whole.scale / scale
    return View(part, scale), replace(
        square,
        x=square.x * finer - box[0] / scale,
        y=square.y * finer - box[1] / scale,
        side=square.side * finer,
    )


def _look_closer(view: View, square: RotatedSquare, yunet: YuNet) -> Sighting | None:
    """Look again with the face upright, in the middle, at its best size; None: it was no face."""
    faces = yunet.detect(square.crop(view.pixels, CLOSE_EDGE))
    middle = CLOSE_EDGE / 2

    def distance(face: Detection) -> float:
        x, y = face.x + face.width / 2, face.y + face.height / 2
        return hypot(x - middle, y - middle) / face.length

    face = min(faces, key=distance, default=None)
    return Sighting(view, square, face) if face is not None and distance(face) < NEAR else None


def _refuse_bad(sighting: Sighting) -> None:
    if sighting.size < LEAST_SIZE:
        raise FaceTooSmall(size=int(sighting.size), least=LEAST_SIZE)
    if _is_cut(sighting):
        raise FaceCut
    face = sighting.square_around_face(1.0).crop(sighting.view.pixels, SHARPNESS_EDGE)
    if measure_sharpness(face) < LEAST_SHARPNESS:
        raise FaceBlurred


def _is_cut(sighting: Sighting) -> bool:
    photo = sighting.view.pixels
    height, width = photo.shape[:2]
    room = sighting.length * HALF_AN_EYE
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


def _crop_portrait(sighting: Sighting) -> Face:
    square = sighting.square_around_face(PORTRAIT_SIDES, PORTRAIT_UP)
    edge = min(max(round(square.side), SMALLEST_EDGE), LARGEST_EDGE)
    file = BytesIO()
    Image.fromarray(square.crop(sighting.view.pixels, edge)).save(file, "PNG")
    return Face(file.getvalue(), round(sighting.size), sighting.face.score)
