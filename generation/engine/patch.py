"""A square of a picture that is drawn once more, and put back so that nobody sees where."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from generation.request import Square

FADE = 0.2
"""Share of the side, at each edge, over which what was drawn fades into what was there."""

COLOUR_RADIUS = 0.1
"""Radius of the blur by which colours are compared, in sides: finer than the light on a face, and
coarser than what a face is drawn once more for, eyes and mouth."""

Values = NDArray[np.float64]


class Patch:
    """The square lies within the picture, which is RGB and stays as it is."""

    def __init__(self, picture: Image.Image, square: Square) -> None:
        self._picture = picture
        self._left, self._top, self._side = square
        box = (self._left, self._top, self._left + self._side, self._top + self._side)
        self._old = picture.crop(box)

    def enlarged(self, size: int) -> Image.Image:
        """Give what is in the square, in `size` pixels."""
        return self._old.resize((size, size), Image.Resampling.LANCZOS)

    def put_back(self, drawn: Image.Image) -> Image.Image:
        """Give the picture with the square as it was drawn, in the colours that were there.

        Outside of the square not a bit changes.
        """
        new = drawn.resize(self._old.size, Image.Resampling.LANCZOS)
        recoloured = _values(new) + self._broad(self._old) - self._broad(new)
        share, old = self._share(), _values(self._old)
        mixed = old + share * (np.clip(recoloured, 0, 255) - old)
        picture = self._picture.copy()
        patch = Image.fromarray(mixed.round().astype(np.uint8))
        picture.paste(patch, (self._left, self._top))
        return picture

    def _broad(self, image: Image.Image) -> Values:
        return _values(image.filter(ImageFilter.GaussianBlur(COLOUR_RADIUS * self._side)))

    def _share(self) -> Values:
        """Say how much of each pixel is new, (side, side, 1): all in the middle, none outside."""
        along = np.arange(self._side) + 0.5
        near = np.minimum(along, self._side - along) / (FADE * self._side)
        rising = np.clip(near, 0, 1)
        smooth = rising * rising * (3 - 2 * rising)
        share: Values = smooth[:, None, None] * smooth[None, :, None]
        return share


def _values(image: Image.Image) -> Values:
    return np.asarray(image, dtype=np.float64)
