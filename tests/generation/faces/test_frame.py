"""The frame that an adapter wants to see, cut out of stored faces."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median

import cv2
import numpy as np
import pytest
from PIL import Image

from generation.face_frame import PLUS_FACE
from generation.faces.frame import cut, find_features, lay_frame
from generation.faces.shipped import FaceModelDamaged
from generation.faces.yunet import Pixels, YuNet
from tests.support.photographs import Picture, astronaut, encode, hopper
from tests.support.unjudged import crop_faces

assert PLUS_FACE.eye_distance
EYES: float = PLUS_FACE.eye_distance

WHERE: dict[str, tuple[Callable[[], Picture], tuple[int, int, int, int]]] = {
    "astronaut": (astronaut, (178, 60, 270, 182)),
    "hopper": (hopper, (170, 100, 335, 330)),
}
"""Where the face is in the photo: left, top, right, bottom, in pixels."""

yunet = YuNet()


def stored(photo: Picture) -> bytes:
    return crop_faces(encode(photo))[0].image


def pixels_of(face: bytes) -> tuple[Pixels, Pixels]:
    """Give a stored face's colours and its alpha."""
    pixels = np.asarray(Image.open(BytesIO(face)).convert("RGBA"))
    return np.ascontiguousarray(pixels[..., :3]), np.ascontiguousarray(pixels[..., 3])


def border_of(face: bytes) -> float:
    portrait, alpha = pixels_of(face)
    return lay_frame(alpha, find_features(portrait), EYES)[1]


