import random
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from decoding.picture import Picture
from decoding.unfit import Reason, Unfit
from tests.support.photographs import astronaut, encode, scaled

FORMATS = ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF", "BMP", "TIFF", "MPO"]
ANIMATED = ["GIF", "PNG", "WEBP", "AVIF"]
ORIENTATION = 0x0112


def read_photo(data: bytes) -> Image.Image:
    return Picture(data).whole(2048)


def refused(data: bytes) -> Unfit:
    """Give why it is refused."""
    with pytest.raises(Unfit) as refusal:
        read_photo(data)
    return refusal.value


def small() -> Image.Image:
    return astronaut().resize((64, 48))


def difference(one: Image.Image, other: Image.Image) -> float:
    """Mean absolute difference of two pictures, of 255."""
    return float(np.abs(np.asarray(one, float) - np.asarray(other, float)).mean())


def zipped() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("face.png", encode(small()))
    return file.getvalue()


NO_PICTURES = {
    "text": b"my photo, honestly",
    "html": b"<!doctype html><title>photo.jpg</title>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n",
    "zip": zipped(),
    "mp4": b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41" + bytes(500),
    "zeros": bytes(10_000),
}


@pytest.mark.parametrize("file_format", FORMATS)
def test_every_format_of_cameras_phones_and_screens_is_read(file_format: str) -> None:
    """A person never has to convert their photo."""
    photo = read_photo(encode(astronaut(), file_format))
    assert (photo.mode, photo.size) == ("RGB", (512, 512))
    assert difference(photo, astronaut()) < 15


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "YCbCr", "LAB", "I;16"])
def test_every_way_to_store_colours_is_read(mode: str) -> None:
    """A scan, a screenshot and a print file give the same picture as a plain photo."""
    grey = astronaut().convert("L")
    if mode == "I;16":
        stored = Image.fromarray(np.asarray(grey).astype(np.uint16) * 257)
    else:
        stored = grey.convert("RGB").convert(mode, palette=Image.Palette.ADAPTIVE)
    photo = read_photo(encode(stored, "PNG" if mode in {"P", "I;16", "LA"} else "TIFF"))
    assert photo.mode == "RGB"
    assert difference(photo.convert("L"), grey) < (90 if mode == "1" else 12)
    assert photo.convert("L").getextrema() == pytest.approx((0, 255), abs=25)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright(orientation: int) -> None:
    """However the phone was held, the head is up."""
    back = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    upright = small()
    stored = upright if back is None else upright.transpose(back)
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    photo = read_photo(encode(stored, "PNG", exif=exif))
    assert photo.tobytes() == upright.tobytes()


def test_what_is_see_through_becomes_white() -> None:
    """A cut-out portrait stands before a white wall, not in the dark."""
    picture = small().convert("RGBA")
    picture.paste((0, 0, 0, 0), (0, 0, 10, 10))
    assert read_photo(encode(picture)).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("file_format", ["JPEG", "PNG"])
def test_a_large_photo_is_reduced(file_format: str) -> None:
    """A camera's full resolution costs no more than a screen's, and looks the same."""
    photo = read_photo(encode(scaled(astronaut().crop((0, 0, 512, 256)), 9), file_format))
    assert photo.size == (2048, 1024)
    assert difference(photo.resize((512, 256)), astronaut().crop((0, 0, 512, 256))) < 4


def test_an_empty_file_is_told_so() -> None:
    """A broken upload is not blamed on the picture."""
    assert refused(b"").reason == Reason.EMPTY


@pytest.mark.parametrize("name", NO_PICTURES)
def test_what_is_no_picture_is_told_so(name: str) -> None:
    """A name that ends in .jpg doesn't make a photo."""
    assert refused(NO_PICTURES[name]).reason == Reason.NOT_A_PICTURE


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_truncated_picture_is_called_damaged(file_format: str) -> None:
    """An upload that broke off is told apart from a file of another kind."""
    data = encode(small(), file_format)
    for length in (24, len(data) // 4, len(data) // 2):
        assert refused(data[:length]).reason == Reason.DAMAGED


@pytest.mark.parametrize("file_format", ANIMATED)
def test_a_film_is_no_photo(file_format: str) -> None:
    """Nobody can tell which of its faces was meant."""
    film = encode(small(), file_format, save_all=True, append_images=[small().rotate(90)])
    assert refused(film).reason == Reason.ANIMATED


def test_a_bomb_is_refused_by_its_header(tmp_path: Path) -> None:
    """A file of 50 KB can't take 400 MB of the owner's memory: it takes less than 40."""
    bomb = tmp_path / "bomb.png"
    bomb.write_bytes(encode(Image.new("1", (20_000, 20_000)), compress_level=6))
    script = (
        "import resource, sys; from pathlib import Path\n"
        "from decoding.picture import Picture, Unfit\n"
        "def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "unit = 1 if sys.platform == 'darwin' else 1024\n"
        "data, before = Path(sys.argv[1]).read_bytes(), peak()\n"
        "try: Picture(data).whole(2048)\n"
        "except Unfit as unfit: print(unfit.fields, file=sys.stderr)\n"
        "print((peak() - before) * unit)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, bomb], check=True, capture_output=True, text=True
    )
    assert "'megapixels': 400.0, 'limit': 50" in run.stderr
    assert int(run.stdout) < 40_000_000


@pytest.mark.parametrize(("side", "megapixels"), [(7_072, 50.1), (10_000, 100)])
def test_a_picture_over_the_limit_is_told_its_size(side: int, megapixels: float) -> None:
    """And the number that is told is above the limit, however little it is too large."""
    unfit = refused(encode(Image.new("1", (side, side))))
    assert unfit.reason == Reason.TOO_LARGE
    assert unfit.fields == {
        "megapixels": megapixels,
        "limit": 50,
        "format": "PNG",
        "jpeg_limit": 200,
    }


@pytest.mark.parametrize("file_format", FORMATS)
def test_any_bytes_give_a_picture_or_a_refusal(file_format: str) -> None:
    """Whatever a stranger sends, the bot answers with a sentence."""
    chance = random.Random(file_format)  # noqa: S311 - the same bytes at each run
    data = encode(small(), file_format)
    for _ in range(100):
        broken = bytearray(data[: chance.randrange(1, len(data) + 1)])
        for _ in range(chance.randrange(8)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        answer(bytes(broken))


def test_random_bytes_give_a_refusal() -> None:
    """Noise is no picture, whatever picture's signature it carries."""
    chance = random.Random(7)  # noqa: S311 - the same bytes at each run
    for head in (encode(small(), name)[:32] for name in FORMATS):
        for length in (0, 1, 100, 5_000):
            assert answer(head + chance.randbytes(length)) is None


def answer(data: bytes) -> Image.Image | None:
    """Give the picture, or None if it was refused; any other error fails the test."""
    try:
        return read_photo(data)
    except Unfit:
        return None
