"""A bar chart with whiskers, drawn with Pillow.

matplotlib would be one more large library on every user's machine, for ten bars.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil, floor, log10
from textwrap import wrap

from PIL import Image, ImageDraw, ImageFont

SIZE = (1280, 720)
"""Width and height of the picture, in pixels."""

LEFT, TOP, RIGHT, BOTTOM = 90, 170, 1250, 640
"""Borders of the area between the axes, in pixels."""

LEGEND = 170
"""Distance of two entries of the legend, in pixels."""

INK, FAINT, PAPER = "#1c2430", "#d9dee6", "#ffffff"
BARS = 0.72
"""Width of a group's bars, as a share of the width that the group has."""

FILLED = 0.92
"""Width of a bar, as a share of its distance from the next."""

TICKS = 5
"""Number of ticks on the axis, roughly."""

HEADROOM = 1.08
"""Least height of the axis, in multiples of the highest whisker: a number stands above its bar."""

SUBTITLE_WIDTH = 140
"""Most characters in a line of the subtitle."""


@dataclass(frozen=True, slots=True)
class Bar:
    """As high as `value`; the whisker reaches from `least` to `most`."""

    value: float
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Group:
    """Bars that belong together, in the legend's order, with a name and a note below them."""

    name: str
    note: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """`legend` names the bars of each group, and their colours; `write` writes an axis' number."""

    title: str
    subtitle: str
    legend: Sequence[tuple[str, str]]
    groups: Sequence[Group]
    write: Callable[[float], str]

    def draw(self) -> Image.Image:
        picture = Image.new("RGB", SIZE, PAPER)
        pen = ImageDraw.Draw(picture)
        pen.text((LEFT, 24), self.title, INK, _font(32))
        for k, line in enumerate(wrap(self.subtitle, SUBTITLE_WIDTH)):
            pen.text((LEFT, 66 + 22 * k), line, INK, _font(16))
        for k, (name, colour) in enumerate(self.legend):
            x = LEFT + LEGEND * k
            pen.rectangle((x, 128, x + 14, 142), colour)
            pen.text((x + 22, 135), name, INK, _font(16), anchor="lm")
        highest = max(bar.most for group in self.groups for bar in group.bars) * HEADROOM
        tick = _choose_tick(highest or 1.0)
        top = tick * max(ceil(highest / tick), 1)
        self._draw_axis(pen, tick, top)
        for k, group in enumerate(self.groups):
            self._draw_group(pen, k, group, top)
        return picture

    def _draw_axis(self, pen: ImageDraw.ImageDraw, tick: float, top: float) -> None:
        for k in range(round(top / tick) + 1):
            y = _height(k * tick, top)
            pen.line((LEFT, y, RIGHT, y), INK if k == 0 else FAINT)
            pen.text((LEFT - 10, y), self.write(k * tick), INK, _font(16), anchor="rm")

    def _draw_group(self, pen: ImageDraw.ImageDraw, place: int, group: Group, top: float) -> None:
        share = (RIGHT - LEFT) / len(self.groups)
        middle = LEFT + share * (place + 0.5)
        apart = share * BARS / len(self.legend)
        for k, bar in enumerate(group.bars):
            x = middle + apart * (k - (len(self.legend) - 1) / 2)
            _draw_bar(pen, x, apart * FILLED, bar, top, self.legend[k][1])
        pen.text((middle, BOTTOM + 12), group.name, INK, _font(20), anchor="ma")
        pen.text((middle, BOTTOM + 40), group.note, INK, _font(16), anchor="ma")


def _draw_bar(
    pen: ImageDraw.ImageDraw, middle: float, width: float, bar: Bar, top: float, colour: str
) -> None:
    left, right = middle - width / 2, middle + width / 2
    if bar.value > 0:
        pen.rectangle((left, _height(bar.value, top), right, BOTTOM - 1), colour)
    most, least = _height(bar.most, top), _height(bar.least, top)
    pen.line((middle, most, middle, least), INK, 2)
    for y in (most, least):
        pen.line((middle - 6, y, middle + 6, y), INK, 2)
    pen.text((middle, most - 6), f"{bar.value:.3g}", INK, _font(18), anchor="ms")


def _height(value: float, top: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * value / top


def _choose_tick(largest: float) -> float:
    """Choose the distance of two ticks: 1, 2 or 5 times a power of ten."""
    rough = largest / TICKS
    power = 10.0 ** floor(log10(rough))
    return power * min((1, 2, 5, 10), key=lambda factor: abs(factor - rough / power))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
