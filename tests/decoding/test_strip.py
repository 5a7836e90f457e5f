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
from decoding.stripped import MOST_PIECES
from decoding.unfit import Reason, Unfit
from tests.support.hostile_pictures import (
    COSTLY,
    chunk,
    many_chunks,
    many_pieces,
    many_segments,
    many_tags,
)
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


def turned(turn: int, kind: int, order: str) -> bytes:
    """Make EXIF by hand with a number of 1, 2 or 4 bytes, as programs write it that don't mind."""
    value = struct.pack(order + {1: "B3x", 3: "H2x", 4: "I"}[kind], turn)
    head = b"II*\0" if order == "<" else b"MM\0*"
    entry = struct.pack(order + "HHI", ORIENTATION, kind, 1) + value
    return b"Exif\0\0" + head + struct.pack(order + "IH", 8, 1) + entry + bytes(4)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("kind", [1, 3, 4])
@pytest.mark.parametrize("file_format", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_turn_is_a_number_of_any_length(file_format: str, kind: int, order: str) -> None:
    """Others read it too."""
    grey = lying().convert("L").convert("RGB")
    if file_format == "TIFF":
        data = tiff(kind, order)
    else:
        data = encode(grey, file_format, exif=turned(6, kind, order))
    assert is_like(decoded(data), grey.transpose(Image.Transpose.ROTATE_270))


def tiff(kind: int, order: str) -> bytes:
    """Make a grey TIFF by hand that is turned by 6."""
    tags = [(256, 4, 96), (257, 4, 64), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 122)]
    tags += [(ORIENTATION, kind, 6), (278, 4, 64), (279, 4, 96 * 64)]
    entries = b"".join(
        struct.pack(order + "HHI", tag, one, 1)
        + struct.pack(order + {1: "B3x", 3: "H2x", 4: "I"}[one], value)
        for tag, one, value in tags
    )
    head = b"II*\0" if order == "<" else b"MM\0*"
    directory = struct.pack(order + "IH", 8, len(tags)) + entries + bytes(4)
    return (head + directory).ljust(122, b"\0") + lying().convert("L").tobytes()


def xmp(turn: int) -> bytes:
    return b'http://ns.adobe.com/xap/1.0/\0<x tiff:Orientation="%d"/>' % turn


NOTES_OF_TURNS: dict[str, tuple[list[bytes], bool]] = {
    "EXIF says upright, XMP turned": ([exif(1), xmp(6)], False),
    "XMP turned, EXIF upright": ([xmp(6), exif(1)], False),
    "EXIF turned, XMP upright": ([exif(6), xmp(1)], True),
    "EXIF twice": ([exif(1), exif(6)], False),
    "EXIF says nothing that is one": ([exif(77), xmp(6)], True),
    "only XMP": ([xmp(6)], True),
}


@pytest.mark.parametrize("name", NOTES_OF_TURNS)
def test_of_two_notes_exif_is_believed(name: str) -> None:
    """As browsers and phones do. A program that turned the picture may have left XMP as it was."""
    notes, is_turned = NOTES_OF_TURNS[name]
    photo = decoded(with_segment(*(segment(0xE1, note) for note in notes)))
    turn = Image.Transpose.ROTATE_270
    assert is_like(photo, lying().transpose(turn) if is_turned else lying())


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
    "nothing see-through": with_chunk(chunk(b"tRNS", b"")),
    "a byte of what is see-through": with_chunk(chunk(b"tRNS", b"\0")),
    "half of what is see-through": with_chunk(chunk(b"tRNS", bytes(3))),
    "a palette's list of what is see-through": with_chunk(chunk(b"tRNS", bytes(300))),
    "two bytes for a palette": with_chunk(chunk(b"PLTE", b"\1\2")),
    "a film of one picture": with_chunk(chunk(b"acTL", struct.pack(">II", 1, 0))),
    "a film without its pictures": with_chunk(chunk(b"acTL", struct.pack(">II", 2, 0))),
    "a film of no number": with_chunk(chunk(b"acTL", b"\0\0")),
    "a text longer than the file": with_chunk(b"\xff\xff\xff\xfftEXt"),
    "a name that isn't one": with_chunk(chunk(b"a\xff1 ", b"")),
    "no end": encode(lying())[:-12],
    "no end, nor a sum": encode(lying())[:-17],
    "something after the end": encode(lying()) + b"more",
}


@pytest.mark.parametrize("name", ODD_PNG)
def test_what_is_beside_the_pixels_of_a_png_spoils_nothing(name: str) -> None:
    """Text, profiles, sums: an odd one is left out."""
    assert is_like(decoded(ODD_PNG[name]), lying())


