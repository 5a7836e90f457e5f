import struct

import pytest

from decoding.picture import Picture
from decoding.unfit import Reason, Unfit
from tests.support.photographs import astronaut, encode

SUB_IFD = 0x014A


def tiff(order: str, *entries: tuple[int, int, int, int], rest: bytes = b"") -> bytes:
    """Make a TIFF of one directory at 8 and `rest` after it."""
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    directory = struct.pack(order + "H", len(entries))
    for tag, kind, count, value in entries:
        packed = struct.pack(
            order + ("HH" if kind == 3 else "I"), *((value, 0) if kind == 3 else (value,))
        )
        directory += struct.pack(order + "HHI", tag, kind, count) + packed
    return head + directory + bytes(4) + rest


def with_sensor(order: str, maker: bytes, colours: int, preview: int) -> bytes:
    """Make what cameras make: a preview with the maker's name, and the sensor's pixels within."""
    entries = [(254, 4, 1, preview), (271, 2, len(maker), 0), (SUB_IFD, 4, 1, 0)]
    length = 8 + 2 + 12 * len(entries) + 4
    entries[1] = (271, 2, len(maker), length)
    entries[2] = (SUB_IFD, 4, 1, length + len(maker))
    inner = struct.pack(order + "HHHIHH", 1, 262, 3, 1, colours, 0) + bytes(4)
    return tiff(order, *entries, rest=maker + inner)


RAW = {
    "DNG": tiff("<", (254, 4, 1, 0), (0xC612, 1, 4, 0x00000401)),
    "DNG of a Leica": tiff(">", (0xC612, 1, 4, 0x01040000)),
    "CR2": b"II*\0\x10\0\0\0CR\x02\0" + bytes(500),
    "CR3": b"\0\0\0\x18ftypcrx \0\0\0\x01crx isom" + bytes(500),
    "NEF": with_sensor(">", b"NIKON CORPORATION\0", 32803, 1),
    "ARW": with_sensor("<", b"SONY\0", 32803, 1),
    "PEF": with_sensor(">", b"PENTAX \0", 32803, 0),
    "RAW of somebody": with_sensor("<", b"Phase One\0", 34892, 0),
    "RAF": b"FUJIFILMCCD-RAW 0201" + bytes(500),
    "ORF": b"IIRO\x08\0\0\0" + bytes(500),
    "RW2": b"IIU\0\x18\0\0\0" + bytes(500),
}


@pytest.mark.parametrize("name", RAW)
def test_a_raw_photo_is_told_what_it_is(name: str) -> None:
    """Its owner learns that a JPEG is wanted, not that the file is damaged."""
    with pytest.raises(Unfit) as unfit:
        Picture(RAW[name])
    assert unfit.value.reason == Reason.RAW
    assert unfit.value.fields == {"format": name.split(maxsplit=1)[0]}


@pytest.mark.parametrize("file_format", ["TIFF", "JPEG", "HEIF"])
def test_a_finished_picture_is_not_taken_for_a_raw_one(file_format: str) -> None:
    """Neither by its maker's name nor by its structure."""
    exif = {"exif": b"Exif\0\0" + RAW["NEF"]} if file_format == "JPEG" else {}
    assert Picture(encode(astronaut(), file_format, **exif)).whole(512).size == (512, 512)
