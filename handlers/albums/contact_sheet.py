"""Several albums as one picture: a numbered tile for each, its first picture."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIDE = 256
"""Pixels of a tile's side: a phone shows three of them in a row."""

ACROSS = 3
"""Tiles in a row."""

GAP = 8
"""Pixels between two tiles."""

BADGE = 48
"""Pixels of the side of the square with a tile's number."""

PAPER, EMPTY, INK = "white", "lightgray", "black"
QUALITY = 88
"""JPEG quality: the tiles are only looked at."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One album on a sheet; without a picture it is an empty tile."""

    number: int
    picture: Path | None


def draw_sheet(tiles: Sequence[Tile]) -> bytes:
    """Draw the tiles row by row, as a JPEG. A file that can't be read is an empty tile.

    The sheet is as wide for one tile as for many: a chat would blow it up.
    """
    down = -(-len(tiles) // ACROSS)
    sheet = Image.new("RGB", (_length(ACROSS), _length(down)), PAPER)
    for place, tile in enumerate(tiles):
        left, top = (GAP + step * (SIDE + GAP) for step in (place % ACROSS, place // ACROSS))
        sheet.paste(_thumbnail(tile.picture), (left, top))
        _write_number(sheet, tile.number, left, top)
    file = io.BytesIO()
    sheet.save(file, "JPEG", quality=QUALITY)
    return file.getvalue()


def _length(tiles: int) -> int:
    return GAP + tiles * (SIDE + GAP)


def _thumbnail(file: Path | None) -> Image.Image:
    """Give the middle of a picture, as a square."""
    try:
        if file:
            with Image.open(file) as picture:
                side = min(picture.size)
                left, top = (picture.width - side) // 2, (picture.height - side) // 2
                square = picture.convert("RGB").crop((left, top, left + side, top + side))
                return square.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    except (OSError, SyntaxError, ValueError):
        pass
    return Image.new("RGB", (SIDE, SIDE), EMPTY)


def _write_number(sheet: Image.Image, number: int, left: int, top: int) -> None:
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(BADGE * 0.6)
    width = max(BADGE, round(draw.textlength(str(number), font)) + BADGE // 2)
    draw.rectangle((left, top, left + width, top + BADGE), fill=PAPER)
    draw.text((left + width / 2, top + BADGE / 2), str(number), INK, font, anchor="mm")
