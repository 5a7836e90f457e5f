"""A picture that can be looked at as a whole, reduced, and closely in a part."""

import contextlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pillow_heif
from PIL import Image, ImageFile

from decoding.opening import BUDGET, Opened, open_file
from decoding.unfit import Reason, Unfit

if TYPE_CHECKING:
    from numpy.typing import NDArray

Box = tuple[int, int, int, int]
"""Left, top, right, bottom, in pixels."""

MISSING = 0.05
"""Most of a picture's height that may be missing at its end, as a share."""

LEFT = {"JPEG": 128}
"""The level of the pixels that a decoder leaves where it found no data; others leave 0."""

BAND = 2_000_000
"""About so many pixels are converted at a time: a copy of a whole large picture costs too much."""

SCALES = (8, 4, 2, 1)
"""By what libjpeg can divide a picture's sides while it decodes."""

TRANSPOSES = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What makes a picture upright, by EXIF's orientation."""


LYING = {5, 6, 7, 8}
"""The orientations whose width and height are exchanged."""


class Pixels(Protocol):
    """A decoded picture, as it lies in the file."""

    @property
    def size(self) -> tuple[int, int]: ...

    def crop(self, box: Box) -> Image.Image: ...


class Picture:
    """A file that somebody sent. Making one, and each of its methods, raises only Unfit."""

    def __init__(self, data: bytes) -> None:
        with _refusing():
            self._opened: Opened = open_file(data)
        self._stored_size = self._opened.image.size
        self._turn = TRANSPOSES.get(self._opened.file.orientation)
        self._pixels: Pixels | None = None
        self._scale = 0

    @property
    def size(self) -> tuple[int, int]:
        """Width and height when it stands upright."""
        width, height = self._stored_size
        return (height, width) if self._opened.file.orientation in LYING else (width, height)

    def free(self) -> None:
        """Give back the memory of the pixels; they are decoded anew when they are wanted."""
        self._pixels = None

    def whole(self, edge: int) -> Image.Image:
        """Give all of it: RGB, upright, on white, at most `edge` pixels on a side."""
        return self.part((0, 0, *self.size), edge)

    def part(self, box: Box, edge: int) -> Image.Image:
        """Give what is in a box of the upright picture, likewise."""
        left, top, right, bottom = box
        with _refusing():
            pixels, scale = self._decoded(max(max(right - left, bottom - top) // edge, 1))
            stored = self._stored_box(box)
            image = _reduced(pixels, _divided(stored, scale, pixels.size), edge)
            return image.transpose(self._turn) if self._turn is not None else image

    def _stored_box(self, box: Box) -> Box:
        """Find a box of the upright picture in the stored one."""
        left, top, right, bottom = box
        width, height = self._stored_size
        turn = self._opened.file.orientation
        if turn in LYING:
            left, top, right, bottom = top, left, bottom, right
        if turn in {2, 3, 7, 8}:
            left, right = width - right, width - left
        if turn in {3, 4, 6, 7}:
            top, bottom = height - bottom, height - top
        return left, top, right, bottom

    def _decoded(self, wanted: int) -> tuple[Pixels, int]:
        """Decode at 1/`wanted` or larger, a JPEG at 1/2, 1/4 or 1/8; give the part with it."""
        if self._pixels is None or wanted < self._scale:
            self._pixels = None  # never two at once
            if self._opened.image.format == "HEIF":
                self._pixels, self._scale = _HeifPixels(self._opened.file.data), 1
            else:
                self._pixels, self._scale = self._load(wanted)
        return self._pixels, self._scale

    def _load(self, wanted: int) -> tuple[Image.Image, int]:
        cut_short = self._opened.file.cut_short
        try:
            image, scale = self._open(wanted)
            image.load()
        except OSError:  # the end is missing
            cut_short = True
            ImageFile.LOAD_TRUNCATED_IMAGES = True
            try:
                image, scale = self._open(wanted)
                image.load()
            finally:
                ImageFile.LOAD_TRUNCATED_IMAGES = False
        if cut_short and _lacks_much(image):
            raise Unfit(Reason.DAMAGED)
        return image, scale

    def _open(self, wanted: int) -> tuple[Image.Image, int]:
        image = Image.open(
            BytesIO(self._opened.file.data), formats=[self._opened.image.format or ""]
        )
        if image.format != "JPEG":
            return image, 1
        room = BUDGET - self._opened.decoder_bytes * image.width * image.height
        least = image.width * image.height * 4 / max(room, 1)  # of scale squared
        scale = next(s for s in SCALES if s <= wanted or s == 1)
        while scale < SCALES[0] and scale**2 < least:
            scale *= 2
        image.draft(None, (max(image.width // scale, 1), max(image.height // scale, 1)))
        return image, scale


class _HeifPixels:
    """Pillow's own copy of a HEIF picture would take as much again."""

    def __init__(self, data: bytes) -> None:
        heif = pillow_heif.open_heif(BytesIO(data), convert_hdr_to_8bit=True)
        self._pixels: NDArray[np.uint8] = np.asarray(heif)
        self._mode = heif.mode
        self.size: tuple[int, int] = heif.size

    def crop(self, box: Box) -> Image.Image:
        left, top, right, bottom = box
        return Image.fromarray(np.ascontiguousarray(self._pixels[top:bottom, left:right]))


@contextlib.contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except Unfit:
        raise
    except MemoryError as error:
        raise Unfit(Reason.TOO_HARD) from error
    except Exception as error:  # hostile bytes make every decoder fail in its own way
        raise Unfit(Reason.DAMAGED) from error


def _divided(box: Box, scale: int, size: tuple[int, int]) -> Box:
    left, top, right, bottom = box
    width, height = size
    return (
        min(left // scale, width - 1),
        min(top // scale, height - 1),
        min(-(-right // scale), width),
        min(-(-bottom // scale), height),
    )


def _lacks_much(image: Image.Image) -> bool:
    """Whether so much is missing that it shows: all of the last rows is what a decoder leaves."""
    width, height = image.size
    rows = max(round(height * MISSING), 1)
    ends = [(0, height - rows, width, height)]
    if image.format == "BMP":
        ends.append((0, 0, width, rows))  # its rows go upward, as a rule
    left = LEFT.get(image.format or "", 0)
    return any(_has_only(image.crop(box), left) for box in ends)


def _has_only(image: Image.Image, level: int) -> bool:
    return bool(np.all(np.abs(np.ravel(image.getextrema()) - level) <= 1))


def _reduced(pixels: Pixels, box: Box, edge: int) -> Image.Image:
    """Cut a box out, band by band: RGB, at most `edge` pixels on a side."""
    left, top, right, bottom = box
    factor = max(max(right - left, bottom - top) // edge, 1)
    rows = max(BAND // (right - left) // factor, 1) * factor
    canvas = Image.new("RGB", (-(-(right - left) // factor), -(-(bottom - top) // factor)))
    for start in range(top, bottom, rows):
        band = pixels.crop((left, start, right, min(start + rows, bottom)))
        canvas.paste(_rgb(band, factor), (0, (start - top) // factor))
    canvas.thumbnail((edge, edge), Image.Resampling.HAMMING)
    return canvas


def _rgb(image: Image.Image, factor: int) -> Image.Image:
    """Give it on white, with sides divided by so much."""
    if image.mode.startswith("I"):  # 16-bit grey: convert("RGB") would clip it instead of scaling
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if not image.has_transparency_data:
        return _divided_by(factor, image.convert("RGB"))
    # Colours count by how little they are seen through, so "RGBa" is reduced, and not "RGBA".
    image = _divided_by(factor, image.convert("RGBA").convert("RGBa")).convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


def _divided_by(factor: int, image: Image.Image) -> Image.Image:
    return image.reduce(factor) if factor > 1 else image
