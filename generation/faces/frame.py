"""Cuts out of a stored face what a model's face adapter wants to see. Imports OpenCV.

The numbers were measured: docs/decisions/0021-the-frame.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from math import atan2, cos, hypot, sin
from pathlib import Path
from typing import cast

import cv2
import numpy as np
from PIL import Image

from generation.faces.rotated_square import RotatedSquare
from generation.faces.yunet import Detection, Pixels, Points, YuNet

LOOKS = (400, 448, 512)
"""Sides of the stored face in which the detector looks, in pixels. A single look errs by a tenth
of the eyes' distance and more, in smaller pictures always to the same side if the head is turned:
so the median of several is taken, each mirrored too."""

MOUTH_DOWN = 1.02
"""Distance of the mouth from the eyes in a face that looks at the camera, in distances of the eyes.
"""

NEAR_SIDE, FAR_SIDE = 1.04, 0.96
"""Greatest and least distance of the eyes, in multiples of what the frame wants."""

NEAREST = 1.075
"""The greatest, if the photo holds too little for the frame."""

MOST_BORDER = 0.08
"""Share of border from which on a frame is made smaller."""

SIZES = 5
"""Number of sizes that are tried for that."""

PROFILE = 0.8
"""Least side of a frame, as a share of what the eyes' distance from the mouth asks for: a head in
profile has hardly a distance of the eyes, and would be cut down to its nose."""

UP = 0.14
"""How far the frame's middle is above the middle of eyes and mouth, in sides, where ArcFace's
alignment has it: forehead above, chin below."""

REACH = 0.12
"""How far a frame may be moved to hold less border, in sides: the mouth stays in it."""

PULL = 0.3
"""Share of border that is worth as much as a whole side of moving: a frame moves no farther than
it gains."""

CELLS = 100
"""Cells along a frame's side, in which its border is counted."""

LEAST_EDGE, LARGEST_EDGE = 224, 512
"""Pixels of a cut's side: as many as the adapter's image encoder reads, and as a face has."""

EYES, MOUTH, EYE_DISTANCE = (0.5, 0.497), (0.5, 0.696), 0.19
"""Where they are in a stored face that the detector can't read, as shares of its side."""

NEAR = 0.15
"""Greatest distance of the eyes that are looked for from where they usually are, in sides."""


@dataclass(frozen=True, slots=True)
class Features:
    """The middle of the eyes and of the mouth, and the eyes' distance, in pixels of a picture.

    `tilt` is the head's angle, clockwise, in radians.
    """

    eyes: tuple[float, float]
    mouth: tuple[float, float]
    eye_distance: float
    tilt: float = 0.0

    @classmethod
    def of(cls, landmarks: Points) -> "Features":
        """Take them from a detection's; the angle as FFHQ was aligned, see `RotatedSquare`."""
        left, right, _, mouth_left, mouth_right = landmarks.astype(float)
        eyes, mouth = (left + right) / 2, (mouth_left + mouth_right) / 2
        across, down = right - left, mouth - eyes
        tilt = atan2(across[1] - down[0], across[0] + down[1])
        return cls((eyes[0], eyes[1]), (mouth[0], mouth[1]), hypot(*across), tilt)

    @classmethod
    def usual(cls, side: int) -> "Features":
        """Say where they are in a stored face of `side` pixels."""
        eyes, mouth = ((x * side, y * side) for x, y in (EYES, MOUTH))
        return cls(eyes, mouth, EYE_DISTANCE * side)

    def frames(self, eye_distance: float) -> Iterator[RotatedSquare]:
        """Lay frames over them in which the eyes are about `eye_distance` of the side apart.

        The first is the best, the others are smaller and smaller.
        """
        wide = self.eye_distance / eye_distance
        tall = hypot(self.mouth[0] - self.eyes[0], self.mouth[1] - self.eyes[1])
        tall /= MOUTH_DOWN * eye_distance
        # A head that is turned looks narrow, one that nods looks short.
        best = min(max((wide + tall) / 2, wide / NEAR_SIDE), wide / FAR_SIDE)
        best = max(best, PROFILE * tall)
        for side in np.linspace(best, min(wide / NEAREST, best), SIZES):
            x = (self.eyes[0] + self.mouth[0]) / 2 + sin(self.tilt) * side * UP
            y = (self.eyes[1] + self.mouth[1]) / 2 - cos(self.tilt) * side * UP
            yield RotatedSquare(x, y, float(side), self.tilt)


