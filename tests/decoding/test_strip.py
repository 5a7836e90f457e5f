"""What is beside the picture in a file can't spoil it."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from decoding.picture import Picture
from decoding.strip import strip
from decoding.unfit import Reason, Unfit
from tests.support.hostile_pictures import chunk, many_tags
from tests.support.photographs import astronaut, encode

ORIENTATION, X_RESOLUTION = 0x0112, 0x011A
FORMATS = ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "MPO"]


def lying() -> Image.Image:
    return astronaut().resize((96, 64))


def decoded(data: bytes) -> Image.Image:
    return Picture(data).whole(2048)


def is_like(one: Image.Image, other: Image.Image) -> bool:
    return one.size == other.size and bool(
        np.abs(np.asarray(one, float) - np.asarray(other, float)).mean() < 12
    )


def exif(turn: int, *, order: str = "<") -> bytes:
    """Make EXIF by hand: an orientation, and a resolution of -1/0, which no library writes."""
    head = b"II*\0" if order == "<" else b"MM\0*"
    return (
        b"Exif\0\0"
        + head
        + struct.pack(order + "IH", 8, 2)
        + struct.pack(order + "HHIHH", ORIENTATION, 3, 1, turn, 0)
        + struct.pack(order + "HHII", X_RESOLUTION, 5, 1, 38)
        + struct.pack(order + "I", 0)
        + struct.pack(order + "iI", -1, 0)
    )


GARBAGE = {
    "no EXIF at all": b"Exif\0\0garbage, and more of it",
    "nothing": b"",
    "an endless directory": b"Exif\0\0II*\0\x08\0\0\0" + b"\xff" * 60,
    "a directory beyond the end": b"Exif\0\0MM\0*" + b"\xff" * 8,
    "a wrong kind": b"Exif\0\0II*\0\x08\0\0\0\x01\0"
    + struct.pack("<HHII", ORIENTATION, 2, 9000, 9000),
    "no turn of that number": exif(77),
}


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "MPO"])
def test_a_resolution_of_nothing_leaves_the_photo_upright(file_format: str, order: str) -> None:
    """-1/0 dots an inch are as good as none; the head is up all the same."""
    photo = decoded(encode(lying(), file_format, exif=exif(6, order=order)))
    assert is_like(photo, lying().transpose(Image.Transpose.ROTATE_270))


@pytest.mark.parametrize("garbage", GARBAGE)
@pytest.mark.parametrize("file_format", FORMATS)
def test_garbage_for_exif_spoils_no_picture(file_format: str, garbage: str) -> None:
    """It is taken as it lies."""
    if file_format in {"HEIF", "AVIF"}:
        note = b"II*\0\x08\0\0\0" + b"abcdefgh" * 20
        data = encode(lying(), file_format, exif=note)
        assert b"abcdefgh" in data
        start = data.index(b"II*\0")
        bad = GARBAGE[garbage].ljust(len(note), b"\xff")
        data = data[:start] + bad + data[start + len(note) :]
    else:
        data = encode(lying(), file_format, exif=GARBAGE[garbage])
    assert is_like(decoded(data), lying())


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF", "MPO"])
def test_every_turn_is_read_in_every_format(file_format: str, turn: int) -> None:
    """The orientation is the one thing that counts of what is stripped."""
    made = Image.Exif()
    made[ORIENTATION] = turn
    data = encode(lying(), file_format, exif=made)
    expected = lying()
    transposes = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
    if turn > 1:
        expected = expected.transpose(Image.Transpose(transposes[turn]))
    assert is_like(decoded(data), expected)


@pytest.mark.parametrize("quote", ['="6"', ">6<", "='6'"])
def test_a_turn_that_only_xmp_tells_is_read(quote: str) -> None:
    """Some programs write it there."""
    data = encode(lying(), "JPEG", xmp=b"<x tiff:Orientation" + quote.encode() + b"/>")
    assert is_like(decoded(data), lying().transpose(Image.Transpose.ROTATE_270))


def with_chunk(*chunks: bytes) -> bytes:
    data = encode(lying())
    return data[:33] + b"".join(chunks) + data[33:]


TEXT = chunk(b"tEXt", b"Comment\0" + b"a" * 2_000_000)
PACKED = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(80_000_000)))
ODD_PNG = {
    "two megabytes of text": with_chunk(TEXT),
    "eighty megabytes of packed text": with_chunk(PACKED),
    "text that isn't packed": with_chunk(chunk(b"zTXt", b"Comment\0\0garbage")),
    "text without an end": with_chunk(chunk(b"iTXt", b"Comment")),
    "a wrong sum of a text": with_chunk(chunk(b"tEXt", b"a\0b", good=False)),
    "a wrong sum of a resolution": with_chunk(chunk(b"pHYs", bytes(9), good=False)),
    "a short resolution": with_chunk(chunk(b"pHYs", b"1")),
    "a short gamma": with_chunk(chunk(b"gAMA", b"")),
    "garbage for a profile": with_chunk(chunk(b"iCCP", b"sRGB\0\0garbage")),
    "a wrong sum of what is see-through": with_chunk(chunk(b"tRNS", bytes(6), good=False)),
    "a name that isn't one": with_chunk(chunk(b"a\xff1 ", b"")),
    "no end": encode(lying())[:-12],
    "no end, nor a sum": encode(lying())[:-17],
    "something after the end": encode(lying()) + b"more",
}


@pytest.mark.parametrize("name", ODD_PNG)
def test_what_is_beside_the_pixels_of_a_png_spoils_nothing(name: str) -> None:
    """Text, profiles, sums: an odd one is left out."""
    assert is_like(decoded(ODD_PNG[name]), lying())


def segment(number: int, content: bytes) -> bytes:
    return bytes([0xFF, number]) + (len(content) + 2).to_bytes(2) + content


def with_segment(*segments: bytes) -> bytes:
    data = encode(lying(), "JPEG")
    return data[:2] + b"".join(segments) + data[2:]


ODD_JPEG = {
    "a short JFIF": with_segment(segment(0xE0, b"JFIF\0")),
    "garbage for Photoshop": with_segment(segment(0xED, b"Photoshop 3.0\0" + b"8BIM\xff" * 9)),
    "garbage for several pictures": with_segment(segment(0xE2, b"MPF\0II*\0\xff\xff\xff\xff")),
    "half a profile": with_segment(segment(0xE2, b"ICC_PROFILE\0\x01\x02garbage")),
    "a profile without a number": with_segment(segment(0xE2, b"ICC_PROFILE\0")),
    "a short Adobe": with_segment(segment(0xEE, b"Adobe")),
    "fill bytes": with_segment(b"\xff" * 7 + segment(0xFE, b"hello")),
    "thousands of tags": many_tags(10_000),
    "something after the end": encode(lying(), "JPEG") + b"\0" * 99 + b"SEFT",
}


@pytest.mark.parametrize("name", ODD_JPEG)
def test_what_is_beside_the_pixels_of_a_jpeg_spoils_nothing(name: str) -> None:
    """Cameras and programs write all sorts of things."""
    expected = astronaut() if name == "thousands of tags" else lying()
    assert is_like(decoded(ODD_JPEG[name]), expected)


def test_tags_of_a_tiff_that_say_nothing_of_pixels_spoil_nothing() -> None:
    """Nor does a directory behind the first that isn't one."""
    data = bytearray(encode(lying(), "TIFF", software="x", dpi=(72, 72)))
    (start,) = struct.unpack_from("<I", data, 4)
    (count,) = struct.unpack_from("<H", data, start)
    for at in range(start + 2, start + 2 + 12 * count, 12):
        if struct.unpack_from("<H", data, at)[0] in {282, 283, 296, 305}:
            data[at + 2 : at + 12] = b"\xff" * 10
    data[start + 2 + 12 * count :][:4] = b"\xff" * 4
    assert is_like(decoded(bytes(data)), lying())


