"""The face recogniser, and what it sees on the way to its numbers."""

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from generation.faces.sface import (
    CHANNELS,
    EDGE,
    FILE,
    GRID,
    LENGTH,
    SHA256,
    SFace,
    align,
)
from generation.faces.shipped import read_network
from generation.faces.yunet import Detection, Pixels, YuNet
from tests.support.photographs import Picture, astronaut, hopper

PEOPLE = pytest.mark.parametrize("picture", [astronaut, hopper])


def found(picture: Picture) -> tuple[Pixels, Detection]:
    """Shrink a photograph until its face needs no shrinking, and find it."""
    pixels = np.asarray(picture.resize((picture.width * 2 // 5, picture.height * 2 // 5)))
    (face,) = YuNet().detect(pixels)
    return pixels, face


@PEOPLE
def test_it_aligns_and_reads_as_opencvs_own_recogniser(picture: Callable[[], Picture]) -> None:
    """Embeddings that were stored before stay comparable."""
    pixels, face = found(picture())
    theirs = cv2.FaceRecognizerSF.create("onnx", read_network(FILE, SHA256), np.empty(0, np.uint8))
    row = np.zeros(15, np.float32)
    row[4:14] = face.landmarks.ravel()
    aligned = align(pixels, face)
    assert np.abs(theirs.alignCrop(pixels, row).astype(int) - aligned).mean() < 0.01
    expected = theirs.feature(cv2.cvtColor(aligned, cv2.COLOR_RGB2BGR))[0]
    assert np.allclose(SFace().see(aligned).features, expected, atol=1e-3)


@PEOPLE
def test_a_large_face_is_aligned_as_a_small_one(picture: Callable[[], Picture]) -> None:
    """A hundred megapixels of a face are the same face."""
    pixels, face = found(picture())
    large = np.asarray(cv2.resize(pixels, None, fx=4, fy=4), np.uint8)
    landmarks = 4 * face.landmarks + 1.5  # the middle of a pixel is that of 4 x 4
    enlarged = Detection(0, 0, 4 * face.width, 4 * face.height, landmarks, face.score)
    assert np.abs(align(large, enlarged).astype(int) - align(pixels, face)).mean() < 4


def test_landmarks_in_one_point_break_nothing() -> None:
    """Of a pattern the detector may say anything."""
    nowhere = Detection(0, 0, 5, 5, np.full((5, 2), 3, np.float32), 0.9)
    assert align(np.zeros((9, 9, 3), np.uint8), nowhere).shape == (EDGE, EDGE, 3)


@PEOPLE
def test_what_was_seen_stays_as_it_is(picture: Callable[[], Picture]) -> None:
    """The network's memory is its own: another face changes nothing that was given before."""
    sface, aligned = SFace(), align(*found(picture()))
    seen = sface.see(aligned)
    before = seen.features.copy(), seen.maps.copy()
    sface.see(np.zeros_like(aligned))
    assert (seen.features.shape, seen.maps.shape) == ((LENGTH,), (CHANNELS, GRID, GRID))
    assert np.array_equal(seen.features, before[0])
    assert np.array_equal(seen.maps, before[1])
