"""Contact sheets of what the pocket model draws."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image

from generation.character import Traits
from generation.engine.generator import DELIVERED_SIDE
from generation.faces.finder import FaceFinder
from generation.faces.sight import Sights
from generation.pocket.judging.examination import FAST, Examination

PLACES = (
    *("in space", "in a garden", "in the snow, in a red jacket", "at a castle, surprised"),
    *("on a beach with a hat", "in the city at night, in a yellow coat"),
)
"""Words that the people on the photographs are drawn with, one picture each."""


def sheet(exam: Examination, rows: int = 10, columns: int = 10) -> Image.Image:
    """Show the pictures of the first people, each with its face and all its words."""
    pictures = exam.draw(exam.told[: rows * columns], FAST, "sheet")
    side = pictures[0].width
    page = Image.new("RGB", (columns * side, rows * side))
    for k, picture in enumerate(pictures):
        page.paste(picture, (k % columns * side, k // columns * side))
    return page


def photo_sheet(exam: Examination, photos: Sequence[Path]) -> Image.Image:
    """Show the face of each photograph, and an album as of somebody who told no trait."""
    side, sights = DELIVERED_SIDE // 2, Sights()
    page = Image.new("RGB", (side * (1 + len(PLACES)), side * len(photos)))
    for row, photo in enumerate(photos):
        found = FaceFinder().find(photo.read_bytes())[0].image
        face = Image.open(BytesIO(found)).convert("RGB")
        shown = sights.read_traits((found,))
        prompts = [exam.enhance(Traits(), words, shown) for words in PLACES]
        for column, picture in enumerate(
            (face, *exam.draw(prompts, FAST, photo.stem, [face] * len(prompts)))
        ):
            small = picture.resize((side, side), Image.Resampling.LANCZOS)
            page.paste(small, (column * side, row * side))
    return page
