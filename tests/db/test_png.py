"""Pictures as PNG files."""

import io

import numpy as np
import pytest
from PIL import Image

from db import png

DICE = np.random.default_rng(7)


@pytest.mark.parametrize(
    "pixels",
    [
        DICE.integers(0, 256, (64, 48, 3), "u1"),
        np.full((48, 64, 3), (250, 9, 130), "u1"),
        np.full((1, 1, 3), 255, "u1"),
    ],
    ids=["noise", "one colour", "one pixel"],
)
@pytest.mark.parametrize("parameters", ["a knight\nSeed: 7", "рыцарь\nSeed: 7", ""])
def test_a_file_holds_the_picture_and_how_it_was_made(pixels: np.ndarray, parameters: str) -> None:
    """To the bit, and in the chunk that other programs read, whatever letters the words have."""
    with Image.open(io.BytesIO(png.encode(Image.fromarray(pixels), parameters))) as picture:
        picture.verify()  # every chunk's checksum
    with Image.open(io.BytesIO(png.encode(Image.fromarray(pixels), parameters))) as picture:
        assert picture.format == "PNG"
        assert picture.info["parameters"] == parameters
        assert np.array_equal(np.asarray(picture), pixels)


def test_a_plain_picture_is_a_small_file() -> None:
    """The quick way still counts what repeats: a flat picture of 512 px takes a few KiB."""
    assert len(png.encode(Image.new("RGB", (512, 512), "navy"), "")) < 8 * 1024
