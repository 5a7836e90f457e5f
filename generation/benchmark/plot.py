"""A bar chart of the seconds that each mode takes, drawn with Pillow.

matplotlib would be one more large library on every user's machine, for ten bars.
"""

from collections.abc import Sequence
from functools import cache
from math import ceil, floor, log10
from pathlib import Path
from textwrap import wrap

from PIL import Image, ImageDraw, ImageFont

from generation.benchmark.measurement import Measurement, Times

FILE = "benchmark.png"
SIZE = (1280, 720)
"""Width and height of the picture, in pixels."""

LEFT, TOP, RIGHT, BOTTOM = 90, 170, 1250, 640
"""Borders of the area between the axes, in pixels."""

PLAIN, OURS = "#a3acb9", "#2454ce"
INK, FAINT, PAPER = "#1c2430", "#d9dee6", "#ffffff"
BAR = 0.36
"""Distance between the middles of a mode's two bars, as a share of the width that the mode has."""

TICKS = 5
"""Number of ticks on the axis of seconds, roughly."""

HEADROOM = 1.08
"""Least height of the axis, in multiples of the slowest round: a number stands above its bar."""

SUBTITLE_WIDTH = 140
"""Most characters in a line of the subtitle."""


def save(subtitle: str, measurements: Sequence[Measurement], directory: Path) -> Path:
    file = directory / FILE
    draw(subtitle, measurements).save(file)
    return file


def draw(subtitle: str, measurements: Sequence[Measurement]) -> Image.Image:
    """Draw two bars per mode: the median round, with a whisker from the fastest to the slowest."""
    picture = Image.new("RGB", SIZE, PAPER)
    pen = ImageDraw.Draw(picture)
    pictures = " or ".join(sorted({str(measured.pictures) for measured in measurements}))
    pen.text((LEFT, 24), f"Seconds for an album of {pictures}", INK, _font(32))
    for k, line in enumerate(wrap(subtitle, SUBTITLE_WIDTH)):
        pen.text((LEFT, 66 + 22 * k), line, INK, _font(16))
    _draw_legend(pen)
    longest = (
        max(max(measured.plain.most, measured.ours.most) for measured in measurements) * HEADROOM
    )
    tick = _choose_tick(longest)
    top = tick * ceil(longest / tick)
    _draw_axis(pen, tick, top)
    share = (RIGHT - LEFT) / len(measurements)
    for k, measured in enumerate(measurements):
        middle = LEFT + share * (k + 0.5)
        for times, colour, side in ((measured.plain, PLAIN, -1), (measured.ours, OURS, 1)):
            _draw_bar(pen, middle + side * share * BAR / 2, share * BAR * 0.92, times, top, colour)
        pen.text((middle, BOTTOM + 12), measured.mode, INK, _font(20), anchor="ma")
        faster = f"{measured.ratio:.2f} times as fast"
        pen.text((middle, BOTTOM + 40), faster, INK, _font(16), anchor="ma")
    return picture


def _draw_legend(pen: ImageDraw.ImageDraw) -> None:
    for x, colour, name in ((LEFT, PLAIN, "plain diffusers"), (LEFT + 170, OURS, "this bot")):
        pen.rectangle((x, 128, x + 14, 142), colour)
        pen.text((x + 22, 135), name, INK, _font(16), anchor="lm")


def _draw_axis(pen: ImageDraw.ImageDraw, tick: float, top: float) -> None:
    for k in range(round(top / tick) + 1):
        y = _height(k * tick, top)
        pen.line((LEFT, y, RIGHT, y), INK if k == 0 else FAINT)
        label = f"{k * tick:g} s" if tick >= 1 else f"{k * tick:.{-floor(log10(tick))}f} s"
        pen.text((LEFT - 10, y), label, INK, _font(16), anchor="rm")


def _draw_bar(
    pen: ImageDraw.ImageDraw, middle: float, width: float, times: Times, top: float, colour: str
) -> None:
    left, right = middle - width / 2, middle + width / 2
    pen.rectangle((left, _height(times.median, top), right, BOTTOM - 1), colour)
    most, least = _height(times.most, top), _height(times.least, top)
    pen.line((middle, most, middle, least), INK, 2)
    for y in (most, least):
        pen.line((middle - 6, y, middle + 6, y), INK, 2)
    label = f"{times.median:.3g}"
    pen.text((middle, most - 6), label, INK, _font(18), anchor="ms")


def _height(seconds: float, top: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * seconds / top


def _choose_tick(largest: float) -> float:
    """Choose the distance of two ticks: 1, 2 or 5 times a power of ten."""
    rough = largest / TICKS
    power = 10.0 ** floor(log10(rough))
    return power * min((1, 2, 5, 10), key=lambda factor: abs(factor - rough / power))


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
