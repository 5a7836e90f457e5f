"""A square that lies over a photo, rotated with a face."""

from dataclasses import dataclass, replace
from math import atan2, cos, pi, sin
from typing import Any, Self, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.faces.yunet import Detection, Pixels


@dataclass(frozen=True, slots=True)
class RotatedSquare:
    """`x`, `y` are its centre and `side` is its side, in the photo's pixels.

    `angle` is clockwise, in radians: it is positive for a head that leans to the right of the
    picture.
    """

    x: float
    y: float
    side: float
    angle: float = 0.0

    @classmethod
    def around(cls, photo: Pixels, margin: float) -> Self:
        """Cover the whole photo, with a margin of `margin` times its longer side on each side."""
        height, width = photo.shape[:2]
        return cls(width / 2, height / 2, max(height, width) * (1 + 2 * margin))

    def lay_over(self, face: Detection, edge: int, *, sides: float, up: float = 0.0) -> Self:
        """Lay a square over a face that was found in this square's crop of `edge` pixels.

        Its side is `sides` times the face's length; its centre is `up` times that length above the
        face's. The eyes and the mouth together give its angle (as FFHQ was aligned, Karras et al.,
        2019), because the eyes alone say little when the head looks to the side.
        """
        right, left, _, mouth_right, mouth_left = face.landmarks
        down = (mouth_right + mouth_left - right - left) / 2
        across = left - right
        tilt = atan2(across[1] - down[0], across[0] + down[1])
        length = face.length
        # The centre of the face's box, moved along the face's own vertical.
        x = face.x + face.width / 2 + sin(tilt) * length * up
        y = face.y + face.height / 2 - cos(tilt) * length * up
        x, y = self.to_photo(x, y, edge)
        return replace(
            self, x=x, y=y, side=length * self.side / edge * sides, angle=self.angle + tilt
        )

    def rotated(self, quarters: int) -> Self:
        return replace(self, angle=self.angle + quarters * pi / 2)

    def crop(self, photo: Pixels, edge: int) -> Pixels:
        """Crop the photo, (edge, edge, 3); outside the photo its border pixels are repeated."""
        scale = min(edge / self.side, 1.0)
        if scale < 1:  # shrink by area first, because warping alone would skip pixels
            height, width = (max(round(side * scale), 1) for side in photo.shape[:2])
            photo = _pixels(cv2.resize(photo, (width, height), interpolation=cv2.INTER_AREA))
        matrix = self._matrix(edge)
        matrix[:, :2] /= scale
        return _pixels(
            cv2.warpAffine(
                photo, matrix, (edge, edge), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
            )
        )

    def cover(self, photo: Pixels, edge: int) -> Pixels:
        """Say where the photo is in its crop of `edge` pixels, (edge, edge): 255, and 0 outside."""
        photo = np.full(photo.shape[:2], 255, np.uint8)
        matrix = self._matrix(edge)
        return _pixels(cv2.warpAffine(photo, matrix, (edge, edge), flags=cv2.INTER_NEAREST))

    def share_in_photo(self, photo: Pixels, face: Detection, edge: int) -> float:
        """Compute the share of a face's box that lies within the photo, 0 to 1."""
        height, width = photo.shape[:2]
        left, top, right, bottom = face.x, face.y, face.x + face.width, face.y + face.height
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        box = np.array([self.to_photo(x, y, edge) for x, y in corners], np.float32)
        border = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
        inside, _ = cv2.intersectConvexConvex(box, border)
        return float(inside / cv2.contourArea(box))

    def to_photo(self, x: float, y: float, edge: int) -> tuple[float, float]:
        """Map a point of the crop of `edge` pixels to the photo."""
        scale = self.side / edge
        across, down = (x - edge / 2) * scale, (y - edge / 2) * scale
        c, s = cos(self.angle), sin(self.angle)
        return self.x + c * across - s * down, self.y + s * across + c * down

    def _matrix(self, edge: int) -> NDArray[np.float64]:
        """Make the matrix that maps the photo to the crop, (2, 3): the inverse of `to_photo`."""
        scale = edge / self.side
        c, s = cos(self.angle) * scale, sin(self.angle) * scale
        return np.array(
            [
                [c, s, edge / 2 - c * self.x - s * self.y],
                [-s, c, edge / 2 + s * self.x - c * self.y],
            ]
        )


def _pixels(picture: NDArray[Any]) -> Pixels:
    return cast("Pixels", picture)
