"""Several pictures as one: a numbered tile for each."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PIL import Image, ImageDraw, ImageFont

WIDTH = 800
"""Pixels: a sheet is about as wide for one tile as for many, since a chat would blow it up."""

ACROSS, MANY_ACROSS = 3, 4
"""Most tiles in a row, and where there are more than MANY: a phone shows no more."""

MANY = 9

GAP = 8
"""Pixels between two tiles."""

BADGE = 48
"""Pixels of the side of the square with a tile's number."""

PAPER, EMPTY, INK = "white", "lightgray", "black"
QUALITY = 88
"""JPEG quality: the tiles are only looked at."""


class Readable(Protocol):
    """A picture's file: a path, or one that may be sealed."""

    def read_bytes(self) -> bytes:
        """Raises OSError."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One picture on a sheet; without it the tile is empty."""

    number: int
    picture: Readable | None


def draw_sheet(tiles: Sequence[Tile]) -> bytes:
    """Draw the tiles row by row, as a JPEG. A file that can't be read is an empty tile."""
    across = min(ACROSS if len(tiles) <= MANY else MANY_ACROSS, len(tiles))
    down = -(-len(tiles) // across)
    side = side_of(across)
    sheet = Image.new("RGB", (_length(across, side), _length(down, side)), PAPER)
    for place, tile in enumerate(tiles):
        left, top = (GAP + step * (side + GAP) for step in (place % across, place // across))
        sheet.paste(_thumbnail(tile.picture, side), (left, top))
        _write_number(sheet, tile.number, left, top)
    file = io.BytesIO()
    sheet.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


def side_of(across: int) -> int:
    """Give the pixels of a tile's side where so many stand in a row."""
    return (WIDTH - GAP) // across - GAP


def _length(tiles: int, side: int) -> int:
    return GAP + tiles * (side + GAP)


def _thumbnail(file: Readable | None, side: int) -> Image.Image:
    """Give the middle of a picture, as a square."""
    try:
        if file:
            with Image.open(io.BytesIO(file.read_bytes())) as picture:
                short = min(picture.size)
                left, top = (picture.width - short) // 2, (picture.height - short) // 2
                square = picture.convert("RGB").crop((left, top, left + short, top + short))
                return square.resize((side, side), Image.Resampling.LANCZOS)
    except (OSError, SyntaxError, ValueError):
        pass
    return Image.new("RGB", (side, side), EMPTY)


def _write_number(sheet: Image.Image, number: int, left: int, top: int) -> None:
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(BADGE * 0.6)
    width = max(BADGE, round(draw.textlength(str(number), font)) + BADGE // 2)
    draw.rectangle((left, top, left + width, top + BADGE), fill=PAPER)
    draw.text((left + width / 2, top + BADGE / 2), str(number), INK, font, anchor="mm")
