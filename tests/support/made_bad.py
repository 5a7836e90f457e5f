"""What can be wrong with a photo of a face, done to a good one by code."""

from functools import cache
from io import BytesIO

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from generation.faces.yunet import Detection, YuNet

Picture = Image.Image

FINGERS = 4


@cache
def _yunet() -> YuNet:
    return YuNet()


def face_of(picture: Picture) -> Detection:
    """Find the largest face of a picture that has one."""
    faces = _yunet().detect(np.asarray(picture.convert("RGB")))
    return max(faces, key=lambda face: face.length)


def blurred(picture: Picture, percent: float) -> Picture:
    """Put it out of focus; `percent` is the sigma, of the face's length."""
    return picture.filter(ImageFilter.GaussianBlur(face_of(picture).length * percent / 100))


def shaken(picture: Picture, percent: float) -> Picture:
    """Move the camera along a slope, by so many percent of the face's length."""
    length = max(round(face_of(picture).length * percent / 100), 3)
    kernel = np.zeros((length, length), np.float32)
    cv2.line(kernel, (0, length // 3), (length - 1, length - 1 - length // 3), 1.0, 1)
    return Image.fromarray(cv2.filter2D(np.asarray(picture), -1, kernel / kernel.sum()))


def brightened(picture: Picture, factor: float) -> Picture:
    """Multiply the light; what is too bright is lost. Below 1 it gets dark."""
    return picture.point(lambda value: min(round(value * factor), 255))


def lit(picture: Picture, gamma: float) -> Picture:
    """Bend the curve of brightness: above 1 it gets dark."""
    return picture.point(lambda value: round(255 * (value / 255) ** gamma))


def dusky(picture: Picture, level: float, noise: float = 6) -> Picture:
    """Take it in so little light that half of the face is under a level, with a sensor's noise."""
    face = face_of(picture)
    box = (face.x, face.y, face.x + face.width, face.y + face.height)
    factor = level / float(np.median(np.asarray(picture.convert("L").crop(box))))
    random = np.random.default_rng(0)
    pixels = np.asarray(picture, np.float64) * factor + random.normal(
        0, noise, (picture.height, picture.width, 3)
    )
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def reduced(picture: Picture, length: float) -> Picture:
    """Make its face so many pixels long."""
    factor = length / face_of(picture).length
    size = round(picture.width * factor), round(picture.height * factor)
    return picture.resize(size, Image.Resampling.LANCZOS)


def compressed(picture: Picture, quality: int) -> Picture:
    file = BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return Image.open(file).convert("RGB")


def cut(picture: Picture, side: str, part: float) -> Picture:
    """Cut `part` of the face off: 0 is at its box, 1 is all of it."""
    face = face_of(picture)
    left, top, right, bottom = 0.0, 0.0, float(picture.width), float(picture.height)
    match side:
        case "left":
            left = face.x + face.width * part
        case "right":
            right = face.x + face.width * (1 - part)
        case "top":
            top = face.y + face.height * part
        case _:
            bottom = face.y + face.height * (1 - part)
    return picture.crop((round(left), round(top), round(right), round(bottom)))


def squeezed(picture: Picture, side: str, share: float) -> Picture:
    """Turn the head as far as code can: one half of the face is squeezed to `share` of its width.

    The half beyond the nose is squeezed, and what is behind it with it.
    """
    face = face_of(picture)
    middle, half = float(face.landmarks[:, 0].mean()), face.width / 2
    sign = 1 if side == "right" else -1
    beyond = (np.arange(picture.width) - middle) * sign
    far = np.where(beyond < half * share, beyond / share, beyond + half * (1 - share))
    source = middle + np.where(beyond > 0, far, beyond * 0.8) * sign
    across, down = np.meshgrid(source, np.arange(picture.height))
    pixels = cv2.remap(
        np.asarray(picture),
        across.astype(np.float32),
        down.astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return Image.fromarray(pixels)


class Axes:
    """Draws in the face's own measure: 1 is the distance of the eyes, 0 is between them."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture.copy()
        self.face = face_of(picture)
        right, left = self.face.landmarks[:2]
        self.origin = (right + left) / 2
        self.across = left - right
        self.down = np.array([-self.across[1], self.across[0]])

    def at(self, *points: tuple[float, float]) -> list[tuple[float, float]]:
        places = (self.origin + self.across * x + self.down * y for x, y in points)
        return [(float(x), float(y)) for x, y in places]

    def oval(self, x: float, y: float, width: float, height: float) -> list[tuple[float, float]]:
        turns = np.linspace(0, 2 * np.pi, 40)
        return self.at(*((x + width / 2 * np.cos(t), y + height / 2 * np.sin(t)) for t in turns))

    def colour(self, x: float, y: float) -> tuple[int, ...]:
        """Give the mean colour around a point."""
        ((px, py),) = self.at((x, y))
        r = float(np.hypot(*self.across)) * 0.08
        box = (round(px - r), round(py - r), round(px + r) + 1, round(py + r) + 1)
        return tuple(int(v) for v in np.asarray(self.picture.crop(box)).mean(axis=(0, 1)))

    def fill(
        self,
        shape: list[tuple[float, float]],
        colour: tuple[int, ...],
        opaque: float = 1.0,
        soft: float = 0.015,
    ) -> None:
        """Paint a shape with soft edges."""
        mask = Image.new("L", self.picture.size)
        ImageDraw.Draw(mask).polygon(shape, fill=round(255 * opaque))
        mask = mask.filter(ImageFilter.GaussianBlur(float(np.hypot(*self.across)) * soft))
        self.picture.paste(colour, (0, 0), mask)


def sunglasses(
    picture: Picture, colour: tuple[int, int, int] = (15, 15, 18), opaque: float = 1.0
) -> Picture:
    axes = Axes(picture)
    for side in (-0.5, 0.5):
        axes.fill(axes.oval(side, 0.06, 0.86, 0.62), colour, opaque)
        axes.fill(
            axes.at((side * 1.8, -0.1), (side * 2.4, -0.08), (side * 2.4, 0), (side * 1.8, 0)),
            colour,
        )
    axes.fill(axes.at((-0.15, -0.05), (0.15, -0.05), (0.15, 0.02), (-0.15, 0.02)), colour)
    return axes.picture


def masked(picture: Picture, colour: tuple[int, int, int] = (150, 190, 215)) -> Picture:
    """Cover nose, mouth and chin, with a few folds."""
    axes = Axes(picture)
    shape = axes.at(
        (-0.85, 0.35), (-0.3, 0.33), (0, 0.25), (0.3, 0.33), (0.85, 0.35),
        (0.8, 1.1), (0.45, 1.65), (0, 1.8), (-0.45, 1.65), (-0.8, 1.1),
    )  # fmt: skip
    axes.fill(shape, colour)
    darker = tuple(round(value * 0.85) for value in colour)
    for y in (0.75, 1.0, 1.25):
        axes.fill(
            axes.at(
                (-0.8, y), (0, y + 0.06), (0.8, y), (0.8, y + 0.02), (0, y + 0.09), (-0.8, y + 0.02)
            ),
            darker,
        )
    return axes.picture


def hand(picture: Picture, x: float = 0.0, y: float = 1.0, lean: float = 0.3) -> Picture:
    """Hold a hand before the face, its middle at x, y: four fingers, side by side, of its skin."""
    axes = Axes(picture)
    skin = axes.colour(-0.35, 0.45)
    for finger in range(FINGERS):
        down = y + (finger - 1.5) * 0.3
        for thick, tone, soft in ((0.17, 0.62, 0.015), (0.14, 0.98, 0.03)):
            root, tip = x - 1.4, x + 0.75 - (0.17 - thick)
            upper = ((root, down - thick - lean), (tip - 0.1, down - thick), (tip, down - 0.06))
            lower = ((tip, down + 0.06), (tip - 0.1, down + thick), (root, down + thick - lean))
            axes.fill(axes.at(*upper, *lower), tuple(round(v * tone) for v in skin), soft=soft)
    return axes.picture


def fringed(picture: Picture, colour: tuple[int, int, int] = (45, 32, 25)) -> Picture:
    """Let hair fall over an eye and a cheek."""
    axes = Axes(picture)
    random = np.random.default_rng(1)
    for x in np.linspace(0.1, 1.0, 40):
        tone = tuple(int(value * random.uniform(0.7, 1.4)) for value in colour)
        top, middle, bottom = x * 0.8, x, x + 0.1
        axes.fill(
            axes.at(
                (top - 0.02, -1),
                (middle - 0.03, 0.2),
                (bottom - 0.01, 1.3),
                (bottom + 0.03, 1.3),
                (middle + 0.03, 0.2),
                (top + 0.03, -1),
            ),
            tone,
            soft=0.005,
        )
    return axes.picture


def sketched(picture: Picture) -> Picture:
    """Draw it with a pencil: grey lines on white."""
    grey = np.asarray(picture.convert("L"))
    around = cv2.GaussianBlur(255 - grey, (0, 0), 6)
    return Image.fromarray(cv2.divide(grey, 255 - around, scale=256)).convert("RGB")


def posterised(picture: Picture, bits: int = 2) -> Picture:
    """Paint it with few colours."""
    smooth = picture.filter(ImageFilter.MedianFilter(5))
    return Image.fromarray(np.asarray(smooth) >> (8 - bits) << (8 - bits)).filter(
        ImageFilter.ModeFilter(5)
    )


def cartoon(picture: Picture) -> Picture:
    """Give it flat colours, and black lines about them."""
    pixels = np.asarray(picture)
    for _ in range(6):
        pixels = cv2.bilateralFilter(pixels, 9, 30, 7)
    grey = cv2.medianBlur(np.asarray(picture.convert("L")), 5)
    lines = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 9, 4)
    return Image.fromarray(
        np.where(lines[..., None] > 0, pixels // 24 * 24 + 12, 20).astype(np.uint8)
    )


def painted(picture: Picture, size: int = 9) -> Picture:
    """Paint it in oil: strokes of one colour each."""
    return picture.filter(ImageFilter.ModeFilter(size)).filter(ImageFilter.MedianFilter(5))


def carved(
    picture: Picture, tint: tuple[float, float, float] = (1.0, 0.98, 0.94), grain: float = 7
) -> Picture:
    """Make it stone: one tone, rough, and the eyes without pupils."""
    axes = Axes(picture)
    for side in (-0.5, 0.5):
        axes.fill(axes.oval(side, 0.0, 0.3, 0.16), axes.colour(side, 0.35), soft=0.03)
    smooth = axes.picture.convert("L").filter(ImageFilter.GaussianBlur(1.2))
    grey = 85 + 145 * np.asarray(smooth, np.float64) / 255
    rough = grey + np.random.default_rng(0).normal(0, grain, grey.shape)
    return Image.fromarray(np.clip(rough[..., None] * tint, 0, 255).astype(np.uint8))


def desaturated(picture: Picture) -> Picture:
    """Take the colours out: a photo in black and white."""
    return picture.convert("L").convert("RGB")
