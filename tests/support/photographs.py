"""Real photographs of faces, free ones, and what may happen to them on the way."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib as mpl
import skimage.data
from PIL import Image

Picture = Image.Image


@cache
def sample(name: str) -> Picture:
    """Give a picture of skimage.data."""
    return Image.fromarray(getattr(skimage.data, name)())


def astronaut() -> Picture:
    """Eileen Collins, by NASA: 512 x 512, her face is 117 pixels high."""
    return sample("astronaut")


@cache
def hopper() -> Picture:
    """Grace Hopper, by the US Navy: 512 x 600, her face is 223 pixels high, with glasses."""
    file = Path(mpl.get_data_path()) / "sample_data" / "grace_hopper.jpg"
    return Image.open(file).convert("RGB")


def encode(picture: Picture, file_format: str = "PNG", **options: Any) -> bytes:  # noqa: ANN401 - Pillow's
    """Write a file, of a PNG the one that takes least time."""
    file = BytesIO()
    picture.save(file, file_format, **{"compress_level": 1, **options})
    return file.getvalue()


def scaled(picture: Picture, factor: float) -> Picture:
    size = (round(picture.width * factor), round(picture.height * factor))
    return picture.resize(size, Image.Resampling.LANCZOS)


def side_by_side(*pictures: Picture) -> Picture:
    canvas = Image.new("RGB", (sum(p.width for p in pictures), max(p.height for p in pictures)))
    x = 0
    for picture in pictures:
        canvas.paste(picture, (x, 0))
        x += picture.width
    return canvas


@cache
def portrait(name: str) -> Picture:
    """Give one of the free photographs of `tests/photographs`."""
    file = Path(__file__).parent.parent / "photographs" / f"{name}.jpg"
    return Image.open(file).convert("RGB")