def eye_distance(picture: Picture) -> float:
    """Measure it as a share of the side, the median of several looks."""
    found = []
    for edge in (200, 224, 256, 290):
        seen = np.asarray(picture.resize((edge, edge), Image.Resampling.LANCZOS))
        seen = np.pad(seen, ((edge // 4,) * 2, (edge // 4,) * 2, (0, 0)), mode="edge")
        face = max(yunet.detect(seen), key=lambda face: face.score)
        found.append(float(np.hypot(*(face.landmarks[1] - face.landmarks[0]))) / edge)
    return median(found)


@pytest.mark.parametrize("name", WHERE)
@pytest.mark.parametrize("side", ["nowhere", "left", "top", "right", "bottom"])
def test_the_eyes_are_as_far_apart_as_the_adapter_learned(name: str, side: str) -> None:
    """Wherever the photo ends beside the face; and there is next to no border."""
    take, face = WHERE[name]
    photo = take()
    box = [0, 0, *photo.size]
    for k, edge in enumerate(("left", "top", "right", "bottom")):
        if side == edge:
            box[k] = face[k]
    portrait = stored(photo.crop((box[0], box[1], box[2], box[3])))
    picture = cut(portrait, EYES)
    assert picture.mode == "RGB"
    assert picture.width == picture.height >= 224
    assert 0.29 <= eye_distance(picture) <= 0.36
    assert border_of(portrait) <= 0.1


def test_a_frame_is_moved_into_the_photo_and_no_farther() -> None:
    """A photo that goes on needs no moving; one that ends in the frame moves it."""
    portrait, _ = pixels_of(stored(hopper()))
    features = find_features(portrait)
    whole = np.full(portrait.shape[:2], 255, np.uint8)
    still, border = lay_frame(whole, features, EYES)
    assert border == 0
    assert abs(still.x - features.eyes[0]) < still.side / 20
    ends = round(still.x + still.side * 0.45)
    cut_off = whole.copy()
    cut_off[:, ends:] = 0
    moved, border = lay_frame(cut_off, features, EYES)
    assert border <= 0.03
    assert moved.side == still.side
    assert still.x - moved.x == pytest.approx(0.05 * still.side, abs=0.04 * still.side)


def test_a_narrow_photo_gets_a_smaller_frame() -> None:
    """As far as the adapter can bear: where both sides end, moving doesn't help."""
    portrait, _ = pixels_of(stored(hopper()))
    features = find_features(portrait)
    alpha = np.full(portrait.shape[:2], 255, np.uint8)
    still, _ = lay_frame(alpha, features, EYES)
    for share in (0.43, 0.3):
        narrow = alpha.copy()
        narrow[:, : round(still.x - share * still.side)] = 0
        narrow[:, round(still.x + share * still.side) :] = 0
        smaller, border = lay_frame(narrow, features, EYES)
        assert 0.86 < smaller.side / still.side < 1
        assert border < 0.1 or share == 0.3


@pytest.mark.parametrize("angle", [-12, 12])
def test_a_head_that_leans_is_cut_upright(angle: float) -> None:
    """The stored face's own angle is only nearly right."""
    face = Image.open(BytesIO(stored(hopper()))).convert("RGB").rotate(angle, expand=False)
    features = find_features(np.asarray(cut(encode(face), EYES)))
    assert abs(features.tilt) < 0.06
    assert abs(find_features(np.asarray(face)).tilt) > 0.12


def test_a_turned_head_is_not_cut_down_to_its_nose() -> None:
    """Its eyes are near each other: the frame grows with the distance from eyes to mouth."""
    face = Image.open(BytesIO(stored(hopper()))).convert("RGB")
    narrow = face.resize((face.width * 45 // 100, face.height))
    turned = Image.new("RGB", face.size, "gray")
    turned.paste(narrow, ((face.width - narrow.width) // 2, 0))
    straight, side = (find_features(np.asarray(one)) for one in (face, turned))
    one, other = (next(features.frames(EYES)).side for features in (straight, side))
    assert side.eye_distance < 0.6 * straight.eye_distance
    assert other > 0.6 * one


@pytest.mark.parametrize("shade", [0, 127])
def test_a_face_that_is_not_found_is_where_faces_are(shade: int) -> None:
    """An old photo that the detector can't read is drawn from all the same."""
    blank = Image.new("RGB", (300, 300), (shade, shade, shade))
    picture = cut(encode(blank), EYES)
    assert picture.width == picture.height >= 224
    usual = find_features(np.asarray(blank))
    portrait, _ = pixels_of(stored(hopper()))
    found = find_features(portrait)
    scale = len(portrait) / 300
    assert usual.eye_distance * scale == pytest.approx(found.eye_distance, rel=0.2)
    assert usual.eyes[1] * scale == pytest.approx(found.eyes[1], rel=0.1)


def test_faces_of_before_have_no_alpha_and_are_cut_like_others() -> None:
    """Nobody registers again."""
    face = stored(hopper())
    old = encode(Image.open(BytesIO(face)).convert("RGB"))
    assert cut(old, EYES).tobytes() == cut(face, EYES).tobytes()


def test_a_detector_that_is_damaged_is_named(tmp_path: Path) -> None:
    """As when a photo is looked at."""
    (tmp_path / "yunet.onnx").write_bytes(b"no network")
    with pytest.raises(FaceModelDamaged):
        cut(stored(hopper()), EYES, tmp_path / "yunet.onnx")


def test_looking_leaves_other_threads_their_cores() -> None:
    """Albums are drawn meanwhile."""
    cut(stored(astronaut()), EYES)
    assert cv2.getNumThreads() == 1


PHOTOGRAPHS = Path(__file__).parents[2] / "photographs"
IN_PROFILE = ("speaker.jpg",)
"""Heads that are turned so far that nothing puts their eyes that far apart but a cut-down face."""


@pytest.mark.parametrize(
    "photo",
    [file for file in sorted(PHOTOGRAPHS.glob("*.jpg")) if file.name not in IN_PROFILE],
    ids=lambda file: file.stem,
)
def test_so_are_those_of_every_free_photograph(photo: Path) -> None:
    """Of all ages, in any light, with glasses and beards, the head turned a little."""
    face = crop_faces(photo.read_bytes())[0].image
    assert 0.29 <= eye_distance(cut(face, EYES)) <= 0.36
    assert border_of(face) <= 0.1
