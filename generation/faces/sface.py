"""SFace, the face recogniser of OpenCV's model zoo: says who somebody is in 128 numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.faces.shipped import read_network
from generation.faces.yunet import Detection, Pixels

Vector = NDArray[np.float32]
Maps = NDArray[np.float32]

FILE = "face_recognition_sface_2021dec_int8bq.onnx"

SHA256 = "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee"
"""Checksum of the file in github.com/opencv/opencv_zoo, models/face_recognition_sface (Apache 2.0).
"""

EDGE = 112
"""Pixels of the side that the network reads."""

EYES = 35.3
"""Pixels between the eyes there."""

PLACES = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655],
     [70.7299, 92.2041]]
)  # fmt: skip
"""Where the landmarks lie there: those of ArcFace (Deng et al., 2019), in OpenCV's alignCrop too.
"""

LENGTH = 128
"""How many numbers an embedding has."""

NUMBER = np.dtype("<f4")
"""What an embedding's bytes are: little-endian, on any machine."""

LAYERS = ("conv_6_relu", "conv_12_relu")
"""The layers whose maps are kept: an early one, which sees edges and colours, (256, 28, 28), and a
late one, which sees parts of faces, (512, 14, 14)."""

CHANNELS = 256 + 512
"""Maps of both together."""

GRID = 7
"""Cells of a map's side, once it is reduced."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A face as SFace read it, and what it made of it.

    `aligned` are the pixels, (EDGE, EDGE, 3). `features` are the network's own LENGTH numbers: the
    longer that vector, the more it saw of a face. `maps`, (CHANNELS, GRID, GRID), are what LAYERS
    saw on the way there: glasses and beards too, which say little of who it is.
    """

    aligned: Pixels
    features: Vector
    maps: Maps

    @property
    def embedding(self) -> bytes:
        return normalised(self.features).tobytes()


class SFace:
    """Tells people apart. Any thread may use it. Making one raises FaceModelDamaged.

    It takes a third of a second and 90 MB; the first embedding asks for half of that.
    """

    def __init__(self, file: Path | None = None) -> None:
        # OpenCV's FaceRecognizerSF is this network too, but shows nobody its layers.
        self._net = cv2.dnn.readNetFromONNX(read_network(FILE, SHA256, file))
        self._outputs = [self._named(layer) for layer in LAYERS]
        self._outputs += self._net.getUnconnectedOutLayersNames()
        self._lock = Lock()  # the net holds its layers' memory

    def see(self, aligned: Pixels) -> Seen:
        """Look at a face that is aligned."""
        *maps, features = self._run(aligned, self._outputs)
        return Seen(aligned, features, np.concatenate([_reduced(one) for one in maps]))

    def features(self, aligned: Pixels) -> Vector:
        """Give the numbers alone, which is a little quicker."""
        (features,) = self._run(aligned, self._outputs[-1:])
        return features

    def _run(self, aligned: Pixels, outputs: Sequence[str]) -> list[NDArray[np.float32]]:
        """Run the network; give copies of what it holds."""
        with self._lock:
            self._net.setInput(cv2.dnn.blobFromImage(aligned))
            return [one[0].copy() for one in self._net.forward(outputs)]

    def _named(self, layer: str) -> str:
        """Give OpenCV's name of a layer: it writes where it comes from before it."""
        named = (str(name) for name in self._net.getLayerNames() if name.endswith(layer))
        return next(named, layer)  # OpenCV says so where there is no such layer


def align(picture: Pixels, face: Detection) -> Pixels:
    """Lay a face's landmarks where the network expects them: (EDGE, EDGE, 3)."""
    landmarks = face.landmarks.astype(np.float64)
    right, left = landmarks[:2]
    scale = min(2 * EYES / max(float(np.hypot(*(left - right))), 1.0), 1.0)
    if scale < 1:  # shrink by area first, because warping alone would skip pixels
        smaller = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        picture = cast("Pixels", smaller)
    return cast("Pixels", cv2.warpAffine(picture, _movement(landmarks * scale), (EDGE, EDGE)))


def normalised(vector: Vector) -> Vector:
    """Give it the length 1."""
    return (vector / max(float(np.linalg.norm(vector)), 1e-9)).astype(NUMBER)


def vector_of(embedding: bytes) -> Vector:
    """Read an embedding's bytes. Raises ValueError if they are none."""
    vector = np.frombuffer(embedding, NUMBER)
    if vector.size != LENGTH:
        raise ValueError(f"an embedding has {LENGTH} numbers, not {vector.size}")
    return vector


def _movement(landmarks: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the turn, the scale and the shift, (2, 3), that bring landmarks nearest to PLACES.

    Points of a plane are complex numbers here, and a turn with a scale is a factor: that of least
    squares is the one of a line through the origin.
    """
    here, there = (points @ (1, 1j) for points in (landmarks, PLACES))
    away = here - here.mean()
    factor = np.vdot(away, there) / max(np.vdot(away, away).real, 1e-9)
    shift = there.mean() - factor * here.mean()
    return np.array(
        [[factor.real, -factor.imag, shift.real], [factor.imag, factor.real, shift.imag]]
    )


def _reduced(maps: Maps) -> Maps:
    """Average (channels, side, side) over GRID cells a side."""
    cell = maps.shape[1] // GRID
    cells = maps.reshape(len(maps), GRID, cell, GRID, cell)
    return cast("Maps", cells.mean(axis=(2, 4)))