def cut(face: bytes, eye_distance: float, detector: Path | None = None) -> Image.Image:
    """Cut a frame out of a stored face, a PNG file, as an RGB picture.

    The eyes are about `eye_distance` of its side apart; it is moved to where the photo holds most
    of it. `detector` is YuNet's file; None: the one that is shipped. Raises
    generation.faces.shipped.FaceModelDamaged.
    """
    stored = Image.open(BytesIO(face), formats=("PNG",)).convert("RGBA")
    pixels = np.asarray(stored)
    portrait, alpha = (np.ascontiguousarray(pixels[..., part]) for part in (slice(3), 3))
    square, _ = lay_frame(alpha, find_features(portrait, detector), eye_distance)
    edge = min(max(round(square.side), LEAST_EDGE), LARGEST_EDGE)
    return Image.fromarray(square.crop(portrait, edge))


def lay_frame(
    alpha: Pixels, features: Features, eye_distance: float
) -> tuple[RotatedSquare, float]:
    """Lay a frame over the face, and say what share of its area is border.

    `alpha` is 0 where the photo had ended.
    """
    settled = [_settle(alpha, square) for square in features.frames(eye_distance)]
    few = (one for one in settled if one[1] <= MOST_BORDER)
    return next(few, settled[-1])


def _settle(alpha: Pixels, square: RotatedSquare) -> tuple[RotatedSquare, float]:
    """Move the square to where it holds least border, and say what share of its area."""
    reach = round(CELLS * REACH)
    around = replace(square, side=square.side * (1 + 2 * reach / CELLS))
    # Beyond the stored face there is border, too: a crop repeats the pixels at its edge.
    held = np.pad((alpha > 0).astype(np.uint8) * 255, 1)
    seen = replace(around, x=around.x + 1, y=around.y + 1).crop(held, CELLS + 2 * reach)
    sums = cv2.integral(seen) / 255
    inside = sums[CELLS:, CELLS:] - sums[:-CELLS, CELLS:] - sums[CELLS:, :-CELLS]
    border = 1 - (inside + sums[:-CELLS, :-CELLS]) / CELLS**2
    steps = np.arange(-reach, reach + 1) / CELLS
    cost = border + PULL * np.hypot(steps[:, None], steps[None, :])
    row, column = np.unravel_index(int(cost.argmin()), cost.shape)
    across, down = (float(steps[k]) * square.side for k in (column, row))
    c, s = cos(square.angle), sin(square.angle)
    moved = replace(square, x=square.x + c * across - s * down, y=square.y + s * across + c * down)
    return moved, float(border[row, column])


def find_features(portrait: Pixels, detector: Path | None = None) -> Features:
    """Find the face that the portrait was cut around; else say where it usually is.

    Raises generation.faces.shipped.FaceModelDamaged.
    """
    yunet, side = _yunet(detector), len(portrait)
    looks = [
        look
        for edge in LOOKS
        for mirrored in (False, True)
        if (look := _look(portrait, edge, yunet, mirrored=mirrored)) is not None
    ]
    return Features.of(np.median(looks, axis=0) * side) if looks else Features.usual(side)


def _look(portrait: Pixels, edge: int, yunet: YuNet, *, mirrored: bool) -> Points | None:
    """Give the landmarks of the face in the middle, as shares of the portrait's side."""
    seen = cast("Pixels", cv2.resize(portrait, (edge, edge), interpolation=cv2.INTER_AREA))
    if mirrored:
        seen = np.ascontiguousarray(seen[:, ::-1])

    def distance(face: Detection) -> float:
        x, y = (face.landmarks[0] + face.landmarks[1]) / 2 / edge
        return hypot(x - EYES[0], y - EYES[1])

    face = min(yunet.detect(seen), key=distance, default=None)
    if face is None or distance(face) > NEAR:
        return None
    found = face.landmarks / np.float32(edge)
    return _mirrored(found) if mirrored else found


def _mirrored(landmarks: Points) -> Points:
    """Mirror them as shares of a side; what was at the left is at the right then."""
    right_eye, left_eye, nose, mouth_right, mouth_left = landmarks * (-1, 1) + (1, 0)
    return np.array([left_eye, right_eye, nose, mouth_left, mouth_right], np.float32)


@cache
def _yunet(detector: Path | None) -> YuNet:
    cv2.setNumThreads(1)  # the face is small, and somebody else may be drawing
    return YuNet(detector)
