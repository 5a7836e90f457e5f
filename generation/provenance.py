"""What says of a picture that a machine has drawn it: for programs always, for people if wanted."""

import io
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo, putchunk

if TYPE_CHECKING:
    from collections.abc import Iterator

DRAWN_BY_A_MACHINE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
"""IPTC's word for a picture that was made by a trained model."""

XMP = (
    '<?xpacket begin="\N{ZERO WIDTH NO-BREAK SPACE}" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" '
    'xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">'
    f"<Iptc4xmpExt:DigitalSourceType>{DRAWN_BY_A_MACHINE}</Iptc4xmpExt:DigitalSourceType>"
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
    '<?xpacket end="r"?>'
)
"""The same as image programs look for it."""

XMP_KEY = "XML:com.adobe.xmp"

HEADER_BYTES = 33
"""Of a PNG file: its signature and its first chunk, which is always the picture's size."""

MARK = "AI"
MARK_SHARE = 0.05
"""Height of the mark's letters, as a share of the picture's shorter side: on a phone, where a
picture is 60 mm wide, 3 mm."""

LEAST_PIXELS = 10


def png_info(parameters: str | None = None) -> PngInfo:
    """Give what stands in a PNG file beside the picture: its parameters, and who drew it."""
    info = PngInfo()
    if parameters is not None:
        info.add_text("parameters", parameters)
    info.add_itxt(XMP_KEY, XMP)
    return info


def with_info(png: bytes, info: PngInfo) -> bytes:
    """Put texts into a PNG file, before its pixels."""
    file = io.BytesIO()
    file.write(png[:HEADER_BYTES])
    for name, content, *_ in info.chunks:
        putchunk(file, name, content)
    file.write(png[HEADER_BYTES:])
    return file.getvalue()


def marked(png: bytes) -> bytes:
    """Give a PNG file with the mark for programs: one of an older version has none."""
    return png if XMP_KEY in set(_texts(png)) else with_info(png, png_info())


def _texts(png: bytes) -> "Iterator[str]":
    with Image.open(io.BytesIO(png)) as picture:
        yield from map(str, picture.info)


def stamped(image: Image.Image) -> Image.Image:
    """Give the picture with the mark for people, in its lower right corner."""
    image = image.convert("RGB")
    side = min(image.size)
    letters = max(LEAST_PIXELS, round(side * MARK_SHARE))
    font = ImageFont.load_default(letters)
    place = (image.width - letters // 2, image.height - letters // 2)
    ImageDraw.Draw(image).text(
        place, MARK, "white", font, anchor="rs", stroke_width=max(1, letters // 8),
        stroke_fill="black",
    )  # fmt: skip
    return image


def stamped_file(png: bytes) -> bytes:
    """Give a PNG file with that mark; its parameters stay."""
    with Image.open(io.BytesIO(png)) as picture:
        parameters, image = str(picture.info.get("parameters", "")), stamped(picture)
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=1, pnginfo=png_info(parameters))
    return file.getvalue()
