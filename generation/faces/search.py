"""Searches a photo for faces."""

from collections.abc import Iterator
from dataclasses import replace
from math import hypot
from operator import itemgetter

import numpy as np

from decoding.picture import Picture
from generation.faces.closeup import SIDES, Closeup, View
from generation.faces.rotated_square import RotatedSquare
from generation.faces.yunet import Pixels, YuNet

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
"""Least score of a face that is surely upright, if it scores no higher upside down. YuNet takes a
face that lies on its side for an upright one too, but scores it lower: surely so where it looks
closely. A face that leans back scores low at the first look."""

CUT_SIDES = 5.0
"""Side of what is cut out of the full photo around a face, in lengths of the face: the closer look
and the portrait fit in, however they are rotated."""


def find_closeups(picture: Picture, yunet: YuNet, face_edge: float) -> list[Closeup]:
    """Find all faces, the largest first. Nobody needs one longer than `face_edge` pixels."""
    reduced = np.asarray(picture.whole(REDUCED_EDGE))
    whole = View(reduced, max(picture.size) / max(reduced.shape))
    if whole.scale > FREED:
        picture.free()  # a large photo and a look at it take too much memory together
    for squares in _squares(whole):
        found = search(reduced, squares, yunet)
        surroundings = [_cut_out(picture, whole, square, face_edge) for square in found]
        picture.free()
        closer = (Closeup.look(view, square, yunet) for view, square in surroundings)
        if closeups := list(filter(None, closer)):
            return sorted(closeups, key=lambda closeup: closeup.size, reverse=True)
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


def search(
    photo: Pixels, squares: list[RotatedSquare], yunet: YuNet, quarters: int = 4
) -> list[RotatedSquare]:
    """Give a square around each of the largest faces; rotate until a face is surely upright."""
    looks: list[tuple[float, list[RotatedSquare]]] = []
    for quarter in range(quarters):
        faces = [
            (face.score, square.lay_over(face, FIRST_EDGE, sides=SIDES))
            for square in (square.rotated(quarter) for square in squares)
            for face in yunet.detect(square.crop(photo, FIRST_EDGE))
        ]
        if not faces:
            continue
        if quarters == 1:
            return _largest([square for _, square in faces])
        score, best = max(faces, key=itemgetter(0))
        closer = _closer_score(photo, best, yunet)
        looks.append((closer, [square for _, square in faces]))
        if score >= UPRIGHT and 0 < closer >= _closer_score(photo, best.rotated(2), yunet):
            break
    _, found = max(looks, key=itemgetter(0), default=(0.0, []))
    return _largest(found)


def _closer_score(photo: Pixels, square: RotatedSquare, yunet: YuNet) -> float:
    closeup = Closeup.look(View(photo), square, yunet)
    return closeup.face.score if closeup else 0.0


def _largest(squares: list[RotatedSquare]) -> list[RotatedSquare]:
    """Leave out what was seen twice, where two quarters overlap."""
    kept: list[RotatedSquare] = []
    for square in sorted(squares, key=lambda square: square.side, reverse=True):
        near = square.side / SIDES / 2
        if all(hypot(square.x - other.x, square.y - other.y) > near for other in kept):
            kept.append(square)
        if len(kept) == MOST_FACES:
            break
    return kept


def _cut_out(
    picture: Picture, whole: View, square: RotatedSquare, face_edge: float
) -> tuple[View, RotatedSquare]:
    """Give the face's surroundings as sharp as they are needed, and the square in them."""
    half = square.side / SIDES * CUT_SIDES / 2
    edge = round(face_edge * CUT_SIDES)
    if whole.scale <= 1 or 2 * half >= edge:
        return whole, square
    width, height = picture.size
    left, right = (round((square.x + side) * whole.scale) for side in (-half, half))
    top, bottom = (round((square.y + side) * whole.scale) for side in (-half, half))
    box = (max(left, 0), max(top, 0), min(right, width), min(bottom, height))
    part = np.asarray(picture.part(box, edge))
    scale = max(box[2] - box[0], box[3] - box[1]) / max(part.shape)
    finer = whole.scale / scale
    return View(part, scale), replace(
        square,
        x=square.x * finer - box[0] / scale,
        y=square.y * finer - box[1] / scale,
        side=square.side * finer,
    )
