"""SFace, the face recogniser of OpenCV's model zoo: says who somebody is in 128 numbers."""

from pathlib import Path
from threading import Lock
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.faces.shipped import read_network
from generation.faces.yunet import Detection, Pixels

Vector = NDArray[np.float32]

FILE = "face_recognition_sface_2021dec_int8bq.onnx"

SHA256 = "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee"
"""Checksum of the file in github.com/opencv/opencv_zoo, models/face_recognition_sface (Apache 2.0).
"""

EDGE = 112
"""Pixels of the side that the network reads."""

EYES = 35.3
"""Pixels between the eyes there."""

LENGTH = 128
"""How many numbers an embedding has."""

NUMBER = np.dtype("<f4")
"""What an embedding's bytes are: little-endian, on any machine."""


class SFace:
    """Tells people apart. Any thread may use it. Making one raises FaceModelDamaged.

    It takes a third of a second and 90 MB; the first embedding asks for half of that.
    """

    def __init__(self, file: Path | None = None) -> None:
        model = read_network(FILE, SHA256, file)
        self._net = cv2.FaceRecognizerSF.create("onnx", model, np.empty(0, np.uint8))
        self._lock = Lock()  # the net holds its layers' memory

    def embed(self, picture: Pixels, face: Detection) -> bytes:
        """Give the embedding of a face that was found in an RGB picture."""
        return normalised(self.features(self.align(picture, face))).tobytes()

    def align(self, picture: Pixels, face: Detection) -> Pixels:
        """Lay the eyes, the nose and the mouth where the network expects them: (112, 112, 3)."""
        right, left = face.landmarks[:2]
        scale = min(2 * EYES / max(float(np.hypot(*(left - right))), 1.0), 1.0)
        if scale < 1:  # shrink by area first, because warping alone would skip pixels
            smaller = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            picture = cast("Pixels", smaller)
        row = np.zeros(15, np.float32)
        row[4:14] = face.landmarks.ravel() * scale
        return cast("Pixels", self._net.alignCrop(picture, row))

    def features(self, aligned: Pixels) -> Vector:
        """Give the network's own numbers: the longer the vector, the more it saw of a face."""
        with self._lock:
            found = self._net.feature(cv2.cvtColor(aligned, cv2.COLOR_RGB2BGR))
            return cast("Vector", found[0].copy())


def normalised(vector: Vector) -> Vector:
    """Give it the length 1."""
    return (vector / max(float(np.linalg.norm(vector)), 1e-9)).astype(NUMBER)


def vector_of(embedding: bytes) -> Vector:
    """Read an embedding's bytes. Raises ValueError if they are none."""
    vector = np.frombuffer(embedding, NUMBER)
    if vector.size != LENGTH:
        raise ValueError(f"an embedding has {LENGTH} numbers, not {vector.size}")
    return vector
