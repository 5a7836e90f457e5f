"""Pictures say that a machine has drawn them."""

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from db import png
from db.albums import Albums
from generation.decency.blur import blurred
from generation.provenance import DRAWN_BY_A_MACHINE, marked
from generation.request import Picture
from handlers.albums.enlargement import as_drawn, enlarge


def source_of(file: bytes) -> str:
    with Image.open(io.BytesIO(file)) as picture:
        described = picture.getxmp()["xmpmeta"]["RDF"]["Description"]
    return str(described["DigitalSourceType"])


def test_each_file_says_so() -> None:
    """As it was drawn, enlarged, or blurred: in the words that image programs look for."""
    file = png.encode(Image.new("RGB", (64, 64), "navy"), "a knight\nSeed: 7")
    for content in (file, enlarge(file).content, as_drawn(file).content, blurred(file)):
        assert source_of(content) == DRAWN_BY_A_MACHINE


def test_a_file_of_an_older_version_says_so_when_it_is_sent() -> None:
    """Its pixels and parameters stay, and it is not said twice."""
    old = io.BytesIO()
    Image.new("RGB", (64, 64), "navy").save(old, "PNG")
    new = marked(old.getvalue())
    assert source_of(new) == DRAWN_BY_A_MACHINE
    assert marked(new) == new


@pytest.mark.parametrize("side", [64, 512])
def test_the_visible_mark_is_legible_and_small(tmp_path: Path, side: int) -> None:
    """In the lower right corner, light on any ground; the rest of the picture stays as it was."""
    albums = Albums(tmp_path, visible_mark=True)
    for number, ground in enumerate(("white", "black")):
        albums.save_picture(1, Picture(number, 7, Image.new("RGB", (side, side), ground)), "x")
        file = tmp_path / "1" / f"{number + 1}.png"
        with Image.open(file) as picture:
            pixels = np.asarray(picture.convert("L")).astype(int)
            assert picture.info["parameters"] == "x"
        changed = np.argwhere(np.abs(pixels - pixels[0, 0]) > 128)
        assert len(changed) > 10
        assert changed.min() > side * 0.6


def test_a_machines_picture_gets_the_visible_mark_too(tmp_path: Path) -> None:
    """Its file comes ready made."""
    albums = Albums(tmp_path, visible_mark=True)
    albums.keep(1, 1, png.encode(Image.new("RGB", (64, 64), "black"), "seen"))
    with Image.open(tmp_path / "1" / "1.png") as picture:
        assert picture.info["parameters"] == "seen"
        seen = np.asarray(picture.convert("L"))
        assert (seen.min(), seen.max() > 200) == (0, True)
