"""Files that are small and cost much to read, or look so. They are made on the spot."""

import struct
import zlib
from collections.abc import Callable

from PIL import Image

from tests.support.photographs import astronaut, encode

PNG = b"\x89PNG\r\n\x1a\n"


def repeated_scans(count: int, side: int) -> bytes:
    """Make a progressive JPEG, flat and square, in which one scan comes so many times."""
    data = encode(Image.new("L", (side, side), 90), "JPEG", progressive=True, quality=50)
    first = data.find(b"\xff\xda")
    start = data.find(b"\xff\xc4", first)
    end = data.find(b"\xff\xc4", data.find(b"\xff\xda", start))
    return data[:start] + data[start:end] * count + data[end:]


def strips(count: int) -> bytes:
    """Make a TIFF of so many strips, all of them the same byte."""
    entries = [
        (256, 4, 1, 8),
        (257, 4, 1, count),
        (258, 3, 1, 1),
        (259, 3, 1, 1),
        (262, 3, 1, 1),
        (273, 4, count, 122),
        (278, 4, 1, 1),
        (279, 4, count, 122 + 4 * count),
    ]
    head = struct.pack("<2sHIH", b"II", 42, 8, len(entries))
    directory = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return (
        (head + directory).ljust(122, b"\0")
        + struct.pack("<I", 8) * count
        + struct.pack("<I", 1) * count
    )


def png(width: int, height: int, pixels: bytes, *chunks: bytes, colour: int = 2) -> bytes:
    """Make a PNG of 8 bits with its pixels packed already; `chunks` come before them."""
    head = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    return b"".join(
        (PNG, chunk(b"IHDR", head), *chunks, chunk(b"IDAT", pixels), chunk(b"IEND", b""))
    )


def chunk(name: bytes, content: bytes, *, good: bool = True) -> bytes:
    """Make a PNG's chunk, with a sum that is wrong if it is not `good`."""
    total = zlib.crc32(name + content) ^ (0 if good else 1)
    return len(content).to_bytes(4) + name + content + total.to_bytes(4)


def flat_png(width: int, height: int, colour: int = 2) -> bytes:
    """Make a large PNG of one colour quickly: a block of its rows is packed once, and repeated."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    row = bytes([0]) + bytes([90]) * width * channels
    rows = min(max(2**20 // len(row), 1), height)
    blocks = [row * rows] * (height // rows) + [row * (height % rows)]
    total = 1
    for block in blocks:
        total = zlib.adler32(block, total)
    packed = _deflated(blocks[0]) * (height // rows) + _deflated(blocks[-1])
    palette = [chunk(b"PLTE", bytes(768))] if colour == 3 else []
    stream = b"\x78\xda" + packed + b"\x03\0" + total.to_bytes(4)  # its head, and its last block
    return png(width, height, stream, *palette, colour=colour)


def _deflated(data: bytes) -> bytes:
    """Give blocks that refer to nothing before them, so that they can be repeated."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)


def many_chunks(count: int, name: bytes = b"tEXt", content: bytes = b"") -> bytes:
    data = encode(astronaut())
    return data[:33] + chunk(name, content) * count + data[33:]