@pytest.mark.parametrize("entries", [0, 1, 200, 201, 300])
@pytest.mark.parametrize("colours", [200, 256, 257, 300])
def test_a_palette_of_any_length_spoils_nothing(colours: int, entries: int) -> None:
    """Nor does a list of what is see-through in it, all of which is not."""
    data = encode(lying().quantize(200))
    start = data.index(b"PLTE") - 4
    end = start + 12 + int.from_bytes(data[start : start + 4])
    palette = data[start + 8 : end - 4].ljust(3 * colours, b"\0")
    chunks = chunk(b"PLTE", palette) + chunk(b"tRNS", b"\xff" * entries)
    assert is_like(decoded(data[:start] + chunks + data[end:]), lying())


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
    "something between": with_segment(segment(0xFE, b"hello") + bytes(9)),
    "a note of no length": with_segment(b"\xff\xe5\0\0"),
    "thousands of tags": many_tags(10_000),
    "something after the end": encode(lying(), "JPEG") + b"\0" * 99 + b"SEFT",
}


@pytest.mark.parametrize("name", ODD_JPEG)
def test_what_is_beside_the_pixels_of_a_jpeg_spoils_nothing(name: str) -> None:
    """Cameras and programs write all sorts of things."""
    expected = astronaut() if name == "thousands of tags" else lying()
    assert is_like(decoded(ODD_JPEG[name]), expected)


def riff_chunk(name: bytes, content: bytes, *, padded: bool = True) -> bytes:
    padding = bytes(len(content) % 2) if padded else b""
    return name + len(content).to_bytes(4, "little") + content + padding


def riff(*chunks: bytes) -> bytes:
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def webp(**options: object) -> bytes:
    """Give the chunks of a WebP."""
    return encode(lying(), "WEBP", **options)[12:]


def extended(flags: int) -> bytes:
    return riff_chunk(b"VP8X", struct.pack("<I", flags) + b"\x5f\0\0\x3f\0\0")


FRAME = riff_chunk(b"ANMF", bytes(6) + b"\x5f\0\0\x3f\0\0" + bytes(4) + webp())
ODD_WEBP = {
    "every flag": riff(extended(0xFFFFFFFF), webp()),
    "a film without pictures": riff(extended(0x02), webp()),
    "a flag that means nothing": riff(extended(0xC1), webp()),
    "a film of one picture": riff(extended(0x02), riff_chunk(b"ANIM", bytes(6)), FRAME),
    "a film of one picture without a beginning": riff(extended(0x02), FRAME),
    "see-through without saying of what": riff(extended(0x10), webp()),
    "another size": riff(riff_chunk(b"VP8X", bytes(10)), webp()),
    "a short head": riff(riff_chunk(b"VP8X", b"\0"), webp()),
    "EXIF of an odd length": riff(
        extended(0x08), riff_chunk(b"EXIF", b"abc", padded=False), webp()
    ),
    "EXIF of an odd length behind": riff(
        extended(0x08), webp(), riff_chunk(b"EXIF", b"abc", padded=False)
    ),
    "a profile of an odd length": riff(
        extended(0x20), riff_chunk(b"ICCP", b"a", padded=False), webp(lossless=True)
    ),
    "EXIF longer than the file": riff(webp(), b"EXIF\xff\xff\xff\x7fabc"),
}


@pytest.mark.parametrize("name", ODD_WEBP)
def test_what_is_beside_the_pixels_of_a_webp_spoils_nothing(name: str) -> None:
    """Flags of what isn't there, chunks of a wrong length."""
    assert is_like(decoded(ODD_WEBP[name]), lying())


@pytest.mark.parametrize("wrong", ["its place", "its length", "what it says"])
@pytest.mark.parametrize("kind", ["exif", "xmp"])
@pytest.mark.parametrize("file_format", ["HEIF", "AVIF"])
def test_notes_of_a_heif_that_are_not_where_they_should_be_spoil_nothing(
    file_format: str, kind: str, wrong: str
) -> None:
    """Their decoders read them before the picture."""
    note = b"II*\0\x08\0\0\0" + b"notenote" * 30
    data = encode(lying(), file_format, **{kind: note})
    start = data.index(b"notenote" * 30) - 8
    at = data.index(b"iloc")
    places = data[at : at + int.from_bytes(data[at - 4 : at])]
    beginnings = (start - before for before in range(16))  # a few bytes may come before EXIF
    place = next(one for one in beginnings if one.to_bytes(4) in places)
    if wrong == "what it says":
        bad = data[:start] + b"\xff" * len(note) + data[start + len(note) :]
    else:
        number = place if wrong == "its place" else start + len(note) - place
        assert number.to_bytes(4) in places
        bad = data.replace(places, places.replace(number.to_bytes(4), b"\x7f" * 4))
    assert is_like(decoded(bad), lying())


