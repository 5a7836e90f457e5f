"""A picture that shows nothing, and that the network takes for an indecent one.

It was found by trying: a grid of colours was changed at random, 2198 times, towards a higher score.
So tests need no picture that nobody would want in a repository.
"""

from PIL import Image, ImageStat

from generation.request import GenerationRequest
from tests.support.scripted_generator import flat

GRID = (
    "955b9ba5674fdbb7d5e8798978425ba2d467"
    "d4a7c6d586877a233cc85e93835266ffa0ac"
    "bc8b8bf7aabdeca9c686556acd90acd588a0"
    "a68088b2748bcd80a980232feaacbfa683b9"
    "b8a388a88442ae7e7bcf9d99c17ea5607a34"
    "ff8493dfacd9bc79bbe67cafffe0afffce7c"
)
"""Six rows of six colours, in hexadecimal. Made large, their score is 0.95."""


CORNER = 16
"""Pixels of its chequered corner: the network looks at the middle 224 of 256."""


def indecent() -> Image.Image:
    """Draw it, with a chequered corner where the network does not look."""
    grid = Image.frombytes("RGB", (6, 6), bytes.fromhex(GRID))
    picture = grid.resize((256, 256), Image.Resampling.BICUBIC)
    chequers = Image.frombytes("L", (2, 2), b"\x00\xff\xff\x00")
    corner = chequers.resize((CORNER, CORNER), Image.Resampling.NEAREST)
    picture.paste(corner, (256 - CORNER, 256 - CORNER))
    return picture


def is_bare(picture: Image.Image) -> bool:
    """Say whether it is that picture, of any size and unblurred: its chequers are to be seen."""
    side = picture.width * CORNER // 256
    corner = picture.crop((picture.width - side, picture.height - side, *picture.size))
    return ImageStat.Stat(corner.convert("L")).stddev[0] > 60


class Sometimes:
    """Draws it for some seeds of each album, and flat colours for the others."""

    def __init__(self, *places: int) -> None:
        """`places`: numbers of pictures, from 1; none: all of them."""
        self.places = places

    def __call__(self, request: GenerationRequest, seed: int) -> Image.Image:
        place = seed - request.seed + 1
        if self.places and place not in self.places:
            return flat(request, seed)
        picture = indecent()
        picture.putpixel((0, 0), (seed % 256, seed // 256 % 256, 0))  # no two files are the same
        return picture