def many_tags(count: int) -> bytes:
    """Make a JPEG whose EXIF has so many tags of no sense: each was a warning."""
    entries = b"".join(
        struct.pack("<HHII", 0x8000 + n % 999, 99, 9, 9) for n in range(min(count, 5000))
    )
    exif = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", min(count, 5000)) + entries + bytes(4)
    segment = b"\xff\xe1" + (len(exif) + 2).to_bytes(2) + exif
    data = encode(astronaut(), "JPEG")
    return data[:2] + segment * max(count // 5000, 1) + data[2:]


def comments(count: int) -> bytes:
    """Make a GIF of so many comments."""
    data = encode(astronaut(), "GIF")
    at = 13 + 3 * 256
    return data[:at] + b"\x21\xfe\x01a\x00" * count + data[at:]


def many_segments(count: int) -> bytes:
    """Make a JPEG of so many empty comments."""
    data = encode(astronaut(), "JPEG")
    return data[:2] + b"\xff\xfe\0\2" * count + data[2:]


def many_riff_chunks(count: int, content: bytes = b"") -> bytes:
    """Make a WebP of so many pieces of EXIF."""
    piece = b"EXIF" + len(content).to_bytes(4, "little") + content
    return encode(astronaut(), "WEBP") + piece * count


def filled_up(count: int) -> bytes:
    """Make a JPEG with so many bytes before its picture of which each could begin a segment."""
    data = encode(astronaut(), "JPEG")
    return data[:2] + b"\xff" * count + data[2:]


def many_pieces(count: int) -> bytes:
    """Make a GIF with one comment of so many pieces."""
    data = encode(astronaut(), "GIF")
    at = 13 + 3 * 256
    return data[:at] + b"\x21\xfe" + b"\x01a" * count + b"\0" + data[at:]


def many_big_tags(count: int) -> bytes:
    """Make a BigTIFF whose directory has so many tags."""
    sizes = struct.pack("<HHQQ", 256, 4, 1, 8) + struct.pack("<HHQQ", 257, 4, 1, 8)
    return struct.pack("<2sHHHQQ", b"II", 43, 8, 0, 16, count) + sizes * (count // 2)


def crowd(side: int, faces: int) -> bytes:
    """Make a photo of so many large faces."""
    face = astronaut().crop((100, 0, 350, 250)).resize((side, side))
    canvas = Image.new("RGB", (side * faces // 2, side * 2))
    for number in range(faces):
        canvas.paste(face, (number // 2 * side, number % 2 * side))
    return encode(canvas, "JPEG", quality=80)


def run_lengths(width: int, height: int) -> bytes:
    """Make a BMP whose compressed rows say little about much."""
    rows = (b"\xff\x01" * (width // 255) + b"\0\0") * height + b"\0\1"
    head = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 8, 1, len(rows), 0, 0, 256, 0)
    return (
        struct.pack("<2sIHHI", b"BM", 54 + 1024 + len(rows), 0, 0, 1078) + head + bytes(1024) + rows
    )


def flat(width: int, height: int, file_format: str, **options: object) -> bytes:
    return encode(Image.new("RGB", (width, height), (90, 80, 70)), file_format, **options)


def crowded(side: int) -> bytes:
    """Make a picture of nothing but small faces."""
    face = astronaut().crop((160, 40, 290, 190)).resize((52, 60))
    canvas = Image.new("RGB", (side, side))
    for x in range(0, side, 52):
        for y in range(0, side, 60):
            canvas.paste(face, (x, y))
    return encode(canvas, "JPEG", quality=30)


COSTLY: dict[str, Callable[[], bytes]] = {
    "JPEG of 10,000 scans": lambda: repeated_scans(10_000, 1_000),
    "JPEG of 60,000 scans": lambda: repeated_scans(60_000, 1_000),
    "JPEG of 90 large scans": lambda: repeated_scans(90, 7_900),
    "JPEG of 100,000 tags": lambda: many_tags(100_000),
    "JPEG of 190 megapixels": lambda: flat(16_000, 11_900, "JPEG", quality=1),
    "progressive JPEG of 60 megapixels": lambda: flat(
        10_000, 6_000, "JPEG", quality=1, progressive=True
    ),
    "JPEG of a crowd": lambda: crowded(3_000),
    "JPEG of ten large faces": lambda: crowd(1_600, 10),
    "JPEG filled up with ten million bytes": lambda: filled_up(10_000_000),
    "BigTIFF of a million tags": lambda: many_big_tags(1_000_000),
    "GIF of nine million pieces": lambda: many_pieces(9_000_000),
    "TIFF of four million strips": lambda: strips(4_000_000),
    "TIFF of 90,000 strips": lambda: strips(90_000),
    "PNG of 1.5 million chunks": lambda: many_chunks(1_500_000),
    "PNG of a million pieces": lambda: many_chunks(1_000_000, b"IDAT"),
    "PNG of 30,000 notes": lambda: many_chunks(30_000, b"eXIf", b"II*\0garbage"),
    "PNG of 50 megapixels": lambda: flat_png(10_000, 5_000),
    "PNG of 50 transparent megapixels": lambda: flat_png(10_000, 5_000, 6),
    "PNG of 50 coloured megapixels": lambda: flat_png(10_000, 5_000, 3),
    "PNG of 300 megapixels": lambda: flat_png(20_000, 15_000, 0),
    "PNG of one column": lambda: flat_png(1, 2_000_000, 0),
    "PNG of one row": lambda: flat_png(2_000_000, 1, 0),
    "GIF of two million comments": lambda: comments(2_000_000),
    "JPEG of four million comments": lambda: many_segments(4_000_000),
    "WebP of two million chunks": lambda: many_riff_chunks(2_000_000),
    "WebP of 900,000 notes": lambda: many_riff_chunks(900_000, b"II*\0\x08\0\0\0" + bytes(4)),
    "BMP of 49 megapixels of runs": lambda: run_lengths(6_885, 7_100),
    "WebP of 11.9 megapixels": lambda: flat(
        4_000, 2_980, "WEBP", lossless=True, method=0, quality=0
    ),
}
"""Each by its name."""
