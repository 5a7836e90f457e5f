"""Looks: what a painter, a pencil or the night does to a finished picture."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.pocket.portraits.attributes import Look

Pixels = NDArray[np.uint8]


def with_look(look: Look, picture: Pixels) -> Pixels:
    """Treat a picture; the same picture gives the same pixels."""
    return _LOOKS[look](picture)


def _flat(picture: Pixels) -> Pixels:
    return picture


_NOISE = np.random.default_rng(7).normal(0, 1, (256, 256)).astype(np.float32)
"""Grain of paper and canvas, the same under every picture."""


def _blurred_noise(sigma: float) -> NDArray[np.float32]:
    soft = cv2.GaussianBlur(_NOISE, (0, 0), sigma)
    return np.asarray(soft / soft.std(), np.float32)


_SOFT, _PAPER = _blurred_noise(7), _blurred_noise(1.1)


def _oil(picture: Pixels) -> Pixels:
    """Lay thick strokes along the shapes, with ridges that catch the light, under warm varnish."""
    calm = cv2.medianBlur(picture, 5)
    grey = cv2.cvtColor(calm, cv2.COLOR_RGB2GRAY).astype(np.float32)
    soft = cv2.GaussianBlur(grey, (0, 0), 3)
    across, down = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    angle = np.arctan2(across, -down) + 0.9 * _SOFT * np.exp(-(across**2 + down**2) / 900)
    stroke = np.zeros_like(grey)
    paint = np.zeros(picture.shape, np.float32)
    columns, rows = np.meshgrid(
        np.arange(picture.shape[1], dtype=np.float32), np.arange(picture.shape[0], dtype=np.float32)
    )
    dx, dy = np.cos(angle).astype(np.float32), np.sin(angle).astype(np.float32)
    steps = (-4.5, -2.25, 0.0, 2.25, 4.5)
    for step in steps:
        x, y = columns + step * dx, rows + step * dy
        paint += cv2.remap(calm, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
        stroke += cv2.remap(_PAPER, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    paint /= len(steps)
    paint += (picture - cv2.GaussianBlur(picture, (0, 0), 2.0).astype(np.float32)) * 0.5
    ridge = stroke - np.roll(stroke, (1, 1), (0, 1))
    paint += (2.6 * ridge + 2.4 * stroke)[..., None]
    varnished = (paint - 128) * 1.06 + 122
    return _clipped(varnished * (1.03, 0.97, 0.84))


def _watercolor(picture: Pixels) -> Pixels:
    """Let thin colours run over white paper, darker where a wash ends."""
    wash = cv2.bilateralFilter(picture, 7, 50, 5)
    columns, rows = np.meshgrid(
        np.arange(picture.shape[1], dtype=np.float32), np.arange(picture.shape[0], dtype=np.float32)
    )
    wash = cv2.remap(
        wash,
        columns + 1.3 * _SOFT,
        rows + 1.3 * np.roll(_SOFT, 90, 0),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REFLECT,
    )
    colours = wash.astype(np.float32)
    edges = np.abs(colours - cv2.GaussianBlur(colours, (0, 0), 2.2)).max(axis=2)
    light = 255 - (255 - colours) * (0.8 + 0.12 * _SOFT[..., None])
    light -= np.clip(edges - 6, 0, 34)[..., None] * 0.9
    light += 3.5 * _PAPER[..., None]
    height, width = picture.shape[:2]
    border = np.minimum(
        np.minimum(columns, width - 1 - columns), np.minimum(rows, height - 1 - rows)
    )
    bare = np.clip((11 + 5 * _SOFT - border) / 3, 0, 1)[..., None]
    return _clipped(light + (np.array((251, 248, 240), np.float32) - light) * bare)


def _pencil(picture: Pixels) -> Pixels:
    """Draw grey lines and hatching on paper, with a breath of colour."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
    blurred = cv2.GaussianBlur(grey, (0, 0), 3.2)
    lines = np.clip(grey / (blurred + 1), 0, 1) ** 2.2
    columns, rows = np.meshgrid(np.arange(picture.shape[1]), np.arange(picture.shape[0]))
    hatch = 0.5 + 0.5 * np.sin((columns + rows) * 0.78)
    dark = 1 - grey / 255
    tone = 1 - 0.55 * dark - 0.26 * hatch * np.clip(dark * 1.6 - 0.35, 0, 1)
    drawn = np.clip(tone * (0.2 + 0.8 * lines) + 0.012 * _PAPER, 0.12, 1)
    paper = np.array((247, 244, 236), np.float32)
    tint = paper + (picture - grey[..., None]) * 0.16
    return _clipped(drawn[..., None] * tint)


CELL = 4
"""Side of one square of a picture of pixels."""


def _pixels(picture: Pixels) -> Pixels:
    """Make squares of a few tones each, with crisp outlines, as early computers did."""
    side = picture.shape[0] // CELL
    sharp = picture + (picture - cv2.GaussianBlur(picture, (0, 0), 3).astype(np.float32)) * 0.9
    small = cv2.resize(_clipped(sharp), (side, side), interpolation=cv2.INTER_AREA)
    few = np.round(small.astype(np.float32) / 25.5) * 25.5
    large = cv2.resize(_clipped(few), picture.shape[:2], interpolation=cv2.INTER_NEAREST)
    return np.asarray(large, np.uint8)


def _night_light(picture: Pixels) -> Pixels:
    """Turn day into a blue night: dark, with the brightest parts still bright."""
    share = picture.astype(np.float32) / 255
    dark = share**1.15 * (0.42, 0.52, 0.88)
    return _clipped(255 * dark)


def _clipped(picture: NDArray[np.floating]) -> Pixels:
    return np.asarray(np.clip(picture, 0, 255), np.uint8)


_LOOKS: dict[Look, Callable[[Pixels], Pixels]] = {
    Look.FLAT: _flat,
    Look.OIL: _oil,
    Look.WATERCOLOR: _watercolor,
    Look.PENCIL: _pencil,
    Look.PIXELS: _pixels,
    Look.NIGHT_LIGHT: _night_light,
}
