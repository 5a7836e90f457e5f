"""Files that are small and cost much to read, or only look so: 200 of them, made on the spot."""

import struct
import zlib
from collections.abc import Callable

from PIL import Image, ImageDraw

from tests.support.photographs import astronaut, encode

PNG = b"\x89PNG\r\n\x1a\n"


def repeated_scans(count: int, side: int = 1000) -> bytes:
    """Make a progressive JPEG in which the last scan comes again and again."""
    picture = Image.effect_noise((64, 64), 80).resize((side, side)).convert("L")
    data = encode(picture, "JPEG", progressive=True, quality=10)
    last = data.rfind(b"\xff\xda")
    # The first scan of the coefficients 1 to 5, which may come as often as one likes, over nothing.
    header = b"\xff\xda\x00\x08\x01\x01\x00\x01\x05\x02"
    return data[:last] + count * (header + bytes(40)) + data[last:]


def scanned_on_and_on(count: int) -> bytes:
    """Make a JPEG like `repeated_scans` of whole, large scans."""
    data = encode(Image.new("L", (3000, 3000), 90), "JPEG", progressive=True)
    first = data.find(b"\xff\xda")
    second = data.find(b"\xff\xda", first + 2)
    return data[:second] + data[first:second] * count + data[second:]


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
    """Make a large PNG of one colour quickly, without its pixels ever being in memory."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    packer = zlib.compressobj(9)
    row = bytes([0]) + bytes([90]) * width * channels
    packed = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    palette = [chunk(b"PLTE", bytes(768))] if colour == 3 else []
    return png(width, height, packed, *palette, colour=colour)


def many_chunks(count: int, name: bytes = b"tEXt", content: bytes = b"") -> bytes:
    data = encode(astronaut())
    return data[:33] + chunk(name, content) * count + data[33:]


def many_pieces(count: int) -> bytes:
    """Cut a PNG's pixels into so many chunks, most of them empty."""
    data = encode(astronaut())
    return data[:33] + chunk(b"IDAT", b"") * count + data[33:]


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


def run_lengths(width: int, height: int) -> bytes:
    """Make a BMP whose compressed rows say little about much."""
    rows = b"\xff\x01" * (width // 255) * height + b"\0\1"
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
    ImageDraw.Draw(canvas)
    return encode(canvas, "JPEG", quality=30)


COSTLY: dict[str, Callable[[], bytes]] = {
    "JPEG of 10,000 scans": lambda: repeated_scans(10_000),
    "JPEG of 60,000 scans": lambda: repeated_scans(60_000, 300),
    "JPEG of 450 large scans": lambda: scanned_on_and_on(450),
    "JPEG of 100,000 tags": lambda: many_tags(100_000),
    "TIFF of four million strips": lambda: strips(4_000_000),
    "TIFF of 90,000 strips": lambda: strips(90_000),
    "PNG of 1.5 million chunks": lambda: many_chunks(1_500_000),
    "PNG of a million pieces": lambda: many_pieces(1_000_000),
    "PNG of 30,000 notes": lambda: many_chunks(30_000, b"eXIf", b"II*\0garbage"),
    "PNG of 50 megapixels": lambda: flat_png(10_000, 5_000),
    "PNG of 50 transparent megapixels": lambda: flat_png(10_000, 5_000, 6),
    "PNG of 59 coloured megapixels": lambda: flat_png(10_000, 5_900, 3),
    "PNG of 300 megapixels": lambda: flat_png(20_000, 15_000, 0),
    "PNG of one column": lambda: flat_png(1, 2_000_000, 0),
    "PNG of one row": lambda: flat_png(2_000_000, 1, 0),
    "GIF of a million comments": lambda: comments(1_000_000),
    "BMP of 59 megapixels of runs": lambda: run_lengths(7_650, 7_700),
    "WebP of 14.9 megapixels": lambda: flat(
        4_450, 3_350, "WEBP", lossless=True, method=0, quality=0
    ),
    "JPEG of 225 megapixels": lambda: flat(15_000, 15_000, "JPEG", quality=1),
    "progressive JPEG of 60 megapixels": lambda: flat(
        10_000, 6_000, "JPEG", quality=1, progressive=True
    ),
    "JPEG of a crowd": lambda: crowded(3_000),
}
"""Each by its name. Making them takes seconds, together."""
