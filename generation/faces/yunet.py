"""YuNet, the face detector of OpenCV's model zoo."""

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.faces.shipped import read_network

Pixels = NDArray[np.uint8]
"""An RGB picture: (height, width, 3)."""

Points = NDArray[np.float32]
"""Points of a picture, in pixels: (n, 2), x before y."""

FILE = "face_detection_yunet_2023mar_int8bq.onnx"

SHA256 = "49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10"
"""Checksum of the file in github.com/opencv/opencv_zoo, models/face_detection_yunet (MIT)."""

THRESHOLD = 0.5
"""Least score of a detection. A higher one would miss half-cut faces, whose owners should learn
what is wrong."""


@dataclass(frozen=True, slots=True)
class Detection:
    """A face's box in a picture, in pixels; it may reach over the picture's border.

    `landmarks`, (5, 2), are the eye at the left of the picture, the other eye, the tip of the
    nose, the corner of the mouth at the left, the other corner. `score` is 0 to 1.
    """

    x: float
    y: float
    width: float
    height: float
    landmarks: Points
    score: float

    @property
    def length(self) -> float:
        return max(self.width, self.height)


class YuNet:
    """Finds faces of some 20 to 400 pixels, the sizes that it was trained on.

    Any thread may use it. Making one raises FaceModelDamaged.
    """

    def __init__(self, file: Path | None = None) -> None:
        model = read_network(FILE, SHA256, file)
        no_config = np.empty(0, np.uint8)
        self._net = cv2.FaceDetectorYN.create("onnx", model, no_config, (0, 0), THRESHOLD)
        self._lock = Lock()  # the net holds the input size and its layers' memory

    def detect(self, picture: Pixels) -> list[Detection]:
        height, width = picture.shape[:2]
        with self._lock:
            self._net.setInputSize((width, height))
            _, rows = self._net.detect(cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
        return [_parse(row) for row in (rows if rows is not None else ())]


def _parse(row: NDArray[np.float32]) -> Detection:
    x, y, width, height = (float(value) for value in row[:4])
    return Detection(x, y, width, height, row[4:14].reshape(5, 2), float(row[14]))
