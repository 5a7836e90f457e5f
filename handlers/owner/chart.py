"""A chart of the albums of each day, stacked by mode, for a phone.

There are only digits on it, so it needs no font of any language; its caption names the colours.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PIL import Image, ImageDraw, ImageFont

SIZE = (1080, 720)
"""Pixels: a phone shows it about 400 points wide."""

LEFT, TOP, RIGHT, BOTTOM = 90, 60, 1050, 640
"""Borders of the area between the axes, in pixels."""

INK, FAINT, PAPER = "#1c2430", "#d9dee6", "#ffffff"

BARS = 0.7
"""Width of a bar, as a share of its day's."""

LINES = 4
"""Horizontal lines, roughly."""

SMALL, LARGE = 26, 32
"""Pixels of digits: they stay legible at a third of the size."""


@dataclass(frozen=True, slots=True)
class Part:
    """One mode: its name, its colour, and the sign of that colour in a caption."""

    mode: str
    colour: str
    sign: str


def draw(first: date, albums: Sequence[Mapping[str, int]], parts: Sequence[Part]) -> bytes:
    """Draw a bar for each day from `first` on, as a PNG; the first part is at the bottom."""
    picture = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(picture)
    totals = [sum(day.values()) for day in albums]
    step = _step(max(totals, default=0))
    top = step * max(1, -(-max(totals, default=0) // step))
    for value in range(0, top + 1, step):
        y = _height(value, top)
        pen.line((LEFT, y, RIGHT, y), INK if value == 0 else FAINT, 2)
        pen.text((LEFT - 14, y), str(value), INK, ImageFont.load_default(SMALL), anchor="rm")
    for place, (day, total) in enumerate(zip(albums, totals, strict=True)):
        _draw_day(pen, place, len(albums), day, parts, top)
        left, right = _sides(place, len(albums))
        middle = (left + right) / 2
        if total:
            number = ImageFont.load_default(_size(LARGE, len(albums)))
            pen.text((middle, _height(total, top) - 6), str(total), INK, number, anchor="ms")
        on = first + timedelta(days=place)
        label = ImageFont.load_default(_size(SMALL, len(albums)))
        pen.text((middle, BOTTOM + 16), str(on.day), INK, label, anchor="ma")
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _draw_day(
    pen: ImageDraw.ImageDraw,
    place: int,
    days: int,
    day: Mapping[str, int],
    parts: Sequence[Part],
    top: int,
) -> None:
    left, right = _sides(place, days)
    below = 0
    for part in parts:
        if albums := day.get(part.mode, 0):
            box = (left, _height(below + albums, top), right, _height(below, top) - 1)
            pen.rectangle(box, part.colour, PAPER)
            below += albums


def _sides(place: int, days: int) -> tuple[float, float]:
    """Give the left and the right side of a day's bar."""
    wide = (RIGHT - LEFT) / days
    middle = LEFT + wide * (place + 0.5)
    return middle - wide * BARS / 2, middle + wide * BARS / 2


def _size(pixels: int, days: int) -> float:
    """Give smaller digits where many days leave each little room."""
    return min(pixels, (RIGHT - LEFT) / days * 0.62)


def _height(value: float, top: int) -> float:
    return BOTTOM - (BOTTOM - TOP) * value / top


def _step(highest: int) -> int:
    """Choose the distance of two lines: 1, 2 or 5 times a power of ten."""
    power = 1
    while True:
        for factor in (1, 2, 5):
            if highest <= factor * power * LINES:
                return factor * power
        power *= 10