def test_what_is_see_through_in_a_webp_is_white() -> None:
    """It is written anew, with what is left out of it."""
    picture = lying().convert("RGBA")
    picture.paste((0, 0, 0, 0), (0, 0, 30, 30))
    for options in ({}, {"lossless": True}):
        photo = decoded(encode(picture, "WEBP", **options))
        assert photo.size == picture.size
        assert photo.getpixel((9, 9)) == (255, 255, 255)


def with_block(*blocks: bytes) -> bytes:
    data = encode(lying(), "GIF")
    start = 13 + 3 * (2 << (data[10] & 7))
    return data[:start] + b"".join(blocks) + data[start:]


ODD_GIF = {
    "a control of nothing": with_block(b"!\xf9\0"),
    "a control of a byte": with_block(b"!\xf9\x01\0\0"),
    "a control of five bytes": with_block(b"!\xf9\x05\0\0\0\0\0\0"),
    "a short application": with_block(b"!\xff\x01a\0"),
    "something unknown": with_block(b"!\x77\x02ab\0"),
    "something between": with_block(bytes(3)),
    "a comment without an end": encode(lying(), "GIF")[:-1] + b"!\xfe\x05abc",
    "something after the end": encode(lying(), "GIF") + b",!garbage",
    "no end": encode(lying(), "GIF")[:-1],
}


@pytest.mark.parametrize("name", ODD_GIF)
def test_what_is_beside_the_pixels_of_a_gif_spoils_nothing(name: str) -> None:
    """What is said about the picture is read if it is whole."""
    assert is_like(decoded(ODD_GIF[name]), lying())


def test_what_is_see_through_in_a_gif_is_white() -> None:
    """The one thing that is said beside the picture and shows."""
    picture = lying().convert("RGBA")
    picture.paste((0, 0, 0, 0), (0, 0, 30, 30))
    assert decoded(encode(picture, "GIF")).getpixel((9, 9)) == (255, 255, 255)


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


CUT: dict[str, Callable[[], bytes]] = {
    "WebP": lambda: encode(astronaut(), "WEBP"),
    "WebP without loss": lambda: encode(astronaut(), "WEBP", lossless=True),
    "HEIF": lambda: encode(astronaut(), "HEIF"),
}


@pytest.mark.parametrize("missing", [1, 2, 20, 200])
@pytest.mark.parametrize("kind", CUT)
def test_other_pictures_that_lack_their_last_bytes_are_taken_too(kind: str, missing: int) -> None:
    """Their decoders want every byte, so that the missing ones are filled up."""
    data = CUT[kind]()
    assert is_like(decoded(data[:-missing]), decoded(data))


@pytest.mark.parametrize("share", [0.3, 0.9, 0.97])
@pytest.mark.parametrize("kind", CUT)
def test_other_pictures_that_lack_more_are_refused(kind: str, share: float) -> None:
    """What is filled up is no picture."""
    data = CUT[kind]()
    with pytest.raises(Unfit) as unfit:
        decoded(data[: int(len(data) * share)])
    assert unfit.value.reason == Reason.DAMAGED


@pytest.mark.parametrize("file_format", FORMATS)
def test_what_follows_a_picture_spoils_nothing(file_format: str) -> None:
    """A film of a phone, a download's last block, another picture."""
    data = encode(lying(), file_format)
    for more in (bytes(4096), b"garbage" * 9, encode(lying(), "JPEG")):
        assert is_like(decoded(data + more), lying())


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


@pytest.mark.parametrize(
    "name",
    [
        "JPEG of four million comments",
        "JPEG of 90 large scans",
        "PNG of 1.5 million chunks",
        "GIF of two million comments",
        "GIF of nine million pieces",
        "WebP of two million chunks",
        "BigTIFF of a million tags",
    ],
)
def test_more_pieces_than_a_picture_has_are_not_gone_through(name: str) -> None:
    """Each takes its time, however little is in it."""
    with pytest.raises(Unfit) as unfit:
        strip(COSTLY[name]())
    assert unfit.value.reason == Reason.TOO_HARD


def test_bytes_that_only_fill_up_are_no_pieces() -> None:
    """The photo behind ten million of them is good."""
    assert is_like(decoded(COSTLY["JPEG filled up with ten million bytes"]()), astronaut())


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(lambda: many_segments(MOST_PIECES // 2), id="JPEG"),
        pytest.param(lambda: many_chunks(MOST_PIECES // 2, b"IDAT"), id="PNG"),
        pytest.param(lambda: many_pieces(MOST_PIECES // 2), id="GIF"),
    ],
)
def test_a_photo_of_many_pieces_is_read(data: Callable[[], bytes]) -> None:
    """The largest of honest files have about as many."""
    assert decoded(data()).size == astronaut().size
