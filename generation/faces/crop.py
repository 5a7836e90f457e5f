"""Crops the good faces out of a photo, and says what is known of each.

The numbers were measured: docs/decisions/0003-what-is-a-good-face.md.
"""

from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from decoding.limits import computing_left
from decoding.picture import Picture
from decoding.unfit import Reason, Unfit
from generation.faces.blindness import Blindness
from generation.faces.closeup import EDGE, Closeup
from generation.faces.face import (
    FACE_SIDES,
    FACE_UP,
    LEAST_SIZE,
    Face,
    FaceBlurred,
    FaceCut,
    FaceTooSmall,
    NoFace,
)
from generation.faces.flaws import find_flaws, measure_room, measure_share
from generation.faces.looks import PORTRAIT_SIDES, read_draft
from generation.faces.search import find_closeups
from generation.faces.sface import EDGE as SFACE_EDGE
from generation.faces.sface import SFace, align
from generation.faces.sharpness import measure_sharpness, measure_steadiness
from generation.faces.yunet import YuNet

LEAST_SHARE = 0.8
"""Least `measure_share` of a face that isn't cut."""

HALF_AN_EYE = 0.06
"""Least `measure_room` of a face that isn't cut."""

LEAST_SHARPNESS = 0.03
"""Least `measure_sharpness` of a good face."""

LEAST_STEADINESS = 0.006
"""Least `measure_steadiness` of one. Of 125 photographs of people the least was 0.010."""

MOST_JUDGED = 3
"""So many of the largest faces get their flaws and traits: each takes a quarter of a second, and of
a crowd's photo it is one of these that its sender wants."""

A_FACE_S = 0.4
"""Seconds of computing that a face takes at most."""

LARGEST_EDGE = 512
"""Most pixels of a portrait's side."""

SMALLEST_EDGE = 224
"""Least pixels of a portrait's side: the face adapter's image encoder reads so many."""


def prepare() -> None:
    """Load the networks, and have them take their memory: see decoding.child."""
    nothing = np.zeros((EDGE, EDGE, 3), np.uint8)
    _yunet(None).detect(nothing)
    read_draft(nothing, _sface().see(nothing[:SFACE_EDGE, :SFACE_EDGE]))


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
    for closeup in find_closeups(picture, yunet, LARGEST_EDGE / FACE_SIDES):
        if faces and computing_left() < A_FACE_S:  # of a crowd the largest are enough
            break
        try:
            _refuse_bad(closeup)
            faces.append(_crop_face(closeup, judged=len(faces) < MOST_JUDGED))
        except (FaceTooSmall, FaceCut, FaceBlurred) as refusal:
            refusals.append(refusal)
    if not faces:
        raise refusals[0] if refusals else NoFace
    return faces


@cache
def _yunet(detector: Path | None) -> YuNet:
    cv2.setNumThreads(1)  # a second one saves a tenth, and waits where an album is being drawn
    return YuNet(detector)


@cache
def _sface() -> SFace:
    return SFace()


def _refuse_bad(closeup: Closeup) -> None:
    if closeup.size < LEAST_SIZE:
        raise FaceTooSmall(size=int(closeup.size), least=LEAST_SIZE)
    if _is_cut(closeup):
        raise FaceCut
    blurred = measure_sharpness(closeup) < LEAST_SHARPNESS
    if blurred or measure_steadiness(closeup) < LEAST_STEADINESS:
        raise FaceBlurred


def _is_cut(closeup: Closeup) -> bool:
    return measure_room(closeup) < HALF_AN_EYE or measure_share(closeup) < LEAST_SHARE


def _crop_face(closeup: Closeup, *, judged: bool) -> Face:
    sface = _sface()
    seen = sface.see(align(closeup.pixels, closeup.face))
    face = Face(
        image=_image(closeup),
        size=round(closeup.size),
        score=closeup.face.score,
        embedding=seen.embedding,
    )
    if not judged:
        return face
    flaws = find_flaws(closeup, Blindness(sface, seen))
    square = closeup.square_around_face(FACE_SIDES, FACE_UP)
    portrait = square.crop(closeup.view.pixels, max(PORTRAIT_SIDES))
    return replace(face, flaws=flaws, draft=read_draft(portrait, seen))


def _image(closeup: Closeup) -> bytes:
    """Write the PNG: where the photo ended its colours go on, under alpha 0."""
    square = closeup.square_around_face(FACE_SIDES, FACE_UP)
    edge = min(max(round(square.side), SMALLEST_EDGE), LARGEST_EDGE)
    pixels = square.crop(closeup.view.pixels, edge)
    alpha = square.cover(closeup.view.pixels, edge)
    file = BytesIO()
    Image.fromarray(np.dstack([pixels, alpha])).save(file, "PNG", compress_level=1)
    return file.getvalue()
