"""How sharp a face is: out of focus, and moved."""

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.faces.closeup import Closeup

FACE_EDGE = 80
"""Pixels of a face's side when it is measured, so that faces of all sizes compare."""

ALONG = (
    np.array([[1, -2, 1]], np.float32),
    np.array([[1], [-2], [1]], np.float32),
    np.array([[0, 0, 1], [0, -2, 0], [1, 0, 0]], np.float32),
    np.array([[1, 0, 0], [0, -2, 0], [0, 0, 1]], np.float32),
)
"""Second derivatives along four directions."""


def measure_sharpness(closeup: Closeup) -> float:
    """Divide the variance of the Laplacian by that of grey, so that contrast cancels out."""
    grey = _grey(closeup)
    return _over_contrast(cv2.Laplacian(grey, cv2.CV_32F), grey)


def measure_steadiness(closeup: Closeup) -> float:
    """Measure the same along one direction: that of which least is left, as along a movement."""
    grey = _grey(closeup)
    return min(_over_contrast(cv2.filter2D(grey, -1, along), grey) for along in ALONG)


def _grey(closeup: Closeup) -> NDArray[np.float32]:
    face = closeup.square_around_face(1.0).crop(closeup.view.pixels, FACE_EDGE)
    return cv2.cvtColor(face, cv2.COLOR_RGB2GRAY).astype(np.float32)


def _over_contrast(detail: NDArray[np.generic], grey: NDArray[np.float32]) -> float:
    contrast = float(grey.var())
    return float(detail.var()) / contrast if contrast else 0.0