def jpeg(**options: object) -> bytes:
    return encode(astronaut(), "JPEG", **options)


KINDS_OF_JPEG: dict[str, Callable[[], bytes]] = {
    "plain": jpeg,
    "progressive": lambda: jpeg(progressive=True),
    "grey": lambda: encode(astronaut().convert("L"), "JPEG"),
    "of 4:4:4": lambda: jpeg(subsampling=0),
}


@pytest.mark.parametrize("missing", [1, 2, 3, 20])
@pytest.mark.parametrize("kind", KINDS_OF_JPEG)
def test_a_jpeg_that_lacks_its_last_bytes_is_taken(kind: str, missing: int) -> None:
    """Nobody sees what is missing."""
    data = KINDS_OF_JPEG[kind]()
    photo = decoded(data[:-missing])
    assert is_like(photo, Image.open(BytesIO(data)).convert("RGB"))


@pytest.mark.parametrize("share", [0.3, 0.5, 0.8, 0.9])
@pytest.mark.parametrize("kind", KINDS_OF_JPEG)
def test_a_jpeg_that_lacks_more_than_a_little_is_refused(kind: str, share: float) -> None:
    """Half a face is not offered; of a progressive one whole passes are missing."""
    data = KINDS_OF_JPEG[kind]()
    if kind == "progressive" and share > 0.6:
        share /= 2  # its last pass brings only the last bits, but half of the bytes
    with pytest.raises(Unfit) as unfit:
        decoded(data[: int(len(data) * share)])
    assert unfit.value.reason == Reason.DAMAGED


def test_only_the_bare_picture_reaches_the_decoder() -> None:
    """What is not known to be needed is left out, and not what is known to be bad."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Secret", "note")
    for data in (
        encode(lying(), "PNG", pnginfo=notes),
        encode(lying(), "JPEG", comment=b"Secret", exif=exif(6)),
        encode(lying(), "WEBP", xmp=b"Secret"),
    ):
        assert b"Secret" in data
        assert b"Secret" not in strip(data).data
        assert b"Exif" not in strip(data).data
